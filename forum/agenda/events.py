"""What happens to the items of an agenda."""

from dataclasses import dataclass
from typing import ClassVar

from forum.agenda.models import ItemKind, ItemMove, ItemRevision, ItemState
from forum.base.events import Event
from forum.base.registry import sealed


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class ItemEdited(Event):
    """An item's text, kind or planned time changes."""

    kind: ClassVar[str] = "agenda:item:edited"
    item: int
    type: ItemKind
    minutes: int | None
    revision: int
    text: str


@dataclass(frozen=True)
class ItemMoved(Event):
    """An item stands elsewhere in the tree; others may have moved up or down with it."""

    kind: ClassVar[str] = "agenda:item:moved"
    item: int
    parent: int | None
    position: int


@dataclass(frozen=True)
class ItemStateChanged(Event):
    """An item takes a step of its life; the reason lies in the step's row, sealed."""

    kind: ClassVar[str] = "agenda:item:state_changed"
    item: int
    before: ItemState
    state: ItemState
    move: int
    text: str


sealed(ItemCreated, ItemRevision, id_field="revision")
sealed(ItemEdited, ItemRevision, id_field="revision")
sealed(ItemStateChanged, ItemMove, id_field="move")
