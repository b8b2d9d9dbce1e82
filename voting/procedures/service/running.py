"""A procedure is put to an item, stopped, or begun anew from a stage."""

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import service as agenda
from forum.agenda.models import Item, ItemState
from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.refs import ref
from voting.methods.common.profiles import PROCEDURES
from voting.procedures import events, rules
from voting.procedures.models import Course, Stage, StageState, State, WordKind
from voting.procedures.service.common import (
    NOTICE,
    item_access,
    mine,
    states,
    take_down,
    tell,
    write,
)

# Where another round takes an item back to.
BACK = {ItemState.DECIDED: ItemState.VOTING, ItemState.CLOSED: ItemState.OPEN}


def begin(tx: Db, actor: Actor, item: int, name: str) -> int:
    """Put a procedure to an item; returns its id. Its earlier votes are none of the stages'."""
    item_access(tx, actor, item)
    if name not in PROCEDURES:
        raise Invalid(_("Please choose one."), fields={"procedure": _("Please choose one.")})
    stored = tx.get_one(Item, item, with_for_update=True, populate_existing=True)
    if stored.state not in rules.TAKEN:
        raise Conflict(_("This item is not in hand: no procedure can be put to it now."))
    query = select(Course).where(col(Course.item_id) == item).order_by(col(Course.id).desc())
    last = tx.execute(query.limit(1)).scalar_one_or_none()
    if last is not None and last.state == State.RUNNING:
        raise Conflict(_("A procedure is under way on this item."))
    if last is not None and last.state != State.FINISHED:
        raise Conflict(_("The last one did not come to its end: begin another round of it."))
    count = len(PROCEDURES[name].stages)
    row, _stages = _place(tx, actor, stored, name, [StageState.AHEAD] * count)
    tell(tx, actor, row, events.ProcedureBegun(row.id, item, name))
    return row.id


def _place(
    tx: Db,
    actor: Actor,
    item: Item,
    name: str,
    start: list[StageState],
    former: Course | None = None,
) -> tuple[Course, list[Stage]]:
    row = Course(
        consultation_id=item.consultation_id,
        item_id=item.id,
        name=name,
        round=former.round + 1 if former else 1,
        former_id=former.id if former else None,
        state=State.RUNNING,
        begun_by=actor.id,
        begun_at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    link(tx, row.ref, Relation.PART_OF, ref("item", item.id))
    if former is not None:
        link(tx, row.ref, Relation.CONTINUES, former.ref)
    stages = [
        Stage(procedure_id=row.id, position=at, name=kind.name, state=state)
        for at, (kind, state) in enumerate(zip(PROCEDURES[name].stages, start, strict=True))
    ]
    tx.add_all(stages)
    tx.flush()
    for one in stages:
        link(tx, one.ref, Relation.PART_OF, row.ref)
    return row, stages


def again(tx: Db, actor: Actor, procedure: int, first: str, reason: str) -> int:
    """Begin it anew from a stage that was reached; what passed before stands."""
    former, stages = mine(tx, actor, procedure)
    item_access(tx, actor, former.item_id)
    if former.state not in (State.FAILED, State.STOPPED):
        raise Conflict(_("Only what failed or was stopped is begun anew."))
    taken = select(col(Course.id)).where(col(Course.former_id) == procedure)
    if tx.execute(taken).first() is not None:
        raise Conflict(_("There is another round of it already."))
    choices = [stages[at].name for at in rules.first_stages(states(stages))]
    if first not in choices:
        wrong = _("A round begins with a stage that was reached before.")
        raise Invalid(wrong, fields={"first": wrong})
    said = _reason(reason)
    item = tx.get_one(Item, former.item_id, with_for_update=True, populate_existing=True)
    if item.state in BACK:
        agenda.advance(tx, actor, item.id, BACK[ItemState(item.state)], said)
    elif item.state not in rules.TAKEN:
        raise Conflict(_("This item is not in hand: no procedure can be put to it now."))
    start = list(rules.renewed(states(stages), choices.index(first)))
    row, made = _place(tx, actor, item, former.name, start, former)
    word, sealed = write(tx, actor, made[choices.index(first)], WordKind.AGAIN, said)
    renewed = events.ProcedureRenewed(
        procedure=row.id,
        item=item.id,
        name=row.name,
        round=row.round,
        former=former.id,
        stage=first,
        word=word,
        text=sealed.digest,
    )
    tell(tx, actor, row, renewed)
    return row.id


def stop(tx: Db, actor: Actor, procedure: int, reason: str) -> None:
    """It does not go on, and everybody reads why; a notice that is up comes down."""
    row, stages = mine(tx, actor, procedure)
    at = rules.here(states(stages))
    if row.state != State.RUNNING or at is None:
        raise Conflict(_("This procedure does not go on any more."))
    said = _reason(reason)
    one = stages[at]
    if one.state == StageState.UP:
        ticker.cancel(tx, NOTICE, one.ref)
        take_down(tx, row, one)
    row.state, row.ended_at = State.STOPPED, clock.now()
    word, sealed = write(tx, actor, one, WordKind.STOP, said)
    tell(tx, actor, row, events.ProcedureStopped(row.id, row.item_id, word, sealed.digest))


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Please say why."), fields={"reason": _("Please say why.")})
    return reason.strip()
