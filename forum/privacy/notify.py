"""Who is told what about a person's data, and about a child's guardian."""

from collections.abc import Iterable

from forum.base import registry
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.purposes import CHILD
from forum.privacy import events, queries


def _the_person(_db: Db, stored: Stored) -> Iterable[int]:
    return [stored.payload["member"]]


def _guardian(db: Db, stored: Stored) -> Iterable[int]:
    child = queries.child(db, stored.payload["member"])
    return [child.guardian] if child and child.guardian else []


def _both(db: Db, stored: Stored) -> Iterable[int]:
    return [*_the_person(db, stored), *_guardian(db, stored)]


def _who_decides(db: Db, stored: Stored) -> Iterable[int]:
    """Who consented, or for what a guardian signed on paper, the child that is to tell them."""
    if stored.payload["purpose"] == CHILD and (found := list(_guardian(db, stored))):
        return found
    return _the_person(db, stored)


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
registry.silent(events.ConsentGiven, because="the person has just done it, or was at the counter")
registry.silent(events.ConsentEnded, because="the person has just done it, or was at the counter")
registry.notify(
    events.ConsentAskedAgain,
    who=_who_decides,
    words=N_(
        "What we use your data for reads differently now. Please decide anew in the settings."
    ),
    because=N_("You had consented to it."),
)
registry.notify(
    events.ChildAwake,
    who=_the_person,
    words=N_("A guardian has consented. You can take part now."),
    because=N_("It is your account."),
)
registry.notify(
    events.ChildAsleep,
    who=_the_person,
    words=N_(
        "The consent of your guardian is over. You can read, and take part again with a new one."
    ),
    because=N_("It is your account."),
)
registry.notify(
    events.ChildSaysGrown,
    who=_guardian,
    words=N_("A child whose guardian you are says to be 14 by now. The station will confirm it."),
    because=N_("You are the guardian."),
)
registry.notify(
    events.ChildGrown,
    who=_both,
    words=N_("The guardianship of an account is over: at 14 one decides alone."),
    because=N_("It is your account, or your child's."),
)
