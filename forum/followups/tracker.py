"""Lists of tasks: the public tracker with its filters and counts, and one person's duties."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, and_, case, func, or_, select, true, type_coerce
from sqlmodel import col

from forum.base import clock, links
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Audience
from forum.base.refs import ref
from forum.followups.models import Status, Task, TaskConcern
from forum.followups.queries import COLUMNS, TaskRow, row
from forum.followups.rules import ACTIVE
from forum.members import queries as members

PAGE = 30


class Shown(StrEnum):
    """Which tasks a list shows, by where they stand."""

    ACTIVE = "active"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    CLOSED = "closed"
    ALL = "all"


class Filter(NamedTuple):
    """What a list of tasks is narrowed to."""

    shown: Shown = Shown.ACTIVE
    handler: int | None = None
    supervisor: int | None = None
    unit: str = ""
    station: int | None = None


class Listed(NamedTuple):
    """A task in a list, with the names of those who stand behind it and of its place."""

    task: TaskRow
    handler: str
    supervisor: str
    place: str


class Person(NamedTuple):
    """Somebody by whom a list can be narrowed."""

    id: int
    name: str


class Tracker(NamedTuple):
    """One page of tasks, how many there are of each kind, and what to narrow by."""

    rows: list[Listed]
    total: int
    counts: dict[Shown, int]
    handlers: list[Person]
    supervisors: list[Person]
    units: list[str]


class Duties(NamedTuple):
    """What somebody owes: the tasks that they press for and those that they do."""

    supervised: list[Listed]
    handled: list[Listed]
    overdue: int
    open: int


def visible(db: Db, actor: Actor | None) -> ColumnElement[bool]:
    """The tasks of the places that the reader sees, and those that are about them."""
    places = db.execute(select(col(Task.place)).distinct()).scalars().all()
    seen = [step.ref for step in links.steps(db, actor, places)]
    public = and_(col(Task.place).in_(seen), col(Task.audience) == int(Audience.PUBLIC))
    if actor is None:
        return public
    concerning = select(col(TaskConcern.task_id)).where(col(TaskConcern.member_id) == actor.id)
    return or_(
        public,
        and_(col(Task.place).in_(seen), col(Task.audience) == int(Audience.MEMBER)),
        col(Task.handler_id) == actor.id,
        col(Task.supervisor_id) == actor.id,
        col(Task.id).in_(concerning),
    )


def _standing(shown: Shown) -> ColumnElement[bool]:
    active = col(Task.status).in_([status.value for status in ACTIVE])
    return {
        Shown.ACTIVE: active,
        Shown.OVERDUE: and_(active, col(Task.due) <= clock.now()),
        Shown.ANSWERED: col(Task.status) == Status.ANSWERED.value,
        Shown.CLOSED: col(Task.status) == Status.CLOSED.value,
        Shown.ALL: true(),
    }[shown]


def _narrowed(wanted: Filter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if wanted.handler is not None:
        parts.append(col(Task.handler_id) == wanted.handler)
    if wanted.supervisor is not None:
        parts.append(col(Task.supervisor_id) == wanted.supervisor)
    if wanted.unit:
        parts.append(col(Task.unit) == wanted.unit)
    if wanted.station is not None:
        # The column is JSON text: a place stands in it between its quotes.
        named = f'"{ref("station", wanted.station)}"'
        parts.append(type_coerce(col(Task.places), String).contains(named, autoescape=True))
    return and_(*parts)


def _select(
    db: Db, actor: Actor | None, match: ColumnElement[bool], *, limit: int, offset: int = 0
) -> list[Listed]:
    """Tasks by date, those that are finished by when they were, in three queries."""
    found = db.execute(
        select(*COLUMNS)
        .where(match)
        .order_by(
            case((col(Task.status).in_([s.value for s in ACTIVE]), 0), else_=1),
            col(Task.due),
            col(Task.id),
        )
        .limit(limit)
        .offset(offset)
    )
    tasks = [row(values) for values in found]
    people = {task.supervisor_id for task in tasks}
    people |= {task.handler_id for task in tasks if task.handler_id is not None}
    names = members.names(db, people)
    places = {
        step.ref: step.title
        for step in links.steps(db, actor, sorted({task.place for task in tasks}))
    }
    return [
        Listed(
            task,
            names.get(task.handler_id or 0, ""),
            names.get(task.supervisor_id, ""),
            places.get(task.place, ""),
        )
        for task in tasks
    ]


def tracker(db: Db, actor: Actor | None, wanted: Filter, page: int = 1) -> Tracker:
    """One page of the tracker for a reader."""
    match = and_(visible(db, actor), _narrowed(wanted))
    counted = db.execute(select(*(_sum(_standing(shown)) for shown in Shown)).where(match)).one()
    counts = dict(zip(Shown, counted, strict=True))
    rows = _select(
        db,
        actor,
        and_(match, _standing(wanted.shown)),
        limit=PAGE,
        offset=(page - 1) * PAGE,
    )
    behind = db.execute(
        select(col(Task.handler_id), col(Task.supervisor_id), col(Task.unit))
        .where(visible(db, actor))
        .distinct()
        .limit(500)
    ).all()
    names = members.names(db, {ident for line in behind for ident in line[:2] if ident})
    return Tracker(
        rows,
        counts[wanted.shown],
        counts,
        _people(names, {line[0] for line in behind}),
        _people(names, {line[1] for line in behind}),
        sorted({line[2] for line in behind if line[2]}),
    )


def at_station(
    db: Db, actor: Actor | None, station: int, *, limit: int
) -> tuple[list[Listed], int]:
    """The open tasks of a station and of what stands under it, by date; and how many in all."""
    wanted = _narrowed(Filter(station=station))
    match = and_(visible(db, actor), wanted, _standing(Shown.ACTIVE))
    total = db.execute(select(func.count()).select_from(Task).where(match)).scalar_one()
    return _select(db, actor, match, limit=limit) if total else [], total


def _people(names: dict[int, str], ids: Iterable[int | None]) -> list[Person]:
    found = [Person(ident, names[ident]) for ident in ids if ident in names]
    return sorted(found, key=lambda person: (person.name, person.id))


def duties(db: Db, actor: Actor | None, member_id: int, *, limit: int = 200) -> Duties:
    """What a person owes and by when, as far as the reader may see it; what is late comes first."""
    seen = visible(db, actor)
    supervises, handles = col(Task.supervisor_id) == member_id, col(Task.handler_id) == member_id
    active, answered = _standing(Shown.ACTIVE), _standing(Shown.ANSWERED)
    supervised = _select(db, actor, and_(seen, supervises, or_(active, answered)), limit=limit)
    handled = _select(db, actor, and_(seen, handles, active), limit=limit)
    counted = db.execute(
        select(func.count(), _sum(_standing(Shown.OVERDUE))).where(
            seen, or_(supervises, handles), active
        )
    ).one()
    return Duties(supervised, handled, overdue=counted[1], open=counted[0])


def _sum(match: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((match, 1), else_=0)), 0)
