"""What happens to the walls and the broadcast; on the meeting's stream too."""

from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from sessions.floor.screen_models import Projection, Shows


class ProjectorSet(Event):
    """A projector was added, or is called or stands otherwise."""

    kind: ClassVar[str] = "floor:projector:set"
    audience: ClassVar[Audience] = Audience.DESK
    number: int
    venue: int | None


class ProjectorTaken(Event):
    """A projector is no longer used."""

    kind: ClassVar[str] = "floor:projector:taken"
    audience: ClassVar[Audience] = Audience.DESK
    number: int


class ProjectionSet(Event):
    """A projector shows something else; `text` is there where it is a sentence of the chair's."""

    kind: ClassVar[str] = "floor:projection:set"
    audience: ClassVar[Audience] = Audience.DESK
    number: int
    projection: int
    shows: Shows
    poll: int | None
    text: str


class BroadcastSet(Event):
    """The meeting can be watched from afar, or no longer."""

    kind: ClassVar[str] = "floor:broadcast:set"
    watched: bool


sealed(ProjectionSet, Projection, id_field="projection")
