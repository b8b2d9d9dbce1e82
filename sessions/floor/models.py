"""Lists of speakers, the speeches on them, and points of order with the chair's rulings."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlmodel import Field

from forum.base.db import Table, UtcDateTime
from sessions.meetings.models import Method


class Lane(StrEnum):
    """What the floor is asked for: a speech on the item, or a point of order, which goes first."""

    SPEECH = "speech"
    ORDER = "order"


class Side(StrEnum):
    """What a speaker says beforehand about where they stand."""

    PRO = "pro"
    CON = "con"
    NEITHER = "neither"


class SpeechState(StrEnum):
    """Where a request to speak stands."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    PAUSED = "paused"
    FINISHED = "finished"
    WITHDRAWN = "withdrawn"
    SKIPPED = "skipped"


class Ruling(StrEnum):
    """What the chair said to a point of order."""

    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    NOTED = "noted"


class SpeakingList(Table, table=True):
    """The list of one item in one meeting: its rule, its limits, whether it takes names."""

    __tablename__ = "speaking_list"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    item_id: int = Field(foreign_key="item.id", primary_key=True, index=True)
    number: int
    rule: str
    seconds: int
    times: int | None = None
    closed: bool = False


class Speech(Table, table=True):
    """A request for the floor and what became of it.

    The indexes: one speaks at a time, and nobody waits twice for the same.
    """

    __tablename__ = "speech"
    __table_args__ = (
        Index(
            "uq_speech_holder",
            "meeting_id",
            unique=True,
            sqlite_where=text("state = 'speaking'"),
            postgresql_where=text("state = 'speaking'"),
        ),
        Index(
            "uq_speech_waiting",
            "meeting_id",
            "member_id",
            "lane",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_speech_meeting_id_item_id", "meeting_id", "item_id"),
    )

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    item_id: int = Field(foreign_key="item.id")
    venue_id: int = Field(foreign_key="meeting_venue.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    lane: Lane = Field(default=Lane.SPEECH, sa_type=String)
    side: Side = Field(default=Side.NEITHER, sa_type=String)
    state: SpeechState = Field(default=SpeechState.WAITING, sa_type=String)
    origin: Method = Field(default=Method.SELF, sa_type=String)
    recorded_by: int = Field(foreign_key="member.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    began_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remaining_ms: int | None = None
    since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    spent_ms: int = 0
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Preference(Table, table=True):
    """The chair's override: this speech goes before the others, for a reason everybody reads."""

    __tablename__ = "speech_preference"

    id: int = Field(default=None, primary_key=True)
    speech_id: int = Field(foreign_key="speech.id", unique=True)
    body: str
    salt: str | None = None
    chair_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class PointOfOrder(Table, table=True):
    """What somebody holds to be against the rules, in their words."""

    __tablename__ = "point_of_order"

    id: int = Field(default=None, primary_key=True)
    speech_id: int = Field(foreign_key="speech.id", unique=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    body: str
    salt: str | None = None


class OrderRuling(Table, table=True):
    """The chair's ruling on a point of order, in the chair's words."""

    __tablename__ = "point_of_order_ruling"

    id: int = Field(default=None, primary_key=True)
    point_id: int = Field(foreign_key="point_of_order.id", unique=True)
    ruling: Ruling = Field(sa_type=String)
    body: str
    salt: str | None = None
    chair_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)
