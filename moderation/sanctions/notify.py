"""The person is told what holds, under which rule and why."""

from collections.abc import Iterable

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import Group, notify
from moderation.sanctions import events


def _the_person(_db: Db, stored: Stored) -> Iterable[int]:
    return [stored.payload["member"]]


notify(
    events.SanctionImposed,
    group=Group.DUTY,
    who=_the_person,
    words=N_("A moderator has restricted what you can do: %(title)s. Rule and reason stand here."),
    because=N_("It is about you."),
)
notify(
    events.SanctionLifted,
    group=Group.DUTY,
    who=_the_person,
    words=N_("A restriction of yours has been lifted: %(title)s."),
    because=N_("It is about you."),
)
