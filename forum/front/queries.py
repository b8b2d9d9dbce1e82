"""What the home pages gather from the rooms, in a bounded number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, literal, select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Audience, EventRow
from forum.consultations import queries as consultations
from forum.consultations.models import Consultation
from forum.members import queries as members
from forum.members.models import PLATFORM, Role
from forum.stations import queries as stations
from sessions.meetings.models import Meeting, MeetingState, Venue
from sessions.minutes.models import Decision, DecisionState, Outcome, OutcomeState
from voting.boxes.models import Channel, Participation
from voting.polls.models import Entitlement, Poll, PollState

SITTING = (MeetingState.IN_SESSION, MeetingState.RECESS)
COMING = (MeetingState.CONVENED, MeetingState.SUSPENDED, *SITTING)


class MeetingLine(NamedTuple):
    """A meeting that is coming or sitting, and what one is to it."""

    id: int
    title: str
    zone: str
    starts_at: datetime
    state: MeetingState
    consultation_id: int
    roles: frozenset[Role]
    desk: int | None

    @property
    def sitting(self) -> bool:
        """Whether it is going on."""
        return self.state in SITTING

    @property
    def leads(self) -> bool:
        """Whether one runs it."""
        return not self.roles.isdisjoint((Role.MODERATOR, Role.ADMINISTRATOR))


class PollLine(NamedTuple):
    """A poll that is open; `waits` for the reader's vote."""

    id: int
    question: str
    closes_at: datetime | None
    consultation: str
    waits: bool


class Came(NamedTuple):
    """Something that came of it: an outcome or a decision."""

    kind: str
    id: int
    title: str
    at: datetime


def newest(db: Db) -> str:
    """What changes whenever anything happened: the version of a page that shows a bit of all."""
    found = db.execute(
        select(col(EventRow.id)).order_by(col(EventRow.at).desc(), col(EventRow.id)).limit(1)
    )
    return found.scalar_one_or_none() or ""


def roles_over(
    db: Db, actor: Actor | None, within: Mapping[int, int | None]
) -> dict[int, frozenset[Role]]:
    """What somebody is in each consultation (id → station), by three queries for all of them."""
    if actor is None or not within:
        return dict.fromkeys(within, frozenset())
    held: dict[str, set[Role]] = {}
    for grant in members.grants(db, [actor.id]):
        held.setdefault(grant.place, set()).add(grant.role)
    parents: dict[int, int | None] = {}
    if any(place.startswith("station:") for place in held):
        parents = {row.id: row.parent_id for row in stations.all_stations(db)}
    found: dict[int, frozenset[Role]] = {}
    for ident, station in within.items():
        roles = held.get(PLATFORM, set()) | held.get(f"consultation:{ident}", set())
        here = station
        while here is not None:
            roles = roles | held.get(f"station:{here}", set())
            here = parents.get(here)
        found[ident] = frozenset(roles)
    return found


def _stations_of(db: Db, ids: Iterable[int]) -> dict[int, int | None]:
    query = select(col(Consultation.id), col(Consultation.station_id))
    rows = db.execute(query.where(col(Consultation.id).in_(set(ids))))
    return {row.id: row.station_id for row in rows}


def meetings(db: Db, actor: Actor | None, *, limit: int = 8) -> list[MeetingLine]:
    """The meetings that come next, those going on first, where the reader may see them."""
    sitting = col(Meeting.state).in_(SITTING)
    found = db.execute(
        select(
            col(Meeting.id),
            col(Meeting.title),
            col(Meeting.zone),
            col(Meeting.starts_at),
            col(Meeting.state),
            col(Meeting.consultation_id),
        )
        .where(
            col(Meeting.state).in_(COMING),
            col(Meeting.consultation_id).in_(consultations.readable(db, actor)),
        )
        .order_by(sitting.desc(), col(Meeting.starts_at), col(Meeting.id))
        .limit(limit)
    ).all()
    roles = roles_over(db, actor, _stations_of(db, (row.consultation_id for row in found)))
    desks = _desks(db, actor, {row.id: roles[row.consultation_id] for row in found})
    return [
        MeetingLine(
            row.id,
            row.title,
            row.zone,
            row.starts_at,
            MeetingState(row.state),
            row.consultation_id,
            roles[row.consultation_id],
            desks.get(row.id),
        )
        for row in found
    ]


