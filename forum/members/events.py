"""What happens to an account; all of it on the person's own stream, "member:<id>"."""

from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from forum.members.models import PlaceText, Role, StandingKind, TextKind, Verification


class Joined(Event):
    """Somebody opened an account, or was given one."""

    kind: ClassVar[str] = "members:member:joined"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class NameChanged(Event):
    """The display name is another one; neither is in the log."""

    kind: ClassVar[str] = "members:name:changed"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class PasswordChanged(Event):
    """The password is another one; the other devices are signed out with it."""

    kind: ClassVar[str] = "members:password:changed"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class RoleGranted(Event):
    """Somebody now has a role in a place."""

    kind: ClassVar[str] = "members:role:granted"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    role: Role
    place: str
    until: str | None = None


class RoleRevoked(Event):
    """Somebody no longer has a role in a place."""

    kind: ClassVar[str] = "members:role:revoked"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    role: Role
    place: str


class StandingChanged(Event):
    """Somebody was muted or banned in a place, or that was lifted; open sockets re-check."""

    kind: ClassVar[str] = "members:standing:changed"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    place: str
    restriction: StandingKind
    holds: bool
    until: str | None = None


class SignInBegan(Event):
    """A device was signed in."""

    kind: ClassVar[str] = "members:signin:began"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class SignInEnded(Event):
    """One device, or every other one, was signed out; open sockets re-check."""

    kind: ClassVar[str] = "members:signin:ended"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    devices: int


class TokenMade(Event):
    """A program was given access in the person's name."""

    kind: ClassVar[str] = "members:token:made"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    token: int


class TokenRevoked(Event):
    """A program's access has ended."""

    kind: ClassVar[str] = "members:token:revoked"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    token: int


class BecameMember(Event):
    """A guest of one consultation has a membership now; everything said stays theirs."""

    kind: ClassVar[str] = "members:guest:became"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class PlaceTextWritten(Event):
    """A place's welcome or its rules of conduct read differently."""

    kind: ClassVar[str] = "members:text:written"

    place: str
    about: TextKind
    number: int
    revision: int
    text: str


class RulesAccepted(Event):
    """Somebody accepted a version of a place's rules of conduct."""

    kind: ClassVar[str] = "members:rules:accepted"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    place: str
    number: int


sealed(PlaceTextWritten, PlaceText, id_field="revision")


class ContactChanged(Event):
    """A way to reach somebody was added, confirmed or removed; which one is not in the log."""

    kind: ClassVar[str] = "members:contact:changed"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class ContactUnsealed(Event):
    """A member of the staff saw somebody's contact data; the reason is with the person."""

    kind: ClassVar[str] = "members:contact:unsealed"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class Verified(Event):
    """The platform learned who stands behind an account: in which way, and where."""

    kind: ClassVar[str] = "members:member:verified"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    method: Verification
    place: str


class ResetCodeMade(Event):
    """A clerk handed out a one-use code for a new password."""

    kind: ClassVar[str] = "members:reset:made"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    place: str


class SignInTried(Event):
    """Somebody failed so often at an account that it now pauses between tries."""

    kind: ClassVar[str] = "members:signin:tried"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class SecondFactorSet(Event):
    """Signing in now takes a code from an authenticator as well."""

    kind: ClassVar[str] = "members:second:set"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class SecondFactorEnded(Event):
    """Signing in takes the password or the link alone again."""

    kind: ClassVar[str] = "members:second:ended"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class RecoveryCodeUsed(Event):
    """A recovery code stood in for the authenticator; it is used up."""

    kind: ClassVar[str] = "members:recovery:used"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int
    left: int


class RecoveryCodesMade(Event):
    """There are new recovery codes; those before are worth nothing."""

    kind: ClassVar[str] = "members:recovery:made"
    audience: ClassVar[Audience] = Audience.MEMBER

    member: int


class SettingChanged(Event):
    """A setting of a place is another one; the log holds which, the settings page what."""

    kind: ClassVar[str] = "members:setting:changed"
    audience: ClassVar[Audience] = Audience.MODERATOR

    place: str
    key: str


class CardWritten(Event):
    """A place noted something else about one of its people; what, is not in the log."""

    kind: ClassVar[str] = "members:card:written"
    audience: ClassVar[Audience] = Audience.MODERATOR

    place: str
    member: int


class PeopleTakenIn(Event):
    """A list of people was taken in: so many were new, so many got a role."""

    kind: ClassVar[str] = "members:people:taken"
    audience: ClassVar[Audience] = Audience.MODERATOR

    place: str
    new: int
    roles: int
    left_out: int


class PeopleExported(Event):
    """Somebody took the list of a place's people out as a file."""

    kind: ClassVar[str] = "members:people:exported"
    audience: ClassVar[Audience] = Audience.MODERATOR

    place: str
    rows: int
