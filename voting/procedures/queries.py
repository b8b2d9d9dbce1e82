"""Procedures as their readers see them: whoever sees the item sees its stages."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, bindparam, cast, exists, literal, select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.agenda.queries import ItemRow
from forum.base import links, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.links import Relation
from forum.base.refs import parse, ref
from forum.base.registry import Span, Step
from forum.base.tables import metadata
from forum.consultations.queries import Access
from voting.polls.models import Poll, PollState
from voting.procedures import rules
from voting.procedures import words as said
from voting.procedures.models import Course, Stage, StageState, State, Word, WordKind
from voting.procedures.rows import CourseRow, StageRow, WordRow

COURSES_MOST = 50
WORDS_MOST = 500


class Found(NamedTuple):
    """A procedure, its stages in order, and what the reader is to it."""

    access: Access
    item: ItemRow
    course: CourseRow
    stages: list[StageRow]

    @property
    def at(self) -> int | None:
        """The stage in hand; None where it does not go on."""
        going = self.course.state is State.RUNNING
        return rules.here([one.state for one in self.stages]) if going else None

    @property
    def manages(self) -> bool:
        """Whether the reader leads it."""
        return not rules.MANAGERS.isdisjoint(self.access.roles)

    @property
    def records(self) -> bool:
        """Whether the reader writes down what came of a stage."""
        return not rules.RECORDERS.isdisjoint(self.access.roles)


_COURSE = tuple(col(getattr(Course, name)) for name in CourseRow._fields)
_STAGE = tuple(col(getattr(Stage, name)) for name in StageRow._fields)
_WORD = tuple(col(getattr(Word, name)) for name in WordRow._fields)


# Made once: every page of an item asks.
_T = metadata.tables["procedure"].c
ON_ITEM = exists().where(_T.item_id == bindparam("ident"))
_OF_ITEM = (
    select(*_T[CourseRow._fields])
    .where(_T.item_id == bindparam("item"))
    .order_by(_T.id)
    .limit(COURSES_MOST)
)


def _course(row: Sequence[Any]) -> CourseRow:
    made = CourseRow._make(row)
    return made._replace(state=State(made.state))


def _courses(db: Db, match: ColumnElement[bool], *, limit: int = COURSES_MOST) -> list[CourseRow]:
    query = select(*_COURSE).where(match).order_by(col(Course.id)).limit(limit)
    return [_course(row) for row in db.execute(query)]


def _stages(db: Db, match: ColumnElement[bool]) -> list[StageRow]:
    query = select(*_STAGE).where(match).order_by(col(Stage.procedure_id), col(Stage.position))
    return [
        row._replace(state=StageState(row.state)) for row in map(StageRow._make, db.execute(query))
    ]


def _with_stages(db: Db, courses: Sequence[CourseRow]) -> list[tuple[CourseRow, list[StageRow]]]:
    if not courses:
        return []
    found = _stages(db, col(Stage.procedure_id).in_([row.id for row in courses]))
    return [(row, [one for one in found if one.procedure_id == row.id]) for row in courses]


def of_item(db: Db, actor: Actor | None, item: int) -> list[Found]:
    """The procedures on an item, the oldest first; NotFound where the item is invisible."""
    access, row = agenda.item_access(db, actor, item)
    found = _with_stages(db, [_course(row) for row in db.execute(_OF_ITEM, {"item": item})])
    return [Found(access, row, course, stages) for course, stages in found]


def under_way(
    db: Db, actor: Actor | None, items: Sequence[int]
) -> list[tuple[str, CourseRow, list[StageRow]]]:
    """The procedures under way on these items as far as the reader sees them: item, stages."""
    going = col(Course.item_id).in_(items) & (col(Course.state) == State.RUNNING)
    found = _with_stages(db, _courses(db, going)) if items else []
    seen = agenda.resolve(db, actor, [course.item_id for course, _rest in found])
    return [
        (seen[course.item_id].title, course, stages)
        for course, stages in found
        if course.item_id in seen
    ]


def of_consultation(db: Db, consultation: int) -> list[tuple[CourseRow, list[StageRow]]]:
    """Those of all its items; the caller sees the consultation."""
    return _with_stages(db, _courses(db, col(Course.consultation_id) == consultation))


def procedure_access(db: Db, actor: Actor | None, procedure: int) -> Found:
    """A procedure and what the reader is to it; NotFound where it is invisible to them."""
    missing = NotFound(_("There is no such page."))
    found = _with_stages(db, _courses(db, col(Course.id) == procedure))
    if not found:
        raise missing
    course, stages = found[0]
    try:
        access, item = agenda.item_access(db, actor, course.item_id)
    except NotFound:
        raise missing from None
    return Found(access, item, course, stages)


def stage_access(db: Db, actor: Actor | None, stage: int) -> tuple[Found, StageRow]:
    """A stage with its procedure."""
    query = select(col(Stage.procedure_id)).where(col(Stage.id) == stage)
    procedure = db.execute(query).scalar_one_or_none()
    if procedure is None:
        raise NotFound(_("There is no such page."))
    found = procedure_access(db, actor, procedure)
    return found, next(one for one in found.stages if one.id == stage)


def words(db: Db, stages: Sequence[int]) -> list[WordRow]:
    """What was written down at these stages, in order."""
    query = select(*_WORD).where(col(Word.stage_id).in_(stages)).order_by(col(Word.id))
    rows = map(WordRow._make, db.execute(query.limit(WORDS_MOST)))
    return [row._replace(kind=WordKind(row.kind)) for row in rows]


def polls(db: Db, stages: Sequence[int]) -> dict[int, list[int]]:
    """The votes of these stages, in the order of their making."""
    link = links.Link
    query = select(col(link.source), col(link.target)).where(
        col(link.target).in_([ref("stage", one) for one in stages]),
        col(link.relation) == Relation.PART_OF.value,
    )
    found: dict[int, list[int]] = {one: [] for one in stages}
    for source, target in db.execute(query):
        found[parse(target)[1]].append(parse(source)[1])
    return {stage: sorted(votes) for stage, votes in found.items()}


def stage_of(db: Db, poll: int) -> int | None:
    """The stage whose vote it is."""
    found = links.linked(db, ref("poll", poll), Relation.PART_OF)
    return next((ident for kind, ident in map(parse, found) if kind == "stage"), None)


def procedure_of(db: Db, stage: int) -> int:
    """The procedure of a stage."""
    query = select(col(Stage.procedure_id)).where(col(Stage.id) == stage)
    return int(db.execute(query).scalar_one())


def running(db: Db, item: int) -> int | None:
    """The procedure that is under way on an item."""
    query = select(col(Course.id)).where(
        col(Course.item_id) == item, col(Course.state) == State.RUNNING
    )
    return db.execute(query).scalar_one_or_none()


def unfinished(db: Db, votes: Sequence[int]) -> bool:
    """Whether any of these votes is prepared or under way."""
    over = (PollState.PUBLISHED, PollState.VOIDED)
    query = select(col(Poll.id)).where(col(Poll.id).in_(votes), col(Poll.state).not_in(over))
    return db.execute(query.limit(1)).first() is not None


def tasks(db: Db, item: int, votes: Sequence[int]) -> list[str]:
    """The follow-up tasks of what was resolved: of decisions on these votes, else on the item."""
    resting = _sources(db, [ref("poll", one) for one in votes], Relation.RESTS_ON)
    decisions = resting or _sources(db, [ref("item", item)], Relation.ON)
    return _sources(db, [one for one in decisions if one.startswith("decision:")], Relation.FULFILS)


def _sources(db: Db, targets: Sequence[str], relation: Relation) -> list[str]:
    link = links.Link
    query = select(col(link.source)).where(
        col(link.target).in_(targets), col(link.relation) == relation.value
    )
    return sorted(db.execute(query).scalars()) if targets else []


def loose(db: Db, item: int) -> list[tuple[int, str]]:
    """Votes in preparation on an item that are about the item alone: (id, question)."""
    link = links.Link
    other = (
        select(col(link.source))
        .where(
            col(link.source).startswith("poll:"),
            (col(link.relation) == Relation.PART_OF.value)
            | (
                (col(link.relation) == Relation.DECIDES.value)
                & ~col(link.target).startswith("item:")
            ),
        )
        .scalar_subquery()
    )
    name = literal("poll:").concat(cast(col(Poll.id), String))
    query = (
        select(col(Poll.id), col(Poll.question))
        .where(col(Poll.item_id) == item, col(Poll.state) == PollState.CREATED, name.not_in(other))
        .order_by(col(Poll.id))
    )
    return [(ident, asked) for ident, asked in db.execute(query.limit(COURSES_MOST))]


def _seen(db: Db, actor: Actor | None, courses: Sequence[CourseRow]) -> set[int]:
    return set(agenda.resolve(db, actor, list({row.item_id for row in courses})))


@registry.resolver("procedure")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What procedures are called, for those who may see their items."""
    found = _with_stages(db, _courses(db, col(Course.id).in_(ids), limit=max(len(ids), 1)))
    seen = _seen(db, actor, [course for course, _rest in found])
    made = {}
    for course, stages in found:
        if course.item_id in seen:
            at = rules.here([one.state for one in stages])
            state = said.standing(course, stages, at)
            url = f"/procedures/{course.id}"
            name = said.title(course)
            made[course.id] = Step(ref("procedure", course.id), "procedure", name, url, state)
    return made


@registry.resolver("stage")
def resolve_stages(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What stages are called, for the same readers."""
    own = select(col(Stage.procedure_id)).where(col(Stage.id).in_(ids))
    found = _with_stages(db, _courses(db, col(Course.id).in_(own), limit=max(len(ids), 1)))
    seen = _seen(db, actor, [course for course, _rest in found])
    made: dict[int, Step] = {}
    for course, stages in found:
        if course.item_id not in seen:
            continue
        going = course.state is State.RUNNING
        at = rules.here([one.state for one in stages]) if going else None
        for one in stages:
            made[one.id] = Step(
                ref("stage", one.id),
                "procedure_stage",
                said.stage(course, one),
                f"/procedures/stages/{one.id}",
                said.state(one, course.ways[one.position], now=one.position == at, going=going),
            )
    return {ident: step for ident, step in made.items() if ident in ids}


@registry.span("procedure")
def spans(db: Db, ids: Sequence[int]) -> dict[int, Span]:
    """From its beginning to its end."""
    rows = _courses(db, col(Course.id).in_(ids), limit=max(len(ids), 1))
    return {row.id: Span(row.begun_at, row.ended_at) for row in rows}
