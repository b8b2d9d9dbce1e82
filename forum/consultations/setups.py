"""Consultations that are being set up: what was answered so far, and whom one may ask to help."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import Step
from forum.base.settings import settings
from forum.consultations import patterns, queries, rules
from forum.consultations.models import Eligibility, Setup, Stage, Visibility
from forum.consultations.patterns import Template
from forum.members import queries as members
from forum.members import rules as granting
from forum.members.models import Member, Role, RoleGrant
from forum.members.queries import holds, names
from forum.members.rules import folded

FOUND_MOST = 8
NAMED = (Role.MODERATOR, Role.SECRETARY, Role.REPRESENTATIVE, Role.HANDLER)


class Named(NamedTuple):
    """Somebody who is to have a role."""

    member: int
    role: Role
    name: str


class Candidate(NamedTuple):
    """Somebody found by name, and the roles that they can be asked to take."""

    id: int
    name: str
    roles: tuple[Role, ...]


class Plan(NamedTuple):
    """A consultation as it is planned so far."""

    id: int
    station_id: int | None
    template: Template
    title: str
    summary: str
    purpose: str
    visibility: Visibility
    eligibility: Eligibility
    zone: str
    dates: dict[Stage, datetime]
    people: list[Named]
    changed_at: datetime

    @property
    def stages(self) -> list[Stage]:
        """The stages that it will go through."""
        return [stage for stage in rules.STAGES if stage in self.template.days]


def own(db: Db, actor: Actor | None, setup: int) -> Setup:
    """What somebody has begun to set up; to everybody else it is not there."""
    row = db.get(Setup, setup)
    if row is None or actor is None or row.member_id != actor.id:
        raise NotFound(_("There is no such draft of a consultation."))
    return row


def plan(db: Db, actor: Actor | None, setup: int) -> Plan:
    """One that somebody sets up; to everybody else it is not there."""
    row = own(db, actor, setup)
    pattern = patterns.chosen(db, row.template)
    said = row.answers
    zone = said.get("zone", settings().zone)
    if "dates" in said:
        dates = {Stage(stage): clock.parse(moment) for stage, moment in said["dates"].items()}
    else:
        dates = patterns.dates(pattern.days, clock.now(), zone)
    people = [(int(member), Role(role)) for member, role in said.get("people", ())]
    called = names(db, [member for member, _role in people])
    return Plan(
        row.id,
        row.station_id,
        pattern,
        said.get("title", ""),
        said.get("summary", _(pattern.summary)),
        said.get("purpose", _(pattern.purpose)),
        Visibility(said.get("visibility", pattern.visibility)),
        Eligibility(said.get("eligibility", pattern.eligibility)),
        zone,
        dates,
        [Named(member, role, called[member]) for member, role in people if member in called],
        row.changed_at,
    )


def begins_in(db: Db, actor: Actor | None) -> list[Step]:
    """The stations in which somebody begins consultations by an office held right there."""
    held = members.places_of(db, actor, rules.LEADING)
    mine = [place for place in held if place.startswith("station:")][:FOUND_MOST]
    own = members.place_names(db, actor, mine)
    return [step for place, step in own.items() if queries.may_create(db, actor, parse(place)[1])]


def mine(db: Db, actor: Actor) -> list[tuple[int, str, datetime]]:
    """What somebody has begun to set up, the latest first: number, title, when."""
    query = select(Setup).where(col(Setup.member_id) == actor.id)
    found = db.execute(query.order_by(col(Setup.changed_at).desc()).limit(10)).scalars()
    return [(row.id, row.answers.get("title", ""), row.changed_at) for row in found]


def candidates(db: Db, places: Sequence[str], text: str, giver: frozenset[Role]) -> list[Candidate]:
    """People of these places by name, and anybody by login name, with what they can be asked."""
    held = select(col(RoleGrant.member_id), col(RoleGrant.role)).where(
        col(RoleGrant.place).in_(places), holds(RoleGrant, clock.now())
    )
    here = col(Member.id).in_(held.with_only_columns(col(RoleGrant.member_id)))
    named = here & col(Member.name).icontains(text, autoescape=True)
    query = select(col(Member.id), col(Member.name)).where(
        named | (col(Member.login) == folded(text)), col(Member.erased_at).is_(None)
    )
    found = db.execute(query.order_by(col(Member.name), col(Member.id)).limit(FOUND_MOST)).all()
    theirs: dict[int, set[Role]] = {}
    for member, role in db.execute(held.where(col(RoleGrant.member_id).in_([r[0] for r in found]))):
        theirs.setdefault(member, set()).add(Role(role))
    return [
        Candidate(ident, name, tuple(r for r in NAMED if may_name(giver, r, theirs.get(ident, ()))))
        for ident, name in found
    ]


def may_name(giver: frozenset[Role], role: Role, theirs: Sequence[Role] | set[Role]) -> bool:
    """Whether whoever begins a consultation gives this role in it to somebody.

    An office that somebody holds around it already is theirs here as well.
    """
    moderating = giver | {Role.MODERATOR}
    return granting.may_grant(moderating, role, "consultation:0") or role in theirs
