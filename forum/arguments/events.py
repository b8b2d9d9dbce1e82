"""What happens to arguments."""

from typing import ClassVar

from forum.arguments.models import ArgumentHiding, ArgumentRevision, Stance
from forum.base.events import Audience, Event
from forum.base.registry import sealed


class ArgumentPosted(Event):
    """Somebody gave a reason, asked or answered."""

    kind: ClassVar[str] = "arguments:argument:posted"
    argument: int
    item: int
    parent: int | None
    stance: Stance
    revision: int
    text: str


class ArgumentRevised(Event):
    """Its author put it differently; what it said before stays readable."""

    kind: ClassVar[str] = "arguments:argument:revised"
    argument: int
    item: int
    number: int
    revision: int
    text: str


class ArgumentHidden(Event):
    """A moderator took it out of sight; its place in the thread and the reason stay."""

    kind: ClassVar[str] = "arguments:argument:hidden"
    argument: int
    item: int
    hiding: int
    text: str


class ArgumentRestored(Event):
    """A moderator brought it back."""

    kind: ClassVar[str] = "arguments:argument:restored"
    argument: int
    item: int
    hiding: int


class ReactionSet(Event):
    """The counts of an argument changed. Who reacted, and how, is in no log."""

    kind: ClassVar[str] = "arguments:reaction:set"
    coalesce: ClassVar[bool] = True
    argument: int
    item: int
    agree: int
    disagree: int
    passes: int


class ArgumentAsked(Event):
    """A moderator asked its author to put it differently; until then it says so."""

    kind: ClassVar[str] = "arguments:argument:asked"
    argument: int
    item: int


class ArgumentUnasked(Event):
    """That its author was asked to put it differently was taken back."""

    kind: ClassVar[str] = "arguments:argument:unasked"
    argument: int
    item: int


class ArgumentMoved(Event):
    """A moderator moved it, with all its answers, to the item or the argument it belongs to."""

    kind: ClassVar[str] = "arguments:argument:moved"
    argument: int
    item: int
    origin: int
    parent: int | None
    moved: int


class TextHeld(Event):
    """A text waits until a moderator has looked at it; nobody else knows of it."""

    kind: ClassVar[str] = "arguments:text:held"
    audience: ClassVar[Audience] = Audience.MODERATOR
    held: int
    item: int


class TextRevised(Event):
    """Its author put a text that waits differently."""

    kind: ClassVar[str] = "arguments:text:revised"
    audience: ClassVar[Audience] = Audience.MODERATOR
    held: int
    item: int


class TextAsked(Event):
    """A moderator asked for other words before a text is published."""

    kind: ClassVar[str] = "arguments:text:asked"
    audience: ClassVar[Audience] = Audience.MODERATOR
    held: int
    item: int


class TextReleased(Event):
    """A text that waited has been published."""

    kind: ClassVar[str] = "arguments:text:released"
    audience: ClassVar[Audience] = Audience.MODERATOR
    held: int
    item: int
    argument: str


class TextRefused(Event):
    """A text that waited is not published."""

    kind: ClassVar[str] = "arguments:text:refused"
    audience: ClassVar[Audience] = Audience.MODERATOR
    held: int
    item: int


sealed(ArgumentPosted, ArgumentRevision, id_field="revision")
sealed(ArgumentRevised, ArgumentRevision, id_field="revision")
sealed(ArgumentHidden, ArgumentHiding, id_field="hiding")
