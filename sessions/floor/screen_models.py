"""What a meeting shows on walls and sends out: projectors, what they were told, the broadcast."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String

from forum.base.tables import Field, Table, UtcDateTime


class Shows(StrEnum):
    """What a projector is told to show."""

    AUTOMATIC = "automatic"
    WELCOME = "welcome"
    AGENDA = "agenda"
    SPEAKER = "speaker"
    MOTION = "motion"
    POLL = "poll"
    RESULT = "result"
    QUORUM = "quorum"
    SCRIPT = "script"
    QUESTIONS = "questions"
    NUMBERS = "numbers"
    NOTICE = "notice"


class Projector(Table, table=True):
    """A wall of the meeting, known by its number."""

    __tablename__ = "projector"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    number: int = Field(primary_key=True)
    name: str = Field(max_length=80)
    venue_id: int | None = Field(default=None, foreign_key="meeting_venue.id")
    gone: bool = False


class Projection(Table, table=True):
    """What a projector was told: prepared to be looked at, and put up from `up_at` on."""

    __tablename__ = "projection"
    __table_args__ = (Index("ix_projection_meeting_id_number", "meeting_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    number: int
    shows: Shows = Field(sa_type=String)
    body: str = ""
    salt: str | None = None
    poll_id: int | None = Field(default=None, foreign_key="poll.id")
    author_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)
    up_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Broadcast(Table, table=True):
    """Where everybody can watch the meeting from afar."""

    __tablename__ = "meeting_broadcast"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    url: str = Field(max_length=300)
