"""What somebody wants to be told, how and when; and what waits to be told."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint

from forum.base.registry import Group
from forum.base.tables import BigId, Field, Json, Table, UtcDateTime


class Pace(StrEnum):
    """How soon one is told outside the house."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Verb(StrEnum):
    """What somebody wants of a thing: to be told of all of it, or of nothing."""

    FOLLOW = "follow"
    MUTE = "mute"


class Follow(Table, table=True):
    """Somebody follows or mutes a thing, and all that belongs to it."""

    __tablename__ = "follow"

    member_id: int = Field(foreign_key="member.id", primary_key=True)
    ref: str = Field(primary_key=True, max_length=64, index=True)
    verb: Verb = Field(sa_type=String(10))
    at: datetime = Field(sa_type=UtcDateTime)


class Preference(Table, table=True):
    """How soon somebody is told of a group of notices: in a place, or (without one) everywhere."""

    __tablename__ = "outbox_preference"

    member_id: int = Field(foreign_key="member.id", primary_key=True)
    group: Group = Field(primary_key=True, sa_type=String(20))
    place: str = Field(default="", primary_key=True, max_length=64)
    pace: Pace = Field(sa_type=String(10))


class Habit(Table, table=True):
    """When somebody reads letters; whoever has no row has the defaults of `rules.Hours`."""

    __tablename__ = "outbox_habit"

    member_id: int = Field(foreign_key="member.id", primary_key=True)
    zone: str = Field(max_length=64)
    digest_hour: int
    digest_day: int  # of the week, Monday is 0
    quiet_from: int  # the same hour twice: no quiet hours
    quiet_to: int


class Waiting(Table, table=True):
    """One notice for one person that has not left the house."""

    __tablename__ = "outbox_waiting"
    __table_args__ = (UniqueConstraint("member_id", "event_id"),)

    id: int = Field(default=None, primary_key=True, sa_type=BigId)
    member_id: int = Field(foreign_key="member.id")
    event_id: str = Field(max_length=32)
    kind: str = Field(max_length=80)
    about: str = Field(max_length=64)
    actor_id: int | None = None
    via: str | None = Field(default=None, max_length=64)
    group: Group = Field(sa_type=String(20))
    # What the thing belongs to, the nearest first.
    places: list[str] = Field(sa_type=Json)
    at: datetime = Field(sa_type=UtcDateTime)
    # Both are decided a moment later, and again when the person changes their mind.
    pace: Pace | None = Field(default=None, sa_type=String(10))
    due: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
