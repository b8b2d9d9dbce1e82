"""What happens to an account; all of it on the person's own stream, "member:<id>"."""

from dataclasses import dataclass
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.members.models import Role, StandingKind


@dataclass(frozen=True)
class Joined(Event):
    """Somebody opened an account, or was given one."""

    kind: ClassVar[str] = "members:member:joined"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


@dataclass(frozen=True)
class NameChanged(Event):
    """The display name is another one; neither is in the log."""

    kind: ClassVar[str] = "members:name:changed"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


@dataclass(frozen=True)
class PasswordChanged(Event):
    """The password is another one; the other devices are signed out with it."""

    kind: ClassVar[str] = "members:password:changed"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


@dataclass(frozen=True)
class RoleGranted(Event):
    """Somebody now has a role in a place."""

    kind: ClassVar[str] = "members:role:granted"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    role: Role
    place: str
    until: str | None = None


@dataclass(frozen=True)
class RoleRevoked(Event):
    """Somebody no longer has a role in a place."""

    kind: ClassVar[str] = "members:role:revoked"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    role: Role
    place: str


@dataclass(frozen=True)
class StandingChanged(Event):
    """Somebody was muted or banned in a place, or that was lifted; open sockets re-check."""

    kind: ClassVar[str] = "members:standing:changed"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    place: str
    restriction: StandingKind
    holds: bool
    until: str | None = None


@dataclass(frozen=True)
class SignInBegan(Event):
    """A device was signed in."""

    kind: ClassVar[str] = "members:signin:began"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


@dataclass(frozen=True)
class SignInEnded(Event):
    """One device, or every other one, was signed out; open sockets re-check."""

    kind: ClassVar[str] = "members:signin:ended"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    devices: int


@dataclass(frozen=True)
class TokenMade(Event):
    """A program was given access in the person's name."""

    kind: ClassVar[str] = "members:token:made"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    token: int


@dataclass(frozen=True)
class TokenRevoked(Event):
    """A program's access has ended."""

    kind: ClassVar[str] = "members:token:revoked"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    token: int
