"""Lists of speakers, the speeches on them, points of order with their rulings, raised cards."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text

from forum.base.tables import Field, Json, Table, UtcDateTime
from sessions.meetings.models import Method


class Lane(StrEnum):
    """What the floor is asked for: a speech on the item, or something that goes before it.

    A question goes to whoever is speaking, an intervention before the list.
    """

    SPEECH = "speech"
    ORDER = "order"
    INTERVENTION = "intervention"
    QUESTION = "question"


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


class AppealState(StrEnum):
    """Where an appeal against a ruling stands."""

    RAISED = "raised"  # waits for somebody to second it
    OPEN = "open"  # the meeting has to decide
    STANDS = "stands"
    OVERRULED = "overruled"
    YIELDED = "yielded"  # the chair withdrew the ruling
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Card(StrEnum):
    """A card held up: how the matter feels, or that it is time to move on."""

    WARM = "warm"
    NEUTRAL = "neutral"
    COLD = "cold"
    MOVE_ON = "move_on"

    @property
    def suit(self) -> str:
        """Of each suit one card is held up at a time."""
        return "pace" if self is Card.MOVE_ON else "temperature"


class SpeakingList(Table, table=True):
    """The list of one item in one meeting: its rule, its limits, whether it takes names.

    `times` and `item_seconds` hold for a person on this item, `meeting_*` in the whole meeting,
    `motion_times` while a motion is pending; `short` are the seconds of a question or intervention.
    """

    __tablename__ = "speaking_list"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    item_id: int = Field(foreign_key="item.id", primary_key=True, index=True)
    number: int
    rule: str
    seconds: int
    times: int | None = None
    closed: bool = False
    short: int | None = None
    motion_times: int | None = None
    item_seconds: int | None = None
    meeting_times: int | None = None
    meeting_seconds: int | None = None


class SpeakingGroups(Table, table=True):
    """The groups that take turns in a meeting; every so many speeches one is of the first group."""

    __tablename__ = "speaking_groups"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    names: list[str] = Field(sa_type=Json)
    every: int | None = None


class GroupMember(Table, table=True):
    """Which group somebody says they belong to, in this meeting."""

    __tablename__ = "speaking_group_member"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    name: str


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
    # A question: the speech that it is put to, and whether its speaker takes it.
    to_id: int | None = None
    accepted: bool | None = None
    # The main motion that was pending when it was asked for, or held.
    motion_id: int | None = Field(default=None, foreign_key="motion.id")


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


class Appeal(Table, table=True):
    """Somebody holds a ruling to be wrong: the meeting decides, unless the chair gives in."""

    __tablename__ = "point_of_order_appeal"

    id: int = Field(default=None, primary_key=True)
    ruling_id: int = Field(foreign_key="point_of_order_ruling.id", unique=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    state: AppealState = Field(sa_type=String)
    seconded_by: int | None = Field(default=None, foreign_key="member.id")
    poll_id: int | None = Field(default=None, foreign_key="poll.id", unique=True)
    at: datetime = Field(sa_type=UtcDateTime)
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RaisedCard(Table, table=True):
    """A card that somebody holds up now. No time, no history, no event: it is only ever counted."""

    __tablename__ = "raised_card"
    __table_args__ = ({"sqlite_with_rowid": False},)

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    suit: str = Field(primary_key=True)
    card: Card = Field(sa_type=String)


class HallCards(Table, table=True):
    """What a desk counted in its hall, among those who hold up no card on a phone."""

    __tablename__ = "hall_cards"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    venue_id: int = Field(foreign_key="meeting_venue.id", primary_key=True)
    card: Card = Field(sa_type=String, primary_key=True)
    number: int
    recorded_by: int = Field(foreign_key="member.id")
