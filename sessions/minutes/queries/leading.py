"""The arguments that carried weight: the best supported of each side of each item."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from forum.agenda.models import Item
from forum.arguments.models import Argument, ArgumentRevision, Stance
from forum.base.db import Db
from forum.base.markup import excerpt
from forum.members import queries as members

EACH_SIDE = 3
MOST = 60
SIDES = (Stance.PRO, Stance.CON)


class Leading(NamedTuple):
    """An argument that an outcome should answer."""

    id: int
    item_id: int
    item: str
    side: Stance
    author: str
    words: str
    agree: int
    disagree: int


def of_items(db: Db, items: Sequence[int]) -> list[Leading]:
    """The best supported arguments of either side, by item; hidden ones are left out."""
    return _leading(db, items, [])


def of_ids(db: Db, ids: Sequence[int], consultation: int) -> dict[int, Leading]:
    """Of these arguments those of the consultation, whatever their support.

    An outcome is written with ids: those of another consultation must not show what they say.
    """
    items = select(col(Item.id)).where(col(Item.consultation_id) == consultation)
    return {row.id: row for row in _leading(db, [], ids, col(Argument.item_id).in_(items))}


def _leading(
    db: Db, items: Sequence[int], ids: Sequence[int], *narrowed: ColumnElement[bool]
) -> list[Leading]:
    place = func.row_number().over(
        partition_by=(col(Argument.item_id), col(Argument.side)),
        order_by=(col(Argument.score).desc(), col(Argument.id)),
    )
    ranked = select(col(Argument.id).label("id"), place.label("place")).where(
        col(Argument.item_id).in_(items),
        col(Argument.depth) == 0,
        col(Argument.side).in_([side.value for side in SIDES]),
        col(Argument.hiding_id).is_(None),
    )
    best = ranked.subquery()
    wanted = select(best.c.id).where(best.c.place <= EACH_SIDE)
    match = col(Argument.id).in_(ids) if ids else col(Argument.id).in_(wanted)
    found = db.execute(
        select(
            col(Argument.id),
            col(Argument.item_id),
            col(Item.title),
            col(Argument.side),
            col(Argument.author_id),
            col(ArgumentRevision.body),
            col(Argument.agree),
            col(Argument.disagree),
        )
        .join(Item, col(Item.id) == col(Argument.item_id))
        .join(ArgumentRevision, col(ArgumentRevision.id) == col(Argument.revision_id))
        .where(match, col(Argument.hiding_id).is_(None), *narrowed)
        .order_by(col(Item.path), col(Argument.side).desc(), col(Argument.score).desc())
        .limit(MOST)
    ).all()
    names = members.names(db, {row.author_id for row in found})
    return [
        Leading(
            row.id,
            row.item_id,
            row.title,
            Stance(row.side),
            names.get(row.author_id, ""),
            excerpt(row.body, 160),
            row.agree,
            row.disagree,
        )
        for row in found
    ]
