"""What the meeting has decided about itself and the chair has still to do: a break, the close."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import EventRow
from forum.base.refs import ref
from sessions.meetings.events import MeetingAdjourned, MeetingBroken
from sessions.meetings.models import MeetingState
from sessions.meetings.queries import MeetingRow
from sessions.meetings.sitting_events import MeetingSuspended
from sessions.motions import words
from sessions.motions.models import Motion, MotionState, Sort

ENDS = (MeetingAdjourned.kind, MeetingSuspended.kind)
# After which of these a carried motion has had its way.
DONE = {Sort.ADJOURN: ENDS, Sort.RECESS: (MeetingBroken.kind, *ENDS)}


class Resolved(NamedTuple):
    """A carried motion that waits for the chair."""

    id: int
    number: int
    sort: Sort

    @property
    def name(self) -> str:
        """What it is called."""
        return words.name(self.sort, self.number)

    @property
    def closes(self) -> bool:
        """Whether it ends the sitting, not only interrupts it."""
        return self.sort is Sort.ADJOURN


def resolved(db: Db, meeting: MeetingRow) -> Resolved | None:
    """The carried motion on breaking or closing that has not been carried out, if there is one."""
    if meeting.state is not MeetingState.IN_SESSION:
        return None
    carried = db.execute(
        select(col(Motion.id), col(Motion.number), col(Motion.sort), col(Motion.over_at))
        .where(
            col(Motion.meeting_id) == meeting.id,
            col(Motion.sort).in_(DONE),
            col(Motion.state) == MotionState.CARRIED,
        )
        .order_by(col(Motion.over_at).desc(), col(Motion.id).desc())
        .limit(1)
    ).one_or_none()
    if carried is None:
        return None
    found = Resolved(carried.id, carried.number, Sort(carried.sort))
    since = select(func.max(col(EventRow.at))).where(
        col(EventRow.stream) == ref("meeting", meeting.id),
        col(EventRow.kind).in_(DONE[found.sort]),
    )
    done = db.execute(since).scalar_one()
    return found if done is None or done < carried.over_at else None
