"""A meeting, its venues, its order of items, its roll, and who was where from when to when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint, text

from forum.base.tables import Field, Table, UtcDateTime
from voting.boxes.models import Channel


class MeetingState(StrEnum):
    """Where a meeting stands; `rules.after` says what leads from one to the next."""

    DRAFT = "draft"
    CONVENED = "convened"
    IN_SESSION = "in_session"
    RECESS = "recess"
    SUSPENDED = "suspended"  # it goes on another day
    ADJOURNED = "adjourned"
    ARCHIVED = "archived"


class VenueKind(StrEnum):
    """The place of the chair, a hall that is connected to it, or people at their own screens."""

    MAIN = "main"
    SUB = "sub"
    ONLINE = "online"


class Link(StrEnum):
    """What a venue's desk says of its connection to the main venue."""

    UP = "up"
    DOWN = "down"


class Mode(StrEnum):
    """How somebody takes part while checked in."""

    IN_PERSON = "in_person"
    ONLINE = "online"


class Method(StrEnum):
    """Who made the entry: the person, or a desk for the person."""

    SELF = "self"
    DESK = "desk"


class Meeting(Table, table=True):
    """One meeting of a consultation. The quorum is a share of the roll, as ">1/2" or ">=2/3".

    Where it goes on another day, its times are those of the present or next sitting.
    """

    __tablename__ = "meeting"

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", index=True)
    title: str
    zone: str
    starts_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: MeetingState = Field(default=MeetingState.DRAFT, sa_type=String)
    quorum: str = ">1/2"
    current_item_id: int | None = Field(default=None, foreign_key="item.id")
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resumes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    adjourned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_by: int = Field(foreign_key="member.id")
    sitting_number: int | None = None  # empty: the first, and perhaps the only one


class Sitting(Table, table=True):
    """A sitting that is over, of a meeting that goes on another day."""

    __tablename__ = "meeting_sitting"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    number: int = Field(primary_key=True)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    adjourned_at: datetime = Field(sa_type=UtcDateTime)


class Venue(Table, table=True):
    """A place of the meeting with a desk of its own."""

    __tablename__ = "meeting_venue"

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    kind: VenueKind = Field(sa_type=String)
    name: str
    address: str = ""
    operator_id: int | None = Field(default=None, foreign_key="member.id")
    link: Link = Field(default=Link.UP, sa_type=String)
    link_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    position: int = 0
    seats: int | None = None  # empty: as many as come
    directions: str | None = None
    accessibility: str | None = None
    url: str | None = None  # where people online meet, if not on the meeting's own page
    # Where the meeting goes on elsewhere another day: no later sitting is here.
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MeetingItem(Table, table=True):
    """An item on the meeting's order of the day."""

    __tablename__ = "meeting_item"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    item_id: int = Field(foreign_key="item.id", primary_key=True, index=True)
    position: int
    minutes: int | None = None


class RollEntry(Table, table=True):
    """Somebody on the roll, drawn when the meeting is convened; who is struck off keeps the row."""

    __tablename__ = "meeting_roll"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    entitled: bool = True


class Attendance(Table, table=True):
    """An interval of presence. The index allows one open interval per person and meeting.

    Adjourning leaves intervals open, so that a reopened meeting finds everybody in place: where
    `out_at` is missing, the person stayed to the end. Where the meeting goes on another day they
    end with the sitting, and everybody checks in anew.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        Index(
            "uq_attendance_open",
            "meeting_id",
            "member_id",
            unique=True,
            sqlite_where=text("out_at IS NULL"),
            postgresql_where=text("out_at IS NULL"),
        ),
        Index("ix_attendance_meeting_id_venue_id", "meeting_id", "venue_id"),
    )

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    venue_id: int = Field(foreign_key="meeting_venue.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    mode: Mode = Field(sa_type=String)
    method: Method = Field(sa_type=String)
    in_at: datetime = Field(sa_type=UtcDateTime)
    out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    recorded_by: int = Field(foreign_key="member.id")


class QuorumCheck(Table, table=True):
    """What the chair declared: the numbers as they were at that moment and the rule they met."""

    __tablename__ = "quorum_check"

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    entitled: int
    present: int
    quorum: str
    reached: bool
    declared_by: int = Field(foreign_key="member.id")
    represented: int | None = None


class MeetingPoll(Table, table=True):
    """A poll held in the meeting: on what item, and how the people in the halls vote."""

    __tablename__ = "meeting_poll"
    __table_args__ = (UniqueConstraint("poll_id"),)

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    poll_id: int = Field(foreign_key="poll.id", primary_key=True)
    item_id: int = Field(foreign_key="item.id")
    channel: Channel = Field(sa_type=String)


class MeetingNotice(Table, table=True):
    """What the chair lets everybody read on the screens now: "we go on at 15:30"."""

    __tablename__ = "meeting_notice"

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    body: str
    salt: str | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    author_id: int = Field(foreign_key="member.id")
