"""What happens at the door, on the meeting's stream; coming and going itself is the meetings'."""

from datetime import datetime
from typing import ClassVar

from forum.base.events import Audience, Event
from sessions.arrivals.models import Proof


class EnteredLater(Event):
    """A desk wrote down afterwards what it did without a line; `done_at` is when it did it."""

    kind: ClassVar[str] = "arrivals:deed:entered_later"
    audience: ClassVar[Audience] = Audience.DESK
    venue: int
    member: int
    deed: str
    done_at: datetime


class WalkInSeen(Event):
    """Somebody who was not on the roll showed a desk who they are; `entitled`: they are on it."""

    kind: ClassVar[str] = "arrivals:walk_in:seen"
    audience: ClassVar[Audience] = Audience.DESK
    venue: int
    member: int
    proof: Proof
    entitled: bool
    asks: bool


class DeskSilent(Event):
    """Nothing has been heard from an open desk since then."""

    kind: ClassVar[str] = "arrivals:desk:silent"
    venue: int
    since: datetime
    present: int


class DeskBack(Event):
    """A desk that was not heard for a while is heard again."""

    kind: ClassVar[str] = "arrivals:desk:back"
    venue: int
    since: datetime
    until: datetime
