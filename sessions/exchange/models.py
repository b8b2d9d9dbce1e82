"""Archives that somebody asked for: how far they are, until when they are kept."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import String

from forum.base.tables import Field, Json, Table, UtcDateTime


class ArchiveState(StrEnum):
    """Where an archive stands."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class Archive(Table, table=True):
    """A committee's minutes of a period, written for one person and kept for a week.

    `consultations` are those that it holds minutes of, and `classes` the meetings of which it holds
    what is not for everybody, with the class of reader that it is for: whoever may no longer read
    one of them no longer gets the file.
    """

    __tablename__ = "minutes_archive"

    id: int = Field(default=None, primary_key=True)
    station_id: int = Field(foreign_key="station.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    first: date
    last: date
    lang: str = Field(max_length=20)
    state: ArchiveState = Field(default=ArchiveState.WAITING, sa_type=String(12))
    done: int = 0
    total: int = 0
    size: int | None = None
    digest: str | None = Field(default=None, max_length=64)
    consultations: list[int] = Field(default_factory=list, sa_type=Json)
    classes: dict[str, int] | None = Field(default=None, sa_type=Json)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
