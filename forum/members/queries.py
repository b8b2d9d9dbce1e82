"""Who holds which role, who may not speak, and what people may see of each other."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import col

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.links import steps
from forum.base.refs import parse
from forum.base.registry import Step
from forum.base.settings import settings
from forum.members import rules, second
from forum.members.holdings import holdings
from forum.members.models import (
    PLATFORM,
    FirstLink,
    Member,
    Role,
    RoleGrant,
    StandingKind,
    StandingMark,
)


class MemberRow(NamedTuple):
    """Somebody, by the name they chose."""

    id: int
    name: str


class Standing(NamedTuple):
    """What has been taken from somebody in a place; `reason` is of the mark that lasts longest."""

    muted: bool = False
    until: datetime | None = None
    reason: str | None = None
    banned: bool = False


class GrantRow(NamedTuple):
    """A role held in a place."""

    member_id: int
    role: Role
    place: str
    since: datetime
    until: datetime | None


class MarkRow(NamedTuple):
    """A mute or ban that holds."""

    id: int
    member_id: int
    name: str
    place: str
    kind: StandingKind
    since: datetime
    until: datetime | None
    reason: str
    set_by: int | None


def holds(model: type[RoleGrant] | type[StandingMark], now: datetime) -> ColumnElement[bool]:
    """The condition that a grant or a mark is in force."""
    return (col(model.since) <= now) & or_(col(model.until).is_(None), col(model.until) > now)


def roles(db: Db, actor: Actor | None, places: Sequence[str]) -> frozenset[Role]:
    """What somebody is in any of these places or on the platform as a whole.

    Whoever is banned there is nothing there: an office does not outlast a ban.
    """
    if actor is None or standing(db, actor, places).banned:
        return frozenset()
    # The platform is the root of all places: what one is there, one is everywhere.
    here, now = {PLATFORM, *places}, clock.now()
    held = [
        grant.role
        for grant in holdings(db, actor.id).grants
        if grant.place in here and rules.is_now(grant.since, grant.until, now)
    ]
    return rules.in_force(held, second_factor_missing=second.missing(db, actor.id))


def administrates(db: Db, actor: Actor | None) -> bool:
    """Whether this is an administrator of the platform."""
    return rules.administers(roles(db, actor, ()))


def holders(db: Db, role: Role, places: Sequence[str]) -> list[MemberRow]:
    """Who has the role in exactly these places."""
    found = db.execute(
        select(col(Member.id), col(Member.name))
        .join(RoleGrant, col(RoleGrant.member_id) == col(Member.id))
        .where(
            col(RoleGrant.place).in_(places),
            col(RoleGrant.role) == role,
            holds(RoleGrant, clock.now()),
            col(Member.erased_at).is_(None),
        )
        .distinct()
        .order_by(col(Member.name), col(Member.id))
    )
    return [MemberRow(*row) for row in found]


def names(db: Db, ids: Iterable[int]) -> dict[int, str]:
    """Display names; somebody erased is a former participant."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = db.execute(
        select(col(Member.id), col(Member.name), col(Member.erased_at)).where(
            col(Member.id).in_(wanted)
        )
    )
    return {ident: _("Former participant") if gone else name for ident, name, gone in found}


def standing(db: Db, actor: Actor | None, places: Sequence[str]) -> Standing:
    """Whether somebody is muted (as a child without a guardian is) or banned in these places."""
    if actor is None:
        return Standing()
    here, now = {PLATFORM, *places}, clock.now()
    found = [
        mark
        for mark in holdings(db, actor.id).marks
        if mark.place in here and rules.is_now(mark.since, mark.until, now)
    ]
    if not found:
        return Standing(muted=actor.asleep)
    endless = [row for row in found if row.until is None]
    longest = endless[0] if endless else max(found, key=lambda row: row.until or now)
    kinds = {row.kind for row in found}
    return Standing(True, longest.until, longest.reason, StandingKind.BANNED in kinds)


def banned_from(db: Db, actor: Actor) -> list[str]:
    """The places that somebody is shut out of."""
    now = clock.now()
    return sorted(
        mark.place
        for mark in holdings(db, actor.id).marks
        if mark.kind is StandingKind.BANNED and rules.is_now(mark.since, mark.until, now)
    )


def credential(db: Db, login: str) -> tuple[int, str | None] | None:
    """The account and password hash behind a login name, for the sign-in page alone."""
    row = db.execute(
        select(col(Member.id), col(Member.password)).where(
            col(Member.login) == rules.folded(login), col(Member.erased_at).is_(None)
        )
    ).one_or_none()
    return (row.id, row.password) if row else None


def actor_of(db: Db, member_id: int) -> Actor:
    """Somebody as one who acts: for sign-in, imports and the command line."""
    known = ("id", "name", "lang", "theme", "mode", "guest_of", "minor")
    query = select(*(col(getattr(Member, name)) for name in known))
    found = db.execute(query.where(col(Member.id) == member_id, col(Member.erased_at).is_(None)))
    if (row := found.one_or_none()) is None:
        raise NotFound(_("There is no such person."))
    return Actor(*row[:5])._replace(guest_of=row.guest_of, minor=row.minor)


