"""Proposals that wait until a moderator has looked at them: their authors and moderators see."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, false, literal, select
from sqlmodel import col

from forum.agenda.models import HeldItem, HeldState, Item, ItemKind
from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Step
from forum.consultations import queries as consultations
from forum.consultations.queries import Access
from forum.consultations.rules import MODERATING
from forum.members import queries as members

RECENT = 300


class HeldRow(NamedTuple):
    """A proposal that waits, or waited; with `item_id` a new text of that one."""

    id: int
    consultation_id: int
    item_id: int | None
    author_id: int
    title: str
    body: str
    html: str
    kind: ItemKind
    minutes: int | None
    at: datetime
    state: HeldState


class Text(NamedTuple):
    """What somebody wrote lately, out or waiting."""

    about: str
    author_id: int
    item_id: int | None
    at: datetime
    body: str


_COLUMNS = [col(getattr(HeldItem, name)) for name in HeldRow._fields]


def _row(found: Sequence[object]) -> HeldRow:
    row = HeldRow._make(found)
    return row._replace(kind=ItemKind(row.kind), state=HeldState(row.state))


def access(db: Db, actor: Actor | None, held: int) -> tuple[Access, HeldRow]:
    """The proposal and what the reader is to its consultation; NotFound but for those who may."""
    missing = NotFound(_("There is no such text."))
    found = db.execute(select(*_COLUMNS).where(col(HeldItem.id) == held)).one_or_none()
    if found is None or actor is None:
        raise missing
    row = _row(found)
    try:
        whole = consultations.access(db, actor, row.consultation_id)
    except NotFound:
        raise missing from None
    if row.author_id != actor.id and not whole.moderates:
        raise missing
    return whole, row


def mine(db: Db, actor: Actor | None, consultation: int) -> list[HeldRow]:
    """What of one's own waits in a consultation, oldest first."""
    if actor is None:
        return []
    found = db.execute(
        select(*_COLUMNS)
        .where(
            col(HeldItem.author_id) == actor.id,
            col(HeldItem.consultation_id) == consultation,
            col(HeldItem.state) == HeldState.WAITING,
        )
        .order_by(col(HeldItem.id))
        .limit(50)
    )
    return [_row(row) for row in found]


def texts(db: Db, ids: Sequence[int]) -> dict[int, str]:
    """What these say; the caller has judged that the reader moderates their places."""
    query = select(col(HeldItem.id), col(HeldItem.body)).where(col(HeldItem.id).in_(ids))
    return {row.id: row.body for row in db.execute(query)} if ids else {}


def _visible(db: Db, actor: Actor | None) -> ColumnElement[bool]:
    if actor is None:
        return false()
    led = col(HeldItem.consultation_id).in_(consultations.held(db, actor, MODERATING))
    return (col(HeldItem.author_id) == actor.id) | led


@registry.resolver("proposal")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What waiting proposals are called: their author and consultation, never their words."""
    query = select(col(HeldItem.id), col(HeldItem.consultation_id), col(HeldItem.author_id)).where(
        col(HeldItem.id).in_(ids), _visible(db, actor)
    )
    found = db.execute(query).all()
    places = consultations.resolve(db, actor, sorted({row.consultation_id for row in found}))
    called = members.names(db, {row.author_id for row in found})
    title = _("%(name)s on “%(title)s”")
    return {
        row.id: Step(
            ref("proposal", row.id),
            "proposal",
            title % {"name": called[row.author_id], "title": places[row.consultation_id].title},
            f"/proposals/{row.id}",
        )
        for row in found
        if row.consultation_id in places
    }


def recent(
    db: Db,
    since: datetime,
    *,
    consultation: int | None = None,
    author: int | None = None,
    words: bool = False,
) -> list[Text]:
    """What was proposed since a moment, newest first, out or waiting; with `words` what it says."""
    out = select(
        col(Item.id),
        col(Item.proposed_by),
        col(Item.id),
        col(Item.created_at),
        col(Item.body) if words else literal(""),
    ).where(col(Item.proposed_by).is_not(None), col(Item.created_at) > since)
    waiting = select(
        col(HeldItem.id), col(HeldItem.author_id), col(HeldItem.item_id), col(HeldItem.at),
        col(HeldItem.body) if words else literal(""),
    ).where(col(HeldItem.state) == HeldState.WAITING, col(HeldItem.at) > since)  # fmt: skip
    if consultation is not None:
        out = out.where(col(Item.consultation_id) == consultation)
        waiting = waiting.where(col(HeldItem.consultation_id) == consultation)
    if author is not None:
        out = out.where(col(Item.proposed_by) == author)
        waiting = waiting.where(col(HeldItem.author_id) == author)
    items = db.execute(out.order_by(col(Item.id).desc()).limit(RECENT))
    found = [Text(ref("item", row[0]), *row[1:]) for row in items]
    texts = db.execute(waiting.order_by(col(HeldItem.id).desc()).limit(RECENT))
    return found + [Text(ref("proposal", row[0]), *row[1:]) for row in texts]
