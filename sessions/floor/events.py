"""What happens on the floor; all of it on the meeting's stream, "meeting:<id>"."""

from datetime import datetime
from typing import ClassVar

from forum.base.events import Event
from forum.base.registry import sealed
from sessions.floor.models import Lane, Preference, Side
from sessions.floor.order_events import (
    AppealDecided,
    AppealPut,
    AppealSeconded,
    OrderRaised,
    OrderRuled,
    RulingAppealed,
)
from sessions.meetings.models import Method

__all__ = [
    "AppealDecided",
    "AppealPut",
    "AppealSeconded",
    "OrderRaised",
    "OrderRuled",
    "RulingAppealed",
]


class ListOpened(Event):
    """The list of speakers on an item takes names, under this rule and within these limits."""

    kind: ClassVar[str] = "floor:list:opened"
    item: int
    rule: str
    seconds: int
    times: int | None


class LimitsSet(Event):
    """Rule or limits of the list are others from now on."""

    kind: ClassVar[str] = "floor:limits:set"
    item: int
    rule: str
    seconds: int
    times: int | None
    short: int | None = None
    motion_times: int | None = None
    item_seconds: int | None = None
    meeting_times: int | None = None
    meeting_seconds: int | None = None


class GroupsSet(Event):
    """So many groups take turns; at least every so many speeches one is of the first of them."""

    kind: ClassVar[str] = "floor:groups:set"
    groups: int
    every: int | None


class GroupDeclared(Event):
    """Somebody said which group they belong to, or that they belong to none; which, is not told."""

    kind: ClassVar[str] = "floor:group:declared"
    member: int
    origin: Method


class ListClosed(Event):
    """The list takes no more names; a point of order is still heard."""

    kind: ClassVar[str] = "floor:list:closed"
    item: int
    waiting: int


class ListReopened(Event):
    """The list takes names again."""

    kind: ClassVar[str] = "floor:list:reopened"
    item: int


class ListEnded(Event):
    """The item was closed; these requests were not heard."""

    kind: ClassVar[str] = "floor:list:ended"
    item: int
    unheard: list[int]


class SpeechRequested(Event):
    """Somebody asked to speak, or a desk for them."""

    kind: ClassVar[str] = "floor:speech:requested"
    speech: int
    item: int
    member: int
    venue: int
    side: Side
    origin: Method
    lane: Lane = Lane.SPEECH
    to: int | None = None


class QuestionAnswered(Event):
    """Whoever is speaking takes a question, or does not."""

    kind: ClassVar[str] = "floor:question:answered"
    speech: int
    item: int
    to: int
    accepted: bool


class SpeechWithdrawn(Event):
    """A request was taken back, or its author left."""

    kind: ClassVar[str] = "floor:speech:withdrawn"
    speech: int
    item: int
    member: int


class SpeechRecognised(Event):
    """The chair gave somebody the floor; the clock runs to `ends_at`."""

    kind: ClassVar[str] = "floor:speech:recognised"
    speech: int
    item: int
    member: int
    venue: int
    lane: Lane
    side: Side
    ends_at: datetime


class SpeechPaused(Event):
    """The clock of a speech stands."""

    kind: ClassVar[str] = "floor:speech:paused"
    speech: int
    remaining_ms: int


class SpeechResumed(Event):
    """The clock of a speech runs again."""

    kind: ClassVar[str] = "floor:speech:resumed"
    speech: int
    ends_at: datetime


class SpeechExtended(Event):
    """The chair gave a speaker more time."""

    kind: ClassVar[str] = "floor:speech:extended"
    speech: int
    seconds: int
    ends_at: datetime


class SpeechFinished(Event):
    """A speech is over."""

    kind: ClassVar[str] = "floor:speech:finished"
    speech: int
    item: int
    member: int
    spent_ms: int


class SpeechContinued(Event):
    """A speech was ended by mistake: it goes on with what was left on its clock."""

    kind: ClassVar[str] = "floor:speech:continued"
    speech: int
    item: int
    member: int
    ends_at: datetime


class SpeechSkipped(Event):
    """Whoever was called did not answer."""

    kind: ClassVar[str] = "floor:speech:skipped"
    speech: int
    item: int
    member: int


class SpeechRestored(Event):
    """Somebody passed over is on the list again, at the moment of asking."""

    kind: ClassVar[str] = "floor:speech:restored"
    speech: int
    item: int
    member: int


class SpeechPreferred(Event):
    """The chair put a request before the others, for a reason that everybody reads."""

    kind: ClassVar[str] = "floor:speech:preferred"
    speech: int
    item: int
    preference: int
    text: str


class CardsCleared(Event):
    """The chair had all cards taken down."""

    kind: ClassVar[str] = "floor:deck:cleared"
    item: int


class CardsCounted(Event):
    """How many cards of each kind are held up: in all, and at the larger venues. Never whose."""

    kind: ClassVar[str] = "floor:cards:counted"
    coalesce: ClassVar[bool] = True
    item: int
    cards: dict[str, int]
    venues: dict[str, dict[str, int]]


sealed(SpeechPreferred, Preference, id_field="preference")
