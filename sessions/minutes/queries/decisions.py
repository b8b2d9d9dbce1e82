"""Decisions as their readers see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.agenda.queries import ItemAccess
from forum.base import links, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.links import Link, Relation
from forum.base.refs import parse, ref
from forum.base.registry import Span, Step
from forum.base.tables import metadata
from forum.members import queries as members
from forum.members.models import Role
from sessions.minutes import rules, words
from sessions.minutes.models import Basis, Decision, DecisionState, DecisionWithdrawal


class DecisionRow(NamedTuple):
    """What was resolved."""

    id: int
    consultation_id: int
    item_id: int
    meeting_id: int | None
    basis: Basis
    poll_id: int | None
    state: DecisionState
    title: str
    html: str
    author_id: int
    at: datetime
    approved_at: datetime | None


class DecisionAccess(NamedTuple):
    """A decision, its item and consultation, and the reader's roles there and in its meeting."""

    item: ItemAccess
    decision: DecisionRow
    roles: frozenset[Role]

    @property
    def keeps(self) -> bool:
        """Whether the reader records decisions."""
        return rules.keeps(self.roles)

    @property
    def may_give_task(self) -> bool:
        """Whether the reader has decisions carried out."""
        return rules.keeps(self.roles) or rules.publishes(self.roles)


_COLUMNS = tuple(col(getattr(Decision, name)) for name in DecisionRow._fields)


def _row(found: Sequence[object]) -> DecisionRow:
    row = DecisionRow._make(found)
    return row._replace(basis=Basis(row.basis), state=DecisionState(row.state))


def decision_access(db: Db, actor: Actor | None, decision: int) -> DecisionAccess:
    """A decision for whoever sees its item."""
    missing = NotFound(_("There is no such decision."))
    found = db.execute(select(*_COLUMNS).where(col(Decision.id) == decision)).one_or_none()
    if found is None:
        raise missing
    row = _row(found)
    try:
        item = agenda.item_access(db, actor, row.item_id)
    except NotFound:
        raise missing from None
    return DecisionAccess(item, row, roles_in(db, actor, item, row.meeting_id))


def roles_in(db: Db, actor: Actor | None, item: ItemAccess, meeting: int | None) -> frozenset[Role]:
    """What somebody is in the consultation, and in the meeting if there is one."""
    held = item.access.roles
    if meeting is not None:
        held |= members.roles(db, actor, [ref("meeting", meeting), *item.access.places])
    return held


def of_poll(db: Db, poll: int) -> DecisionRow | None:
    """The decision that rests on a poll, if one stands."""
    found = db.execute(
        select(*_COLUMNS).where(
            col(Decision.poll_id) == poll, col(Decision.state) != DecisionState.WITHDRAWN
        )
    ).first()
    return _row(found) if found else None


# Made once: every page of an item asks.
_D = metadata.tables["decision"].c
ON_ITEM = exists().where(_D.item_id == bindparam("ident"))
_OF_ITEM = (
    select(*_D[DecisionRow._fields])
    .where(_D.item_id == bindparam("item"))
    .order_by(_D.id)
    .limit(500)
)


def of_item(db: Db, item: int) -> list[DecisionRow]:
    """The decisions on an item, in the order of their recording."""
    return [_row(found) for found in db.execute(_OF_ITEM, {"item": item})]


def of_meeting(db: Db, meeting: int) -> list[DecisionRow]:
    """The decisions taken in a meeting."""
    return _rows(db, col(Decision.meeting_id) == meeting)


def of_consultation(db: Db, consultation: int) -> list[DecisionRow]:
    """All decisions of a consultation."""
    return _rows(db, col(Decision.consultation_id) == consultation)


def of_ids(db: Db, ids: Sequence[int]) -> list[DecisionRow]:
    """These decisions."""
    return _rows(db, col(Decision.id).in_(ids))


def _rows(db: Db, match: ColumnElement[bool]) -> list[DecisionRow]:
    query = select(*_COLUMNS).where(match).order_by(col(Decision.id)).limit(500)
    return [_row(found) for found in db.execute(query)]


def withdrawal(db: Db, decision: int) -> str:
    """Why a decision was withdrawn."""
    query = select(col(DecisionWithdrawal.body))
    found = db.execute(query.where(col(DecisionWithdrawal.decision_id) == decision))
    return found.scalar_one_or_none() or ""


def tasks_of(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, list[Step]]:
    """The tasks that carry out these decisions, those that the reader sees."""
    query = select(col(Link.source), col(Link.target)).where(
        col(Link.relation) == Relation.FULFILS.value,
        col(Link.target).in_([ref("decision", ident) for ident in ids]),
    )
    tied = [(task, parse(decision)[1]) for task, decision in db.execute(query)]
    steps = {step.ref: step for step in links.steps(db, actor, [task for task, _id in tied])}
    found: dict[int, list[Step]] = {ident: [] for ident in ids}
    for task, ident in sorted(tied):
        if task in steps:
            found[ident].append(steps[task])
    return found


@registry.span("decision")
def spans(db: Db, ids: Sequence[int]) -> dict[int, Span]:
    """The moment at which it was recorded."""
    return {row.id: Span(row.at) for row in _rows(db, col(Decision.id).in_(ids))}


@registry.resolver("decision")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What decisions are called, for those who see their items."""
    rows = _rows(db, col(Decision.id).in_(ids))
    seen = agenda.resolve(db, actor, list({row.item_id for row in rows}))
    return {
        row.id: Step(
            ref("decision", row.id),
            "decision",
            row.title,
            f"/decisions/{row.id}",
            _(words.DECISIONS[row.state]),
        )
        for row in rows
        if row.item_id in seen
    }
