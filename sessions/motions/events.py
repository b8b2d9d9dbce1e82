"""What happens to motions; all of it on the meeting's stream, "meeting:<id>"."""

from typing import ClassVar

from forum.base.events import Event
from forum.base.registry import sealed
from sessions.meetings.models import Method
from sessions.motions.models import Cause, MotionNote, MotionVersion, Sort


class TermsSet(Event):
    """From now on a motion must be seconded by so many."""

    kind: ClassVar[str] = "motions:terms:set"
    seconders: int


class MotionMoved(Event):
    """Somebody moved something; `origin` is the motion that it goes on from, as a part or again."""

    kind: ClassVar[str] = "motions:motion:moved"
    motion: int
    number: int
    item: int
    sort: Sort
    target: int | None
    origin: int | None
    mover: int
    method: Method
    pending: bool
    version: int
    text: str


class MotionSeconded(Event):
    """Somebody seconded a motion; once enough have, it is before the meeting."""

    kind: ClassVar[str] = "motions:motion:seconded"
    motion: int
    item: int
    member: int
    method: Method
    seconds: int
    pending: bool


class MotionReworded(Event):
    """A motion has another wording by its mover, or for them."""

    kind: ClassVar[str] = "motions:motion:reworded"
    motion: int
    item: int
    version: int
    text: str


class MotionAmended(Event):
    """An amendment was carried: the motion that it amends has a new wording."""

    kind: ClassVar[str] = "motions:motion:amended"
    motion: int
    item: int
    amendment: int
    version: int
    text: str


class AmendmentConfirmed(Event):
    """The text under an amendment had changed; the amendment stands as it is worded."""

    kind: ClassVar[str] = "motions:amendment:confirmed"
    motion: int
    item: int
    base: int


class MotionWithdrawn(Event):
    """A motion was taken back; `consented` where the chair did it for the mover."""

    kind: ClassVar[str] = "motions:motion:withdrawn"
    motion: int
    item: int
    consented: bool


class MotionDivided(Event):
    """The chair divided the question: the parts are motions of their own."""

    kind: ClassVar[str] = "motions:motion:divided"
    motion: int
    item: int
    parts: list[int]


class MotionOrdered(Event):
    """The chair put a motion before the others of its kind, for a reason that everybody reads."""

    kind: ClassVar[str] = "motions:motion:ordered"
    motion: int
    item: int
    note: int
    text: str


class MotionPut(Event):
    """A motion is put to the vote."""

    kind: ClassVar[str] = "motions:motion:put"
    motion: int
    item: int
    poll: int


class ConsensusSought(Event):
    """The chair asks whether anybody objects."""

    kind: ClassVar[str] = "motions:consensus:sought"
    motion: int
    item: int


class ConsensusRefused(Event):
    """Somebody objects: the motion is not carried without a vote."""

    kind: ClassVar[str] = "motions:consensus:refused"
    motion: int
    item: int
    member: int
    method: Method


class MotionCarried(Event):
    """A motion is carried, by a vote or (without a poll) since nobody objected."""

    kind: ClassVar[str] = "motions:motion:carried"
    motion: int
    item: int
    sort: Sort
    poll: int | None
    version: int
    present: int


class MotionRejected(Event):
    """A motion is not carried."""

    kind: ClassVar[str] = "motions:motion:rejected"
    motion: int
    item: int
    sort: Sort
    poll: int


class MotionReturned(Event):
    """The vote on a motion decided nothing: it is before the meeting again."""

    kind: ClassVar[str] = "motions:motion:returned"
    motion: int
    item: int
    poll: int


class MotionPostponed(Event):
    """A motion is left for a later meeting, named or not; what was said has a `note`."""

    kind: ClassVar[str] = "motions:motion:postponed"
    motion: int
    item: int
    to: int | None
    note: int | None
    text: str


class MotionReferred(Event):
    """A motion was sent to a committee or station, or to whom the words name."""

    kind: ClassVar[str] = "motions:motion:referred"
    motion: int
    item: int
    place: str
    note: int | None
    text: str


class MotionFell(Event):
    """A motion is off without a vote."""

    kind: ClassVar[str] = "motions:motion:fell"
    motion: int
    item: int
    cause: Cause


class MotionReconsidered(Event):
    """What had been decided on a motion is open again, as the motion `again`."""

    kind: ClassVar[str] = "motions:motion:reconsidered"
    motion: int
    item: int
    again: int


class DebateClosed(Event):
    """The meeting decided to end the debate on the item."""

    kind: ClassVar[str] = "motions:debate:closed"
    motion: int
    item: int


sealed(MotionMoved, MotionVersion, id_field="version")
sealed(MotionReworded, MotionVersion, id_field="version")
sealed(MotionAmended, MotionVersion, id_field="version")
sealed(MotionOrdered, MotionNote, id_field="note")
sealed(MotionPostponed, MotionNote, id_field="note")
sealed(MotionReferred, MotionNote, id_field="note")
