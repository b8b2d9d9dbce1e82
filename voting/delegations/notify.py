"""The two of them are told of each other."""

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import Group, notify
from voting.delegations import events

BETWEEN = N_("It is between you and the person who gave their vote.")


def _delegate(_db: Db, stored: Stored) -> list[int]:
    return [stored.payload["delegate"]]


def _giver(_db: Db, stored: Stored) -> list[int]:
    return [stored.payload["giver"]]


notify(
    events.DelegationGiven,
    group=Group.INVITED,
    who=_delegate,
    words=N_("Somebody gives you their vote: %(title)s. You can decline it."),
    because=BETWEEN,
)
notify(
    events.DelegationWithdrawn,
    group=Group.INVITED,
    who=_delegate,
    words=N_("Somebody took back the vote that they gave you: %(title)s"),
    because=BETWEEN,
)
notify(
    events.DelegationDeclined,
    group=Group.INVITED,
    who=_giver,
    words=N_("The person to whom you gave your vote declines: %(title)s"),
    because=BETWEEN,
)
