"""What happens to a person's data as a whole; on their own stream, "member:<id>"."""

from dataclasses import dataclass
from typing import ClassVar

from forum.base.events import Audience, Event


@dataclass(frozen=True)
class DataTaken(Event):
    """A person took along all that is kept of them."""

    kind: ClassVar[str] = "privacy:data:taken"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


@dataclass(frozen=True)
class ErasureAsked(Event):
    """A person asked for their account to be erased; it is done at `due` (ISO 8601)."""

    kind: ClassVar[str] = "privacy:erasure:asked"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    due: str


@dataclass(frozen=True)
class ErasureWithdrawn(Event):
    """A person stays after all."""

    kind: ClassVar[str] = "privacy:erasure:withdrawn"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


@dataclass(frozen=True)
class PersonErased(Event):
    """An account was erased; whom the number stood for is forgotten."""

    kind: ClassVar[str] = "privacy:person:erased"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
