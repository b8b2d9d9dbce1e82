"""Motions: what is moved, in every wording it had, who seconded it, and what the chair said."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint

from forum.base.tables import Field, Table, UtcDateTime
from sessions.meetings.models import Method


class Sort(StrEnum):
    """What a motion asks for: something of the matter, or something of the procedure."""

    MAIN = "main"
    AMENDMENT = "amendment"
    CLOSE_DEBATE = "close_debate"
    POSTPONE = "postpone"
    REFER = "refer"
    RECONSIDER = "reconsider"
    RECESS = "recess"
    ADJOURN = "adjourn"


class MotionState(StrEnum):
    """Where a motion stands; `rules.after` says what leads from one to the next."""

    MOVED = "moved"
    PENDING = "pending"
    VOTING = "voting"
    CARRIED = "carried"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DIVIDED = "divided"
    POSTPONED = "postponed"
    REFERRED = "referred"
    FALLEN = "fallen"
    RECONSIDERED = "reconsidered"


class Cause(StrEnum):
    """Why a motion fell without a vote."""

    TARGET_GONE = "target_gone"  # what it was to change or to deal with is no longer open
    UNSECONDED = "unseconded"
    ITEM_CLOSED = "item_closed"


class NoteKind(StrEnum):
    """What the chair's words on a motion are about."""

    ORDERED = "ordered"
    POSTPONED = "postponed"
    REFERRED = "referred"


class MotionTerms(Table, table=True):
    """How a meeting takes motions: by how many a motion must be seconded. No row: by one."""

    __tablename__ = "motion_terms"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    seconders: int


class Motion(Table, table=True):
    """Something moved in a meeting on an item.

    `target_id` is what it would change or deal with, `origin_id` the motion that it goes on from
    (of which it is a part, or which was postponed, referred or reconsidered); `version_id` is its
    wording, `base_id` the wording of the target that an amendment was written against. `reach`
    says how many signs it changes; below 0, `rank` says that the chair put it first.
    """

    __tablename__ = "motion"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        Index("ix_motion_meeting_id_item_id", "meeting_id", "item_id"),
    )

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    item_id: int = Field(foreign_key="item.id", index=True)
    number: int
    sort: Sort = Field(sa_type=String)
    degree: int = 0
    part: int = 0
    state: MotionState = Field(default=MotionState.MOVED, sa_type=String)
    target_id: int | None = Field(default=None, foreign_key="motion.id", index=True)
    origin_id: int | None = Field(default=None, foreign_key="motion.id", index=True)
    version_id: int | None = None
    base_id: int | None = None
    reach: int = 0
    rank: int = 0
    mover_id: int = Field(foreign_key="member.id", index=True)
    method: Method = Field(default=Method.SELF, sa_type=String)
    recorded_by: int = Field(foreign_key="member.id")
    moved_at: datetime = Field(sa_type=UtcDateTime)
    debated: bool = False
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    poll_id: int | None = Field(default=None, foreign_key="poll.id", index=True)
    to_meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    referred_to: str | None = Field(default=None, max_length=64, index=True)


class MotionVersion(Table, table=True):
    """A wording of a motion; `amendment_id` is the carried amendment that it comes from."""

    __tablename__ = "motion_version"

    id: int = Field(default=None, primary_key=True)
    motion_id: int = Field(foreign_key="motion.id", index=True)
    number: int
    body: str
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id", index=True)
    amendment_id: int | None = Field(default=None, foreign_key="motion.id")
    at: datetime = Field(sa_type=UtcDateTime)


class MotionSecond(Table, table=True):
    """Somebody who seconded a motion."""

    __tablename__ = "motion_second"

    motion_id: int = Field(foreign_key="motion.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    method: Method = Field(default=Method.SELF, sa_type=String)
    recorded_by: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class MotionNote(Table, table=True):
    """What the chair said when a motion was put first, postponed or referred."""

    __tablename__ = "motion_note"

    id: int = Field(default=None, primary_key=True)
    motion_id: int = Field(foreign_key="motion.id", index=True)
    kind: NoteKind = Field(sa_type=String)
    body: str
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)
