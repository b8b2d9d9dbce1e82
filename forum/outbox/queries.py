"""What people want to be told, and what they follow."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.registry import Group, Step
from forum.base.settings import settings
from forum.base.tables import metadata
from forum.members.queries import is_place, place_names
from forum.outbox.models import Follow, Habit, Pace, Preference, Verb
from forum.outbox.rules import Hours, Wishes

MOST = 200


class Followed(NamedTuple):
    """A thing that somebody follows or mutes; without a step they can no longer see it."""

    ref: str
    verb: Verb
    step: Step | None


def whole(db: Db, actor: Actor, place: str) -> Step:
    """A place for which one may choose: a consultation or a station that one sees."""
    if place.startswith(("consultation:", "station:")) and is_place(place):
        found = place_names(db, actor, [place])
        if place in found:
            return found[place]
    raise NotFound(_("There is nothing at this address."))


def wishes(db: Db, members: Sequence[int]) -> dict[int, Wishes]:
    """What these people chose, by group and place; whoever chose nothing is left out."""
    query = select(
        col(Preference.member_id),
        col(Preference.group),
        col(Preference.place),
        col(Preference.pace),
    ).where(col(Preference.member_id).in_(members))
    found: dict[int, dict[tuple[Group, str], Pace]] = {}
    for member, group, place, pace in db.execute(query):
        found.setdefault(member, {})[Group(group), place] = Pace(pace)
    return {**found}


def hours(db: Db, members: Sequence[int]) -> dict[int, Hours]:
    """When these people read letters."""
    query = select(
        col(Habit.member_id),
        col(Habit.zone),
        col(Habit.digest_hour),
        col(Habit.digest_day),
        col(Habit.quiet_from),
        col(Habit.quiet_to),
    ).where(col(Habit.member_id).in_(members))
    usual = Hours(settings().zone)
    return dict.fromkeys(members, usual) | {
        member: Hours(*rest) for member, *rest in db.execute(query)
    }


# Made once: every page that can be followed asks.
_F = metadata.tables["follow"].c
_VERB = select(_F.verb).where(_F.member_id == bindparam("member"), _F.ref == bindparam("ref"))


def verb_of(db: Db, actor: Actor, ref: str) -> Verb | None:
    """Whether somebody follows or mutes a thing."""
    found = db.execute(_VERB, {"member": actor.id, "ref": ref}).scalar_one_or_none()
    return Verb(found) if found else None


def followed(db: Db, actor: Actor) -> list[Followed]:
    """All that somebody follows or mutes, the latest first."""
    query = select(col(Follow.ref), col(Follow.verb)).where(col(Follow.member_id) == actor.id)
    rows = db.execute(query.order_by(col(Follow.at).desc()).limit(MOST)).all()
    steps = place_names(db, actor, {row.ref for row in rows})
    return [Followed(row.ref, Verb(row.verb), steps.get(row.ref)) for row in rows]
