"""The agenda as its readers see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, bindparam, case, cast, exists, literal, select
from sqlmodel import col

from forum.agenda import rules, words
from forum.agenda.models import Item, ItemKind, ItemMove, ItemRevision, ItemState
from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.links import Link, Relation, linked
from forum.base.refs import ref
from forum.base.registry import Step
from forum.base.tables import metadata
from forum.consultations import queries as consultations
from forum.consultations.queries import Access, ConsultationRow


class ItemRow(NamedTuple):
    """An item as pages and services read it."""

    id: int
    consultation_id: int
    parent_id: int | None
    path: str
    depth: int
    position: int
    title: str
    html: str
    kind: ItemKind
    state: ItemState
    minutes: int | None
    voices: int
    proposed_by: int | None
    created_at: datetime
    proposer: str = ""

    @property
    def number(self) -> str:
        """The item's number as people say it: 2.1."""
        return rules.number(self.path)


class ItemAccess(NamedTuple):
    """An item together with what the reader is to its consultation."""

    access: Access
    item: ItemRow


class MoveRow(NamedTuple):
    """A step of an item's life."""

    at: datetime
    before: ItemState
    state: ItemState
    reason: str
    moved_by: int | None


class TextRow(NamedTuple):
    """A text that an item had from a moment on."""

    at: datetime
    author_id: int | None
    body: str


_T = metadata.tables["item"].c
_M = metadata.tables["member"].c
_ITEM = [_T[name] for name in ItemRow._fields if name != "proposer"]
_NAME = case((_M.erased_at.is_(None), _M.name), else_=None)
_ITEMS = select(*_ITEM, _NAME).outerjoin(metadata.tables["member"], _M.id == _T.proposed_by)
_WHOLE = (
    _ITEMS.add_columns(*metadata.tables["consultation"].c[ConsultationRow._fields])
    .join(
        metadata.tables["consultation"], metadata.tables["consultation"].c.id == _T.consultation_id
    )
    .where(_T.id == bindparam("item"))
)
_TREE = (
    _ITEMS.where(_T.consultation_id == bindparam("consultation"))
    .order_by(_T.path, _T.id)
    .limit(rules.ITEMS_MOST)
)


def _row(found: Sequence[Any]) -> ItemRow:
    row = ItemRow._make(found)
    proposer = (row.proposer or _("Former participant")) if row.proposed_by else ""
    return row._replace(kind=ItemKind(row.kind), state=ItemState(row.state), proposer=proposer)


def item_access(db: Db, actor: Actor | None, item: int) -> ItemAccess:
    """The item and what the reader is to it; NotFound where it is invisible to them."""
    snapshot = db.info.get("snapshot", {})
    known: ItemRow | None = snapshot.get(("item", item))
    if known is not None:
        return ItemAccess(consultations.access(db, actor, known.consultation_id), known)
    found = db.execute(_WHOLE, {"item": item}).one_or_none()
    missing = NotFound(_("There is no such agenda item."))
    if found is None:
        raise missing
    row = _row(found[: len(ItemRow._fields)])
    try:
        whole = consultations.made(found[len(ItemRow._fields) :])
        access = consultations.access_to(db, actor, whole)
    except NotFound:
        raise missing from None
    snapshot["item", row.id] = row
    return ItemAccess(access, row)


def may_edit(access: Access, item: ItemRow) -> bool:
    """Moderators edit what is in hand; proposers their own proposal until it is decided on."""
    if access.moderates:
        return rules.may_arrange(access.consultation.stage)
    mine = access.actor is not None and access.actor.id == item.proposed_by
    return mine and item.state is ItemState.PROPOSED and not access.standing.muted


def arguable(db: Db, item: ItemRow) -> bool:
    """Whether words are taken: while it is in hand, and while a notice about it is up."""
    opened = Relation.OPENS
    return item.state in rules.ARGUABLE or bool(linked(db, ref("item", item.id), opened, "in"))


def takes_words() -> ColumnElement[bool]:
    """The same as a condition on items."""
    notice = exists().where(
        col(Link.target) == literal("item:") + cast(col(Item.id), String),
        col(Link.relation) == Relation.OPENS.value,
    )
    return col(Item.state).in_(rules.ARGUABLE) | notice


def steps(access: Access, item: ItemRow) -> list[ItemState]:
    """The steps that the reader may take this item, in the order of the states."""
    if access.moderates and rules.may_arrange(access.consultation.stage):
        return [state for state in ItemState if rules.may_become(item.state, state)]
    return [ItemState.WITHDRAWN] if may_edit(access, item) else []


def items(db: Db, consultation: int) -> list[ItemRow]:
    """The tree, flat, as the agenda reads; bounded by the rule on how many there may be."""
    return [_row(row) for row in db.execute(_TREE, {"consultation": consultation})]


def moves(db: Db, item: int) -> list[MoveRow]:
    """The steps of an item's life, in order."""
    found = db.execute(
        select(
            col(ItemMove.at),
            col(ItemMove.before),
            col(ItemMove.state),
            col(ItemMove.body),
            col(ItemMove.moved_by),
        )
        .where(col(ItemMove.item_id) == item)
        .order_by(col(ItemMove.id))
        .limit(200)
    )
    return [MoveRow(at, ItemState(b), ItemState(s), text, by) for at, b, s, text, by in found]


def source(db: Db, item: int) -> str:
    """The Markdown of an item's text, for the form that edits it."""
    return str(db.execute(select(col(Item.body)).where(col(Item.id) == item)).scalar_one())


def revisions(db: Db, item: int) -> list[TextRow]:
    """Every text that the item had, the newest first."""
    found = db.execute(
        select(col(ItemRevision.at), col(ItemRevision.author_id), col(ItemRevision.body))
        .where(col(ItemRevision.item_id) == item)
        .order_by(col(ItemRevision.id).desc())
        .limit(100)
    )
    return [TextRow(*row) for row in found]


@registry.resolver("item")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What items are called, for those who may read their consultations."""
    snapshot = db.info.get("snapshot", {})
    rows: list[ItemRow] = [snapshot["item", i] for i in ids if ("item", i) in snapshot]
    if unknown := [ident for ident in ids if ("item", ident) not in snapshot]:
        rows += [_row(row) for row in db.execute(_ITEMS.where(_T.id.in_(unknown)))]
    seen = consultations.resolve(db, actor, list({row.consultation_id for row in rows}))
    return {
        row.id: Step(
            ref("item", row.id), "item", row.title, f"/items/{row.id}", words.state(row.state)
        )
        for row in rows
        if row.consultation_id in seen
    }
