"""Links: typed rows that tie one thing to another, and the chain that is read along them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal

from sqlalchemy import select
from sqlmodel import Field, col

from forum.base import refs, registry
from forum.base.auth import Actor
from forum.base.db import Db, Table
from forum.base.registry import Step


class Relation(StrEnum):
    """How one thing is tied to another, read from left to right."""

    PART_OF = "part_of"  # item → consultation, consultation → matter
    ON = "on"  # argument → item, decision → item
    DECIDES = "decides"  # poll → item
    HELD_IN = "held_in"  # poll, item → meeting; meeting → consultation
    RECORDS = "records"  # minutes → meeting
    RESTS_ON = "rests_on"  # decision → poll
    STANDS_IN = "stands_in"  # decision → minutes
    OUTCOME_OF = "outcome_of"  # outcome → consultation
    NAMES = "names"  # outcome → decision, argument
    FULFILS = "fulfils"  # task → decision
    ANSWERS = "answers"  # task → matter, argument


# The chain's order from the first word to the kept promise.
ORDER = (
    "matter",
    "consultation",
    "item",
    "argument",
    "meeting",
    "poll",
    "minutes",
    "decision",
    "outcome",
    "task",
)


class Link(Table, table=True):
    """One tie; read both ways, hence the second index."""

    __tablename__ = "link"

    source: str = Field(primary_key=True, max_length=64)
    relation: str = Field(primary_key=True, max_length=20)
    target: str = Field(primary_key=True, max_length=64, index=True)


def link(tx: Db, source: str, relation: Relation, target: str) -> None:
    """Tie two things; tying them twice is one tie."""
    if tx.get(Link, (source, relation.value, target)) is None:
        tx.add(Link(source=source, relation=relation.value, target=target))
        tx.flush()


def linked(
    db: Db,
    ref: str,
    relation: Relation | None = None,
    direction: Literal["out", "in"] = "out",
) -> list[str]:
    """What a thing is tied to ("out") or what is tied to it ("in"), in the order of their kinds."""
    here, there = (Link.source, Link.target) if direction == "out" else (Link.target, Link.source)
    query = select(col(there)).where(col(here) == ref)
    if relation is not None:
        query = query.where(col(Link.relation) == relation.value)
    return sorted(db.execute(query).scalars(), key=_place)


def _place(ref: str) -> tuple[int, int]:
    kind, ident = refs.parse(ref)
    return (ORDER.index(kind) if kind in ORDER else len(ORDER), ident)


def steps(db: Db, actor: Actor | None, found: Sequence[str]) -> list[Step]:
    """What these things are called, in the chain's order; the invisible ones are left out."""
    by_kind: dict[str, list[int]] = {}
    for ref in found:
        kind, ident = refs.parse(ref)
        by_kind.setdefault(kind, []).append(ident)
    named = [
        step
        for kind, idents in by_kind.items()
        if kind in registry.resolvers
        for step in registry.resolvers[kind](db, actor, idents).values()
    ]
    return sorted(named, key=lambda step: _place(step.ref))


def _around(db: Db, ref: str, bound: int) -> set[str]:
    """Walk up from a thing to its origins and down to its consequences, never up and down again.

    So a task leads to its decision, that one's item and consultation, but not to the other items.
    """
    found = {ref}
    for mine, other in ((Link.source, Link.target), (Link.target, Link.source)):
        edge = {ref}
        while edge and len(found) < bound:
            query = select(col(other)).where(col(mine).in_(sorted(edge))).limit(bound)
            edge = set(db.execute(query).scalars()) - found
            found |= edge
    return found


def chain(db: Db, actor: Actor | None, ref: str, *, bound: int = 60) -> list[Step]:
    """The chain of a thing, both ways, as far as this reader may see it; at most `bound` things.

    Of the kinds that come in crowds (arguments) only the thing itself and those named by a higher
    link stand in it.
    """
    crowd = {"argument"}
    kept = [
        found
        for found in _around(db, ref, bound)
        if found == ref or refs.parse(found)[0] not in crowd
    ]
    return steps(db, actor, kept)
