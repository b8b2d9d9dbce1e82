"""A task as its readers see it: who they are to it, its words, its ratings, its history."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience, Stored, of_subject
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.registry import Span, Step
from forum.followups import rules
from forum.followups.models import (
    NoteKind,
    Rating,
    Result,
    Status,
    Task,
    TaskConcern,
    TaskNote,
    TaskRating,
)
from forum.followups.words import STATUS
from forum.members import queries as members


class TaskRow(NamedTuple):
    """A task as it stands."""

    id: int
    place: str
    places: list[str]
    audience: Audience
    title: str
    unit: str
    handler_id: int | None
    supervisor_id: int
    status: Status
    result: Result | None
    due: datetime
    asked_due: datetime | None
    round: int
    assigned_at: datetime
    answered_at: datetime | None
    urged_at: datetime | None
    closed_at: datetime | None

    @property
    def overdue(self) -> bool:
        """Past its date and not answered."""
        return rules.overdue(self.status, self.due, clock.now())


class Access(NamedTuple):
    """A task and what the reader is to it; `audience` is the class in which they read it."""

    actor: Actor | None
    task: TaskRow
    stand: rules.Stand
    audience: Audience
    muted: bool

    def may(self, act: rules.Act) -> bool:
        """Whether the button is shown."""
        if act is rules.Act.RATE and self.muted:
            return False
        return rules.may(act, self.stand, self.task.status)


class NoteRow(NamedTuple):
    """One text of a task."""

    id: int
    kind: NoteKind
    author_id: int | None
    at: datetime
    html: str


class RatingRow(NamedTuple):
    """One rating; whose it is stays out of it."""

    round: int
    rating: Rating
    at: datetime
    body: str


COLUMNS = tuple(col(getattr(Task, name)) for name in TaskRow._fields)


def row(values: Sequence[object]) -> TaskRow:
    """A task from its columns."""
    made = TaskRow(*values)  # type: ignore[arg-type]  # the columns are the fields
    return made._replace(
        audience=Audience(made.audience),
        status=Status(made.status),
        result=Result(made.result) if made.result else None,
    )


def place_audience(db: Db, actor: Actor | None, place: str) -> Audience | None:
    """The class in which somebody reads a place; None where they do not see it."""
    kind, ident = parse(place)
    return registry.streams[kind](db, actor, ident)


def access(db: Db, actor: Actor | None, task_id: int) -> Access:
    """A task for a reader: of its place, or one whom it is given to or concerns."""
    found = db.execute(select(*COLUMNS).where(col(Task.id) == task_id)).one_or_none()
    if found is None:
        raise NotFound(_("There is no such task."))
    task = row(found)
    audience = place_audience(db, actor, task.place)
    listed = actor is not None and _listed(db, task_id, actor.id)
    party = actor is not None and (listed or actor.id in (task.handler_id, task.supervisor_id))
    if party:
        audience = max(audience or Audience.PUBLIC, task.audience)
    if audience is None or audience < task.audience:
        raise NotFound(_("There is no such task."))
    standing = members.standing(db, actor, task.places)
    stand = rules.stand(
        actor.id if actor and not standing.banned else None,
        members.roles(db, actor, task.places),
        handler_id=task.handler_id,
        supervisor_id=task.supervisor_id,
        listed=listed,
    )
    return Access(actor, task, stand, audience, standing.muted)


def _listed(db: Db, task_id: int, member_id: int) -> bool:
    query = select(col(TaskConcern.task_id)).where(
        col(TaskConcern.task_id) == task_id, col(TaskConcern.member_id) == member_id
    )
    return db.execute(query).first() is not None


def concerned(db: Db, task_id: int) -> list[int]:
    """Those named as concerned by a task."""
    query = select(col(TaskConcern.member_id)).where(col(TaskConcern.task_id) == task_id)
    return list(db.execute(query).scalars())


def parties(db: Db, task_id: int) -> list[int]:
    """The unit's person, where it has an account, and the supervising representative."""
    query = select(col(Task.handler_id), col(Task.supervisor_id)).where(col(Task.id) == task_id)
    found = db.execute(query).one()
    return [member_id for member_id in found if member_id is not None]


