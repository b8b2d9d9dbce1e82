"""Who is told what about letters that do not arrive."""

from collections.abc import Iterable

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import notify
from forum.outbox import events


def _the_person(_db: Db, stored: Stored) -> Iterable[int]:
    return [stored.payload["member"]]


notify(
    events.AddressRefused,
    who=_the_person,
    words=N_("Letters to your mail address come back. Please look at it in your settings."),
    because=N_("It is your account."),
)
