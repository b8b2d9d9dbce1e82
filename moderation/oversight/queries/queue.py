"""The queue: whatever is reported or flagged and not yet decided, one row for each thing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    func,
    literal,
    select,
    union,
    union_all,
)
from sqlmodel import col

from forum.agenda import held as proposals
from forum.agenda.models import Item
from forum.arguments import held
from forum.arguments import queries as arguments
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.links import steps
from forum.base.markup import excerpt
from forum.base.refs import parse
from forum.base.registry import Step
from forum.members import queries as members
from forum.members.models import PLATFORM
from moderation.oversight import rules, words
from moderation.oversight.models import Claim, Flag, FlagPlace
from moderation.oversight.queries import measures
from moderation.reports.models import Report, ReportPlace, ReportState, Rule
from moderation.reports.queries import led
from moderation.reports.words import rule_words

PAGE = 20
WORDS = 240
NOTES = 10  # of the latest reports of one thing


class Age(StrEnum):
    """How long something has waited at least."""

    HOUR = "1h"
    DAY = "1d"
    WEEK = "7d"


class Who(StrEnum):
    """Whose rows: nobody's, or one's own."""

    NOBODY = "nobody"
    ME = "me"


LENGTH = {Age.HOUR: timedelta(hours=1), Age.DAY: timedelta(days=1), Age.WEEK: timedelta(days=7)}


class Wanted(NamedTuple):
    """What the queue is narrowed to; None: everything."""

    place: str = ""
    kind: str = ""
    age: Age | None = None
    who: Who | None = None
    about: str = ""


ALL = Wanted()


class Mark(NamedTuple):
    """One thing that speaks for looking at it."""

    kind: str
    title: str
    words: str
    others: list[Step]


class Row(NamedTuple):
    """A thing that waits, with all that was reported and seen about it."""

    about: str
    kind: str
    since: datetime
    title: str
    url: str
    excerpt: str
    author_id: int | None
    author: str
    before: int
    reports: int
    rules: list[tuple[str, int]]
    notes: list[str]
    marks: list[Mark]
    claimed_by: str
    mine: bool


def _reported(led_places: Sequence[str], place: str) -> ColumnElement[bool]:
    """Open reports in the places that one moderates, and in the place asked for."""
    around, key = col(ReportPlace.place), col(Report.id)
    ident = select(col(ReportPlace.report_id))
    match: ColumnElement[bool] = col(Report.state) == ReportState.OPEN
    if PLATFORM not in led_places:
        match &= key.in_(ident.where(around.in_(led_places)))
    return match & key.in_(ident.where(around == place)) if place else match


def _flagged(led_places: Sequence[str], place: str) -> ColumnElement[bool]:
    """Open flags in the places that one moderates, and in the place asked for."""
    around, key = col(FlagPlace.place), col(Flag.id)
    ident = select(col(FlagPlace.flag_id))
    match: ColumnElement[bool] = col(Flag.settled_at).is_(None)
    if PLATFORM not in led_places:
        match &= key.in_(ident.where(around.in_(led_places)))
    return match & key.in_(ident.where(around == place)) if place else match


def _waiting(led_places: Sequence[str], place: str) -> CompoundSelect[Any]:
    """Every open report and flag, each as (what about, kind, since, about whom)."""
    reported: Select[Any, Any, Any, Any] = select(
        col(Report.about).label("about"),
        literal(words.REPORT).label("kind"),
        col(Report.at).label("at"),
        col(Report.author_id).label("author_id"),
    ).where(_reported(led_places, place))
    flagged = select(col(Flag.about), col(Flag.kind), col(Flag.at), col(Flag.author_id)).where(
        _flagged(led_places, place)
    )
    return union_all(reported, flagged)


def _grouped(db: Db, actor: Actor, wanted: Wanted) -> Select[Any]:
    """The things that wait: what, since when, who claimed it and when."""
    found = _waiting(led(db, actor), wanted.place).subquery()
    now = clock.now()
    own = select(found.c.about).where(found.c.author_id == actor.id)
    query = (
        select(
            found.c.about,
            func.min(found.c.at).label("since"),
            func.max(found.c.author_id).label("author_id"),
            func.max(col(Claim.member_id)).label("by"),
        )
        .outerjoin(
            Claim,
            (col(Claim.about) == found.c.about) & (col(Claim.at) > now - rules.CLAIM_HOLDS),
        )
        .where(found.c.about.not_in(own))
        .group_by(found.c.about)
    )
    if wanted.kind:
        of_kind = select(found.c.about).where(found.c.kind == wanted.kind)
        query = query.where(found.c.about.in_(of_kind))
    if wanted.about:
        query = query.where(found.c.about == wanted.about)
    if wanted.age:
        query = query.having(func.min(found.c.at) <= now - LENGTH[wanted.age])
    if wanted.who is Who.NOBODY:
        query = query.where(col(Claim.member_id).is_(None))
    elif wanted.who is Who.ME:
        query = query.where(col(Claim.member_id) == actor.id)
    return query


def waiting(db: Db, actor: Actor, wanted: Wanted = ALL) -> int:
    """How many things wait for this moderator."""
    query = _grouped(db, actor, wanted).subquery()
    return int(db.execute(select(func.count()).select_from(query)).scalar_one())


def rows(
    db: Db,
    actor: Actor,
    wanted: Wanted = ALL,
    *,
    offset: int = 0,
    limit: int = PAGE,
) -> list[Row]:
    """A page of the queue, what has waited longest first; for many in as few queries as for two."""
    found = db.execute(
        _grouped(db, actor, wanted).order_by("since", "about").offset(offset).limit(limit)
    ).all()
    abouts = [row.about for row in found]
    reports = _reports(db, abouts)
    notes = _notes(db, abouts)
    flags = _flags(db, abouts)
    others = [each for _about, _kind, facts in flags for each in facts.get("others", ())]
    named = {step.ref: step for step in steps(db, actor, sorted({*abouts, *others}))}
    said = _said(db, abouts)
    people = {row.author_id for row in found if row.author_id} | {row.by for row in found if row.by}
    called = members.names(db, people)
    before = measures.before(db, [row.author_id for row in found if row.author_id])
    return [
        Row(
            row.about,
            parse(row.about)[0],
            row.since,
            named[row.about].title if row.about in named else "",
            named[row.about].url if row.about in named else "",
            said.get(row.about, ""),
            row.author_id,
            called.get(row.author_id, "") if row.author_id else "",
            before.get(row.author_id, 0),
            sum(count for about, _rule, count in reports if about == row.about),
            [(rule_words(rule), count) for about, rule, count in reports if about == row.about],
            [note for about, note in notes if about == row.about],
            [_mark(kind, facts, named) for about, kind, facts in flags if about == row.about],
            called.get(row.by, "") if row.by else "",
            row.by == actor.id,
        )
        for row in found
    ]


def _mark(kind: str, facts: dict[str, Any], named: dict[str, Step]) -> Mark:
    others = [named[each] for each in facts.get("others", ()) if each in named]
    return Mark(kind, words.kind(kind), words.evidence(kind, facts), others)


def _reports(db: Db, abouts: Sequence[str]) -> list[tuple[str, Rule, int]]:
    """How often each of these is reported, by rule."""
    query = (
        select(col(Report.about), col(Report.rule), func.count())
        .where(col(Report.about).in_(abouts), col(Report.state) == ReportState.OPEN)
        .group_by(col(Report.about), col(Report.rule))
        .order_by(func.min(col(Report.id)))
    )
    return [(about, Rule(rule), count) for about, rule, count in db.execute(query)]


def _notes(db: Db, abouts: Sequence[str]) -> list[tuple[str, str]]:
    """What was said in the latest reports of each of these, oldest first."""
    newest = func.row_number().over(partition_by=col(Report.about), order_by=col(Report.id).desc())
    latest = (
        select(col(Report.id), col(Report.about), col(Report.note), newest.label("place"))
        .where(
            col(Report.about).in_(abouts),
            col(Report.state) == ReportState.OPEN,
            col(Report.note) != "",
        )
        .subquery()
    )
    query = select(latest.c.about, latest.c.note).where(latest.c.place <= NOTES)
    return [(about, note) for about, note in db.execute(query.order_by(latest.c.id))]


def _flags(db: Db, abouts: Sequence[str]) -> list[tuple[str, str, dict[str, Any]]]:
    query = select(col(Flag.about), col(Flag.kind), col(Flag.evidence)).where(
        col(Flag.about).in_(abouts), col(Flag.settled_at).is_(None)
    )
    return [(about, kind, facts) for about, kind, facts in db.execute(query.order_by(col(Flag.id)))]


def _said(db: Db, abouts: Sequence[str]) -> dict[str, str]:
    """The beginning of what each thing says; all of them stand where the reader moderates."""
    ids: dict[str, list[int]] = {"argument": [], "held": [], "item": []}
    for about in abouts:
        kind, ident = parse(about)
        ids.setdefault(kind, []).append(ident)
    bodies = {f"argument:{i}": text for i, text in arguments.sources(db, ids["argument"]).items()}
    bodies |= {f"held:{i}": row.body for i, row in held.texts(db, ids["held"]).items()}
    proposed = proposals.texts(db, ids.get("proposal", []))
    bodies |= {f"proposal:{ident}": body for ident, body in proposed.items()}
    items = select(col(Item.id), col(Item.body)).where(col(Item.id).in_(ids["item"]))
    bodies |= {f"item:{ident}": body for ident, body in db.execute(items)}
    return {about: excerpt(body, WORDS) for about, body in bodies.items()}


def places(db: Db, actor: Actor) -> list[Step]:
    """The places in which something waits, for the filter."""
    mine = led(db, actor)
    reported = select(col(ReportPlace.place)).join(
        Report, col(Report.id) == col(ReportPlace.report_id)
    )
    flagged = select(col(FlagPlace.place)).join(Flag, col(Flag.id) == col(FlagPlace.flag_id))
    both = union(reported.where(_reported(mine, "")), flagged.where(_flagged(mine, "")))
    found = set(db.execute(both.limit(200)).scalars()) - {PLATFORM}
    named = members.place_names(db, actor, found)
    return sorted(named.values(), key=lambda step: (step.kind, step.title))
