"""What happens to arguments."""

from dataclasses import dataclass
from typing import ClassVar

from forum.arguments.models import ArgumentHiding, ArgumentRevision, Stance
from forum.base.events import Event
from forum.base.registry import sealed


@dataclass(frozen=True)
class ArgumentPosted(Event):
    """Somebody gave a reason, asked or answered."""

    kind: ClassVar[str] = "arguments:argument:posted"
    argument: int
    item: int
    parent: int | None
    stance: Stance
    revision: int
    text: str


@dataclass(frozen=True)
class ArgumentRevised(Event):
    """Its author put it differently; what it said before stays readable."""

    kind: ClassVar[str] = "arguments:argument:revised"
    argument: int
    item: int
    number: int
    revision: int
    text: str


@dataclass(frozen=True)
class ArgumentHidden(Event):
    """A moderator took it out of sight; its place in the thread and the reason stay."""

    kind: ClassVar[str] = "arguments:argument:hidden"
    argument: int
    item: int
    hiding: int
    text: str


@dataclass(frozen=True)
class ArgumentRestored(Event):
    """A moderator brought it back."""

    kind: ClassVar[str] = "arguments:argument:restored"
    argument: int
    item: int
    hiding: int


@dataclass(frozen=True)
class ReactionSet(Event):
    """The counts of an argument changed. Who reacted, and how, is in no log."""

    kind: ClassVar[str] = "arguments:reaction:set"
    coalesce: ClassVar[bool] = True
    argument: int
    item: int
    agree: int
    disagree: int
    passes: int


sealed(ArgumentPosted, ArgumentRevision, id_field="revision")
sealed(ArgumentRevised, ArgumentRevision, id_field="revision")
sealed(ArgumentHidden, ArgumentHiding, id_field="hiding")
