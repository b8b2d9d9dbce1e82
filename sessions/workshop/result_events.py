"""What comes of a facilitated session: themes, options, positions; on the meeting's stream too.

No event says where somebody stands on an option: a position lies in one table alone, and the log
has the counts once the step is over.
"""

from typing import ClassVar

from forum.base.events import Event
from forum.base.registry import sealed
from sessions.workshop.models import WorkshopObjection, WorkshopStrike, WorkshopWording


class ThemeMade(Event):
    """A theme has its heading."""

    kind: ClassVar[str] = "workshop:theme:made"
    workshop: int
    theme: int
    number: int
    wording: int
    text: str


class ThemeReworded(Event):
    """A theme has another heading."""

    kind: ClassVar[str] = "workshop:theme:reworded"
    workshop: int
    theme: int
    wording: int
    text: str


class ThemeDropped(Event):
    """A theme was taken back; its notes are loose again."""

    kind: ClassVar[str] = "workshop:theme:dropped"
    workshop: int
    theme: int


class NotesPlaced(Event):
    """Notes were put into a theme; None: taken out of theirs."""

    kind: ClassVar[str] = "workshop:theme:filled"
    workshop: int
    theme: int | None
    notes: list[int]


class ThemeKept(Event):
    """A theme as it stood when a step was over, with the number of its notes."""

    kind: ClassVar[str] = "workshop:theme:kept"
    workshop: int
    theme: int
    number: int
    wording: int
    notes: int


class OptionMade(Event):
    """An option was worded."""

    kind: ClassVar[str] = "workshop:option:made"
    workshop: int
    option: int
    number: int
    theme: int | None
    note: int | None
    wording: int
    text: str


class OptionReworded(Event):
    """An option reads otherwise; whoever had taken a position on it is asked again."""

    kind: ClassVar[str] = "workshop:option:reworded"
    workshop: int
    option: int
    wording: int
    text: str


class OptionDropped(Event):
    """An option was taken back."""

    kind: ClassVar[str] = "workshop:option:dropped"
    workshop: int
    option: int


class OptionMoved(Event):
    """Somebody moved an option as a motion."""

    kind: ClassVar[str] = "workshop:option:moved"
    workshop: int
    option: int
    motion: int


class PositionsGiven(Event):
    """So many people have said where they stand; not who, and not where."""

    kind: ClassVar[str] = "workshop:positions:given"
    coalesce: ClassVar[bool] = True
    workshop: int
    people: int


class OptionCounted(Event):
    """The positions on an option, when the step was over."""

    kind: ClassVar[str] = "workshop:option:counted"
    workshop: int
    option: int
    number: int
    wording: int
    support: int
    live: int
    object: int


class ObjectionKept(Event):
    """A reason against an option is part of the record; `member` only where that was wished."""

    kind: ClassVar[str] = "workshop:objection:kept"
    workshop: int
    option: int
    number: int
    objection: int
    member: int | None
    text: str


class ObjectionWithdrawn(Event):
    """An objection is no longer upheld: counted anew, or its option reads otherwise or is gone."""

    kind: ClassVar[str] = "workshop:objection:withdrawn"
    workshop: int
    objection: int


class ObjectionStruck(Event):
    """The words of an objection were struck, for a reason that everybody reads; it still counts."""

    kind: ClassVar[str] = "workshop:objection:struck"
    workshop: int
    objection: int
    strike: int
    text: str


sealed(ThemeMade, WorkshopWording, id_field="wording")
sealed(ThemeReworded, WorkshopWording, id_field="wording")
sealed(OptionMade, WorkshopWording, id_field="wording")
sealed(OptionReworded, WorkshopWording, id_field="wording")
sealed(ObjectionKept, WorkshopObjection, id_field="objection")
sealed(ObjectionStruck, WorkshopStrike, id_field="strike")
