"""Whoever comes to a reception, who receives them, what they say and which way it goes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint

from forum.base.tables import Field, Table, UtcDateTime
from sessions.reception.categories import Category


class VisitState(StrEnum):
    """How far a visitor has come; who left can come back with the same number."""

    WAITING = "waiting"
    RECEIVED = "received"
    RECORDED = "recorded"
    LEFT = "left"


class Route(StrEnum):
    """Which way a word goes: the five of the stations' rules, or none."""

    ON_THE_SPOT = "on_the_spot"
    NEIGHBOURHOOD = "neighbourhood"
    STREET = "street"
    PROPOSAL = "proposal"
    HIGHER = "higher"
    DECLINED = "declined"


class Refusal(StrEnum):
    """Why a reception cannot take something up: another body has it, or nobody but a court."""

    LITIGATION = "litigation"
    RECONSIDERATION = "reconsideration"
    ARBITRATION = "arbitration"
    PRIVATE = "private"


class NoteKind(StrEnum):
    """What an official text on a word is."""

    PROPOSED = "proposed"
    ANSWER = "answer"
    ELSEWHERE = "elsewhere"
    STRIKE = "strike"


class Visitor(Table, table=True):
    """Somebody who came, by their number at a venue.

    A member, or somebody without an account: then name and contact lie here, sealed with the key
    that lies outside the database. `nonce` is the form's own, so that it counts once.
    """

    __tablename__ = "reception_visitor"
    __table_args__ = (
        UniqueConstraint("venue_id", "number"),
        UniqueConstraint("meeting_id", "nonce"),
    )

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    # No foreign key: a venue that somebody came to stays because `service` says so, in words.
    venue_id: int
    number: int
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    name: str | None = None
    contact: str | None = None
    home: str | None = None
    state: VisitState = Field(default=VisitState.WAITING, sa_type=String)
    came_at: datetime = Field(sa_type=UtcDateTime)
    received_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Read back to them: None while it was not, or since a word was added or changed.
    confirmed: bool | None = None
    signed: bool = False
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    nonce: str | None = Field(default=None, max_length=64)
    by_id: int = Field(foreign_key="member.id")


class Receiver(Table, table=True):
    """A representative who receives a visitor."""

    __tablename__ = "reception_receiver"

    visitor_id: int = Field(foreign_key="reception_visitor.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)


class Word(Table, table=True):
    """One matter that a visitor brought; its words are those of its latest revision.

    `named`: their name may stand in the record; `open`: the words may be read without the name.
    """

    __tablename__ = "reception_word"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        UniqueConstraint("visitor_id", "nonce"),
        Index("ix_reception_word_venue_id", "venue_id"),
    )

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    venue_id: int
    visitor_id: int = Field(foreign_key="reception_visitor.id")
    number: int
    category: Category = Field(sa_type=String)
    named: bool = False
    open: bool = False
    route: Route | None = Field(default=None, sa_type=String)
    refusal: Refusal | None = Field(default=None, sa_type=String)
    revision_id: int | None = None
    corrections: int = 0
    struck: bool = False
    task_id: int | None = Field(default=None, foreign_key="task.id")
    at: datetime = Field(sa_type=UtcDateTime)
    nonce: str | None = Field(default=None, max_length=64)
    author_id: int = Field(foreign_key="member.id")


class WordRevision(Table, table=True):
    """What was said, as it was written down from a moment on, and where it is; sealed.

    `member_id` is whose words they are, `author_id` who wrote them down.
    """

    __tablename__ = "reception_word_revision"

    id: int = Field(default=None, primary_key=True)
    word_id: int = Field(foreign_key="reception_word.id", index=True)
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    body: str
    place: str = ""
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class WordNote(Table, table=True):
    """What was proposed, answered or pointed to, or why a word was struck; sealed."""

    __tablename__ = "reception_note"

    id: int = Field(default=None, primary_key=True)
    word_id: int = Field(foreign_key="reception_word.id", index=True)
    kind: NoteKind = Field(sa_type=String)
    body: str
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)
