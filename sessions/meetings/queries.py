"""What of a meeting somebody reads: visibility is built in, pages get named tuples."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, exists, func, literal, not_, or_, select
from sqlmodel import col

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Step
from forum.base.tables import metadata
from forum.consultations import queries as consultations
from forum.consultations.queries import Access
from forum.members import queries as members
from forum.members.models import Role
from sessions.meetings import rules, words
from sessions.meetings.models import (
    Link,
    Meeting,
    MeetingState,
    Venue,
    VenueKind,
)


class MeetingRow(NamedTuple):
    """A meeting as pages and services read it."""

    id: int
    consultation_id: int
    title: str
    zone: str
    starts_at: datetime
    ends_at: datetime | None
    state: MeetingState
    quorum: str
    current_item_id: int | None
    opened_at: datetime | None
    resumes_at: datetime | None
    adjourned_at: datetime | None
    sitting_number: int | None = None

    @property
    def number(self) -> int:
        """Which of its sittings this is, or the next one will be."""
        return self.sitting_number or 1

    @property
    def sitting(self) -> bool:
        """Whether it has begun and not ended."""
        return self.state in rules.SITTING

    @property
    def attended(self) -> bool:
        """Whether people come to it, now or later, and desks are kept."""
        return self.state in rules.ATTENDED

    @property
    def doors(self) -> datetime:
        """From when on people check in for a further sitting."""
        return self.starts_at - rules.DOORS

    @property
    def receives(self) -> bool:
        """Whether people can check in now."""
        return rules.receives(self.state, self.starts_at, clock.now())


class VenueRow(NamedTuple):
    """A place of the meeting."""

    id: int
    kind: VenueKind
    name: str
    address: str
    operator_id: int | None
    link: Link
    link_at: datetime | None
    seats: int | None = None
    directions: str = ""
    accessibility: str = ""
    url: str = ""
    over_at: datetime | None = None

    @property
    def ref(self) -> str:
        """The venue as a thing: what a poll's count of hands is kept under."""
        return ref("venue", self.id)


class MeetingAccess(NamedTuple):
    """What one reader is to one meeting."""

    access: Access
    meeting: MeetingRow
    venues: tuple[VenueRow, ...]
    roles: frozenset[Role]

    @property
    def actor(self) -> Actor | None:
        """The reader."""
        return self.access.actor

    @property
    def stream(self) -> str:
        """The stream that everything of the meeting goes to."""
        return ref("meeting", self.meeting.id)

    @property
    def chairs(self) -> bool:
        """Whether the reader runs the meeting."""
        return rules.chairs(self.roles)

    @property
    def desks(self) -> tuple[VenueRow, ...]:
        """The venues whose desk is the reader's to keep."""
        if self.chairs or rules.assists(self.access.roles):
            return self.venues
        mine = self.actor.id if self.actor and not self.access.standing.banned else None
        return tuple(v for v in self.venues if mine is not None and v.operator_id == mine)

    @property
    def audience(self) -> Audience:
        """The class of events that the reader sees."""
        if self.chairs:
            return Audience.MODERATOR
        if self.desks or Role.SECRETARY in self.roles:
            return Audience.DESK
        return min(self.access.audience, Audience.MEMBER)

    def venue(self, venue: int) -> VenueRow:
        """One of the meeting's venues; NotFound where it is none of them."""
        for row in self.venues:
            if row.id == venue:
                return row
        raise NotFound(_("This meeting has no such venue."))


_COLUMNS = tuple(col(getattr(Meeting, name)) for name in MeetingRow._fields)


def _row(found: Sequence[object]) -> MeetingRow:
    row = MeetingRow._make(found)
    return row._replace(state=MeetingState(row.state))


def meeting_row(db: Db, meeting: int) -> MeetingRow:
    """The meeting, for whoever has been let in; NotFound where there is none."""
    found = db.execute(select(*_COLUMNS).where(col(Meeting.id) == meeting)).one_or_none()
    if found is None:
        raise NotFound(_("There is no such meeting."))
    return _row(found)


def venues(db: Db, meeting: int, *, former: bool = False) -> tuple[VenueRow, ...]:
    """The venues of a meeting, the main one first; `former`: those of earlier sittings as well."""
    found = db.execute(
        select(
            col(Venue.id),
            col(Venue.kind),
            col(Venue.name),
            col(Venue.address),
            col(Venue.operator_id),
            col(Venue.link),
            col(Venue.link_at),
            col(Venue.seats),
            func.coalesce(col(Venue.directions), ""),
            func.coalesce(col(Venue.accessibility), ""),
            func.coalesce(col(Venue.url), ""),
            col(Venue.over_at),
        )
        .where(col(Venue.meeting_id) == meeting, or_(col(Venue.over_at).is_(None), literal(former)))
        .order_by(col(Venue.position), col(Venue.id))
    )
    return tuple(
        VenueRow(ident, VenueKind(kind), name, address, operator, Link(link), *rest)
        for ident, kind, name, address, operator, link, *rest in found
    )


