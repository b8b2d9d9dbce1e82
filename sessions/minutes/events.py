"""What happens to minutes and decisions (on the meeting's stream) and to outcomes."""

from datetime import datetime
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from forum.members.models import Role
from sessions.minutes.models import (
    Basis,
    Change,
    CorrectionRequest,
    Decision,
    DecisionWithdrawal,
    Minutes,
    MinutesCorrection,
    OutcomeRevision,
    RequestAnswer,
    RequestState,
)


class MinutesBegun(Event):
    """The meeting began, and with it a draft of its minutes."""

    kind: ClassVar[str] = "minutes:minutes:begun"
    audience: ClassVar[Audience] = Audience.MEMBER

    minutes: int


class MinutesCorrected(Event):
    """The secretary changed an entry; what the log says of it stays visible beside it."""

    kind: ClassVar[str] = "minutes:entry:corrected"
    audience: ClassVar[Audience] = Audience.MEMBER

    minutes: int
    entry: str
    change: Change
    correction: int
    text: str


class MinutesCirculated(Event):
    """Those who took part may read the draft and ask for corrections until a date."""

    kind: ClassVar[str] = "minutes:minutes:circulated"
    audience: ClassVar[Audience] = Audience.MEMBER

    minutes: int
    until: datetime


class CorrectionAsked(Event):
    """Somebody who took part holds an entry to be wrong."""

    kind: ClassVar[str] = "minutes:correction:asked"
    audience: ClassVar[Audience] = Audience.MEMBER

    minutes: int
    entry: str
    request: int
    text: str


class CorrectionAnswered(Event):
    """The secretary took the request up, or declined it with a reason."""

    kind: ClassVar[str] = "minutes:correction:answered"
    audience: ClassVar[Audience] = Audience.MEMBER

    minutes: int
    request: int
    state: RequestState
    answer: int
    text: str


class MinutesSigned(Event):
    """The secretary or the chair approved the text."""

    kind: ClassVar[str] = "minutes:minutes:signed"
    audience: ClassVar[Audience] = Audience.MEMBER

    minutes: int
    role: Role


class MinutesApproved(Event):
    """The minutes are locked: this digest is that of their record."""

    kind: ClassVar[str] = "minutes:minutes:approved"

    minutes: int
    version: int
    digest: str
    replaces: str


class MinutesAmending(Event):
    """A later version is begun, for a stated reason; the former stays as it was."""

    kind: ClassVar[str] = "minutes:minutes:amending"

    minutes: int
    version: int
    former: int
    text: str


class DecisionRecorded(Event):
    """What was resolved on an item, citing its poll or a declared consensus."""

    kind: ClassVar[str] = "minutes:decision:recorded"

    decision: int
    item: int
    basis: Basis
    poll: int | None
    text: str


class DecisionWithdrawn(Event):
    """A decision was recorded wrongly and does not stand."""

    kind: ClassVar[str] = "minutes:decision:withdrawn"

    decision: int
    withdrawal: int
    text: str


class DecisionApproved(Event):
    """The decision stands in approved minutes (or the chair confirmed it): it is to be done."""

    kind: ClassVar[str] = "minutes:decision:approved"

    decision: int
    minutes: int | None


class OutcomeWritten(Event):
    """A draft of the outcome was written; those who publish it see it."""

    kind: ClassVar[str] = "minutes:outcome:written"
    audience: ClassVar[Audience] = Audience.MODERATOR

    outcome: int
    revision: int
    text: str


class OutcomePublished(Event):
    """The outcome, or a later revision of it, is public."""

    kind: ClassVar[str] = "minutes:outcome:published"

    outcome: int
    consultation: int
    revision: int
    number: int
    text: str


sealed(MinutesCorrected, MinutesCorrection, id_field="correction")
sealed(CorrectionAsked, CorrectionRequest, id_field="request")
sealed(CorrectionAnswered, RequestAnswer, id_field="answer")
sealed(MinutesAmending, Minutes, id_field="minutes")
sealed(DecisionRecorded, Decision, id_field="decision")
sealed(DecisionWithdrawn, DecisionWithdrawal, id_field="withdrawal")
sealed(OutcomeWritten, OutcomeRevision, id_field="revision")
sealed(OutcomePublished, OutcomeRevision, id_field="revision")
