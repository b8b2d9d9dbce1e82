"""Who is told what about accounts."""

from collections.abc import Iterable

from forum.base import registry
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.members import events, inbox
from forum.members.minors import MinorDeclared
from forum.members.providers.events import ProviderLinked, ProviderUnlinked

__all__ = ["inbox"]  # imported for its reaction: it listens to every event


def _the_person(_db: Db, stored: Stored) -> Iterable[int]:
    return [stored.payload["member"]]


registry.notify(
    events.RoleGranted,
    who=_the_person,
    about="place",
    words=N_("You have a new role in “%(title)s”."),
    because=N_("The role is yours."),
)
registry.notify(
    events.RoleRevoked,
    who=_the_person,
    about="place",
    words=N_("One of your roles in “%(title)s” has ended."),
    because=N_("The role was yours."),
)
registry.notify(
    events.PasswordChanged,
    who=_the_person,
    words=N_("Your password was changed by the operator of this server."),
    because=N_("It is your account."),
)
registry.silent(events.Joined, because="the person has just done it")
registry.silent(MinorDeclared, because="the pages say at once what comes next")
registry.silent(events.NameChanged, because="the person has just done it")
registry.silent(events.StandingChanged, because="the sanction tells it, with rule and reason")
registry.silent(events.SignInBegan, because="the list of devices shows it")
registry.silent(events.SignInEnded, because="the person has just done it")
registry.silent(events.TokenMade, because="the person has just done it")
registry.silent(events.TokenRevoked, because="the person has just done it")
registry.silent(events.BecameMember, because="the person has just done it")
registry.silent(events.PlaceTextWritten, because="its next version is shown before one writes")
registry.silent(events.RulesAccepted, because="the person has just done it")
registry.notify(
    events.ContactUnsealed,
    who=_the_person,
    words=N_("%(name)s saw how to reach you. Your settings say why."),
    because=N_("It is your account."),
)
registry.silent(events.Verified, because="the person opened the link, or was at the counter")
registry.notify(
    events.ResetCodeMade,
    who=_the_person,
    about="place",
    words=N_("%(name)s made a code for a new password of your account, in “%(title)s”."),
    because=N_("It is your account."),
)
registry.notify(
    events.SignInTried,
    who=_the_person,
    words=N_("Somebody tried many times to sign in to your account, and failed."),
    because=N_("It is your account."),
)
registry.notify(
    events.SecondFactorEnded,
    who=_the_person,
    words=N_("An administrator took the second step off your sign-in. Set it up again."),
    because=N_("It is your account."),
)
registry.notify(
    events.RecoveryCodeUsed,
    who=_the_person,
    words=N_("A recovery code was used to sign in to your account."),
    because=N_("It is your account."),
)
registry.silent(events.ContactChanged, because="the person did it, or was there")
registry.silent(events.SecondFactorSet, because="the person has just done it")
registry.silent(events.RecoveryCodesMade, because="the person has just done it")
registry.silent(events.SettingChanged, because="the settings page shows it")
registry.silent(events.CardWritten, because="it is a note of the staff for themselves")
registry.silent(events.PeopleTakenIn, because="each of them is told of their own role")
registry.silent(events.PeopleExported, because="the log keeps it for those who lead the place")
registry.notify(
    ProviderLinked,
    who=lambda db, stored: [] if stored.payload["first"] else _the_person(db, stored),
    words=N_("A sign-in service opens your account from now on. Your settings say which."),
    because=N_("It is your account."),
)
registry.notify(
    ProviderUnlinked,
    who=_the_person,
    words=N_("A sign-in service no longer opens your account. Your settings say which do."),
    because=N_("It is your account."),
)
