"""Who else is told, who is not, and what thereof leaves the house: in the event's transaction.

Here rows are made and nothing more; how soon they leave is decided a moment later (`sorting`).
"""

from collections.abc import Mapping

from sqlalchemy import insert, select
from sqlmodel import col

from forum.base import links
from forum.base.db import Db
from forum.base.events import Audience, Stored
from forum.base.refs import parse, ref
from forum.base.registry import Group, Notice
from forum.consultations.models import Consultation
from forum.members import inbox
from forum.members.models import PLATFORM
from forum.outbox import outlets, rules
from forum.outbox.models import Follow, Verb, Waiting

# Payload fields that name what an event belongs to.
PARTS = ("consultation", "item", "meeting", "poll", "task", "station")


def group_of(notice: Notice, stored: Stored) -> Group:
    """What a notice is to those whom it concerns."""
    if notice.group is not None:
        return notice.group
    return Group.DUTY if stored.stream.startswith("member:") else Group.NEWS


def places_of(db: Db, stored: Stored, about: str) -> list[str]:
    """What an event happened to and all that this belongs to, the nearest first."""
    named = {
        ref(key, value)
        for key, value in stored.payload.items()
        if key in PARTS and isinstance(value, int)
    }
    found = links.origins(db, {about, stored.subject, stored.stream, *named} - {PLATFORM})
    consultations = [parse(place)[1] for place in found if place.startswith("consultation:")]
    if consultations:
        query = select(col(Consultation.station_id)).where(col(Consultation.id).in_(consultations))
        stations = {ref("station", found) for found in db.execute(query).scalars() if found}
        found += sorted(stations - set(found))
    return found


def choose(tx: Db, stored: Stored, notice: Notice, about: str, told: dict[int, str | None]) -> None:
    """Add those who follow what this belongs to, take away those who muted it."""
    group, places = group_of(notice, stored), places_of(tx, stored, about)
    _ask_followers(tx, stored, notice, places, told, open_to_mutes=group is not Group.DUTY)
    if told and outlets.offered():
        _keep_waiting(tx, stored, group, about, places, told)


def _ask_followers(
    tx: Db,
    stored: Stored,
    notice: Notice,
    places: list[str],
    told: dict[int, str | None],
    *,
    open_to_mutes: bool,
) -> None:
    verbs: dict[int, dict[str, Verb]] = {}
    query = select(col(Follow.member_id), col(Follow.ref), col(Follow.verb))
    for member, place, verb in tx.execute(query.where(col(Follow.ref).in_(places))):
        verbs.setdefault(member, {})[place] = Verb(verb)
    told_to_others = bool(notice.others) and stored.audience <= Audience.MEMBER
    for member, found in verbs.items():
        place = rules.nearest(places, found)
        if place is None:
            continue
        if found[place] is Verb.FOLLOW:
            if told_to_others and notice.worth(stored):
                told.setdefault(member, place)
        elif open_to_mutes:
            told.pop(member, None)


def _keep_waiting(
    tx: Db,
    stored: Stored,
    group: Group,
    about: str,
    places: list[str],
    told: Mapping[int, str | None],
) -> None:
    rows = [
        {
            "member_id": member,
            "event_id": stored.id,
            "kind": stored.kind,
            "about": about,
            "actor_id": stored.actor_id,
            "via": via,
            "group": Group.FOLLOWED if via else group,
            "places": places,
            "at": stored.at,
        }
        for member, via in sorted(told.items())
        if member != stored.actor_id
    ]
    if rows:
        tx.execute(insert(Waiting), rows)


inbox.choosers.append(choose)
