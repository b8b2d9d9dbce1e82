"""What happens to a session by itself when something happens in the meeting."""

from sqlmodel import col, select

from forum.base import clock, registry
from forum.base.db import Db
from forum.base.events import Event, Stored
from forum.base.refs import parse
from forum.members import queries as members
from sessions.floor.turns import end_of, left
from sessions.meetings.events import ItemClosed, MeetingBroken, MeetingReopened, MeetingResumed
from sessions.meetings.sitting_events import MeetingContinued, MeetingSuspended, MeetingUnopened
from sessions.workshop.events import ClockResumed, ClockStopped
from sessions.workshop.models import Workshop, WorkshopState
from sessions.workshop.service.common import tell
from sessions.workshop.service.running import end


def _running(tx: Db, stored: Stored) -> list[Workshop]:
    query = select(Workshop).where(
        col(Workshop.meeting_id) == parse(stored.stream)[1],
        col(Workshop.state) == WorkshopState.RUNNING,
    )
    return list(tx.exec(query))


@registry.react(MeetingBroken, MeetingSuspended, MeetingUnopened)
def stop_clock(tx: Db, stored: Stored, _event: Event) -> None:
    """In a recess, and until another day, nobody's time runs."""
    for row in _running(tx, stored):
        if row.ends_at is None:
            continue
        row.remaining_ms, row.ends_at = left(row.ends_at, clock.now()), None
        tx.flush()
        tell(tx, None, row, ClockStopped(row.id, row.remaining_ms))


@registry.react(MeetingResumed, MeetingContinued, MeetingReopened)
def start_clock(tx: Db, stored: Stored, _event: Event) -> None:
    """After it the step has as much time as it had before."""
    for row in _running(tx, stored):
        if row.remaining_ms is None:
            continue
        rest = row.remaining_ms
        row.ends_at, row.remaining_ms = end_of(clock.now(), rest), None
        tx.flush()
        tell(tx, None, row, ClockResumed(row.id, rest))


@registry.react(ItemClosed)
def end_with_item(tx: Db, stored: Stored, event: ItemClosed) -> None:
    """With its item a session is over, and what was given so far stands."""
    for row in _running(tx, stored):
        if row.item_id == event.item:
            end(tx, members.actor_of(tx, stored.actor_id or 0), row)
