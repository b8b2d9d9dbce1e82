"""What happens around a meeting before it begins; all of it on the meeting's own stream.

Who answers what concerns the desks alone; who gets a seat is told by it on the same stream.
"""

from datetime import datetime
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from sessions.convening.models import Answer, ShortNotice
from sessions.meetings.models import Method


class PreparationSet(Event):
    """The meeting is of this type; whether a reply is asked, and by when."""

    kind: ClassVar[str] = "convening:preparation:set"
    audience: ClassVar[Audience] = Audience.DESK
    type: str
    asks: bool
    reply_by: datetime | None


class NoticeShortened(Event):
    """The chair said why the notice is shorter than the type demands."""

    kind: ClassVar[str] = "convening:notice:shortened"
    notice: int
    given: int
    wanted: int
    working: bool
    text: str


class QuestionAsked(Event):
    """A question is asked with the reply."""

    kind: ClassVar[str] = "convening:question:asked"
    audience: ClassVar[Audience] = Audience.DESK
    question: int


class QuestionDropped(Event):
    """A question is asked no more; what was answered to it is gone."""

    kind: ClassVar[str] = "convening:question:dropped"
    audience: ClassVar[Audience] = Audience.DESK
    question: int


class Replied(Event):
    """Somebody on the roll answered, or changed their mind; `seated` unless they wait."""

    kind: ClassVar[str] = "convening:reply:given"
    audience: ClassVar[Audience] = Audience.DESK
    coalesce: ClassVar[bool] = True
    member: int
    answer: Answer
    venue: int | None
    seated: bool
    method: Method


class SeatGiven(Event):
    """A seat became free: whoever waited longest has it."""

    kind: ClassVar[str] = "convening:seat:given"
    audience: ClassVar[Audience] = Audience.DESK
    meeting: str
    member: int
    venue: int


class VenueLost(Event):
    """The venue that somebody chose is none any more; they are asked anew."""

    kind: ClassVar[str] = "convening:seat:lost"
    audience: ClassVar[Audience] = Audience.DESK
    meeting: str
    member: int


class ProxyGiven(Event):
    """Somebody on the roll stands in for another; `paper`: a clerk saw the document."""

    kind: ClassVar[str] = "convening:proxy:given"
    audience: ClassVar[Audience] = Audience.DESK
    meeting: str
    principal: int
    holder: int
    paper: bool


class ProxyRevoked(Event):
    """Somebody stands in for another no more."""

    kind: ClassVar[str] = "convening:proxy:revoked"
    audience: ClassVar[Audience] = Audience.DESK
    meeting: str
    principal: int
    holder: int


class RollDetailed(Event):
    """What the roll says of somebody (weight, household, organisation) is something else."""

    kind: ClassVar[str] = "convening:roll:detailed"
    audience: ClassVar[Audience] = Audience.DESK
    member: int


class RollTakenIn(Event):
    """A list was taken in: so many people new on the roll, so many changed, so many bad lines."""

    kind: ClassVar[str] = "convening:roll:taken_in"
    audience: ClassVar[Audience] = Audience.DESK
    new: int
    changed: int
    bad: int


class RollTakenOut(Event):
    """The roll was taken out as a file."""

    kind: ClassVar[str] = "convening:roll:taken_out"
    audience: ClassVar[Audience] = Audience.DESK
    people: int


class AnswersPurged(Event):
    """The meeting is laid down: the answers to its questions are gone."""

    kind: ClassVar[str] = "convening:answers:purged"
    audience: ClassVar[Audience] = Audience.DESK
    answers: int


sealed(NoticeShortened, ShortNotice, id_field="notice")
