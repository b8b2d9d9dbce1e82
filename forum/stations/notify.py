"""Who is told what about the tree."""

from collections.abc import Iterable

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import notify, silent
from forum.stations import events

silent(events.StationCreated, because="the list of stations shows it")
silent(events.StationChanged, because="the station's page shows it")
silent(events.ResidentAdmitted, because="the role that comes with it is told")
silent(events.TermSet, because="the committee's page shows its terms")
silent(events.SeatGranted, because="the role that comes with it is told")
silent(events.SeatEnded, because="the role that ends with it is told")
silent(events.SlipsMade, because="the list of the station's sheets shows it")
silent(events.SlipsWithdrawn, because="whoever types such a code is told")
silent(events.SlipUsed, because="the person has just done it")


def _the_person(_db: Db, stored: Stored) -> Iterable[int]:
    return [stored.payload["member"]]


notify(
    events.CardIssued,
    who=_the_person,
    about="place",
    words=N_("You were given a new card by “%(title)s”; older cards are no longer valid."),
    because=N_("It is your account."),
)
silent(events.StationArchived, because="its page shows it")
silent(events.StationRestored, because="its page shows it")
