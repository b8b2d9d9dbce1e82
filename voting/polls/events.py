"""What happens to a poll. No ballot has an event, and no figure leaves before the closing."""

from dataclasses import dataclass
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from voting.boxes.models import Channel
from voting.polls.models import Poll, PollNote, Secrecy
from voting.polls.rules import Outcome


@dataclass(frozen=True)
class PollCreated(Event):
    """A question is prepared for the vote."""

    kind: ClassVar[str] = "polls:poll:created"
    poll: int
    item: int
    method: str
    secrecy: Secrecy
    text: str


@dataclass(frozen=True)
class PollOpened(Event):
    """Casting begins; `rules` is the digest of everything that was frozen."""

    kind: ClassVar[str] = "polls:poll:opened"
    poll: int
    item: int
    secrecy: Secrecy
    heads: int
    eligible: int
    present: int | None
    closes_at: str
    rules: str


@dataclass(frozen=True)
class OpeningMissed(Event):
    """The poll could not be opened as planned (the stage is over, nobody is entitled)."""

    kind: ClassVar[str] = "polls:opening:missed"
    audience: ClassVar[Audience] = Audience.MODERATOR
    poll: int
    item: int


@dataclass(frozen=True)
class TurnoutCounted(Event):
    """How many have voted so far; of a secret poll in steps of at least five."""

    kind: ClassVar[str] = "polls:turnout:counted"
    coalesce: ClassVar[bool] = True
    poll: int
    turnout: int


@dataclass(frozen=True)
class RightMoved(Event):
    """Somebody on the roll came to a hall after the opening, and votes there and not online."""

    kind: ClassVar[str] = "polls:right:moved"
    audience: ClassVar[Audience] = Audience.DESK
    poll: int
    member: int
    venue: str
    channel: Channel


@dataclass(frozen=True)
class HandsEntered(Event):
    """A first teller entered the count of a hall or box; the figures stay hidden."""

    kind: ClassVar[str] = "polls:hands:entered"
    poll: int
    venue: str
    channel: Channel


@dataclass(frozen=True)
class HandsConfirmed(Event):
    """A second teller counted the same."""

    kind: ClassVar[str] = "polls:hands:confirmed"
    poll: int
    venue: str
    channel: Channel


@dataclass(frozen=True)
class VenueExcepted(Event):
    """A venue's count is left out, for a stated reason."""

    kind: ClassVar[str] = "polls:venue:excepted"
    poll: int
    venue: str
    channel: Channel
    note: int
    text: str


@dataclass(frozen=True)
class PollClosed(Event):
    """Casting ends; `turnout` votes were cast online."""

    kind: ClassVar[str] = "polls:poll:closed"
    poll: int
    item: int
    turnout: int


@dataclass(frozen=True)
class PollFinished(Event):
    """All is counted, the closing record is signed; the result (and a named root) is not public."""

    kind: ClassVar[str] = "polls:poll:finished"
    poll: int
    closing: int
    root: str
    record: str


@dataclass(frozen=True)
class TieBroken(Event):
    """The chair broke a tie."""

    kind: ClassVar[str] = "polls:tie:broken"
    audience: ClassVar[Audience] = Audience.MODERATOR
    poll: int
    choice: str


@dataclass(frozen=True)
class PollPublished(Event):
    """The result is public."""

    kind: ClassVar[str] = "polls:poll:published"
    poll: int
    item: int
    outcome: Outcome
    figures: dict[str, int]
    casting: str
    root: str = ""


@dataclass(frozen=True)
class PollVoided(Event):
    """The poll decides nothing, for a stated reason; its ballots are kept."""

    kind: ClassVar[str] = "polls:poll:voided"
    poll: int
    item: int
    note: int
    text: str


sealed(PollCreated, Poll, id_field="poll")
sealed(PollVoided, PollNote, id_field="note")
sealed(VenueExcepted, PollNote, id_field="note")
