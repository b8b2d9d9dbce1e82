"""What happens to a poll. No ballot has an event, and no figure leaves before the closing."""

from dataclasses import field
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from voting.boxes.models import Channel
from voting.polls.models import Poll, PollNote, PollRevision, Secrecy
from voting.polls.rules import Outcome


class PollCreated(Event):
    """A question is prepared for the vote; `after` is the poll of which it is another round."""

    kind: ClassVar[str] = "polls:poll:created"
    poll: int
    item: int
    method: str
    secrecy: Secrecy
    text: str
    after: int = 0


class PollChanged(Event):
    """A draft is mended; `rule` is the digest of how it will be decided."""

    kind: ClassVar[str] = "polls:poll:changed"
    poll: int
    item: int
    method: str
    secrecy: Secrecy
    rule: str
    revision: int
    text: str


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


class OpeningMissed(Event):
    """The poll could not be opened as planned (the stage is over, nobody is entitled)."""

    kind: ClassVar[str] = "polls:opening:missed"
    audience: ClassVar[Audience] = Audience.MODERATOR
    poll: int
    item: int


class PollExtended(Event):
    """It closes later than planned (`before` is empty where nothing was), for a stated reason."""

    kind: ClassVar[str] = "polls:poll:extended"
    poll: int
    item: int
    before: str
    after: str
    note: int
    text: str


class VotersReminded(Event):
    """Those who have not voted are reminded; of a secret vote all who may vote online."""

    kind: ClassVar[str] = "polls:voters:reminded"
    poll: int
    item: int


class TurnoutCounted(Event):
    """How many have voted so far; of a secret poll in steps of at least five."""

    kind: ClassVar[str] = "polls:turnout:counted"
    coalesce: ClassVar[bool] = True
    poll: int
    turnout: int


class RightMoved(Event):
    """Somebody on the roll came to a hall after the opening, and votes there and not online."""

    kind: ClassVar[str] = "polls:right:moved"
    audience: ClassVar[Audience] = Audience.DESK
    poll: int
    member: int
    venue: str
    channel: Channel


class HandsEntered(Event):
    """A first teller entered the count of a hall or box; the figures stay hidden."""

    kind: ClassVar[str] = "polls:hands:entered"
    poll: int
    venue: str
    channel: Channel


class HandsConfirmed(Event):
    """A second teller counted the same; with the papers that did not come back, and why."""

    kind: ClassVar[str] = "polls:hands:confirmed"
    poll: int
    venue: str
    channel: Channel
    unreturned: int = 0
    note: int = 0
    text: str = ""


class VenueExcepted(Event):
    """A venue's count is left out, for a stated reason."""

    kind: ClassVar[str] = "polls:venue:excepted"
    poll: int
    venue: str
    channel: Channel
    note: int
    text: str


class PollClosed(Event):
    """Casting ends; `turnout` votes were cast online."""

    kind: ClassVar[str] = "polls:poll:closed"
    poll: int
    item: int
    turnout: int


class BallotsCounted(Event):
    """The machine has read so many ballots of a large box, at the beginning none."""

    kind: ClassVar[str] = "polls:ballots:counted"
    coalesce: ClassVar[bool] = True
    poll: int
    counted: int
    total: int


class PublicationAsked(Event):
    """While the machine counts: the result is to be public as soon as it is there."""

    kind: ClassVar[str] = "polls:publication:asked"
    poll: int


class DelegationsCounted(Event):
    """Of the votes given to others, so many were cast by them; the others nobody could cast."""

    kind: ClassVar[str] = "polls:delegation:counted"
    poll: int
    carried: int
    lost: int


class PollFinished(Event):
    """All is counted, the closing record is signed; the result (and a named root) is not public."""

    kind: ClassVar[str] = "polls:poll:finished"
    poll: int
    closing: int
    root: str
    record: str


class TieBroken(Event):
    """The chair broke a tie."""

    kind: ClassVar[str] = "polls:tie:broken"
    audience: ClassVar[Audience] = Audience.MODERATOR
    poll: int
    choice: str


class LotEntered(Event):
    """A first person wrote down what was drawn; a second one has yet to write the same."""

    kind: ClassVar[str] = "polls:lot:entered"
    audience: ClassVar[Audience] = Audience.MODERATOR
    poll: int


class LotDrawn(Event):
    """Options were even: a lot was drawn from a seed that all saw; public with the result."""

    kind: ClassVar[str] = "polls:lot:drawn"
    audience: ClassVar[Audience] = Audience.MODERATOR
    poll: int
    seed: str


class PollPublished(Event):
    """The result is public; `winners` among options, in the order of their election."""

    kind: ClassVar[str] = "polls:poll:published"
    poll: int
    item: int
    outcome: Outcome
    figures: dict[str, int]
    casting: str
    root: str = ""
    winners: list[str] = field(default_factory=list)
    lot: str = ""
    through: int = 0  # cast by another
    represented: int = 0  # stood on the roll by proxy


class PollVoided(Event):
    """The poll decides nothing, for a stated reason; its ballots are kept."""

    kind: ClassVar[str] = "polls:poll:voided"
    poll: int
    item: int
    note: int
    text: str


sealed(PollCreated, Poll, id_field="poll")
sealed(PollChanged, PollRevision, id_field="revision")
sealed(PollExtended, PollNote, id_field="note")
sealed(PollVoided, PollNote, id_field="note")
sealed(HandsConfirmed, PollNote, id_field="note")
sealed(VenueExcepted, PollNote, id_field="note")
