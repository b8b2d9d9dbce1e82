"""Pages of an item's arguments: one narrow query a page; what it shows lies rendered already."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, select, tuple_
from sqlmodel import col

from forum.arguments import rules
from forum.arguments.models import Argument, Opinion, Reaction, Stance
from forum.arguments.queries import ArgumentRow
from forum.arguments.rules import Order
from forum.base.db import Db
from forum.base.i18n import _
from forum.members.models import Member


class Line(NamedTuple):
    """What a page must know of an argument to find its rendered fragment."""

    id: int
    version: int
    depth: int
    side: Stance
    author_id: int
    author: str
    opinion: Opinion | None
    stale: bool


class Thread(NamedTuple):
    """A page of arguments and where the next one begins (empty: there is none)."""

    lines: list[Line]
    next: str


_COLUMNS = (
    col(Argument.id),
    col(Argument.version),
    col(Argument.depth),
    col(Argument.side),
    col(Argument.author_id),
    col(Member.name),
    col(Reaction.opinion),
    col(Reaction.revision_id) != col(Argument.revision_id),
    col(Member.erased_at),
    col(Argument.path),
    col(Argument.score),
)


def page(
    db: Db,
    item: int,
    *,
    reader: int | None,
    order: Order,
    side: Stance | None = None,
    under: ArgumentRow | None = None,
    after: str = "",
    limit: int = rules.PAGE,
) -> Thread:
    """One page of an item's arguments; the caller has judged that the reader may see the item.

    `after` is the `next` of the page before; what cannot be read as one is the beginning.
    """
    query = _lines(reader).where(col(Argument.item_id) == item)
    if side is not None:
        query = query.where(col(Argument.side) == side)
    query = _ordered(query, order, under, after)
    found = db.execute(query.limit(limit + 1)).all()
    lines = _read(found[:limit])
    if len(found) <= limit:
        return Thread(lines, "")
    last = found[limit - 1]
    where = {Order.NEWEST: str(last.id), Order.AGREED: f"{last.score}.{last.id}"}
    return Thread(lines, where.get(order, last.path))


def some(db: Db, ids: Sequence[int], *, reader: int | None) -> list[Line]:
    """These arguments, as a page would find them."""
    return _read(db.execute(_lines(reader).where(col(Argument.id).in_(ids))).all())


def _lines(reader: int | None) -> Select[*tuple[Any, ...]]:
    mine = and_(
        col(Reaction.argument_id) == col(Argument.id), col(Reaction.member_id) == (reader or 0)
    )
    return (
        select(*_COLUMNS)
        .join(Member, col(Member.id) == col(Argument.author_id))
        .outerjoin(Reaction, mine)
    )


def _read(found: Sequence[Sequence[Any]]) -> list[Line]:
    former = _("Former participant")
    return [
        Line(
            ident,
            version,
            depth,
            Stance(side),
            author,
            name if erased is None else former,
            Opinion(opinion) if opinion else None,
            bool(stale),
        )
        for ident, version, depth, side, author, name, opinion, stale, erased, *_place in found
    ]


def _ordered(
    query: Select[*tuple[Any, ...]], order: Order, under: ArgumentRow | None, after: str
) -> Select[*tuple[Any, ...]]:
    if order is Order.NEWEST:
        query = query.where(col(Argument.hiding_id).is_(None))
        if after.isdigit():
            query = query.where(col(Argument.id) < int(after))
        return query.order_by(col(Argument.id).desc())
    if order is Order.AGREED:
        query = query.where(col(Argument.hiding_id).is_(None))
        score, _dot, ident = after.partition(".")
        if score.isdigit() and ident.isdigit():
            here = tuple_(col(Argument.score), col(Argument.id))
            query = query.where(here < (int(score), int(ident)))
        return query.order_by(col(Argument.score).desc(), col(Argument.id).desc())
    shallow = rules.SHOWN_DEPTH
    if under is not None:
        first, end = rules.family(under.path)
        shallow += under.depth
        query = query.where(col(Argument.path) >= first, col(Argument.path) < end)
    if after:
        query = query.where(col(Argument.path) > after)
    return query.where(col(Argument.depth) <= shallow).order_by(col(Argument.path))
