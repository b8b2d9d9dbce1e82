"""A script is attached to an item, fitted to the evening, and given somebody who leads it."""

from typing import NamedTuple

from sqlalchemy import delete
from sqlmodel import col, select

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.i18n import _
from sessions.meetings.models import MeetingItem
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import require_unfinished
from sessions.workshop import book, queries, rules
from sessions.workshop.events import (
    FacilitatorNamed,
    StepSet,
    WorkshopAttached,
    WorkshopDropped,
)
from sessions.workshop.models import (
    Workshop,
    WorkshopGroup,
    WorkshopSeat,
    WorkshopState,
    WorkshopStep,
)
from sessions.workshop.service.common import chaired, found, led, tell


class Wanted(NamedTuple):
    """How a step is to be: its length and its words."""

    name: str
    minutes: int
    prompt: str
    hint: str = ""


def attach(
    tx: Db, actor: Actor, meeting: int, item: int, script: str, *, facilitator: int | None = None
) -> int:
    """Follow a script on an item; until it has begun another one can take its place."""
    access, _meeting = chaired(tx, actor, meeting)
    require_unfinished(access)
    if tx.get(MeetingItem, (meeting, item)) is None:
        raise NotFound(_("This item is not on the order of the day."))
    chosen = book.chosen(script)
    if facilitator is not None:
        _require_able(tx, access, facilitator)
    query = select(Workshop).where(
        col(Workshop.meeting_id) == meeting, col(Workshop.item_id) == item
    )
    row = tx.exec(query).one_or_none()
    if row is None:
        row = Workshop(meeting_id=meeting, item_id=item, script=script, created_by=actor.id)
        tx.add(row)
        tx.flush()
    _require_prepared(row)
    row.script, row.facilitator_id = script, facilitator
    tx.execute(delete(WorkshopStep).where(col(WorkshopStep.workshop_id) == row.id))
    tx.add_all(
        WorkshopStep(
            workshop_id=row.id,
            number=number,
            name=step.name,
            prompt=step.prompt,
            hint=step.hint,
            minutes=step.minutes,
            form=step.form,
            gives=step.gives,
        )
        for number, step in enumerate(chosen.steps, 1)
    )
    tx.flush()
    tell(tx, actor, row, WorkshopAttached(row.id, item, script, facilitator))
    if facilitator is not None:
        tell(tx, actor, row, FacilitatorNamed(row.id, facilitator))
    return row.id


def _require_prepared(row: Workshop) -> None:
    if row.state != WorkshopState.PREPARED:
        raise Conflict(_("The session has begun; its script stays as it is."))


def _require_able(tx: Db, access: MeetingAccess, member: int) -> None:
    if member not in queries.candidates(tx, access):
        words = _("The facilitator is somebody who is on the roll or holds an office here.")
        raise Invalid(words, fields={"facilitator": words})


def name_facilitator(tx: Db, actor: Actor, workshop: int, member: int | None) -> None:
    """Let somebody lead the session beside the chair; nobody: the chair alone."""
    held = found(tx, actor, workshop)
    access, _meeting = chaired(tx, actor, held.row.meeting_id)
    require_unfinished(access)
    if member is not None:
        _require_able(tx, access, member)
    if held.row.facilitator_id == member:
        return
    held.row.facilitator_id = member
    tx.flush()
    tell(tx, actor, held.row, FacilitatorNamed(workshop, member))


def set_step(tx: Db, actor: Actor, workshop: int, step: int, wanted: Wanted) -> None:
    """Fit a step that has not begun; words that were left alone stay in the reader's language."""
    held = led(tx, actor, workshop)
    require_unfinished(held.access)
    row = tx.get(WorkshopStep, step, populate_existing=True)
    if row is None or row.workshop_id != workshop:
        raise NotFound(_("There is no such step in this session."))
    if row.began_at is not None:
        raise Conflict(_("This step has begun; prolong it instead."))
    if wanted.minutes not in rules.MINUTES:
        words = _("A number from %(min)s to %(max)s.") % {
            "min": rules.MINUTES.start,
            "max": rules.MINUTES.stop - 1,
        }
        raise Invalid(words, fields={"minutes": words})
    row.minutes = wanted.minutes
    row.name = _kept(row.name, rules.bounded(wanted.name, rules.NAME_MOST, "name"))
    row.prompt = _kept(row.prompt, rules.bounded(wanted.prompt, rules.PROMPT_MOST, "prompt"))
    row.hint = _kept(row.hint, wanted.hint.strip()[: rules.PROMPT_MOST])
    tx.flush()
    tell(tx, actor, held.row, StepSet(workshop, step, row.minutes))


def _kept(before: str, typed: str) -> str:
    """What a form shows translated is not fixed to a language by being sent back as it was."""
    return before if before and typed == _(before) else typed


def drop(tx: Db, actor: Actor, workshop: int) -> int:
    """Follow no script on this item after all, before it has begun; returns its meeting."""
    held = found(tx, actor, workshop)
    chaired(tx, actor, held.row.meeting_id)
    _require_prepared(held.row)
    tell(tx, actor, held.row, WorkshopDropped(workshop, held.row.item_id))
    for table in (WorkshopSeat, WorkshopGroup, WorkshopStep):
        tx.execute(delete(table).where(col(table.workshop_id) == workshop))
    tx.delete(held.row)
    tx.flush()
    return held.access.meeting.id
