"""The transcript of a meeting: lines with who said them and when, and the files they came from."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String

from forum.base.tables import Field, Table, UtcDateTime


class Source(StrEnum):
    """How a line came to be written."""

    TYPED = "typed"
    IMPORTED = "imported"
    MACHINE = "machine"


class TrackState(StrEnum):
    """Where a file stands: looked at but not taken in, or on its way to becoming lines."""

    CHECKED = "checked"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    DISCARDED = "discarded"


class CaptionTrack(Table, table=True):
    """A file that became lines, or is to: captions of somebody else's, or a recording.

    The file itself goes as soon as it has been taken in: what counts are the lines, and a voice
    is not kept longer than it takes to write down what it said.
    """

    __tablename__ = "caption_track"

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    source: Source = Field(sa_type=String)
    state: TrackState = Field(sa_type=String)
    name: str = Field(max_length=120)
    # The moment that is 00:00 in the file.
    begins_at: datetime = Field(sa_type=UtcDateTime)
    file_id: int | None = None
    lines: int = 0
    model: str | None = None
    problem: str | None = None
    tries: int = 0
    confirmed_by: int | None = Field(default=None, foreign_key="member.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    author_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CaptionSegment(Table, table=True):
    """One line of the transcript; its words are those of its latest revision.

    Who spoke is a member, or a name as it was heard (`label`) where nobody here bears it.
    """

    __tablename__ = "caption_segment"
    __table_args__ = (
        Index("ix_caption_segment_place", "meeting_id", "at", "id"),
        Index("ix_caption_segment_speech_id", "speech_id"),
        Index("ix_caption_segment_item_id", "item_id"),
    )

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    at: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    label: str = Field(default="", max_length=80)
    speech_id: int | None = Field(default=None, foreign_key="speech.id")
    item_id: int | None = Field(default=None, foreign_key="item.id")
    source: Source = Field(sa_type=String)
    track_id: int | None = Field(default=None, foreign_key="caption_track.id", index=True)
    revision_id: int | None = Field(default=None, index=True)
    corrections: int = 0
    struck: bool = False
    # What a machine wrote counts for the minutes once somebody has looked at it.
    confirmed_by: int | None = Field(default=None, foreign_key="member.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    author_id: int = Field(foreign_key="member.id")
    written_at: datetime = Field(sa_type=UtcDateTime)


class CaptionRevision(Table, table=True):
    """What a line said from a moment on, sealed; `member_id` is whose words they are."""

    __tablename__ = "caption_revision"

    id: int = Field(default=None, primary_key=True)
    segment_id: int = Field(foreign_key="caption_segment.id", index=True)
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    body: str
    salt: str | None = None
    digest: str = Field(max_length=64)
    author_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class CaptionStrike(Table, table=True):
    """A line that the chair struck, why, and whether it was brought back."""

    __tablename__ = "caption_strike"

    id: int = Field(default=None, primary_key=True)
    segment_id: int = Field(foreign_key="caption_segment.id", index=True)
    body: str
    salt: str | None = None
    chair_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
