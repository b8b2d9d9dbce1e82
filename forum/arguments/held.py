"""Texts that wait until a moderator has looked at them: their authors and moderators alone see."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, false, literal, select
from sqlmodel import col

from forum.agenda import held as proposals
from forum.agenda import queries as agenda
from forum.agenda.held import Text
from forum.agenda.models import HeldState, Item
from forum.agenda.queries import ItemAccess
from forum.arguments.models import Argument, ArgumentRevision, HeldArgument, Stance
from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Step
from forum.base.tables import metadata
from forum.consultations import queries as consultations
from forum.consultations.rules import MODERATING
from forum.members import queries as members

RECENT = 300  # how many texts back anybody looks for alike ones


class HeldRow(NamedTuple):
    """A text that waits, or waited."""

    id: int
    item_id: int
    parent_id: int | None
    argument_id: int | None
    stance: Stance
    author_id: int
    body: str
    html: str
    at: datetime
    state: HeldState
    asked_at: datetime | None


_COLUMNS = [col(getattr(HeldArgument, name)) for name in HeldRow._fields]


def _row(found: Sequence[object]) -> HeldRow:
    row = HeldRow._make(found)
    return row._replace(stance=Stance(row.stance), state=HeldState(row.state))


def access(db: Db, actor: Actor | None, held: int) -> tuple[ItemAccess, HeldRow]:
    """The text and what the reader is to its item; NotFound but for author and moderators."""
    missing = NotFound(_("There is no such text."))
    found = db.execute(select(*_COLUMNS).where(col(HeldArgument.id) == held)).one_or_none()
    if found is None or actor is None:
        raise missing
    row = _row(found)
    try:
        whole = agenda.item_access(db, actor, row.item_id)
    except NotFound:
        raise missing from None
    if row.author_id != actor.id and not whole.access.moderates:
        raise missing
    return whole, row


# Made once: every page of an item asks.
_T = metadata.tables["argument_held"].c
_MINE = (
    select(*_T[HeldRow._fields])
    .where(
        _T.author_id == bindparam("author"),
        _T.item_id == bindparam("item"),
        _T.state == HeldState.WAITING.value,
    )
    .order_by(_T.id)
    .limit(50)
)


def mine(db: Db, actor: Actor | None, item: int) -> list[HeldRow]:
    """What of one's own waits on an item, oldest first."""
    if actor is None:
        return []
    return [_row(row) for row in db.execute(_MINE, {"author": actor.id, "item": item})]


def texts(db: Db, ids: Sequence[int]) -> dict[int, HeldRow]:
    """These texts; the caller has judged that the reader moderates their places."""
    found = db.execute(select(*_COLUMNS).where(col(HeldArgument.id).in_(ids)))
    return {row[0]: _row(row) for row in found}


def _visible(db: Db, actor: Actor | None) -> ColumnElement[bool]:
    if actor is None:
        return false()
    led = select(col(Item.id)).where(
        col(Item.consultation_id).in_(consultations.held(db, actor, MODERATING))
    )
    return (col(HeldArgument.author_id) == actor.id) | col(HeldArgument.item_id).in_(led)


@registry.resolver("held")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What waiting texts are called: their author and item, never their words."""
    query = select(
        col(HeldArgument.id), col(HeldArgument.item_id), col(HeldArgument.author_id)
    ).where(col(HeldArgument.id).in_(ids), _visible(db, actor))
    found = db.execute(query).all()
    items = agenda.resolve(db, actor, sorted({row.item_id for row in found}))
    called = members.names(db, {row.author_id for row in found})
    title = _("%(name)s on “%(title)s”")
    return {
        row.id: Step(
            ref("held", row.id),
            "held",
            title % {"name": called[row.author_id], "title": items[row.item_id].title},
            f"/held/{row.id}",
        )
        for row in found
        if row.item_id in items
    }


def recent(
    db: Db,
    since: datetime,
    *,
    consultation: int | None = None,
    author: int | None = None,
    item: int | None = None,
    words: bool = False,
) -> list[Text]:
    """What was written since a moment, newest first, out or waiting; with `words` the latest."""
    out = select(
        col(Argument.id),
        col(Argument.author_id),
        col(Argument.item_id),
        col(Argument.created_at),
        col(ArgumentRevision.body) if words else literal(""),
    )
    if words:
        said = col(ArgumentRevision.id) == col(Argument.revision_id)
        out = out.join(ArgumentRevision, said)
    waiting = select(
        col(HeldArgument.id),
        col(HeldArgument.author_id),
        col(HeldArgument.item_id),
        col(HeldArgument.at),
        col(HeldArgument.body) if words else literal(""),
    ).where(col(HeldArgument.state) == HeldState.WAITING)
    narrowed = {"author_id": author, "item_id": item}
    here = item is not None  # a proposal stands on no item
    narrow = {"consultation": consultation, "author": author}
    found = [] if here else proposals.recent(db, since, words=words, **narrow)
    for kind, query, model, at in (
        ("argument", out, Argument, col(Argument.created_at)),
        ("held", waiting, HeldArgument, col(HeldArgument.at)),
    ):
        match = [at > since]
        match += [col(getattr(model, name)) == it for name, it in narrowed.items() if it]
        if consultation is not None:
            ours = select(col(Item.id)).where(col(Item.consultation_id) == consultation)
            match.append(col(model.item_id).in_(ours))
        rows = db.execute(query.where(*match).order_by(col(model.id).desc()).limit(RECENT))
        found += [Text(ref(kind, ident), *rest) for ident, *rest in rows]
    return sorted(found, key=lambda text: text.at, reverse=True)
