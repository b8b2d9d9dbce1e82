"""A poll, the roll that was frozen at its opening, the counts of halls and boxes, and the notes."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, String

from forum.base.tables import Field, Json, Table, UtcDateTime
from voting.boxes.models import KEYED, Channel


class Secrecy(StrEnum):
    """Who can know how somebody voted."""

    OPEN = "open"
    SECRET = "secret"  # noqa: S105 - a secret ballot, no password


class PollState(StrEnum):
    """Where a poll stands in its life."""

    CREATED = "created"
    STARTED = "started"
    COUNTING = "counting"
    FINISHED = "finished"
    PUBLISHED = "published"
    VOIDED = "voided"


class TallyState(StrEnum):
    """How far the count of a hall or a paper box is."""

    PENDING = "pending"
    ENTERED = "entered"
    CONFIRMED = "confirmed"
    EXCEPTED = "excepted"


class NoteKind(StrEnum):
    """What a note explains."""

    VOIDED = "voided"
    EXCEPTED = "excepted"
    EXTENDED = "extended"
    MISMATCH = "mismatch"
    UNRETURNED = "unreturned"
    LATE = "late"


class Poll(Table, table=True):
    """A question put to the vote; what is decided by is frozen when it opens.

    `body` is the whole text (question, blank line, explanation) that the log has sealed first; of
    a draft that was mended the later ones are its revisions. Numbers for a lot that somebody wrote
    down after the count wait (`lot_asked`) until a second person has written down the same.
    """

    __tablename__ = "poll"
    __table_args__ = (Index("ix_poll_item_id", "item_id"),)

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", index=True)
    item_id: int = Field(foreign_key="item.id")
    meeting: str | None = Field(default=None, max_length=64, index=True)
    question: str
    body: str
    salt: str | None
    html: str
    method: str = Field(max_length=40)
    version: int
    rule: dict[str, Any] = Field(sa_type=Json)
    secrecy: Secrecy = Field(sa_type=String(10))
    quorum: dict[str, str] | None = Field(default=None, sa_type=Json)
    state: PollState = Field(sa_type=String(10))
    created_by: int = Field(foreign_key="member.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    opens_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    heads: int | None = None
    eligible: int | None = None
    present: int | None = None
    rules_hash: str | None = Field(default=None, max_length=64)
    casting: str | None = Field(default=None, max_length=10)
    lot: str | None = Field(default=None, max_length=200)
    result: dict[str, Any] | None = Field(default=None, sa_type=Json)
    round: int | None = None
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lot_asked: str | None = Field(default=None, max_length=200)
    lot_by: int | None = Field(default=None, foreign_key="member.id")
    lot_confirmed_by: int | None = Field(default=None, foreign_key="member.id")

    @property
    def stream(self) -> str:
        """Where the poll's events go: to its meeting, or else to its consultation."""
        return self.meeting or f"consultation:{self.consultation_id}"

    @property
    def ref(self) -> str:
        """The poll as a thing of the chain."""
        return f"poll:{self.id}"


class PollRevision(Table, table=True):
    """A draft that was mended: the text from then on, and what had been set `before`."""

    __tablename__ = "poll_revision"

    id: int = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id", index=True)
    body: str
    salt: str | None
    before: dict[str, Any] = Field(sa_type=Json)
    author_id: int | None = Field(default=None, foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class Entitlement(Table, table=True):
    """One line of the roll: who may vote, with which weight, how and where.

    `share` is an exact weight beside the head, in units that the poll's rule names; `holder_id` is
    who stands in for an absent person.
    """

    __tablename__ = "poll_entitlement"
    __table_args__ = (Index("ix_poll_entitlement_member_id", "member_id"), *KEYED)

    poll_id: int = Field(foreign_key="poll.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True)
    weight: int
    channel: Channel = Field(sa_type=String(10))
    venue: str = Field(max_length=64)
    present: bool
    share: int | None = Field(default=None, sa_type=BigInteger)
    holder_id: int | None = Field(default=None, foreign_key="member.id")


class Turnout(Table, table=True):
    """How many voted online, as it may be shown; apart from the poll, which casters lock."""

    __tablename__ = "poll_turnout"
    __table_args__ = KEYED

    poll_id: int = Field(foreign_key="poll.id", primary_key=True)
    shown: int


class VenueTally(Table, table=True):
    """What two tellers counted in one hall or one paper box.

    `keyed`: its papers are entered one by one, and lie among the ballots; here stand the others.
    """

    __tablename__ = "venue_tally"
    __table_args__ = KEYED

    poll_id: int = Field(foreign_key="poll.id", primary_key=True)
    venue: str = Field(primary_key=True, max_length=64)
    channel: Channel = Field(primary_key=True, sa_type=String(10))
    issued: int
    state: TallyState = Field(sa_type=String(10))
    counted: dict[str, int] | None = Field(default=None, sa_type=Json)
    entered_by: int | None = Field(default=None, foreign_key="member.id")
    confirmed_by: int | None = Field(default=None, foreign_key="member.id")
    keyed: bool | None = None


class PollNote(Table, table=True):
    """Why a poll was voided, extended, or finished without the count of a venue."""

    __tablename__ = "poll_note"

    id: int = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id", index=True)
    kind: NoteKind = Field(sa_type=String(10))
    venue: str = Field(max_length=64)
    body: str
    salt: str | None
    author_id: int | None = Field(default=None, foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)
