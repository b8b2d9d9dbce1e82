"""Appeals: somebody else than the one who acted looks again, and says why."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import held as proposals
from forum.agenda import queries as agenda_queries
from forum.agenda import service as agenda
from forum.agenda.models import HeldState, ItemState
from forum.agenda.service import proposing
from forum.arguments import held
from forum.arguments import queries as arguments_queries
from forum.arguments import service as arguments
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.members.models import PLATFORM
from moderation.oversight import events, rules
from moderation.oversight.models import Act, Appeal, AppealState, Measure
from moderation.oversight.queries import measures
from moderation.oversight.service.flagging import answered, settle
from moderation.sanctions import queries as sanctions
from moderation.sanctions import service as sanctions_service

ENDED = (ItemState.DECLINED, ItemState.WITHDRAWN)


def appeal(tx: Db, actor: Actor, measure_id: int, body: str) -> None:
    """Ask that somebody else look at a measure; for the person concerned, once."""
    found = measures.measure(tx, actor, measure_id)
    if found.member_id != actor.id:
        raise Forbidden(_("Only the person concerned may appeal."))
    if tx.get(Appeal, measure_id) is not None:
        raise Conflict(_("You have appealed already; you will be told."))
    if not rules.appealable(found.act, found.undone_at, found.at, clock.now()):
        raise Conflict(_("There is nothing left to appeal against."))
    place = measures.instance(tx, measure_id, {found.taken_by or 0, actor.id})
    row = Appeal(measure_id=measure_id, member_id=actor.id, place=place, body=body, at=clock.now())
    tx.add(row)
    tx.flush()
    _tell(tx, actor, events.AppealFiled(measure_id, place), tx.get_one(Measure, measure_id))


def decide(tx: Db, actor: Actor, measure_id: int, result: AppealState, answer: str) -> None:
    """Let a measure stand or take it back, with the reason; both sides are told."""
    found = measures.measure(tx, actor, measure_id)
    if not measures.leads(tx, actor, measure_id):
        raise Forbidden(_("Only the moderators of this place decide about appeals."))
    if not rules.may_judge(actor.id, taken_by=found.taken_by, concerned=found.member_id):
        raise Forbidden(_("You took this measure, or it is about you: somebody else decides."))
    query = select(Appeal).where(col(Appeal.measure_id) == measure_id)
    row = tx.execute(query.with_for_update()).scalar_one_or_none()
    if row is None:
        raise Conflict(_("Nobody has appealed against it."))
    if row.state != AppealState.OPEN:
        raise Conflict(_("This appeal has been decided already."))
    measure = tx.get_one(Measure, measure_id)
    if result is AppealState.OVERTURNED and measure.undone_at is None:
        if not _undo(tx, actor, measure, answer):
            measure.detail = {**measure.detail, "stays": True}
        measure.undone_at = clock.now()
    row.state, row.answer = result, answer
    row.decided_by, row.decided_at = actor.id, clock.now()
    tx.flush()
    _tell(tx, actor, events.AppealDecided(measure_id, result), measure)


def _undo(tx: Db, actor: Actor, measure: Measure, answer: str) -> bool:
    """Make it as it was; False where the place, or the thing, does not allow that any more."""
    try:
        # Of what is refused half way nothing stays.
        with tx.begin_nested():
            _restore(tx, actor, measure, answer)
    except (Conflict, NotFound):
        return False
    return True


def _restore(tx: Db, actor: Actor, measure: Measure, answer: str) -> None:
    """Undo what is left of the measure: others may have dealt with the thing since."""
    kind, ident = parse(measure.about)
    act = Act(measure.act)
    if kind == "sanction":
        if sanctions.sanction(tx, actor, ident).holds:
            sanctions_service.lift(tx, actor, ident)
    elif kind in ("held", "proposal") and act in (Act.HIDE, Act.ASK):
        _publish(tx, actor, kind, ident)
    elif kind == "item" and act is Act.HIDE:
        was = ItemState(measure.detail.get("state", ItemState.PLANNED))
        if agenda_queries.item_access(tx, actor, ident).item.state in ENDED:
            agenda.reinstate(tx, actor, ident, was, answer)
    elif act in (Act.HIDE, Act.ASK, Act.MOVE):
        _give_back(tx, actor, ident, act, measure.detail)


def _publish(tx: Db, actor: Actor, kind: str, ident: int) -> None:
    about = ref(kind, ident)
    if kind == "proposal":
        if proposals.access(tx, actor, ident)[1].state is HeldState.PUBLISHED:
            return
        proposing.release(tx, actor, ident)
    else:
        if held.access(tx, actor, ident)[1].state is HeldState.PUBLISHED:
            return
        answered(tx, ident)
        arguments.release(tx, actor, ident)
    settle(tx, about)


def _give_back(tx: Db, actor: Actor, ident: int, act: Act, was: Mapping[str, Any]) -> None:
    """An argument as it was: shown, not asked for other words, where it stood."""
    ident = was.get("argument", ident)  # a text that waited became this argument
    argument = arguments_queries.in_full(tx, [ident], moderates=True)[ident]
    if act is Act.HIDE and argument.hidden:
        arguments.restore(tx, actor, ident)
    elif act is Act.ASK and argument.asked_at is not None:
        arguments.unask(tx, actor, ident)
    elif act is Act.MOVE and argument.item_id != was["item"]:
        arguments.move(tx, actor, ident, was["item"], parent=was["parent"])


def _tell(
    tx: Db, actor: Actor, event: events.AppealFiled | events.AppealDecided, row: Measure
) -> None:
    stream = row.place if row.place != PLATFORM else ref("member", row.member_id or actor.id)
    record(tx, actor, event, stream=stream, subject=ref("measure", row.id))
