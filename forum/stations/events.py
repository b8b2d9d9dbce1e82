"""What happens to the tree; on the station's own stream, "station:<id>"."""

from typing import ClassVar

from forum.base.events import Audience, Event
from forum.stations.models import Office, Tier


class StationCreated(Event):
    """The tree has a new place."""

    kind: ClassVar[str] = "stations:station:created"

    station: int
    tier: Tier
    parent: int | None


class StationChanged(Event):
    """Name, address, hours or the place in the tree are other ones."""

    kind: ClassVar[str] = "stations:station:changed"

    station: int
    tier: Tier
    parent: int | None


class ResidentAdmitted(Event):
    """Staff saw somebody at the counter and took them in as a resident."""

    kind: ClassVar[str] = "stations:resident:admitted"
    audience: ClassVar[Audience] = Audience.DESK

    station: int
    member: int


class TermSet(Event):
    """A committee has a new term, or other days for one; `last` is open until it is known."""

    kind: ClassVar[str] = "stations:term:set"

    station: int
    term: int
    number: int
    first: str
    last: str | None


class SeatGranted(Event):
    """Somebody has an office in a term of a committee."""

    kind: ClassVar[str] = "stations:seat:granted"

    station: int
    term: int
    seat: int
    member: int
    office: Office
    first: str
    last: str | None


class SeatEnded(Event):
    """An office in a committee ends before its term does; `last` is the last day."""

    kind: ClassVar[str] = "stations:seat:ended"

    station: int
    seat: int
    member: int
    last: str


class SlipsMade(Event):
    """A sheet of slips was made, to be handed out until a day."""

    kind: ClassVar[str] = "stations:slips:made"
    audience: ClassVar[Audience] = Audience.DESK

    station: int
    batch: int
    count: int
    until: str


class SlipsWithdrawn(Event):
    """What is left of a sheet of slips opens nothing any more."""

    kind: ClassVar[str] = "stations:slips:withdrawn"
    audience: ClassVar[Audience] = Audience.DESK

    station: int
    batch: int


class SlipUsed(Event):
    """Somebody came in with a slip and is a resident from now on."""

    kind: ClassVar[str] = "stations:slip:used"
    audience: ClassVar[Audience] = Audience.DESK

    station: int
    batch: int
    member: int


class CardIssued(Event):
    """Somebody has a card to come back with; an older one is no longer valid."""

    kind: ClassVar[str] = "stations:card:issued"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    place: str


class StationArchived(Event):
    """A place is closed: in no list, it takes nobody in; its address stays."""

    kind: ClassVar[str] = "stations:station:archived"

    station: int


class StationRestored(Event):
    """A place that was closed is open again."""

    kind: ClassVar[str] = "stations:station:restored"

    station: int
