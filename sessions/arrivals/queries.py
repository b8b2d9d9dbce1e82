"""The door, read: whose ticket this is, the roll as a desk keeps it, which desks are missed."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden, NotFound
from forum.base.i18n import _
from forum.members.models import Member
from forum.stations import codes as signs
from sessions.arrivals import codes
from sessions.arrivals.models import DeskSeen, Proof, WalkIn
from sessions.arrivals.rules import Spell
from sessions.meetings import queries as meetings
from sessions.meetings import rules as meeting_rules
from sessions.meetings.models import Attendance, Meeting, RollEntry
from sessions.meetings.queries import MeetingAccess, VenueRow

MOST = 20_000


class Person(NamedTuple):
    """Somebody as a desk sees them; `entitled` None: they never stood on the roll."""

    id: int
    name: str
    entitled: bool | None
    venue_id: int | None
    since: datetime | None


class Asking(NamedTuple):
    """A guest who asks to be put on the roll, and how the desk came to know them."""

    member_id: int
    name: str
    venue_id: int
    proof: Proof


def desk(db: Db, actor: Actor, meeting: int, venue: int) -> tuple[MeetingAccess, VenueRow]:
    """The meeting and the venue, for whoever keeps its desk."""
    access = meetings.meeting_access(db, actor, meeting)
    found = access.venue(venue)
    if found not in access.desks:
        raise Forbidden(_("Only the desk of this venue may do this."))
    return access, found


def heard_at(db: Db, venue: int) -> datetime | None:
    """When a venue's desk was last heard, if nothing is to be told of it."""
    query = select(col(DeskSeen.at)).where(
        col(DeskSeen.venue_id) == venue,
        col(DeskSeen.away).is_(False),
        col(DeskSeen.silent_since).is_(None),
    )
    return db.execute(query).scalar_one_or_none()


def _people(meeting: int) -> Any:
    on_roll = and_(col(RollEntry.meeting_id) == meeting, col(RollEntry.member_id) == col(Member.id))
    there = and_(
        col(Attendance.meeting_id) == meeting,
        col(Attendance.member_id) == col(Member.id),
        col(Attendance.out_at).is_(None),
    )
    return (
        select(
            col(Member.id),
            col(Member.name),
            col(RollEntry.entitled),
            col(Attendance.venue_id),
            col(Attendance.in_at),
        )
        .join(RollEntry, on_roll, isouter=True)
        .join(Attendance, there, isouter=True)
        .where(col(Member.erased_at).is_(None))
    )


def person(db: Db, meeting: int, member: int) -> Person:
    """One person, for a desk that has them before it; NotFound where there is nobody."""
    found = db.execute(_people(meeting).where(col(Member.id) == member)).one_or_none()
    if found is None:
        raise NotFound(_("There is no such person."))
    return Person(*found)


def roll(db: Db, meeting: int) -> list[Person]:
    """Everybody who is or was on the roll, and the guests who are there."""
    known = or_(col(RollEntry.member_id).is_not(None), col(Attendance.id).is_not(None))
    found = db.execute(_people(meeting).where(known).order_by(col(Member.name)).limit(MOST))
    return [Person(*row) for row in found]


def holders(db: Db, meeting: int, code: str) -> list[int]:
    """Whose ticket this is: one person of the roll, or nobody."""
    on_roll = select(col(RollEntry.member_id)).where(col(RollEntry.meeting_id) == meeting)
    return [
        ident for ident in db.execute(on_roll).scalars() if codes.ticket(meeting, ident) == code
    ]


def last(db: Db, meeting: int, member: int) -> Spell | None:
    """Somebody's last interval in the meeting."""
    found = db.execute(
        select(col(Attendance.venue_id), col(Attendance.in_at), col(Attendance.out_at))
        .where(col(Attendance.meeting_id) == meeting, col(Attendance.member_id) == member)
        .order_by(col(Attendance.out_at).is_(None).desc(), col(Attendance.out_at).desc())
        .limit(1)
    ).one_or_none()
    return Spell(*found) if found else None


def own_ticket(db: Db, access: MeetingAccess) -> str:
    """One's own ticket in fours, while it can be used; empty for who is not on the roll."""
    actor = access.actor
    if actor is None or access.meeting.state not in meeting_rules.ATTENDED:
        return ""
    row = db.get(RollEntry, (access.meeting.id, actor.id))
    if row is None or not row.entitled:
        return ""
    return signs.grouped(codes.ticket(access.meeting.id, actor.id))


def silent(db: Db, meeting: int) -> dict[int, datetime]:
    """The desks that are missed, by venue, with since when; none once the meeting is over."""
    found = db.execute(
        select(col(DeskSeen.venue_id), col(DeskSeen.silent_since))
        .join(Meeting, col(Meeting.id) == col(DeskSeen.meeting_id))
        .where(
            col(DeskSeen.meeting_id) == meeting,
            col(DeskSeen.silent_since).is_not(None),
            col(Meeting.state).in_(meeting_rules.ATTENDED),
        )
    )
    return {venue: since for venue, since in found if since is not None}


def asking(db: Db, meeting: int) -> list[Asking]:
    """Guests whom a desk has verified and who ask to be on the roll, as they came."""
    newest = (
        select(func.max(col(WalkIn.id)))
        .where(col(WalkIn.meeting_id) == meeting)
        .group_by(col(WalkIn.member_id))
    )
    on_roll = and_(
        col(RollEntry.meeting_id) == meeting, col(RollEntry.member_id) == col(WalkIn.member_id)
    )
    found = db.execute(
        select(col(WalkIn.member_id), col(Member.name), col(WalkIn.venue_id), col(WalkIn.proof))
        .join(Member, col(Member.id) == col(WalkIn.member_id))
        .join(RollEntry, on_roll, isouter=True)
        .where(
            col(WalkIn.id).in_(newest),
            col(WalkIn.asks),
            col(RollEntry.member_id).is_(None),
            col(Member.erased_at).is_(None),
        )
        .order_by(col(WalkIn.id))
        .limit(200)
    )
    return [Asking(member, name, venue, Proof(proof)) for member, name, venue, proof in found]


def seen_as(db: Db, meeting: int, member: int) -> Proof | None:
    """How a desk of this meeting came to know somebody, if one did."""
    query = (
        select(col(WalkIn.proof))
        .where(col(WalkIn.meeting_id) == meeting, col(WalkIn.member_id) == member)
        .order_by(col(WalkIn.id).desc())
        .limit(1)
    )
    found = db.execute(query).scalar_one_or_none()
    return Proof(found) if found else None
