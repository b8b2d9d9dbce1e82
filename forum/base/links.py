"""Links: typed rows that tie one thing to another, and the chain that is read along them."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Literal

from sqlalchemy import Label, Select, String, bindparam, false, select, true, union_all
from sqlmodel import col

from forum.base import refs, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.registry import Step
from forum.base.tables import Field, Table, metadata


class Relation(StrEnum):
    """How one thing is tied to another, read from left to right."""

    PART_OF = "part_of"  # item → consultation → matter; poll → stage → procedure → item
    ON = "on"  # argument, decision, motion, report → item
    DECIDES = "decides"  # poll → item, motion
    HELD_IN = "held_in"  # poll, item, motion, report → meeting; meeting → consultation
    RECORDS = "records"  # minutes → meeting
    RESTS_ON = "rests_on"  # decision → poll
    STANDS_IN = "stands_in"  # decision → minutes
    OUTCOME_OF = "outcome_of"  # outcome → consultation
    NAMES = "names"  # outcome → decision, argument
    TOLD_IN = "told_in"  # task → stage: where what came of it is disclosed
    OPENS = "opens"  # stage → item: while its notice is up, questions and objections are taken
    FULFILS = "fulfils"  # task → decision
    ANSWERS = "answers"  # task → matter, argument, word at a reception
    AMENDS = "amends"  # amendment → motion
    CONTINUES = "continues"  # motion → the one of which it is a part, or that it takes up again
    REFERRED_TO = "referred_to"  # motion → station


# The chain's order from the first word to the kept promise.
ORDER = (
    "matter",
    "consultation",
    "item",
    "argument",
    "meeting",
    "duty_report",
    "word",
    "motion",
    "procedure",
    "stage",
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


def unlink(tx: Db, source: str, relation: Relation, target: str) -> None:
    """Take a tie away; where there is none, nothing happens."""
    row = tx.get(Link, (source, relation.value, target))
    if row is not None:
        tx.delete(row)
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


def _walks(direction: Literal["out", "in"]) -> Select[str]:
    link = metadata.tables["link"].c
    mine, other = (link.source, link.target) if direction == "out" else (link.target, link.source)
    ref: Label[str] = other.label("ref")
    first: Select[str] = select(ref).where(mine == bindparam("ref", type_=String))
    found = first.cte(recursive=True)
    step = select(other).join(found, mine == found.c.ref)
    # UNION (not UNION ALL) ends a walk that would go round in a circle.
    return select(found.union(step).c.ref).limit(bindparam("bound"))


_OUT, _IN = _walks("out").subquery(), _walks("in").subquery()
_WALKS = union_all(select(true(), _OUT.c.ref), select(false(), _IN.c.ref))


def _walk(db: Db, ref: str, bound: int) -> tuple[set[str], set[str]]:
    """All that a thing leads to, and all that leads to it, in one query."""
    above: set[str] = set()
    beneath: set[str] = set()
    for up, found in db.execute(_WALKS, {"ref": ref, "bound": bound}):
        (above if up else beneath).add(found)
    return above, beneath


def _origins() -> Select[str]:
    link = metadata.tables["link"].c
    # An item on a meeting's agenda belongs to its consultation, not to the meeting.
    own = ~((link.relation == Relation.HELD_IN.value) & link.source.startswith("item:"))
    ref: Label[str] = link.target.label("ref")
    first: Select[str] = select(ref).where(link.source.in_(bindparam("refs", expanding=True)), own)
    found = first.cte(recursive=True)
    step = select(link.target).join(found, link.source == found.c.ref).where(own)
    return select(found.union(step).c.ref).limit(bindparam("bound"))


_ORIGINS = _origins()


def origins(db: Db, found: Collection[str], *, bound: int = 60) -> list[str]:
    """These things and all that they belong to, the nearest (of the latest kind) first."""
    above = db.execute(_ORIGINS, {"refs": list(found), "bound": bound}).scalars()
    return sorted({*found, *above}, key=_place, reverse=True)


def chain(db: Db, actor: Actor | None, ref: str, *, bound: int = 60) -> list[Step]:
    """The chain of a thing, up to its origins and down to what came of it, as this reader sees it.

    Never up and down again: a task leads to its decision, that one's item and consultation, but
    not to the other items. Downwards the crowds (items, arguments, words, stages) are left out.
    """
    above, beneath = _walk(db, ref, bound)
    crowds = ("item", "argument", "word", "stage")
    came_of_it = {found for found in beneath if refs.parse(found)[0] not in crowds}
    return steps(db, actor, sorted({ref} | above | came_of_it))
