"""Who reads a consultation and what they read: visibility is built in."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, true
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound, SignInNeeded
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.registry import Step
from forum.consultations import rules, words
from forum.consultations.models import (
    Consultation,
    Eligibility,
    Participant,
    Stage,
    Visibility,
)
from forum.consultations.rules import Deed
from forum.members import queries as members
from forum.members.models import PLATFORM, Role
from forum.members.queries import Standing
from forum.stations import queries as stations
from forum.stations.models import Station


class ConsultationRow(NamedTuple):
    """A consultation as pages and services read it."""

    id: int
    title: str
    summary: str
    html: str
    stage: Stage
    visibility: Visibility
    eligibility: Eligibility
    station_id: int | None
    zone: str
    created_by: int | None
    created_at: datetime


class Access(NamedTuple):
    """What one reader is to one consultation; made once a request and asked ever after."""

    actor: Actor | None
    consultation: ConsultationRow
    roles: frozenset[Role]
    standing: Standing
    eligible: bool
    places: tuple[str, ...]

    @property
    def stream(self) -> str:
        """The stream that everything of the consultation goes to."""
        return ref("consultation", self.consultation.id)

    @property
    def moderates(self) -> bool:
        """Whether the reader leads the process."""
        return Role.MODERATOR in self.roles or Role.ADMINISTRATOR in self.roles

    @property
    def secretary(self) -> bool:
        """Whether the reader keeps its record."""
        return Role.SECRETARY in self.roles or Role.ADMINISTRATOR in self.roles

    @property
    def represents(self) -> bool:
        """Whether the reader is a representative here."""
        return Role.REPRESENTATIVE in self.roles or Role.ADMINISTRATOR in self.roles

    @property
    def audience(self) -> Audience:
        """The class of events that the reader sees."""
        if self.moderates:
            return Audience.MODERATOR
        if Role.OPERATOR in self.roles or Role.SECRETARY in self.roles:
            return Audience.DESK
        return Audience.PUBLIC if self.actor is None else Audience.MEMBER

    def may(self, deed: Deed) -> bool:
        """Whether `require` would let the deed pass."""
        return refusal(self, deed) is None


_COLUMNS = (
    col(Consultation.id),
    col(Consultation.title),
    col(Consultation.summary),
    col(Consultation.html),
    col(Consultation.stage),
    col(Consultation.visibility),
    col(Consultation.eligibility),
    col(Consultation.station_id),
    col(Consultation.zone),
    col(Consultation.created_by),
    col(Consultation.created_at),
)


def _row(found: Sequence[object]) -> ConsultationRow:
    row = ConsultationRow._make(found)
    return row._replace(
        stage=Stage(row.stage),
        visibility=Visibility(row.visibility),
        eligibility=Eligibility(row.eligibility),
    )


def places(db: Db, consultation: int, station: int | None) -> tuple[str, ...]:
    """The places whose roles count in a consultation: itself, its station and those above it."""
    return (ref("consultation", consultation), *stations.places(db, station))


def listed(db: Db, actor: Actor | None, consultation: int) -> bool:
    """Whether somebody is on the list of participants."""
    return (
        actor is not None
        and db.execute(
            select(
                exists().where(
                    col(Participant.consultation_id) == consultation,
                    col(Participant.member_id) == actor.id,
                )
            )
        ).scalar_one()
    )


def access(db: Db, actor: Actor | None, consultation: int) -> Access:
    """What the reader is to the consultation; NotFound where it is invisible to them."""
    found = db.execute(select(*_COLUMNS).where(col(Consultation.id) == consultation)).one_or_none()
    made = None if found is None else _access(db, actor, _row(found))
    if made is None:
        raise NotFound(_("There is no such consultation."))
    return made


def _access(db: Db, actor: Actor | None, row: ConsultationRow) -> Access | None:
    if actor is None:
        return _guest(row)
    here = places(db, row.id, row.station_id)
    roles = members.roles(db, actor, here)
    standing = members.standing(db, actor, here)
    if standing.banned and row.visibility is not Visibility.PUBLIC:
        return None
    terms_ask = row.visibility is not Visibility.PUBLIC or row.eligibility is Eligibility.LISTED
    on_list = terms_ask and listed(db, actor, row.id)
    local = row.station_id is not None
    if not rules.visible(row.visibility, signed_in=True, roles=roles, listed=on_list, local=local):
        return None
    speaks = rules.eligible(row.eligibility, signed_in=True, roles=roles, listed=on_list)
    return Access(actor, row, roles, standing, speaks, here)


def _guest(row: ConsultationRow) -> Access | None:
    if row.visibility is not Visibility.PUBLIC:
        return None
    return Access(None, row, frozenset(), Standing(), eligible=False, places=())


def refusal(access: Access, deed: Deed) -> SignInNeeded | Forbidden | Conflict | None:
    """Why the deed is not open to the reader now; None where it is."""
    if access.actor is None:
        return SignInNeeded(_("Please sign in first."))
    if access.standing.banned or (deed in rules.WORDS and access.standing.muted):
        return Forbidden(words.restriction(access.standing, access.consultation.zone))
    if deed in rules.OWN and not access.eligible:
        return Forbidden(_("Only those on the list of participants may do this."))
    if not rules.allowed(access.consultation.stage, deed):
        return Conflict(words.shut(access.consultation.stage, deed))
    return None


def require(access: Access, deed: Deed) -> None:
    """Raise unless the deed is open to the reader now: person first (403), then stage (409)."""
    if refused := refusal(access, deed):
        raise refused


def require_moderator(access: Access) -> None:
    """Raise unless the reader leads the process."""
    if access.actor is None:
        raise SignInNeeded(_("Please sign in first."))
    if not access.moderates:
        raise Forbidden(_("Only the moderators of this consultation may do this."))


def may_create(db: Db, actor: Actor | None, station: int | None) -> bool:
    """Whether somebody may begin consultations in a station, or on the platform as a whole."""
    return not rules.LEADING.isdisjoint(members.roles(db, actor, stations.places(db, station)))


def _readable(db: Db, actor: Actor | None) -> ColumnElement[bool]:
    """Which consultations stand in somebody's lists: `rules.visible`, said in SQL."""
    seen = col(Consultation.visibility) == Visibility.PUBLIC
    if actor is None:
        return seen
    grants = members.grants(db, [actor.id])
    staff = [grant.place for grant in grants if grant.role in rules.STAFF]
    if PLATFORM in staff:
        return true()
    lives = [grant.place for grant in grants if grant.role is Role.RESIDENT]
    member_of = _within(lives) | col(Consultation.station_id).is_(None)
    for_members = col(Consultation.visibility) == Visibility.MEMBERS
    if PLATFORM not in lives:
        for_members &= member_of
    on_list = col(Consultation.id).in_(
        select(col(Participant.consultation_id)).where(col(Participant.member_id) == actor.id)
    )
    inside = or_(for_members, _within(staff), on_list)
    banned = members.banned_from(db, actor)
    if PLATFORM in banned:
        return seen
    return or_(seen, and_(inside, not_(_within(banned))) if banned else inside)


