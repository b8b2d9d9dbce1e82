"""What a clerk at a counter may do for somebody's account, and where: the reads behind it."""

from forum.base.auth import Actor
from forum.base.db import Db
from forum.members import queries, rules
from forum.members.models import PLATFORM, Role


def serves(db: Db, actor: Actor | None) -> bool:
    """Whether somebody keeps a station's counter; a venue's desk in a meeting is none."""
    held = queries.places_of(db, actor, rules.KEEPING_COUNTERS)
    return any(place == PLATFORM or place.startswith("station:") for place in held)


def place_for(db: Db, actor: Actor | None, member_id: int) -> str | None:
    """The place where this member of the staff looks after this person; None: nowhere.

    Operators look after the residents of their own station, administrators after everybody. A
    smaller place, such as a consultation, takes in whom it likes, so it is no ground for that.
    """
    if actor is None or actor.id == member_id:
        return None
    homes = {
        grant.place
        for grant in queries.grants(db, [member_id])
        if grant.role == Role.RESIDENT and grant.place.startswith("station:")
    }
    here = sorted(homes.intersection(queries.places_of(db, actor, rules.KEEPING_COUNTERS)))
    if here:
        return here[0]
    return PLATFORM if queries.administrates(db, actor) else None
