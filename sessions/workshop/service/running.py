"""The session is gone through: begun, a step on, a step back, prolonged; and its clock."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from sessions.floor.turns import end_of, left
from sessions.meetings import presence
from sessions.workshop import rules
from sessions.workshop.events import (
    StepBegan,
    StepEnded,
    StepProlonged,
    WorkshopFinished,
    WorkshopStarted,
)
from sessions.workshop.models import (
    Gives,
    Workshop,
    WorkshopGroup,
    WorkshopNote,
    WorkshopOption,
    WorkshopSeat,
    WorkshopState,
)
from sessions.workshop.service.common import Held, led, present_step, require_open, steps, tell
from sessions.workshop.service.common import require_session as in_session
from sessions.workshop.service.counting import count, keep_themes

PROLONG = range(1, 61)


def start(tx: Db, actor: Actor, workshop: int) -> None:
    """Begin with the first step, once the item is called up."""
    held = led(tx, actor, workshop)
    row = held.row
    in_session(held.access)
    if row.state != WorkshopState.PREPARED:
        raise Conflict(_("The session has begun already."))
    if held.access.meeting.current_item_id != row.item_id:
        raise Conflict(_("Call up the item of this session first."))
    row.state, row.started_at = WorkshopState.RUNNING, clock.now()
    counts = presence.counts(tx, row.meeting_id)
    started = WorkshopStarted(
        workshop,
        row.item_id,
        row.script,
        row.facilitator_id or actor.id,
        len(steps(tx, workshop)),
        counts.present + counts.guests,
    )
    tell(tx, actor, row, started)
    _enter(tx, actor, row, 1)


def next_step(tx: Db, actor: Actor, workshop: int, seen: int) -> None:
    """Go a step on, from the one that the page showed; after the last the session is over."""
    held = led(tx, actor, workshop)
    require_open(held)
    rules.require_step(seen, held.row.step)
    if held.row.step == len(steps(tx, workshop)):
        end(tx, actor, held.row)
        return
    _require_options(tx, held.row)
    _leave(tx, actor, held.row)
    _enter(tx, actor, held.row, held.row.step + 1)


def back(tx: Db, actor: Actor, workshop: int, seen: int) -> None:
    """Mend a slip: return to the step before, with the time that had been left on it.

    From a session that is over (`seen` is then `rules.OVER`) to its last step.
    """
    held = led(tx, actor, workshop)
    row = held.row
    over = row.state == WorkshopState.FINISHED
    rules.require_step(seen, rules.OVER if over else row.step)
    if over:
        _reopen(tx, actor, held)
        return
    require_open(held)
    if row.step == 1:
        raise Conflict(_("This is the first step."))
    _leave(tx, actor, row)
    _enter(tx, actor, row, row.step - 1, back=True)


def _reopen(tx: Db, actor: Actor, held: Held) -> None:
    """The session goes on with its last step."""
    held.row.state, held.row.over_at = WorkshopState.RUNNING, None
    require_open(held)
    _enter(tx, actor, held.row, held.row.step, back=True)


def prolong(tx: Db, actor: Actor, workshop: int, seen: int, minutes: int) -> None:
    """Give the present step more time, counted from now where its time is up."""
    held = led(tx, actor, workshop)
    row = held.row
    rules.require_running(WorkshopState(row.state))
    rules.require_step(seen, row.step)
    if minutes not in PROLONG:
        words = _("A number from %(min)s to %(max)s.") % {"min": 1, "max": PROLONG.stop - 1}
        raise Invalid(words, fields={"minutes": words})
    if row.ends_at is not None:
        row.ends_at = end_of(max(row.ends_at, clock.now()), minutes * 60_000)
    else:
        row.remaining_ms = max(0, row.remaining_ms or 0) + minutes * 60_000
    tx.flush()
    tell(tx, actor, row, StepProlonged(workshop, present_step(tx, row).id, minutes))


def _require_options(tx: Db, row: Workshop) -> None:
    """Nobody can be asked where they stand on nothing."""
    following = steps(tx, row.id)[row.step]
    options = select(WorkshopOption.id).where(
        col(WorkshopOption.workshop_id) == row.id, col(WorkshopOption.gone).is_(False)
    )
    if following.gives == Gives.POSITIONS and tx.exec(options).first() is None:
        raise Conflict(_("Write at least one option first: the next step asks for positions."))


def end(tx: Db, actor: Actor, row: Workshop) -> None:
    """The session is over; everything that was given can be read from now on."""
    _leave(tx, actor, row)
    row.state, row.over_at = WorkshopState.FINISHED, clock.now()
    row.ends_at = row.remaining_ms = None
    tx.flush()
    sizes = tx.exec(
        select(WorkshopGroup.number, func.count(col(WorkshopSeat.member_id)))
        .join(WorkshopSeat, col(WorkshopSeat.group_id) == col(WorkshopGroup.id))
        .where(col(WorkshopGroup.workshop_id) == row.id)
        .group_by(col(WorkshopGroup.number))
        .order_by(col(WorkshopGroup.number))
    )
    groups = {str(number): size for number, size in sizes}
    tell(tx, actor, row, WorkshopFinished(row.id, row.item_id, groups))


def _enter(tx: Db, actor: Actor, row: Workshop, number: int, *, back: bool = False) -> None:
    row.step = number
    step = present_step(tx, row)
    step.began_at = step.began_at or clock.now()
    step.ended_at = None
    ms = step.minutes * 60_000 if step.left_ms is None else step.left_ms
    row.ends_at, row.remaining_ms = end_of(clock.now(), ms), None
    tx.flush()
    began = StepBegan(row.id, step.id, number, step.form, step.gives, ms, back)
    tell(tx, actor, row, began)


def _leave(tx: Db, actor: Actor, row: Workshop) -> None:
    step = present_step(tx, row)
    step.ended_at = clock.now()
    step.left_ms = _left(row, step.ended_at)
    tx.flush()
    if step.gives == Gives.POSITIONS:
        count(tx, row)
    notes = select(func.count(), func.count(func.distinct(col(WorkshopNote.author_id)))).where(
        col(WorkshopNote.step_id) == step.id, col(WorkshopNote.struck).is_(False)
    )
    given, people = tx.exec(notes).one()
    tell(tx, actor, row, StepEnded(row.id, step.id, given, people))
    keep_themes(tx, actor, row)


def _left(row: Workshop, now: datetime) -> int:
    return left(row.ends_at, now) if row.ends_at is not None else row.remaining_ms or 0
