"""What happens at a reception; all of it on the meeting's stream, "meeting:<id>".

Who came stands in no event, and what they said as a digest: the public reads numbers alone.
"""

from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from sessions.reception.categories import Category
from sessions.reception.models import NoteKind, Refusal, Route, VisitState, WordNote, WordRevision


class VisitorCame(Event):
    """Somebody came and was given the next number of the venue."""

    kind: ClassVar[str] = "reception:visitor:came"
    audience: ClassVar[Audience] = Audience.DESK
    visitor: int
    venue: int
    number: int


class VisitorMoved(Event):
    """A visitor is received, has been, waits again or has left; `receivers` receive them."""

    kind: ClassVar[str] = "reception:visitor:moved"
    audience: ClassVar[Audience] = Audience.DESK
    visitor: int
    venue: int
    number: int
    before: VisitState
    state: VisitState
    receivers: list[int]


class VisitorChanged(Event):
    """Who a visitor is, or how to reach them, was set right."""

    kind: ClassVar[str] = "reception:visitor:changed"
    audience: ClassVar[Audience] = Audience.DESK
    visitor: int


class VisitorForgotten(Event):
    """Name, contact and words of somebody without an account were erased at their wish."""

    kind: ClassVar[str] = "reception:visitor:forgotten"
    audience: ClassVar[Audience] = Audience.DESK
    visitor: int


class VenueCounted(Event):
    """How a venue stands: who is being received, how many wait, came before, and said something."""

    kind: ClassVar[str] = "reception:venue:counted"
    venue: int
    serving: list[int]
    waiting: int
    received: int
    words: int


class WordRecorded(Event):
    """What a visitor said was written down."""

    kind: ClassVar[str] = "reception:word:recorded"
    audience: ClassVar[Audience] = Audience.DESK
    word: int
    number: int
    visitor: int
    visitor_number: int
    venue: int
    category: Category
    revision: int
    text: str


class WordCorrected(Event):
    """It was written down wrongly; the former words are kept."""

    kind: ClassVar[str] = "reception:word:corrected"
    audience: ClassVar[Audience] = Audience.DESK
    word: int
    category: Category
    revision: int
    text: str


class WordNoted(Event):
    """How to handle it was proposed, or what was answered, or where else to go."""

    kind: ClassVar[str] = "reception:word:noted"
    audience: ClassVar[Audience] = Audience.DESK
    word: int
    what: NoteKind
    note: int
    text: str


class WordRouted(Event):
    """Which way a word goes was said, or said anew."""

    kind: ClassVar[str] = "reception:word:routed"
    audience: ClassVar[Audience] = Audience.DESK
    word: int
    route: Route
    refusal: Refusal | None


class WordPromised(Event):
    """Somebody is to do something about it by a date: the task says who, what and when."""

    kind: ClassVar[str] = "reception:word:promised"
    audience: ClassVar[Audience] = Audience.DESK
    word: int
    task: int


class WordStruck(Event):
    """It was recorded by mistake; it stays readable to those who keep the register."""

    kind: ClassVar[str] = "reception:word:struck"
    audience: ClassVar[Audience] = Audience.DESK
    word: int
    note: int
    text: str


class ReadBack(Event):
    """What was written down was read back to the visitor, who confirmed it or did not."""

    kind: ClassVar[str] = "reception:visitor:read_back"
    audience: ClassVar[Audience] = Audience.DESK
    visitor: int
    confirmed: bool
    signed: bool


class ReceptionSummed(Event):
    """The numbers at the close: received and said at each venue, and which way it went."""

    kind: ClassVar[str] = "reception:meeting:summed"
    received: dict[str, int]
    words: dict[str, int]
    routes: dict[str, int]
    unrouted: int


sealed(WordRecorded, WordRevision, id_field="revision")
sealed(WordCorrected, WordRevision, id_field="revision")
sealed(WordNoted, WordNote, id_field="note")
sealed(WordStruck, WordNote, id_field="note")