def meeting_access(db: Db, actor: Actor | None, meeting: int) -> MeetingAccess:
    """The meeting and what the reader is to it; NotFound where it is invisible to them.

    A meeting in preparation is there only for those who run it.
    """
    row = meeting_row(db, meeting)
    try:
        access = consultations.access(db, actor, row.consultation_id)
    except NotFound:
        raise NotFound(_("There is no such meeting.")) from None
    held = access.roles | members.roles(db, actor, (ref("meeting", meeting), *access.places))
    made = MeetingAccess(access, row, venues(db, meeting), held)
    if row.state is MeetingState.DRAFT and made.audience < Audience.DESK:
        raise NotFound(_("There is no such meeting."))
    return made


def meetings(
    db: Db,
    actor: Actor | None,
    *,
    past: bool = False,
    station: int | None = None,
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[MeetingRow], int]:
    """One page of the meetings convened where somebody may read: coming ones, or the past."""
    over = col(Meeting.state).in_([MeetingState.ADJOURNED, MeetingState.ARCHIVED])
    match = and_(
        col(Meeting.consultation_id).in_(consultations.readable(db, actor, station=station)),
        col(Meeting.state) != MeetingState.DRAFT,
        over if past else not_(over),
    )
    total = db.execute(select(func.count()).select_from(Meeting).where(match)).scalar_one()
    order = col(Meeting.starts_at).desc() if past else col(Meeting.starts_at)
    found = db.execute(
        select(*_COLUMNS).where(match).order_by(order, col(Meeting.id)).offset(offset).limit(limit)
    )
    return [_row(row) for row in found], total


def of_consultation(db: Db, access: Access, *, limit: int = 50) -> list[MeetingRow]:
    """The meetings of a consultation, the latest first; drafts only for those who prepare them."""
    match = col(Meeting.consultation_id) == access.consultation.id
    if access.audience < Audience.DESK:
        match = and_(match, col(Meeting.state) != MeetingState.DRAFT)
    found = db.execute(
        select(*_COLUMNS).where(match).order_by(col(Meeting.starts_at).desc()).limit(limit)
    )
    return [_row(row) for row in found]


# Made once: every page of an item asks.
_T, _ON = metadata.tables["meeting"].c, metadata.tables["meeting_item"].c
ON_ITEM = exists().where(_ON.item_id == bindparam("ident"))
_OF_ITEM = (
    select(*_T[MeetingRow._fields])
    .join(metadata.tables["meeting_item"], _ON.meeting_id == _T.id)
    .where(_ON.item_id == bindparam("item"), _T.state != MeetingState.DRAFT)
    .order_by(_T.starts_at)
    .limit(20)
)


def of_item(db: Db, item: int) -> list[MeetingRow]:
    """The meetings on whose order of the day an item stands, once they are convened."""
    return [_row(row) for row in db.execute(_OF_ITEM, {"item": item})]


@registry.resolver("meeting")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What meetings are called, for those who may read their consultations."""
    found = db.execute(
        select(*_COLUMNS).where(
            col(Meeting.id).in_(ids),
            col(Meeting.consultation_id).in_(consultations.readable(db, actor)),
            col(Meeting.state) != MeetingState.DRAFT,
        )
    )
    return {
        row.id: Step(
            ref("meeting", row.id),
            "meeting",
            row.title,
            f"/meetings/{row.id}",
            words.state(row.state),
        )
        for row in map(_row, found)
    }


@registry.resolver("venue")
def resolve_venues(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What venues are called, where a count of hands or a note names one."""
    found = db.execute(
        select(col(Venue.id), col(Venue.meeting_id), col(Venue.name)).where(col(Venue.id).in_(ids))
    ).all()
    seen = resolve(db, actor, [row.meeting_id for row in found])
    return {
        row.id: Step(ref("venue", row.id), "venue", row.name, seen[row.meeting_id].url)
        for row in found
        if row.meeting_id in seen
    }


@registry.stream("meeting")
def reader(db: Db, actor: Actor | None, meeting: int) -> Audience | None:
    """Which of the meeting's events somebody sees; None: they must not know of it."""
    try:
        return meeting_access(db, actor, meeting).audience
    except NotFound:
        return None
