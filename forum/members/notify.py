"""Who is told what about accounts."""

from collections.abc import Iterable

from forum.base import registry
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.members import events, inbox

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
registry.silent(events.NameChanged, because="the person has just done it")
registry.silent(events.StandingChanged, because="the sanction tells it, with rule and reason")
registry.silent(events.SignInBegan, because="the list of devices shows it")
registry.silent(events.SignInEnded, because="the person has just done it")
registry.silent(events.TokenMade, because="the person has just done it")
registry.silent(events.TokenRevoked, because="the person has just done it")
