"""The sittings of a meeting that goes on another day: those that were, and what came after."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import registry
from forum.base.db import Db
from forum.base.events import EventRow
from forum.base.refs import ref
from forum.base.registry import Span
from sessions.meetings import rules
from sessions.meetings.events import MeetingStarted
from sessions.meetings.models import Meeting, MeetingState, Sitting
from sessions.meetings.queries import MeetingRow
from sessions.meetings.sitting_events import MeetingContinued


class SittingRow(NamedTuple):
    """A sitting that is over."""

    number: int
    starts_at: datetime
    ends_at: datetime | None
    opened_at: datetime
    adjourned_at: datetime


_COLUMNS = tuple(col(getattr(Sitting, name)) for name in SittingRow._fields)


def held(db: Db, meeting: int) -> list[SittingRow]:
    """The sittings before the present or next one, in order; none where there is but one."""
    query = select(*_COLUMNS).where(col(Sitting.meeting_id) == meeting)
    return [SittingRow(*row) for row in db.execute(query.order_by(col(Sitting.number)))]


def first_opened(db: Db, row: MeetingRow) -> datetime:
    """When the meeting began, on its first day; as it is planned where it has not begun."""
    if row.number > 1 and (before := held(db, row.id)):
        return before[0].opened_at
    return row.opened_at or row.starts_at


def just_opened(db: Db, row: MeetingRow) -> bool:
    """Whether nothing has been said or decided since the opening, so that it can be taken back."""
    if row.state is not MeetingState.IN_SESSION:
        return False
    stream = col(EventRow.stream) == ref("meeting", row.id)
    openings = col(EventRow.kind).in_((MeetingStarted.kind, MeetingContinued.kind))
    last = select(func.max(col(EventRow.seq))).where(stream, openings).scalar_subquery()
    since = select(col(EventRow.kind)).where(stream, col(EventRow.seq) > last).distinct()
    return rules.untouched(db.execute(since).scalars())


@registry.span("meeting")
def spans(db: Db, ids: Sequence[int]) -> dict[int, Span]:
    """From the first opening to the last end, as they were or are planned."""
    opened = select(col(Sitting.meeting_id), func.min(col(Sitting.opened_at)))
    sat = opened.where(col(Sitting.meeting_id).in_(ids)).group_by(col(Sitting.meeting_id))
    first = {row[0]: row[1] for row in db.execute(sat)}
    found = db.execute(
        select(
            col(Meeting.id),
            col(Meeting.opened_at),
            col(Meeting.starts_at),
            col(Meeting.adjourned_at),
            col(Meeting.ends_at),
        ).where(col(Meeting.id).in_(ids))
    )
    return {
        meeting: Span(first.get(meeting) or began or starts, over or ends)
        for meeting, began, starts, over, ends in found
    }
