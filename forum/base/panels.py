"""The blocks that higher rooms add to a page: asked for together, made where there is something.

Most things have nothing of most rooms about them. So the rooms say what there must be, and one
statement asks it of all of them, in place of one for each.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, Select, select

from forum.base.refs import parse

if TYPE_CHECKING:
    from forum.base.db import Db
    from forum.base.web import Request

Panel = Callable[["Db", "Request", str], str | None]
Offer = Callable[["Db", "Request", str], bool]
FEW = 2  # that many rooms are as well asked one by one


class Block(NamedTuple):
    """A panel, what there must be for it, and who is shown it where there is nothing yet."""

    order: int
    make: Panel
    given: ColumnElement[bool] | None
    offered: Offer | None


_blocks: dict[str, list[Block]] = defaultdict(list)


def panel(
    page: str,
    *,
    order: int = 50,
    given: ColumnElement[bool] | None = None,
    offered: Offer | None = None,
) -> Callable[[Panel], Panel]:
    """Add a block to a lower room's page, named "room:route function".

    `given`: what there must be for the block to show anything, as an EXISTS that names the page's
    subject by its parameters `ident` and `subject` ("item:7"), and the reader as `reader` (0 is a
    guest). `offered`: who is shown the block all the same, because they may begin something.
    """

    def add(make: Panel) -> Panel:
        _blocks[page].append(Block(order, make, given, offered))
        _of.cache_clear()
        return make

    return add


def pages() -> set[str]:
    """The pages that have blocks of higher rooms."""
    return set(_blocks)


@cache
def _of(page: str) -> tuple[list[Block], Select[*tuple[bool, ...]] | None]:
    """The blocks of a page in their order, and the statement that asks what there is for them."""
    blocks = sorted(_blocks.get(page, ()), key=lambda block: block.order)
    asked = [block.given for block in blocks if block.given is not None]
    return blocks, select(*asked) if len(asked) > FEW else None


def made(db: "Db", request: "Request", page: str, subject: str) -> list[str]:
    """The blocks about this thing for this reader, rendered, in their order."""
    blocks, statement = _of(page)
    if statement is None:
        return [html for block in blocks if (html := block.make(db, request, subject))]
    reader = request.actor.id if request.actor else 0
    about = {"ident": parse(subject)[1], "subject": subject, "reader": reader}
    there = iter(db.execute(statement, about).one())
    shown = [
        block
        for block in blocks
        if block.given is None
        or next(there)
        or (block.offered is not None and block.offered(db, request, subject))
    ]
    return [html for block in shown if (html := block.make(db, request, subject))]