def _desks(db: Db, actor: Actor | None, within: Mapping[int, frozenset[Role]]) -> dict[int, int]:
    """The venue whose desk one keeps, by meeting; a station's operator may take the first."""
    if actor is None or not within:
        return {}
    query = select(col(Venue.meeting_id), col(Venue.id), col(Venue.operator_id)).where(
        col(Venue.meeting_id).in_(within)
    )
    desks: dict[int, int] = {}
    for meeting, venue, operator in db.execute(query.order_by(col(Venue.position), col(Venue.id))):
        if operator == actor.id:
            desks[meeting] = venue
        elif operator is None and Role.OPERATOR in within[meeting]:
            desks.setdefault(meeting, venue)
    return desks


def polls(db: Db, actor: Actor | None, *, limit: int = 6) -> list[PollLine]:
    """The polls that are open, those that wait for the reader first."""
    waits: ColumnElement[bool] = literal(False)
    if actor is not None:
        mine = exists().where(
            col(Entitlement.poll_id) == col(Poll.id),
            col(Entitlement.member_id) == actor.id,
            col(Entitlement.channel) == Channel.ONLINE,
        )
        voted = exists().where(
            col(Participation.poll_id) == col(Poll.id), col(Participation.voter_id) == actor.id
        )
        waits = mine & ~voted
    found = db.execute(
        select(
            col(Poll.id), col(Poll.question), col(Poll.closes_at), col(Consultation.title), waits
        )
        .join(Consultation, col(Consultation.id) == col(Poll.consultation_id))
        .where(
            col(Poll.state) == PollState.STARTED,
            col(Poll.consultation_id).in_(consultations.readable(db, actor)),
        )
        .order_by(waits.desc(), col(Poll.closes_at), col(Poll.id))
        .limit(limit)
    )
    return [
        PollLine(ident, question, closes, title, bool(own))
        for ident, question, closes, title, own in found
    ]


def came(db: Db, actor: Actor | None, *, limit: int = 4) -> list[Came]:
    """The latest outcomes and decisions that the reader may see, newest first."""
    seen = consultations.readable(db, actor)
    outcomes = db.execute(
        select(col(Outcome.id), col(Consultation.title), col(Outcome.published_at))
        .join(Consultation, col(Consultation.id) == col(Outcome.consultation_id))
        .where(col(Outcome.state) == OutcomeState.PUBLISHED, col(Outcome.consultation_id).in_(seen))
        .order_by(col(Outcome.published_at).desc())
        .limit(limit)
    )
    decisions = db.execute(
        select(col(Decision.id), col(Decision.title), col(Decision.approved_at))
        .where(
            col(Decision.state) == DecisionState.APPROVED, col(Decision.consultation_id).in_(seen)
        )
        .order_by(col(Decision.approved_at).desc())
        .limit(limit)
    )
    found = [Came("outcome", *row) for row in outcomes]
    found += [Came("decision", *row) for row in decisions]
    return sorted(found, key=lambda line: line.at, reverse=True)[:limit]


def dates(db: Db, refs: Sequence[str]) -> dict[str, datetime]:
    """When each of these things began, as everybody may know."""
    query = (
        select(col(EventRow.subject), func.min(col(EventRow.at)).label("began"))
        .where(col(EventRow.subject).in_(refs), col(EventRow.audience) <= int(Audience.MEMBER))
        .group_by(col(EventRow.subject))
    )
    return {row.subject: row.began for row in db.execute(query)}
