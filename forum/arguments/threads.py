"""Pages of an item's arguments: one narrow query a page; what it shows lies rendered already."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, case, select, tuple_

from forum.arguments import rules
from forum.arguments.models import Stance
from forum.arguments.queries import ArgumentRow
from forum.arguments.rules import Order
from forum.base.db import Db
from forum.base.tables import metadata


class Line(NamedTuple):
    """What a page must know of an argument to find its rendered fragment.

    A page has two hundred of them, so they are what the database gives (plain strings for stances
    and opinions), and not a column more.
    """

    id: int
    version: int
    side: str
    author_id: int
    author: str | None
    opinion: str | None
    stale: bool | None


class Thread(NamedTuple):
    """A page of arguments and where the next one begins (empty: there is none)."""

    lines: list[Line]
    next: str


_A = metadata.tables["argument"].c
_M = metadata.tables["member"].c
_R = metadata.tables["argument_reaction"].c
_MINE = and_(_R.argument_id == _A.id, _R.member_id == bindparam("reader"))
_LINES: Select[*tuple[Any, ...]] = (
    select(
        _A.id,
        _A.version,
        _A.side,
        _A.author_id,
        case((_M.erased_at.is_(None), _M.name), else_=None),
        _R.opinion,
        _R.revision_id != _A.revision_id,
    )
    .join(metadata.tables["member"], _M.id == _A.author_id)
    .outerjoin(metadata.tables["argument_reaction"], _MINE)
)
_PLACE = select(_A.path, _A.score).where(_A.id == bindparam("id"))


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
    asked: dict[str, Any] = {"item": item, "reader": reader or 0, "most": limit + 1}
    if side is not None:
        asked["side"] = side.value
    begun = _cursor(order, after)
    asked |= begun
    if order in (Order.SIDES, Order.THREAD):
        asked["shallow"] = rules.SHOWN_DEPTH + (under.depth if under else 0)
        if under is not None:
            asked["first"], asked["end"] = rules.family(under.path)
    query = _query(order, bool(side), bool(under), bool(begun))
    lines = list(map(Line._make, db.execute(query, asked).all()))
    if len(lines) <= limit:
        return Thread(lines, "")
    last = lines[limit - 1].id
    path, score = db.execute(_PLACE, {"id": last}).one()
    where = {Order.NEWEST: str(last), Order.AGREED: f"{score}.{last}"}
    return Thread(lines[:limit], where.get(order, path))


def some(db: Db, ids: Sequence[int], *, reader: int | None) -> list[Line]:
    """These arguments, as a page would find them."""
    found = db.execute(_LINES.where(_A.id.in_(ids)), {"reader": reader or 0})
    return list(map(Line._make, found))


def _cursor(order: Order, after: str) -> dict[str, Any]:
    """What the page begins after, as the statement takes it; empty at the beginning."""
    if order is Order.NEWEST:
        return {"id": int(after)} if _is_number(after) else {}
    if order is Order.AGREED:
        score, _dot, ident = after.partition(".")
        both = _is_number(score) and _is_number(ident)
        return {"score": int(score), "id": int(ident)} if both else {}
    return {"path": after} if after else {}


def _is_number(text: str) -> bool:
    """Whether a column holds such numbers."""
    return text.isdecimal() and len(text) <= 18


@cache
def _query(order: Order, side: bool, under: bool, begun: bool) -> Select[*tuple[Any, ...]]:
    """The statement of a kind of page, made once."""
    query = _LINES.where(_A.item_id == bindparam("item")).limit(bindparam("most"))
    if side:
        query = query.where(_A.side == bindparam("side"))
    if order is Order.NEWEST:
        if begun:
            query = query.where(_A.id < bindparam("id"))
        return query.where(_A.hiding_id.is_(None)).order_by(_A.id.desc())
    if order is Order.AGREED:
        if begun:
            here = tuple_(
                bindparam("score", type_=_A.score.type), bindparam("id", type_=_A.id.type)
            )
            query = query.where(tuple_(_A.score, _A.id) < here)
        query = query.where(_A.hiding_id.is_(None))
        return query.order_by(_A.score.desc(), _A.id.desc())
    if under:
        query = query.where(_A.path >= bindparam("first"), _A.path < bindparam("end"))
    if begun:
        query = query.where(_A.path > bindparam("path"))
    return query.where(_A.depth <= bindparam("shallow")).order_by(_A.path)
