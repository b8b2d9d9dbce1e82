"""The people of a demo whom one may become with one click."""

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.members import queries as members
from forum.members.models import Member, Role, RoleGrant
from forum.members.words import role_words

RESIDENTS = 6


class Persona(NamedTuple):
    """Somebody of the demo, and what they are where."""

    id: int
    name: str
    roles: list[str]
    homes: list[str]


def personas(db: Db) -> list[Persona]:
    """Everybody with an office, and a few residents."""
    office = select(col(RoleGrant.member_id)).where(col(RoleGrant.role) != Role.RESIDENT)
    staff = col(Member.id).in_(office)
    alive = col(Member.erased_at).is_(None)
    query = select(col(Member.id), col(Member.name)).where(alive)
    found = list(db.execute(query.where(staff).order_by(col(Member.id)).limit(60)))
    found += db.execute(query.where(~staff).order_by(col(Member.id)).limit(RESIDENTS))
    grants = members.grants(db, [row.id for row in found])
    places = members.place_names(db, None, {grant.place for grant in grants})
    roles: dict[int, dict[str, None]] = {row.id: {} for row in found}
    homes: dict[int, dict[str, None]] = {row.id: {} for row in found}
    for grant in grants:
        roles[grant.member_id][role_words(grant.role)] = None
        if grant.place.startswith("station:") and grant.place in places:
            homes[grant.member_id][places[grant.place].title] = None
    return [Persona(row.id, row.name, [*roles[row.id]], [*homes[row.id]]) for row in found]
