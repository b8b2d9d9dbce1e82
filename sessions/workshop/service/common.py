"""What the verbs of facilitated sessions share: the locked session, who may, words, the log."""

from typing import NamedTuple

from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import Event, record, seal
from forum.base.i18n import _
from forum.base.refs import ref
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import chaired, hold, require_session, touch
from sessions.motions.service.common import for_whom
from sessions.workshop import rules
from sessions.workshop.models import (
    Workshop,
    WorkshopSeat,
    WorkshopState,
    WorkshopStep,
    WorkshopWording,
)

__all__ = ["chaired", "for_whom", "hold", "require_session", "touch"]


class Held(NamedTuple):
    """A session, locked with its meeting, and what the actor is to it."""

    access: MeetingAccess
    row: Workshop
    leads: bool


def found(tx: Db, actor: Actor, workshop: int) -> Held:
    """A session that the actor may see; two verbs on one meeting come one after the other."""
    row = tx.get(Workshop, workshop)
    if row is None:
        raise NotFound(_("There is no such session."))
    access, _meeting = hold(tx, actor, row.meeting_id)
    # Read again behind the lock: another click may have come before.
    again = tx.get(Workshop, workshop, populate_existing=True)
    if again is None:
        raise NotFound(_("There is no such session."))
    return Held(access, again, leading(access, again.facilitator_id))


def leading(access: MeetingAccess, facilitator: int | None) -> bool:
    """Whether the reader leads a session with this facilitator."""
    named = access.actor is not None and facilitator == access.actor.id
    return rules.leads(chairs=access.chairs, named=named, banned=access.access.standing.banned)


def led(tx: Db, actor: Actor, workshop: int) -> Held:
    """The same, for those who lead it."""
    held = found(tx, actor, workshop)
    if not held.leads:
        raise Forbidden(_("Only the facilitator or the chair may do this."))
    return held


def require_open(held: Held) -> None:
    """A Conflict unless the session is under way, on the open item of a meeting in session."""
    rules.require_running(WorkshopState(held.row.state))
    require_session(held.access)
    if held.access.meeting.current_item_id != held.row.item_id:
        raise Conflict(_("The item of this session is not open now."))


def steps(tx: Db, workshop: int) -> list[WorkshopStep]:
    """Its steps in their order."""
    query = select(WorkshopStep).where(col(WorkshopStep.workshop_id) == workshop)
    return list(tx.exec(query.order_by(col(WorkshopStep.number))))


def present_step(tx: Db, row: Workshop) -> WorkshopStep:
    """The step that it is at."""
    query = select(WorkshopStep).where(
        col(WorkshopStep.workshop_id) == row.id, col(WorkshopStep.number) == row.step
    )
    return tx.exec(query).one()


def seat_of(tx: Db, workshop: int, member: int) -> int | None:
    """The group in which somebody sits."""
    seat = tx.get(WorkshopSeat, (workshop, member))
    return seat.group_id if seat else None


def table(tx: Db, actor: Actor, row: Workshop, group: int | None, *also: int) -> None:
    """Let the pages of a group, and of whoever leads, look again.

    Each is an event of its own: in a large group only for `also`, the others see it when they look.
    """
    seats = select(WorkshopSeat.member_id).where(col(WorkshopSeat.group_id) == group)
    sitting = list(tx.exec(seats.limit(rules.TABLE_MOST + 1))) if group is not None else []
    people = {*also, *(sitting if len(sitting) <= rules.TABLE_MOST else ())}
    if row.facilitator_id is not None:
        people.add(row.facilitator_id)
    for member in sorted(people):
        touch(tx, actor, row.meeting_id, member)


def tell(
    tx: Db, actor: Actor | None, row: Workshop, event: Event, *, subject: str | None = None
) -> None:
    """Record what happened, on the meeting's stream; about the session unless said otherwise."""
    about = subject or ref("workshop", row.id)
    record(tx, actor, event, stream=ref("meeting", row.meeting_id), subject=about)


def worded(
    tx: Db, actor: Actor, text: str, *, theme: int | None = None, option: int | None = None
) -> tuple[int, str]:
    """Give a theme or an option its words; returns their id and the digest for the event."""
    sealed = seal(text)
    made = WorkshopWording(
        theme_id=theme,
        option_id=option,
        body=text,
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(made)
    tx.flush()
    return made.id, sealed.digest


def wording(tx: Db, ident: int | None) -> str:
    """The words of this id."""
    return tx.get_one(WorkshopWording, ident).body if ident is not None else ""
