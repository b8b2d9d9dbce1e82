"""The codes at the door: typed at a desk, or read off the wall; wrong ones are counted."""

from collections.abc import Sequence

from forum.base import clock, limits
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Invalid, TooMany
from forum.base.i18n import _
from forum.stations import codes as signs
from sessions.arrivals import codes, queries
from sessions.arrivals.queries import Person
from sessions.meetings.queries import VenueRow

# Wrong codes: a clerk mistypes now and then; whoever stands before a wall, a few times.
AT_DESK = {"per_minute": 20.0, "burst": 60.0}
AT_WALL = {"per_minute": 6.0, "burst": 12.0}
BY_ADDRESS = {"per_minute": 30.0, "burst": 120.0}  # a hall has one router


def _too_many() -> TooMany:
    return TooMany(_("Too many wrong codes were tried. Please try again in some minutes."))


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"code": sentence})


def by_code(db: Db, actor: Actor, meeting: int, venue: int, typed: str) -> Person:
    """Whose ticket a desk has before it; Invalid with what is wrong with it."""
    queries.desk(db, actor, meeting, venue)
    code = codes.read_ticket(typed)
    if code is None:
        raise _wrong(_("A ticket has twelve digits."))
    if not signs.sound(code):
        raise _wrong(_("One of the digits is not right. Please compare them with the ticket."))
    key = f"ticket:{meeting}:{actor.id}"
    if not limits.left(key, **AT_DESK):
        raise _too_many()
    found = queries.holders(db, meeting, code)
    if not found:
        limits.spend(key, **AT_DESK)
        raise _wrong(_("This ticket is of another meeting, or of nobody on the roll."))
    return queries.person(db, meeting, found[0])


def stand_before(
    actor: Actor | None, venues: Sequence[VenueRow], typed: str, address: str
) -> VenueRow:
    """Before which of a meeting's walls somebody stands who knows this code."""
    bound = AT_WALL if actor else BY_ADDRESS
    key = f"wall:{actor.id}" if actor else f"wall@{address}"
    if not limits.left(key, **bound):
        raise _too_many()
    now = clock.now()
    for venue in venues:
        if codes.on_wall(venue.id, typed, now):
            return venue
    limits.spend(key, **bound)
    raise _wrong(
        _("This code is not valid, or not any more: it changes every minute. Please use the one "
          "that the wall shows now.")
    )  # fmt: skip
