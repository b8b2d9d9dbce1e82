"""Who is told what about a person's data."""

from collections.abc import Iterable

from forum.base import registry
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.privacy import events


def _the_person(_db: Db, stored: Stored) -> Iterable[int]:
    return [stored.payload["member"]]


registry.notify(
    events.DataTaken,
    who=_the_person,
    words=N_("A copy of all your data was downloaded."),
    because=N_("It is your account."),
)
registry.notify(
    events.ErasureAsked,
    who=_the_person,
    words=N_("Your account is going to be erased. In the settings you can still stop it."),
    because=N_("It is your account."),
)
registry.silent(events.ErasureWithdrawn, because="the person has just done it")
registry.silent(events.PersonErased, because="there is nobody left to tell")
