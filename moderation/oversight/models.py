"""What waits for a moderator, who is on it, what was done about it, and who asked to look again."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String

from forum.base.tables import Field, Json, Table, UtcDateTime
from moderation.reports.models import Rule


class Act(StrEnum):
    """What a moderator does about a thing, or about its author."""

    HIDE = "hide"
    RELEASE = "release"
    ASK = "ask"
    MOVE = "move"
    WARN = "warn"
    MUTE = "mute"
    BAN = "ban"


class AppealState(StrEnum):
    """Whether somebody else has looked at a measure, and whether it stands."""

    OPEN = "open"
    UPHELD = "upheld"
    OVERTURNED = "overturned"


class Flag(Table, table=True):
    """What a screen saw in a thing; `evidence` holds ids, counts and words of the place's list."""

    __tablename__ = "moderation_flag"
    __table_args__ = (Index("ix_moderation_flag_open", "settled_at", "about"),)

    id: int = Field(default=None, primary_key=True)
    about: str = Field(max_length=64, index=True)
    kind: str = Field(max_length=20)
    author_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    evidence: dict[str, Any] = Field(sa_type=Json)
    at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class FlagPlace(Table, table=True):
    """A place whose moderators see the flag: where the thing stands, and what lies around."""

    __tablename__ = "moderation_flag_place"

    flag_id: int = Field(foreign_key="moderation_flag.id", primary_key=True)
    place: str = Field(primary_key=True, max_length=64, index=True)


class Claim(Table, table=True):
    """Who is on it, so that two moderators do not work on one thing."""

    __tablename__ = "moderation_claim"

    about: str = Field(primary_key=True, max_length=64)
    member_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class Measure(Table, table=True):
    """What was done about a thing or a person, under which rule and why."""

    __tablename__ = "measure"
    __table_args__ = (Index("ix_measure_place_at", "place", "at"),)

    id: int = Field(default=None, primary_key=True)
    about: str = Field(max_length=64, index=True)
    place: str = Field(max_length=64)
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    act: Act = Field(sa_type=String(20))
    rule: Rule = Field(sa_type=String(20))
    reason: str
    detail: dict[str, Any] = Field(sa_type=Json)
    at: datetime = Field(sa_type=UtcDateTime)
    taken_by: int | None = Field(default=None, foreign_key="member.id")
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MeasurePlace(Table, table=True):
    """A place whose moderators read the measure and may judge an appeal against it."""

    __tablename__ = "measure_place"

    measure_id: int = Field(foreign_key="measure.id", primary_key=True)
    place: str = Field(primary_key=True, max_length=64, index=True)
    # 0 is where the thing stands, and each next one lies around the one before.
    distance: int


class Appeal(Table, table=True):
    """Somebody asks that another one look at a measure; once a measure."""

    __tablename__ = "measure_appeal"

    measure_id: int = Field(foreign_key="measure.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    # The nearest place in which there is somebody else to look at it; empty: nobody anywhere.
    place: str = Field(max_length=64)
    body: str
    at: datetime = Field(sa_type=UtcDateTime)
    state: AppealState = Field(default=AppealState.OPEN, sa_type=String(20), index=True)
    answer: str = ""
    decided_by: int | None = Field(default=None, foreign_key="member.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReasonText(Table, table=True):
    """How a place words a rule to those who are told that they broke it."""

    __tablename__ = "moderation_reason"

    place: str = Field(primary_key=True, max_length=64)
    rule: Rule = Field(sa_type=String(20), primary_key=True)
    lang: str = Field(primary_key=True, max_length=20)
    body: str


class ScreenSetting(Table, table=True):
    """How a place has set one screen; without a row it is as in the place around."""

    __tablename__ = "moderation_screen"

    place: str = Field(primary_key=True, max_length=64)
    screen: str = Field(primary_key=True, max_length=20)
    chosen: dict[str, Any] = Field(sa_type=Json)
