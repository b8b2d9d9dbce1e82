"""What somebody is, and may not do, in a place."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.i18n import _
from forum.members import events, queries, rules
from forum.members.models import (
    PLATFORM,
    Role,
    RoleGrant,
    StandingKind,
    StandingMark,
    Verification,
)
from forum.members.service.common import existing, tell
from forum.members.service.verification import mark

T = TypeVar("T", RoleGrant, StandingMark)


def _open(tx: Db, model: type[T], member_id: int, match: ColumnElement[bool]) -> list[T]:
    query = select(model).where(
        col(model.member_id) == member_id, match, queries.holds(model, clock.now())
    )
    return list(tx.exec(query))


def _grants(tx: Db, member_id: int, role: Role, place: str) -> list[RoleGrant]:
    match = (col(RoleGrant.role) == role) & (col(RoleGrant.place) == place)
    return _open(tx, RoleGrant, member_id, match)


def _marks(tx: Db, member_id: int, kind: StandingKind, place: str) -> list[StandingMark]:
    match = (col(StandingMark.kind) == kind) & (col(StandingMark.place) == place)
    return _open(tx, StandingMark, member_id, match)


def _gate(
    tx: Db, actor: Actor | None, member_id: int, place: str, within: Sequence[str]
) -> frozenset[Role]:
    """The actor's roles in the place; the machine itself has an administrator's."""
    existing(tx, member_id)
    if actor is None:
        return frozenset({Role.ADMINISTRATOR})
    return queries.roles(tx, actor, [place, *within])


def grant(
    tx: Db,
    actor: Actor | None,
    member_id: int,
    role: Role,
    place: str,
    *,
    until: datetime | None = None,
    within: Sequence[str] = (),
    newcomer: bool = False,
) -> None:
    """Give a role in a place. `within` names places around it whose roles count for the actor.

    `newcomer`: the actor has just opened the account for somebody.
    """
    held_here = _gate(tx, actor, member_id, place, within)
    if not rules.may_grant(held_here, role, place):
        raise Forbidden(_("You may not give this role here."))
    if not (newcomer or rules.may_name(held_here, role, place)):
        raise Forbidden(_("Who has an account comes to this place with a slip."))
    if role is not Role.RESIDENT and existing(tx, member_id).minor is not None:
        raise Conflict(_("Children hold no office."))
    moment = clock.now()
    held = _grants(tx, member_id, role, place)
    if held and all(row.until == until for row in held):
        return
    for row in held:
        row.until = moment
    tx.add(
        RoleGrant(
            member_id=member_id,
            role=role,
            place=place,
            since=moment,
            until=until,
            granted_by=actor.id if actor else None,
        )
    )
    tx.flush()
    ends = clock.iso(until) if until else None
    tell(tx, actor, events.RoleGranted(member_id, role, place, ends), member_id)


def revoke(
    tx: Db,
    actor: Actor | None,
    member_id: int,
    role: Role,
    place: str,
    *,
    within: Sequence[str] = (),
) -> None:
    """End a role in a place; the platform keeps at least one administrator."""
    if not rules.may_grant(_gate(tx, actor, member_id, place, within), role, place):
        raise Forbidden(_("You may not take this role away."))
    moment = clock.now()
    held = _grants(tx, member_id, role, place)
    if not held:
        raise Conflict(_("This person does not hold that role here."))
    last = (role, place) == (Role.ADMINISTRATOR, PLATFORM)
    if last and len(queries.holders(tx, role, [place])) == 1:
        raise Conflict(_("This is the only administrator. Name another one first."))
    for row in held:
        row.until = moment
    tx.flush()
    tell(tx, actor, events.RoleRevoked(member_id, role, place), member_id)


def set_standing(
    tx: Db,
    actor: Actor | None,
    member_id: int,
    place: str,
    kind: StandingKind,
    *,
    until: datetime | None,
    reason: str,
    within: Sequence[str] = (),
) -> int:
    """Mute or ban somebody in a place, in force from this moment on open pages as well."""
    actor_roles = _gate(tx, actor, member_id, place, within)
    if not rules.may_restrict(actor_roles):
        raise Forbidden(_("You may not restrict anybody here."))
    if actor is not None and actor.id == member_id:
        raise Conflict(_("Nobody decides about themselves."))
    theirs = queries.roles(tx, queries.actor_of(tx, member_id), [place, *within])
    if not rules.may_restrict_whom(actor_roles, theirs):
        raise Forbidden(_("Only an administrator may restrict a moderator or administrator."))
    moment = clock.now()
    if until is not None and until <= moment:
        raise Invalid(_("This time is over."), fields={"until": _("Choose a time to come.")})
    for row in _marks(tx, member_id, kind, place):
        row.until = moment
    mark = StandingMark(
        member_id=member_id,
        place=place,
        kind=kind,
        since=moment,
        until=until,
        reason=reason,
        set_by=actor.id if actor else None,
    )
    tx.add(mark)
    tx.flush()
    ends = clock.iso(until) if until else None
    tell(tx, actor, events.StandingChanged(member_id, place, kind, True, ends), member_id)
    return mark.id


def lift_standing(
    tx: Db,
    actor: Actor | None,
    member_id: int,
    place: str,
    kind: StandingKind,
    *,
    within: Sequence[str] = (),
) -> None:
    """End a mute or a ban before its time; the record that it was stays."""
    if not rules.may_restrict(_gate(tx, actor, member_id, place, within)):
        raise Forbidden(_("You may not lift restrictions here."))
    if actor is not None and actor.id == member_id:
        raise Conflict(_("Nobody decides about themselves."))
    moment = clock.now()
    held = _marks(tx, member_id, kind, place)
    if not held:
        raise Conflict(_("There is nothing to lift."))
    for row in held:
        row.until = moment
    tx.flush()
    tell(tx, actor, events.StandingChanged(member_id, place, kind, False), member_id)


def admit(
    tx: Db,
    actor: Actor | None,
    member_id: int,
    place: str,
    *,
    within: Sequence[str] = (),
    newcomer: bool = False,
) -> None:
    """Take somebody in as a resident after staff saw them: that verifies the account as well."""
    grant(tx, actor, member_id, Role.RESIDENT, place, within=within, newcomer=newcomer)
    mark(tx, actor, member_id, Verification.STAFF, place=place)
