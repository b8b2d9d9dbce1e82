"""Who is who in a place: its people with their roles, and what it notes about them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.members.grounds import Ground
from forum.members.models import PLATFORM, Member, PersonCard, Role, RoleGrant
from forum.members.queries import GrantRow, grants, holds, place_names


class Row(NamedTuple):
    """One of the people of a place."""

    id: int
    login: str
    name: str
    joined_at: datetime
    category: str | None
    note: str | None


class Held(NamedTuple):
    """A role as it is held: where, since when, until when, and who gave it."""

    role: Role
    place: str
    since: datetime
    until: datetime | None
    by: str | None


def _in(place: str, role: Role | None) -> ColumnElement[bool]:
    """Who belongs to a place; to the platform belongs everybody with an account."""
    held = (col(RoleGrant.member_id) == col(Member.id)) & holds(RoleGrant, clock.now())
    if role is not None:
        held &= col(RoleGrant.role) == role
    if place != PLATFORM:
        held &= col(RoleGrant.place) == place
    everybody = place == PLATFORM and role is None
    there = col(Member.erased_at).is_(None)
    return there if everybody else there & exists().where(held)


def people(
    db: Db,
    place: str,
    *,
    text: str = "",
    role: Role | None = None,
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[Row], int]:
    """A page of the people of a place and how many there are; the caller has judged who asks."""
    match = _in(place, role)
    if text:
        match &= col(Member.name).icontains(text, autoescape=True) | col(Member.login).icontains(
            text, autoescape=True
        )
    total = db.execute(select(func.count()).select_from(Member).where(match)).scalar_one()
    card = (col(PersonCard.member_id) == col(Member.id)) & (col(PersonCard.place) == place)
    found = db.execute(
        select(
            col(Member.id),
            col(Member.login),
            col(Member.name),
            col(Member.joined_at),
            col(PersonCard.category),
            col(PersonCard.note),
        )
        .outerjoin(PersonCard, card)
        .where(match)
        .order_by(col(Member.name), col(Member.id))
        .offset(offset)
        .limit(limit)
    )
    return [Row(*row) for row in found], total


def belongs(db: Db, place: str, member_id: int) -> bool:
    """Whether somebody is one of the people of a place."""
    query = select(exists().where(_in(place, None) & (col(Member.id) == member_id)))
    return bool(db.execute(query).scalar_one())


def held(db: Db, member_id: int) -> list[Held]:
    """The roles that somebody holds now, with who gave them."""
    giver = aliased(Member)
    found = db.execute(
        select(
            col(RoleGrant.role),
            col(RoleGrant.place),
            col(RoleGrant.since),
            col(RoleGrant.until),
            col(giver.name),
        )
        .outerjoin(giver, col(RoleGrant.granted_by) == col(giver.id))
        .where(col(RoleGrant.member_id) == member_id, holds(RoleGrant, clock.now()))
        .order_by(col(RoleGrant.place), col(RoleGrant.id))
    )
    return [Held(Role(role), *rest) for role, *rest in found]


def shown_roles(db: Db, ground: Ground, ids: Sequence[int]) -> dict[int, list[GrantRow]]:
    """The roles to show beside these people: those of the place, on the platform all."""
    found: dict[int, list[GrantRow]] = {}
    for grant in grants(db, ids):
        if ground.place in (PLATFORM, grant.place):
            found.setdefault(grant.member_id, []).append(grant)
    return found


def card(db: Db, place: str, member_id: int) -> tuple[str, str]:
    """What a place notes about somebody: category and remark."""
    found = db.get(PersonCard, (member_id, place))
    return (found.category, found.note) if found else ("", "")


def exported(db: Db, actor: Actor | None, ground: Ground) -> list[tuple[str, ...]]:
    """The people of a place as rows of a list, one a role, in the columns that an import reads."""
    columns = (Member.name, Member.login, RoleGrant.role, RoleGrant.place)
    mine = (col(PersonCard.member_id) == col(Member.id)) & (
        col(PersonCard.place) == col(RoleGrant.place)
    )
    query = (
        select(*map(col, columns), col(PersonCard.category), col(PersonCard.note))
        .join(RoleGrant, col(RoleGrant.member_id) == col(Member.id))
        .outerjoin(PersonCard, mine)
        .where(holds(RoleGrant, clock.now()), col(Member.erased_at).is_(None))
        .order_by(col(Member.name), col(Member.id), col(RoleGrant.place), col(RoleGrant.role))
    )
    if ground.place != PLATFORM:
        query = query.where(col(RoleGrant.place) == ground.place)
    rows = db.execute(query).all()
    named = place_names(db, actor, {row[3] for row in rows})
    titles = Counter(step.title for step in named.values())
    # A name that two places bear would lead a later import astray.
    clear = {place: step.title for place, step in named.items() if titles[step.title] == 1}
    return [
        (name, login, Role(role).value, clear.get(place, place), category or "", note or "")
        for name, login, role, place, category, note in rows
    ]
