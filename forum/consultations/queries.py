"""Who reads a consultation and what they read: visibility is built in."""

from collections.abc import Collection, Sequence
from functools import partial

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, not_, or_, select, true
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.registry import Step
from forum.base.tables import metadata
from forum.consultations import options, rules, words
from forum.consultations.access import (
    Access,
    ConsultationRow,
    refusal,
    require,
    require_moderator,
    require_unarchived,
)
from forum.consultations.models import (
    Consultation,
    Eligibility,
    Participant,
    Stage,
    Visibility,
)
from forum.members import conduct, grounds
from forum.members import queries as members
from forum.members.models import PLATFORM, Role
from forum.members.options import value as chosen
from forum.members.queries import Standing
from forum.stations import queries as stations
from forum.stations.models import Station

__all__ = [
    "Access",
    "ConsultationRow",
    "refusal",
    "require",
    "require_moderator",
    "require_unarchived",
]

# The tables themselves: a statement of theirs, made once, is what the busiest pages can afford.
_T = metadata.tables["consultation"].c
_COLUMNS = tuple(_T[name] for name in ConsultationRow._fields)
_ONE = select(*_COLUMNS).where(_T.id == bindparam("consultation"))
_P = metadata.tables["consultation_participant"].c
_LISTED = select(_P.member_id).where(
    _P.consultation_id == bindparam("consultation"), _P.member_id == bindparam("member")
)


def made(found: Sequence[object]) -> ConsultationRow:
    """A row from the columns of `ConsultationRow`, in their order."""
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
    if actor is None:
        return False
    pair = {"consultation": consultation, "member": actor.id}
    return db.execute(_LISTED, pair).one_or_none() is not None


def access(db: Db, actor: Actor | None, consultation: int) -> Access:
    """What the reader is to the consultation; NotFound where it is invisible to them."""
    if (known := _known(db, actor).get(consultation)) is not None:
        return known
    found = db.execute(_ONE, {"consultation": consultation}).one_or_none()
    if found is None:
        raise NotFound(_("There is no such consultation."))
    return access_to(db, actor, made(found))


def access_to(db: Db, actor: Actor | None, row: ConsultationRow) -> Access:
    """The same where the row has been read already."""
    known = _known(db, actor)
    if row.id not in known:
        judged = _judged(db, actor, row)
        if judged is None:
            raise NotFound(_("There is no such consultation."))
        known[row.id] = judged
    return known[row.id]


def _known(db: Db, actor: Actor | None) -> dict[int, Access]:
    """What was judged in this snapshot; nothing is kept where roles may change meanwhile."""
    snapshot = db.info.get("snapshot")
    if snapshot is None:
        return {}
    kept: dict[int, Access] = snapshot.setdefault(("access", actor.id if actor else 0), {})
    return kept


def _judged(db: Db, actor: Actor | None, row: ConsultationRow) -> Access | None:
    here = places(db, row.id, row.station_id)
    if actor is None:
        seen = row.visibility is Visibility.PUBLIC
        return Access(None, row, frozenset(), Standing(), False, here) if seen else None
    roles = members.roles(db, actor, here)
    standing = members.standing(db, actor, here)
    if standing.banned and row.visibility is not Visibility.PUBLIC:
        return None
    terms_ask = row.visibility is not Visibility.PUBLIC or row.eligibility is Eligibility.LISTED
    on_list = terms_ask and listed(db, actor, row.id)
    local = row.station_id is not None
    at_home = actor.guest_of in (None, here[0])  # elsewhere a guest only reads what is public
    if not rules.visible(
        row.visibility, signed_in=at_home, roles=roles, listed=on_list, local=local
    ):
        return None
    speaks = rules.eligible(row.eligibility, signed_in=at_home, roles=roles, listed=on_list)
    owed = partial(conduct.owed, db, actor, here)
    return Access(actor, row, roles, standing, speaks, here, owed)