def grants(db: Db, member_ids: Iterable[int]) -> list[GrantRow]:
    """The roles that these people hold now, wherever."""
    wanted, now = set(member_ids), clock.now()
    if len(wanted) == 1:
        (ident,) = wanted
        held = [GrantRow(ident, *grant) for grant in holdings(db, ident).grants]
    else:
        columns = [col(getattr(RoleGrant, name)) for name in GrantRow._fields]
        found = db.execute(select(*columns).where(col(RoleGrant.member_id).in_(wanted)))
        held = [GrantRow(row[0], Role(row[1]), *row[2:]) for row in found]
    held = [row for row in held if rules.is_now(row.since, row.until, now)]
    return sorted(held, key=lambda row: (row.place, row.role, row.member_id))


def staff(db: Db, places: Sequence[str]) -> list[tuple[Role, MemberRow]]:
    """Who serves in these places, residents left out."""
    found = db.execute(
        select(col(RoleGrant.role), col(Member.id), col(Member.name))
        .join(Member, col(RoleGrant.member_id) == col(Member.id))
        .where(
            col(RoleGrant.place).in_(places),
            col(RoleGrant.role) != Role.RESIDENT,
            holds(RoleGrant, clock.now()),
            col(Member.erased_at).is_(None),
        )
        .distinct()
        .order_by(col(RoleGrant.role), col(Member.name))
    )
    return [(Role(role), MemberRow(ident, name)) for role, ident, name in found]


def places_of(db: Db, actor: Actor | None, wanted: Iterable[Role] = Role) -> list[str]:
    """The places where somebody holds one of the wanted roles."""
    if actor is None:
        return []
    roles_wanted = rules.in_force(set(wanted), second_factor_missing=second.missing(db, actor.id))
    shut = set(banned_from(db, actor))
    held = {row.place for row in grants(db, [actor.id]) if row.role in roles_wanted}
    return [] if PLATFORM in shut else sorted(held - shut)


def marks(db: Db, places: Sequence[str], *, limit: int = 200) -> list[MarkRow]:
    """The mutes and bans that hold in these places, newest first."""
    found = db.execute(
        select(
            col(StandingMark.id),
            col(StandingMark.member_id),
            col(Member.name),
            col(StandingMark.place),
            col(StandingMark.kind),
            col(StandingMark.since),
            col(StandingMark.until),
            col(StandingMark.reason),
            col(StandingMark.set_by),
        )
        .join(Member, col(StandingMark.member_id) == col(Member.id))
        .where(col(StandingMark.place).in_(places), holds(StandingMark, clock.now()))
        .order_by(col(StandingMark.id).desc())
        .limit(limit)
    )
    return [MarkRow(*row) for row in found]


def has_administrator(db: Db) -> bool:
    """Whether anybody administrates the platform yet."""
    return bool(holders(db, Role.ADMINISTRATOR, [PLATFORM]))


def first_link_holds(db: Db, digest: str) -> bool:
    """Whether this one-use link may still make the first administrator."""
    row = db.execute(
        select(col(FirstLink.expires_at)).where(col(FirstLink.digest) == digest)
    ).one_or_none()
    return row is not None and clock.now() < row.expires_at and not has_administrator(db)


@registry.stream("member")
def _stream(db: Db, actor: Actor | None, member_id: int) -> Audience | None:
    """One's own stream is one's own; administrators read it in the audit."""
    if actor is None:
        return None
    if actor.id == member_id:
        return Audience.MEMBER
    return Audience.MODERATOR if administrates(db, actor) else None


@registry.resolver("member")
def _resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """Names are public; the page behind one is a representative's, or one's own."""
    query = select(col(RoleGrant.member_id)).where(
        col(RoleGrant.member_id).in_(ids),
        col(RoleGrant.role) == Role.REPRESENTATIVE,
        holds(RoleGrant, clock.now()),
    )
    public = {actor.id} if actor else set()
    public |= set(db.execute(query).scalars())
    return {
        ident: Step(
            ref=f"member:{ident}",
            kind="member",
            title=name,
            url=f"/people/{ident}" if ident in public else "",
        )
        for ident, name in names(db, ids).items()
    }


def place_names(db: Db, actor: Actor | None, places: Iterable[str]) -> dict[str, Step]:
    """What places (or things) are called; the invisible ones are left out."""
    wanted = set(places)
    found = {step.ref: step for step in steps(db, actor, sorted(wanted - {PLATFORM}))}
    if PLATFORM in wanted:
        found[PLATFORM] = Step(PLATFORM, PLATFORM, settings().name, "/")
    return found


def is_place(text: str) -> bool:
    """Whether this is written as a place: the platform, or something with a stream of its own."""
    try:
        return text == PLATFORM or parse(text)[0] in registry.streams
    except ValueError:
        return False
