"""What became of what somebody said: their arguments and the topics that they proposed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.agenda.models import Item, ItemState
from forum.arguments.models import Argument, ArgumentRevision
from forum.base import links
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.links import Link, Relation
from forum.base.markup import excerpt
from forum.base.registry import Step
from forum.consultations import queries as consultations
from forum.front import rules
from forum.front.rules import Facts, Fate
from sessions.minutes.models import Decision, DecisionState

SHOWN = 5
WORDS = 90


class Said(NamedTuple):
    """One thing that somebody said, and the furthest that it has come."""

    url: str
    topic: str
    words: str
    at: datetime
    fate: Fate
    answers: int
    thing: Step | None


def said(db: Db, actor: Actor, *, limit: int = SHOWN) -> list[Said]:
    """The latest things that somebody said, newest first, in six queries."""
    mine = db.execute(
        select(
            col(Argument.id),
            col(Argument.item_id),
            col(Argument.created_at),
            col(Argument.hiding_id),
            col(Item.title),
            col(ArgumentRevision.body),
        )
        .join(Item, col(Item.id) == col(Argument.item_id))
        .join(ArgumentRevision, col(ArgumentRevision.id) == col(Argument.revision_id))
        .where(
            col(Argument.author_id) == actor.id,
            col(Item.consultation_id).in_(consultations.readable(db, actor)),
        )
        .order_by(col(Argument.id).desc())
        .limit(limit)
    ).all()
    proposed = db.execute(
        select(col(Item.id), col(Item.title), col(Item.state), col(Item.created_at))
        .where(
            col(Item.proposed_by) == actor.id,
            col(Item.consultation_id).in_(consultations.readable(db, actor)),
        )
        .order_by(col(Item.id).desc())
        .limit(limit)
    ).all()
    arguments = [row.id for row in mine]
    named = _named(db, actor, arguments)
    decided = _decided(db, [row.item_id for row in mine] + [row.id for row in proposed])
    answers = _answers(db, actor, arguments)
    found = [
        _line(
            f"/arguments/{row.id}",
            row.title,
            excerpt(row.body, WORDS),
            row.created_at,
            Facts(hidden=row.hiding_id is not None, answers=answers.get(row.id, 0)),
            [*named.get(row.id, ()), *decided.get(row.item_id, ())],
        )
        for row in mine
    ]
    found += [
        _line(
            f"/items/{row.id}",
            row.title,
            "",
            row.created_at,
            Facts(
                declined=row.state in (ItemState.DECLINED, ItemState.WITHDRAWN),
                taken_up=row.state != ItemState.PROPOSED,
            ),
            decided.get(row.id, ()),
        )
        for row in proposed
    ]
    return sorted(found, key=lambda line: line.at, reverse=True)[:limit]


def _line(
    url: str, topic: str, words: str, at: datetime, facts: Facts, things: Sequence[Step]
) -> Said:
    facts = facts._replace(kinds=frozenset(step.kind for step in things))
    fate = rules.fate(facts)
    thing = next((step for step in things if step.kind == fate.value), None)
    return Said(url, topic, words, at, fate, facts.answers, thing)


def _named(db: Db, actor: Actor, arguments: Sequence[int]) -> dict[int, list[Step]]:
    """What names or answers these arguments: outcomes and tasks that the reader may see."""
    targets = {f"argument:{ident}": ident for ident in arguments}
    found = db.execute(
        select(col(Link.source), col(Link.target)).where(
            col(Link.target).in_(targets),
            col(Link.relation).in_((Relation.ANSWERS.value, Relation.NAMES.value)),
        )
    ).all()
    steps = {step.ref: step for step in links.steps(db, actor, sorted({row[0] for row in found}))}
    named: dict[int, list[Step]] = {}
    for source, target in found:
        if source in steps:
            named.setdefault(targets[target], []).append(steps[source])
    return named


def _decided(db: Db, items: Sequence[int]) -> dict[int, list[Step]]:
    """The decisions that stand on these items."""
    found = db.execute(
        select(col(Decision.id), col(Decision.item_id), col(Decision.title)).where(
            col(Decision.item_id).in_(items), col(Decision.state) == DecisionState.APPROVED
        )
    )
    decided: dict[int, list[Step]] = {}
    for ident, item, title in found:
        step = Step(f"decision:{ident}", "decision", title, f"/decisions/{ident}")
        decided.setdefault(item, []).append(step)
    return decided


def _answers(db: Db, actor: Actor, arguments: Sequence[int]) -> Mapping[int, int]:
    """How many others answered each of these arguments."""
    found = db.execute(
        select(col(Argument.parent_id), func.count())
        .where(
            col(Argument.parent_id).in_(arguments),
            col(Argument.author_id) != actor.id,
            col(Argument.hiding_id).is_(None),
        )
        .group_by(col(Argument.parent_id))
    )
    return {parent: number for parent, number in found if parent is not None}
