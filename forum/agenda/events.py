"""What happens to the items of an agenda."""

from typing import ClassVar

from forum.agenda.models import ItemKind, ItemMove, ItemRevision, ItemState
from forum.base.events import Audience, Event
from forum.base.registry import sealed


class ItemCreated(Event):
    """An item stands on the agenda, or is proposed for it."""

    kind: ClassVar[str] = "agenda:item:created"
    item: int
    consultation: int
    parent: int | None
    type: ItemKind
    state: ItemState
    minutes: int | None
    revision: int
    text: str


class ItemEdited(Event):
    """An item's text, kind or planned time changes."""

    kind: ClassVar[str] = "agenda:item:edited"
    item: int
    type: ItemKind
    minutes: int | None
    revision: int
    text: str


class ItemMoved(Event):
    """An item stands elsewhere in the tree; others may have moved up or down with it."""

    kind: ClassVar[str] = "agenda:item:moved"
    item: int
    parent: int | None
    position: int


class ItemStateChanged(Event):
    """An item takes a step of its life; the reason lies in the step's row, sealed."""

    kind: ClassVar[str] = "agenda:item:state_changed"
    item: int
    before: ItemState
    state: ItemState
    move: int
    text: str


class ProposalHeld(Event):
    """A proposal waits until a moderator has looked at it; nobody else knows of it."""

    kind: ClassVar[str] = "agenda:proposal:held"
    audience: ClassVar[Audience] = Audience.MODERATOR
    held: int
    consultation: int


class ProposalRevised(Event):
    """Its author put a proposal that waits differently."""

    kind: ClassVar[str] = "agenda:proposal:revised"
    audience: ClassVar[Audience] = Audience.MODERATOR
    held: int
    consultation: int


class ProposalReleased(Event):
    """A proposal that waited has been published."""

    kind: ClassVar[str] = "agenda:proposal:released"
    audience: ClassVar[Audience] = Audience.MODERATOR
    held: int
    consultation: int
    item: str


class ProposalRefused(Event):
    """A proposal that waited is not published."""

    kind: ClassVar[str] = "agenda:proposal:refused"
    audience: ClassVar[Audience] = Audience.MODERATOR
    held: int
    consultation: int


sealed(ItemCreated, ItemRevision, id_field="revision")
sealed(ItemEdited, ItemRevision, id_field="revision")
sealed(ItemStateChanged, ItemMove, id_field="move")
