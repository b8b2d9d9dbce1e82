"""What happens to the tree; on the station's own stream, "station:<id>"."""

from dataclasses import dataclass
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.stations.models import Tier


@dataclass(frozen=True)
class StationCreated(Event):
    """The tree has a new place."""

    kind: ClassVar[str] = "stations:station:created"

    station: int
    tier: Tier
    parent: int | None


@dataclass(frozen=True)
class StationChanged(Event):
    """Name, address, hours or the place in the tree are other ones."""

    kind: ClassVar[str] = "stations:station:changed"

    station: int
    tier: Tier
    parent: int | None


@dataclass(frozen=True)
class ResidentAdmitted(Event):
    """Staff saw somebody at the counter and took them in as a resident."""

    kind: ClassVar[str] = "stations:resident:admitted"
    audience: ClassVar[Audience] = Audience.DESK

    station: int
    member: int