def notes(db: Db, task_id: int, *, limit: int = 500) -> list[NoteRow]:
    """The texts of a task in their order."""
    columns = [col(getattr(TaskNote, name)) for name in NoteRow._fields]
    query = select(*columns).where(col(TaskNote.task_id) == task_id).order_by(col(TaskNote.id))
    return [
        NoteRow(ident, NoteKind(kind), author, at, html)
        for ident, kind, author, at, html in db.execute(query.limit(limit))
    ]


def own_rating(db: Db, task_id: int, round_: int, member_id: int) -> Rating | None:
    """How somebody rated the answer of a round."""
    query = select(col(TaskRating.rating)).where(
        col(TaskRating.task_id) == task_id,
        col(TaskRating.round) == round_,
        col(TaskRating.member_id) == member_id,
    )
    found = db.execute(query).scalar_one_or_none()
    return Rating(found) if found else None


def ratings_of_round(db: Db, task_id: int, round_: int) -> list[Rating]:
    """The kinds of rating given in a round, each once."""
    query = select(col(TaskRating.rating)).where(
        col(TaskRating.task_id) == task_id, col(TaskRating.round) == round_
    )
    return [Rating(found) for found in db.execute(query.distinct()).scalars()]


def rating_counts(db: Db, task_id: int) -> dict[Rating, int]:
    """How the answers were rated, over all rounds."""
    query = (
        select(col(TaskRating.rating), func.count())
        .where(col(TaskRating.task_id) == task_id)
        .group_by(col(TaskRating.rating))
    )
    found = {Rating(rating): count for rating, count in db.execute(query)}
    return {rating: found.get(rating, 0) for rating in Rating}


def reasons(db: Db, task_id: int, *, limit: int = 100) -> list[RatingRow]:
    """What those concerned wrote with their ratings, newest first."""
    columns = [col(getattr(TaskRating, name)) for name in RatingRow._fields]
    query = select(*columns).where(col(TaskRating.task_id) == task_id, col(TaskRating.body) != "")
    rows = db.execute(query.order_by(col(TaskRating.id).desc()).limit(limit))
    return [RatingRow(number, Rating(rating), at, body) for number, rating, at, body in rows]


class Moment(NamedTuple):
    """One line of a task's history: what happened, who did it, in which words."""

    at: datetime
    kind: str
    actor_id: int | None
    name: str
    payload: Mapping[str, object]
    note: NoteRow | None


def timeline(db: Db, seen: Access) -> list[Moment]:
    """The whole history of a task, as far as its reader may see it, oldest first."""
    stored: list[Stored] = of_subject(
        db, ref("task", seen.task.id), audience=seen.audience, limit=500
    )
    written = {note.id: note for note in notes(db, seen.task.id)}
    names = members.names(db, {event.actor_id for event in stored if event.actor_id})
    return [
        Moment(
            event.at,
            event.kind,
            event.actor_id,
            names.get(event.actor_id or 0, ""),
            event.payload,
            written.get(event.payload.get("note", 0)),
        )
        for event in stored
    ]


@registry.resolver("task")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What tasks are called, those that the reader may see."""
    found = [row(values) for values in db.execute(select(*COLUMNS).where(col(Task.id).in_(ids)))]
    classes = {place: place_audience(db, actor, place) for place in {task.place for task in found}}
    mine = set(_concerning(db, actor, ids))
    steps = {}
    for task in found:
        seen = classes[task.place]
        party = actor is not None and actor.id in (task.handler_id, task.supervisor_id)
        if party or task.id in mine or (seen is not None and seen >= task.audience):
            state = _("Overdue") if task.overdue else _(STATUS[task.status])
            url = f"/tasks/{task.id}"
            steps[task.id] = Step(ref("task", task.id), "task", task.title, url, state)
    return steps


@registry.span("task")
def spans(db: Db, ids: Sequence[int]) -> dict[int, Span]:
    """From the giving to the closing, or to the day on which it is due."""
    columns = (col(Task.id), col(Task.assigned_at), col(Task.closed_at), col(Task.due))
    found = db.execute(select(*columns).where(col(Task.id).in_(ids)))
    return {ident: Span(given, closed or due) for ident, given, closed, due in found}


def _concerning(db: Db, actor: Actor | None, ids: Sequence[int]) -> list[int]:
    if actor is None:
        return []
    query = select(col(TaskConcern.task_id)).where(
        col(TaskConcern.task_id).in_(ids), col(TaskConcern.member_id) == actor.id
    )
    return list(db.execute(query).scalars())
