"""A task, every word written about it, its extensions and the ratings of those it concerns."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint

from forum.base.events import Audience
from forum.base.tables import Field, Json, Table, UtcDateTime


class Status(StrEnum):
    """Where a task stands; that it is overdue is derived, never stored."""

    OPEN = "open"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    RETURNED = "returned"
    ANSWERED = "answered"
    CLOSED = "closed"


class Result(StrEnum):
    """The class of an answer: A solved, B planned, C not possible for now, D for reference."""

    SOLVED = "solved"
    PLANNED = "planned"
    IMPOSSIBLE = "impossible"
    REFERENCE = "reference"


class Rating(StrEnum):
    """How those concerned judge an answer; the third has the task done again."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    DISSATISFIED = "dissatisfied"


class NoteKind(StrEnum):
    """What a text of a task is."""

    BRIEF = "brief"
    PROGRESS = "progress"
    ANSWER = "answer"
    RETURN = "return"
    REASSIGNMENT = "reassignment"
    MORE_TIME = "more_time"
    EXTENSION = "extension"
    URGE = "urge"
    CLOSING = "closing"


class Task(Table, table=True):
    """Something to be done because it was decided or asked for.

    `place` is the stream whose readers see the task; `places` are those whose roles count here
    (the place itself and what it belongs to), named by the room above that gives the task.
    `unit` is the body responsible; `handler_id` its person, where it has an account.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_status_due", "status", "due"),
        Index("ix_task_handler_id_due", "handler_id", "due"),
        Index("ix_task_supervisor_id_due", "supervisor_id", "due"),
    )

    id: int = Field(default=None, primary_key=True)
    place: str = Field(max_length=64, index=True)
    places: list[str] = Field(sa_type=Json)
    audience: int = Field(default=int(Audience.PUBLIC))
    title: str = Field(max_length=200)
    unit: str = Field(default="", max_length=120)
    handler_id: int | None = Field(default=None, foreign_key="member.id")
    supervisor_id: int = Field(foreign_key="member.id")
    status: Status = Field(default=Status.OPEN, sa_type=String)
    result: Result | None = Field(default=None, sa_type=String)
    due: datetime = Field(sa_type=UtcDateTime)
    asked_due: datetime | None = Field(default=None, sa_type=UtcDateTime)
    round: int = 1
    assigned_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    urged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TaskNote(Table, table=True):
    """One text of a task; never edited, sealed by the event that brought it."""

    __tablename__ = "task_note"

    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    kind: NoteKind = Field(sa_type=String)
    author_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    body: str
    html: str
    salt: str | None = None


class TaskConcern(Table, table=True):
    """Somebody whom a task concerns: told of it, asked for a rating."""

    __tablename__ = "task_concern"

    task_id: int = Field(foreign_key="task.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)


class TaskRating(Table, table=True):
    """One rating a person in each round of a task; the reasons are shown without names."""

    __tablename__ = "task_rating"
    __table_args__ = (UniqueConstraint("task_id", "round", "member_id"),)

    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    round: int
    member_id: int = Field(foreign_key="member.id", index=True)
    rating: Rating = Field(sa_type=String)
    at: datetime = Field(sa_type=UtcDateTime)
    body: str = ""
    salt: str | None = None
