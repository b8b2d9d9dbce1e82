"""Minutes and their versions, corrections and requests; decisions; outcomes and their revisions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint

from forum.base.tables import Field, Table, UtcDateTime
from forum.members.models import Role


class State(StrEnum):
    """Where a version of the minutes stands."""

    LIVE_DRAFT = "live_draft"
    CIRCULATED = "circulated"
    CORRECTED = "corrected"
    APPROVED = "approved"
    AMENDED = "amended"


class Change(StrEnum):
    """What a correction does to an entry."""

    REPLACE = "replace"
    NOTE = "note"
    STRIKE = "strike"
    RESTORE = "restore"
    ADD = "add"


class RequestState(StrEnum):
    """What became of a request for a correction."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


class Basis(StrEnum):
    """What a decision rests on."""

    POLL = "poll"
    CONSENSUS = "consensus"


class DecisionState(StrEnum):
    """Whether a decision stands in approved minutes; only then is it carried out."""

    RECORDED = "recorded"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class OutcomeState(StrEnum):
    """Whether everybody can read the outcome."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Minutes(Table, table=True):
    """One version of the minutes of a meeting.

    `record` is the canonical JSON that was approved: its digest is what is signed. `body` says why
    a later version was begun.
    """

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    version: int = 1
    state: State = Field(default=State.LIVE_DRAFT, sa_type=String(12))
    created_at: datetime = Field(sa_type=UtcDateTime)
    circulated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    record: str | None = None
    digest: str | None = Field(default=None, max_length=64)
    signature: str | None = Field(default=None, max_length=128)
    body: str = ""
    salt: str | None = Field(default=None, max_length=32)
    author_id: int | None = Field(default=None, foreign_key="member.id")


class MinutesName(Table, table=True):
    """A name in approved minutes: the record holds its seal, this row what the seal is of."""

    __tablename__ = "minutes_name"

    minutes_id: int = Field(foreign_key="minutes.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    name: str | None
    salt: str | None = Field(max_length=32)


class MinutesCorrection(Table, table=True):
    """One change to one entry, by the secretary; later ones stand over earlier ones."""

    __tablename__ = "minutes_correction"

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    version: int
    entry: str = Field(max_length=24)
    change: Change = Field(sa_type=String(8))
    body: str
    salt: str | None = Field(default=None, max_length=32)
    author_id: int | None = Field(default=None, foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class MinutesSignature(Table, table=True):
    """Whose approval a version has."""

    __tablename__ = "minutes_signature"

    minutes_id: int = Field(foreign_key="minutes.id", primary_key=True)
    role: Role = Field(sa_type=String(16), primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)


class CorrectionRequest(Table, table=True):
    """What a participant holds to be wrong in circulated minutes."""

    __tablename__ = "minutes_request"

    id: int = Field(default=None, primary_key=True)
    minutes_id: int = Field(foreign_key="minutes.id", index=True)
    entry: str = Field(default="", max_length=24)
    state: RequestState = Field(default=RequestState.OPEN, sa_type=String(8))
    body: str
    salt: str | None = Field(default=None, max_length=32)
    author_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)


class RequestAnswer(Table, table=True):
    """What the secretary answered to a request."""

    __tablename__ = "minutes_answer"

    id: int = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="minutes_request.id", unique=True)
    body: str
    salt: str | None = Field(default=None, max_length=32)
    author_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)


class Decision(Table, table=True):
    """What was resolved on an item, and on what it rests; its words never change."""

    __tablename__ = "decision"

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", index=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    basis: Basis = Field(sa_type=String(12))
    poll_id: int | None = Field(default=None, foreign_key="poll.id", index=True)
    state: DecisionState = Field(default=DecisionState.RECORDED, sa_type=String(12))
    title: str = Field(max_length=200)
    body: str
    html: str
    salt: str | None = Field(default=None, max_length=32)
    author_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DecisionWithdrawal(Table, table=True):
    """Why a decision that was recorded wrongly does not stand."""

    __tablename__ = "decision_withdrawal"

    id: int = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="decision.id", unique=True)
    body: str
    salt: str | None = Field(default=None, max_length=32)
    author_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)


class Outcome(Table, table=True):
    """What came of a consultation: one a consultation, in revisions."""

    __tablename__ = "outcome"

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", unique=True)
    state: OutcomeState = Field(default=OutcomeState.DRAFT, sa_type=String(12))
    revision_id: int | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OutcomeRevision(Table, table=True):
    """One text of an outcome; `body` is the canonical JSON of all its words, which are sealed."""

    __tablename__ = "outcome_revision"
    __table_args__ = (Index("ix_outcome_revision_outcome_id_number", "outcome_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    outcome_id: int = Field(foreign_key="outcome.id")
    number: int
    body: str
    salt: str | None = Field(default=None, max_length=32)
    summary_html: str
    reasons_html: str
    author_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OutcomeTold(Table, table=True):
    """Who has been told of an outcome: everybody who took part, once."""

    __tablename__ = "outcome_told"

    outcome_id: int = Field(foreign_key="outcome.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    revision_id: int = Field(foreign_key="outcome_revision.id", index=True)