def may_create(db: Db, actor: Actor | None, station: int | None) -> bool:
    """Whether somebody may begin consultations in a station, or on the platform as a whole."""
    places = stations.places(db, station)
    held = members.roles(db, actor, places)
    narrow = chosen(db, options.BEGIN, *places) == options.MODERATORS
    return rules.moderates(held) if narrow else rules.leads(held)


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
    inside = or_(_within(staff), on_list)
    if actor.guest_of is None:
        inside |= for_members
    banned = members.banned_from(db, actor)
    if PLATFORM in banned:
        return seen
    return or_(seen, and_(inside, not_(_within(banned))) if banned else inside)


def readable(db: Db, actor: Actor | None, *, station: int | None = None) -> Select[int]:
    """The ids of the consultations that stand in somebody's lists, for rooms above to join."""
    found = select(col(Consultation.id)).where(_readable(db, actor))
    return found if station is None else found.where(col(Consultation.station_id) == station)


def held(db: Db, actor: Actor | None, roles: Collection[Role]) -> Select[int]:
    """The ids of the consultations where somebody holds one of these roles, for rooms above."""
    here = members.places_of(db, actor, roles)
    return select(col(Consultation.id)).where(true() if PLATFORM in here else _within(here))


def inside(db: Db, actor: Actor | None, within: Sequence[str], *, own: bool) -> Select[int]:
    """The ids of those that somebody reads in these places; with `own` those that list them."""
    here = _within(within)
    if own and actor is not None:
        mine = select(col(Participant.consultation_id))
        here |= col(Consultation.id).in_(mine.where(col(Participant.member_id) == actor.id))
    return select(col(Consultation.id)).where(_readable(db, actor), here)


def _within(held: Sequence[str]) -> ColumnElement[bool]:
    """Which consultations lie in these places: themselves, or under a station of these."""
    own = [parse(place)[1] for place in held if place.startswith("consultation:")]
    roots = [parse(place)[1] for place in held if place.startswith("station:")]
    if not roots:
        return col(Consultation.id).in_(own)
    below = select(col(Station.id)).where(col(Station.id).in_(roots)).cte(recursive=True)
    below = below.union(select(col(Station.id)).where(col(Station.parent_id) == below.c.id))
    return col(Consultation.id).in_(own) | col(Consultation.station_id).in_(select(below.c.id))


def consultations(
    db: Db,
    actor: Actor | None,
    *,
    station: int | None = None,
    archived: bool = False,
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[ConsultationRow], int]:
    """One page of what the reader may see, open ones first, newest first; and how many in all."""
    shelved = col(Consultation.archived_at).is_not(None)
    match = and_(_readable(db, actor), shelved if archived else not_(shelved))
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
    return [made(row) for row in found], total


@registry.resolver("consultation")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What consultations are called, for those who may read them."""
    known = _known(db, actor)
    rows = [known[ident].consultation for ident in ids if ident in known]
    if unknown := [ident for ident in ids if ident not in known]:
        query = select(*_COLUMNS).where(_T.id.in_(unknown), _readable(db, actor))
        rows += map(made, db.execute(query))
    return {
        row.id: Step(
            ref("consultation", row.id),
            "consultation",
            row.title,
            f"/consultations/{row.id}",
            words.stage(row.stage),
        )
        for row in rows
    }


@registry.stream("consultation")
def reader(db: Db, actor: Actor | None, consultation: int) -> Audience | None:
    """Which of the consultation's events somebody sees; None: they must not know of it."""
    try:
        return access(db, actor, consultation).audience
    except NotFound:
        return None


def around(db: Db, consultation: int) -> tuple[str, ...]:
    """The places whose roles count in a consultation, by its number alone."""
    station = select(col(Consultation.station_id)).where(col(Consultation.id) == consultation)
    return places(db, consultation, db.execute(station).scalar_one_or_none())


def find(db: Db, actor: Actor | None, text: str, held: Sequence[str], limit: int) -> list[Step]:
    """The consultations in these places whose title holds these words, the newest first."""
    inside = true() if PLATFORM in held else _within(held)
    named = col(Consultation.title).icontains(text, autoescape=True)
    query = select(col(Consultation.id)).where(
        named, inside, _readable(db, actor), col(Consultation.archived_at).is_(None)
    )
    ids = list(db.execute(query.order_by(col(Consultation.id).desc()).limit(limit)).scalars())
    known = resolve(db, actor, ids)
    return [known[ident] for ident in ids if ident in known]


grounds.declare("consultation", around=around, find=find)
