"""What happens to points of order: raised, ruled on, appealed; on the meeting's stream too."""

from typing import ClassVar

from forum.base.events import Event
from forum.base.registry import sealed
from sessions.floor.models import AppealState, OrderRuling, PointOfOrder, Ruling
from sessions.meetings.models import Method


class OrderRaised(Event):
    """Somebody raised a point of order."""

    kind: ClassVar[str] = "floor:order:raised"
    speech: int
    item: int
    member: int
    venue: int
    origin: Method
    point: int
    text: str


class OrderRuled(Event):
    """The chair ruled on a point of order."""

    kind: ClassVar[str] = "floor:order:ruled"
    speech: int
    item: int
    point: int
    ruling: Ruling
    ruled: int
    text: str


class RulingAppealed(Event):
    """Somebody appealed from the chair's ruling to the meeting."""

    kind: ClassVar[str] = "floor:ruling:appealed"
    appeal: int
    point: int
    item: int
    member: int
    venue: int
    origin: Method
    state: AppealState


class AppealSeconded(Event):
    """Somebody else supports the appeal: it is before the meeting."""

    kind: ClassVar[str] = "floor:appeal:seconded"
    appeal: int
    point: int
    item: int
    member: int


class AppealPut(Event):
    """The chair puts the appeal to the vote."""

    kind: ClassVar[str] = "floor:appeal:put"
    appeal: int
    point: int
    item: int
    poll: int


class AppealDecided(Event):
    """What became of an appeal: decided, withdrawn, lapsed, or the chair gave in."""

    kind: ClassVar[str] = "floor:appeal:decided"
    appeal: int
    point: int
    item: int
    state: AppealState


sealed(OrderRaised, PointOfOrder, id_field="point")
sealed(OrderRuled, OrderRuling, id_field="ruled")
