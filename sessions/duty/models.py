"""Duty reports: what a representative reports on, what voters ask and get to hear, what they judge.

Nothing here says when somebody supported a question or gave a rating: beside the log's times that
would tell whose they are.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint

from forum.base.tables import Field, Table, UtcDateTime
from sessions.meetings.models import Method


class ReportState(StrEnum):
    """Where a report stands."""

    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"
    DROPPED = "dropped"


class QuestionState(StrEnum):
    """Where a question stands; `rules.STEPS` says what leads from one to the next."""

    WAITING = "waiting"
    OPEN = "open"
    ANSWERING = "answering"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Rating(StrEnum):
    """What a voter thinks of a report."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly"
    DISSATISFIED = "dissatisfied"


class DutyReport(Table, table=True):
    """A report at a meeting: whose, on what time, and how it was received.

    `with_meeting`: it ended because the meeting did, and goes on if that was a mistake. The
    figures of the rating stand here once it is closed; those of few voters stay empty.
    """

    __tablename__ = "duty_report"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    number: int
    item_id: int | None = Field(default=None, foreign_key="item.id", index=True)
    reporter_id: int = Field(foreign_key="member.id", index=True)
    first: date
    last: date
    state: ReportState = Field(default=ReportState.PLANNED, sa_type=String)
    answer_days: int
    rating_days: int
    revision_id: int | None = None
    begun_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    with_meeting: bool = False
    rating_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    raters: int | None = None
    satisfied: int | None = None
    mostly: int | None = None
    dissatisfied: int | None = None
    created_by: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class DutyRevision(Table, table=True):
    """The written report as it stood from a moment on, sealed; `author_id` wrote it down."""

    __tablename__ = "duty_revision"

    id: int = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="duty_report.id", index=True)
    number: int
    body: str
    html: str
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)


class DutyQuestion(Table, table=True):
    """A voter's question; without `by_name` the public reads “a voter”."""

    __tablename__ = "duty_question"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        Index("ix_duty_question_state", "report_id", "state"),
    )

    id: int = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="duty_report.id")
    number: int
    member_id: int = Field(foreign_key="member.id", index=True)
    by_name: bool
    method: Method = Field(default=Method.SELF, sa_type=String)
    recorded_by: int = Field(foreign_key="member.id")
    body: str
    salt: str | None = None
    state: QuestionState = Field(default=QuestionState.WAITING, sa_type=String)
    supports: int = 0
    asked_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, foreign_key="member.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decline_id: int | None = None
    put_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DutyDecline(Table, table=True):
    """Why a question was not let through."""

    __tablename__ = "duty_decline"

    id: int = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="duty_question.id", index=True)
    body: str
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class DutyAnswer(Table, table=True):
    """What the representative answers in writing; `recorded_by` entered it."""

    __tablename__ = "duty_answer"

    id: int = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="duty_question.id", index=True)
    body: str
    html: str
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id", index=True)
    recorded_by: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class DutySupport(Table, table=True):
    """Somebody wants to hear the answer, too."""

    __tablename__ = "duty_support"

    question_id: int = Field(foreign_key="duty_question.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)


class DutyRating(Table, table=True):
    """What somebody thinks of a report: one rating a person, never shown with a name."""

    __tablename__ = "duty_rating"

    report_id: int = Field(foreign_key="duty_report.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    rating: Rating = Field(sa_type=String)
    body: str = ""
