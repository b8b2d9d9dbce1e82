"""What happens to a person's data as a whole; on their own stream, "member:<id>"."""

from typing import ClassVar

from forum.base.events import Audience, Event


class DataTaken(Event):
    """A person took along all that is kept of them."""

    kind: ClassVar[str] = "privacy:data:taken"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class ErasureAsked(Event):
    """A person asked for their account to be erased; it is done at `due` (ISO 8601)."""

    kind: ClassVar[str] = "privacy:erasure:asked"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    due: str


class ErasureWithdrawn(Event):
    """A person stays after all."""

    kind: ClassVar[str] = "privacy:erasure:withdrawn"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class PersonErased(Event):
    """An account was erased; whom the number stood for is forgotten."""

    kind: ClassVar[str] = "privacy:person:erased"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class ConsentGiven(Event):
    """Somebody consented to a purpose (their own data, or as a guardian their child's)."""

    kind: ClassVar[str] = "privacy:consent:given"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    purpose: str
    version: int
    way: str


class ConsentEnded(Event):
    """A consent was taken back, or what it was for is gone; what was done before stays right."""

    kind: ClassVar[str] = "privacy:consent:ended"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    purpose: str


class ConsentAskedAgain(Event):
    """What somebody consented to reads differently now: they decide anew."""

    kind: ClassVar[str] = "privacy:consent:asked_again"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    purpose: str


class ChildAwake(Event):
    """A guardian consented: a child takes part."""

    kind: ClassVar[str] = "privacy:child:awake"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class ChildAsleep(Event):
    """The guardian's consent is gone: a child reads, and no more."""

    kind: ClassVar[str] = "privacy:child:asleep"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class ChildSaysGrown(Event):
    """A child says to be 14 by now; the station confirms it."""

    kind: ClassVar[str] = "privacy:child:says_grown"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class ChildGrown(Event):
    """A child is one no longer, and decides alone."""

    kind: ClassVar[str] = "privacy:child:grown"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
