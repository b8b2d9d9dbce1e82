"""Where one vote goes and how many come to one person: asked of the database along that way alone.

What closes a poll walks all of them (`rules.resolve`); a page shows one reader's part, and asks no
more than that needs, in a fixed number of statements.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    case,
    func,
    literal,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from forum.base.db import Db
from voting.delegations.models import Delegation, Followed

Person = SQLColumnExpression[int]  # a column, or what stands for one
About = Callable[[Person], ColumnElement[bool]]


class Field(NamedTuple):
    """A poll as a walk sees it: its places, the most specific first, and how each person stands.

    `counts`: whether what somebody gave counts (they are on the roll); `voted`: they voted by name;
    `aside`: they vote in a way that nobody can follow.
    """

    places: Sequence[str]
    counts: About
    voted: About
    aside: About


class Stop(NamedTuple):
    """Somebody on the way of a vote, and whether they voted by name."""

    member: int
    voted: bool


def _order(place: SQLColumnExpression[str], places: Sequence[str]) -> ColumnElement[int]:
    return case({one: number for number, one in enumerate(places)}, value=place)


def _word(giver: Person, places: Sequence[str]) -> ScalarSelect[int]:
    """To whom somebody gave theirs, by their most specific word."""
    said = aliased(Delegation)
    return (
        select(col(said.delegate_id))
        .where(
            col(said.giver_id) == giver,
            col(said.place).in_(places),
            col(said.ended_at).is_(None),
        )
        .order_by(_order(col(said.place), places))
        .limit(1)
        .scalar_subquery()
    )


def chain(db: Db, field: Field, giver: int, most: int) -> list[Stop]:
    """Those to whom a vote goes in turn, up to the first who voted, a return, or `most` of them."""
    start = literal(giver)
    first = _word(start, field.places)
    walk = select(literal(0).label("step"), start.label("here"), first.label("next")).cte(
        "walk", recursive=True
    )
    here = walk.c.next
    on = select(walk.c.step + 1, here, _word(here, field.places)).where(
        here.is_not(None),
        walk.c.step < most,
        field.counts(walk.c.here),
        (walk.c.step == 0) | ~field.voted(walk.c.here),
    )
    walk = walk.union_all(on)
    rows = select(walk.c.here, field.voted(walk.c.here)).where(walk.c.step > 0)
    met, found = {giver}, list[Stop]()
    for member, voted in db.execute(rows.order_by(walk.c.step)):
        found.append(Stop(member, bool(voted)))
        if member in met:
            break
        met.add(member)
    return found


def held(db: Db, field: Field, member: int) -> int:
    """How many gave theirs to somebody in person."""
    said = aliased(Delegation)
    giver = col(said.giver_id)
    query = select(func.count(giver.distinct())).where(
        col(said.delegate_id) == member,
        col(said.place).in_(field.places),
        col(said.ended_at).is_(None),
        _word(giver, field.places) == member,
        field.counts(giver),
    )
    return int(db.execute(query).scalar_one())


def carried(db: Db, field: Field, member: int, cap: int | None) -> int:
    """How many votes come to somebody if they vote themselves; by whole distances where capped.

    Each person has one word, so those behind somebody are a tree, but for who stands at its root.
    """
    start = select(literal(0).label("step"), literal(member).label("here"))
    tree = start.cte("tree", recursive=True)
    said = aliased(Delegation)
    giver = col(said.giver_id)
    # A voter keeps what comes to them, so the walk goes no further back there.
    behind = (
        select(tree.c.step + 1, giver)
        .join(said, col(said.delegate_id) == tree.c.here)
        .where(
            col(said.place).in_(field.places),
            col(said.ended_at).is_(None),
            giver != member,
            _word(giver, field.places) == tree.c.here,
            field.counts(giver),
            ~field.voted(giver),
        )
    )
    tree = tree.union(behind)
    query = (
        select(tree.c.step, func.count())
        .where(tree.c.step > 0, ~field.aside(tree.c.here))
        .group_by(tree.c.step)
        .order_by(tree.c.step)
    )
    total = 0
    for _step, number in db.execute(query):
        if cap is not None and total + number > cap:
            break
        total += number
    return total


def kept_way(db: Db, poll: int, giver: int, most: int) -> list[int]:
    """To whom a vote went in turn in a closed poll, up to its holder or `most` of them."""
    first: Select[*tuple[Any, ...]] = select(
        literal(1).label("step"),
        col(Followed.delegate_id).label("here"),
        col(Followed.holder_id).label("holder"),
    ).where(col(Followed.poll_id) == poll, col(Followed.giver_id) == giver)
    walk = first.cte("walk", recursive=True)
    following = aliased(Followed)
    on = select(walk.c.step + 1, col(following.delegate_id), walk.c.holder).where(
        col(following.poll_id) == poll,
        col(following.giver_id) == walk.c.here,
        walk.c.step < most,
        walk.c.holder.is_(None) | (walk.c.here != walk.c.holder),
    )
    walk = walk.union_all(on)
    return list(db.execute(select(walk.c.here).order_by(walk.c.step)).scalars())
