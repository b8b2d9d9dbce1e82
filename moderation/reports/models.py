"""Reports and the places whose moderators look after them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint

from forum.base.tables import Field, Table, UtcDateTime


class Rule(StrEnum):
    """What is broken: the reasons of a report, and the rules that a sanction names."""

    ATTACK = "attack"
    OFF_TOPIC = "off_topic"
    SPAM = "spam"
    PRIVACY = "privacy"
    UNTRUE = "untrue"
    UNLAWFUL = "unlawful"
    OTHER = "other"


class ReportState(StrEnum):
    """Whether somebody has looked at a report, and what came of it."""

    OPEN = "open"
    HIDDEN = "hidden"
    DISMISSED = "dismissed"
    ASKED = "asked"
    MOVED = "moved"


class Report(Table, table=True):
    """One person's report of one thing."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("about", "reporter_id"),
        Index("ix_report_state", "state", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    about: str = Field(max_length=64)
    author_id: int | None = Field(default=None, foreign_key="member.id")
    reporter_id: int = Field(foreign_key="member.id", index=True)
    rule: Rule = Field(sa_type=String(20))
    note: str
    at: datetime = Field(sa_type=UtcDateTime)
    state: ReportState = Field(default=ReportState.OPEN, sa_type=String(20))
    answer: str = ""
    resolved_by: int | None = Field(default=None, foreign_key="member.id")
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReportPlace(Table, table=True):
    """A place whose moderators see the report: where the thing stands, and what lies around."""

    __tablename__ = "report_place"

    report_id: int = Field(foreign_key="report.id", primary_key=True)
    place: str = Field(primary_key=True, max_length=64, index=True)
