"""What happens in a facilitated session; all of it on the meeting's stream, "meeting:<id>"."""

from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from sessions.meetings.models import Method
from sessions.workshop.models import (
    Form,
    Gives,
    WorkshopNoteText,
    WorkshopStrike,
)


class WorkshopAttached(Event):
    """A script is to be followed on an item."""

    kind: ClassVar[str] = "workshop:workshop:attached"
    audience: ClassVar[Audience] = Audience.DESK
    workshop: int
    item: int
    script: str
    facilitator: int | None


class WorkshopDropped(Event):
    """A script that was not begun is not followed after all."""

    kind: ClassVar[str] = "workshop:workshop:dropped"
    audience: ClassVar[Audience] = Audience.DESK
    workshop: int
    item: int


class FacilitatorNamed(Event):
    """Somebody is to lead the session beside the chair; None: the chair alone."""

    kind: ClassVar[str] = "workshop:facilitator:named"
    workshop: int
    facilitator: int | None


class StepSet(Event):
    """A step is to take so long, and its words may be others."""

    kind: ClassVar[str] = "workshop:step:set"
    workshop: int
    step: int
    minutes: int


class WorkshopStarted(Event):
    """The session begins."""

    kind: ClassVar[str] = "workshop:workshop:started"
    workshop: int
    item: int
    script: str
    facilitator: int
    steps: int
    present: int


class StepBegan(Event):
    """A step begins, or goes on where it had been left."""

    kind: ClassVar[str] = "workshop:step:began"
    workshop: int
    step: int
    number: int
    form: Form
    gives: Gives
    left_ms: int
    back: bool


class StepEnded(Event):
    """A step is over: so many notes stand from it, by so many people."""

    kind: ClassVar[str] = "workshop:step:ended"
    workshop: int
    step: int
    notes: int
    people: int


class StepProlonged(Event):
    """A step takes so many minutes longer."""

    kind: ClassVar[str] = "workshop:step:prolonged"
    workshop: int
    step: int
    minutes: int


class ClockStopped(Event):
    """In a recess the time stands still."""

    kind: ClassVar[str] = "workshop:clock:stopped"
    workshop: int
    left_ms: int


class ClockResumed(Event):
    """The time runs again."""

    kind: ClassVar[str] = "workshop:clock:resumed"
    workshop: int
    left_ms: int


class WorkshopFinished(Event):
    """The session is over; groups with how many sat in each."""

    kind: ClassVar[str] = "workshop:workshop:finished"
    workshop: int
    item: int
    groups: dict[str, int]


class GroupsDealt(Event):
    """The people present were dealt out to small groups."""

    kind: ClassVar[str] = "workshop:groups:dealt"
    workshop: int
    groups: dict[str, int]


class GroupPlaced(Event):
    """Where a group sits."""

    kind: ClassVar[str] = "workshop:groups:placed"
    workshop: int
    group: int


class SeatTaken(Event):
    """Somebody sits in a group from now on: who came late, or was moved."""

    kind: ClassVar[str] = "workshop:seat:taken"
    audience: ClassVar[Audience] = Audience.MEMBER
    coalesce: ClassVar[bool] = True
    workshop: int
    member: int
    group: int
    before: int | None


class NoteGiven(Event):
    """A note was written; whose words they are stands in the record."""

    kind: ClassVar[str] = "workshop:note:given"
    workshop: int
    note: int
    step: int
    group: int | None
    member: int
    method: Method
    revision: int
    text: str


class NoteReworded(Event):
    """A note says something else; its former words are kept."""

    kind: ClassVar[str] = "workshop:note:reworded"
    workshop: int
    note: int
    revision: int
    text: str


class NoteStruck(Event):
    """A note was struck, for a reason that everybody reads."""

    kind: ClassVar[str] = "workshop:note:struck"
    workshop: int
    note: int
    strike: int
    text: str


class NoteRestored(Event):
    """A note that was struck stands again."""

    kind: ClassVar[str] = "workshop:note:restored"
    workshop: int
    note: int
    strike: int


sealed(NoteGiven, WorkshopNoteText, id_field="revision")
sealed(NoteReworded, WorkshopNoteText, id_field="revision")
sealed(NoteStruck, WorkshopStrike, id_field="strike")
