"""Consents with their purpose, childhoods, and the wish to be erased."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text

from forum.base.tables import Field, Table, UtcDateTime

_OPEN = text("ended_at IS NULL")


class Way(StrEnum):
    """Who consented, and how the platform knows."""

    SELF = "self"
    COUNTER = "counter"  # on paper, or by word of mouth before a clerk, who noted it
    GUARDIAN = "guardian"


class Consent(Table, table=True):
    """Somebody's consent to one purpose in one wording; taken back, the row stays as proof."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "ix_consent_open",
            "member_id",
            "purpose",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    purpose: str = Field(max_length=20)
    version: int
    way: Way = Field(sa_type=String(10))
    # Who gave it: the person, the clerk who noted it, or the guardian.
    by_id: int = Field(foreign_key="member.id", index=True)
    given_at: datetime = Field(sa_type=UtcDateTime)
    # When the wording had changed and the person was asked again.
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: int | None = Field(default=None, foreign_key="member.id")


class Childhood(Table, table=True):
    """That somebody was declared to be under 14, and when they said to be so no longer."""

    __tablename__ = "childhood"

    member_id: int = Field(primary_key=True, foreign_key="member.id")
    declared_at: datetime = Field(sa_type=UtcDateTime)
    grown_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Erasure(Table, table=True):
    """Somebody's account is to be erased, or was; a wish that is taken back leaves no row."""

    __tablename__ = "erasure"

    member_id: int = Field(primary_key=True, foreign_key="member.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