def readable(db: Db, actor: Actor | None) -> Select[int]:
    """The ids of the consultations that stand in somebody's lists, for rooms above to join."""
    return select(col(Consultation.id)).where(_readable(db, actor))


def _within(held: Sequence[str]) -> ColumnElement[bool]:
    """Which consultations lie in these places: themselves, or under a station of these."""
    own = [parse(place)[1] for place in held if place.startswith("consultation:")]
    roots = [parse(place)[1] for place in held if place.startswith("station:")]
    if not roots:
        return col(Consultation.id).in_(own)
    below = select(col(Station.id)).where(col(Station.id).in_(roots)).cte("below", recursive=True)
    below = below.union(select(col(Station.id)).where(col(Station.parent_id) == below.c.id))
    return col(Consultation.id).in_(own) | col(Consultation.station_id).in_(select(below.c.id))


def consultations(
    db: Db, actor: Actor | None, *, station: int | None = None, offset: int = 0, limit: int = 20
) -> tuple[list[ConsultationRow], int]:
    """One page of what the reader may see, open ones first, newest first; and how many in all."""
    match = _readable(db, actor)
    if station is not None:
        match = and_(match, col(Consultation.station_id) == station)
    total = db.execute(select(func.count()).select_from(Consultation).where(match)).scalar_one()
    found = db.execute(
        select(*_COLUMNS)
        .where(match)
        .order_by(col(Consultation.stage) == Stage.CLOSED, col(Consultation.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return [_row(row) for row in found], total


@registry.resolver("consultation")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What consultations are called, for those who may read them."""
    found = db.execute(select(*_COLUMNS).where(col(Consultation.id).in_(ids), _readable(db, actor)))
    return {
        row.id: Step(
            ref("consultation", row.id),
            "consultation",
            row.title,
            f"/consultations/{row.id}",
            words.stage(row.stage),
        )
        for row in map(_row, found)
    }


@registry.stream("consultation")
def reader(db: Db, actor: Actor | None, consultation: int) -> Audience | None:
    """Which of the consultation's events somebody sees; None: they must not know of it."""
    try:
        return access(db, actor, consultation).audience
    except NotFound:
        return None
