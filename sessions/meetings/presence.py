"""Who is entitled and who is there: the roll, the intervals, the counts, the desk's search."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import col

from forum.base import clock
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.consultations import queries as consultations
from forum.consultations.models import Eligibility, Participant
from forum.consultations.queries import Access
from forum.members import queries as members
from forum.members.models import Member, Role, RoleGrant
from sessions.meetings import rules
from sessions.meetings.models import Attendance, Method, Mode, RollEntry
from voting.polls import roll


class Interval(NamedTuple):
    """Somebody being at a venue."""

    id: int
    member_id: int
    venue_id: int
    mode: Mode
    method: Method
    in_at: datetime
    out_at: datetime | None


class Counts(NamedTuple):
    """Who is there: of the roll, in all; guests beside them; everybody by venue."""

    entitled: int
    present: int
    guests: int
    venues: dict[int, int]
    represented: int = 0

    @property
    def by_venue(self) -> dict[str, int]:
        """As an event carries it."""
        return {str(venue): number for venue, number in sorted(self.venues.items())}

    def quorum(self, share: str) -> "QuorumNow":
        """How it stands with a quorum, in exact integers; where none is asked, 0 are needed."""
        if share == rules.NO_QUORUM:
            return QuorumNow(self.entitled, self.present, 0, True, self.represented)
        asked = rules.share(share)
        return QuorumNow(
            self.entitled,
            self.present,
            asked.needed(self.entitled),
            asked.carries(self.present + self.represented, self.entitled),
            self.represented,
        )


class QuorumNow(NamedTuple):
    """So many entitled, so many present, so many needed; `represented` count beside those there."""

    entitled: int
    present: int
    needed: int
    reached: bool
    represented: int = 0


class DeskRow(NamedTuple):
    """Somebody as a desk finds them: on the roll or not, where they are now."""

    member_id: int
    name: str
    login: str
    entitled: bool
    attendance_id: int | None
    venue_id: int | None


class Voter(NamedTuple):
    """Somebody on the roll and where they are now."""

    member_id: int
    venue_id: int | None


# How many of the roll are absent and count by another who is there: said by the room of proxies.
representing: list[Callable[[Db, int], int]] = []
# Who of those there stands in for each who is absent, and what each weighs who does not weigh 1.
standing: list[Callable[[Db, int], dict[int, int]]] = []
weighing: list[Callable[[Db, int], dict[int, Fraction]]] = []
# Whether anybody came to a venue without checking in: said by the room of those who are received.
visited: list[Callable[[Db, int], bool]] = []
_OPEN = col(Attendance.out_at).is_(None)


def counts(db: Db, meeting: int) -> Counts:
    """How many are there now; each person counts once, since only one interval can be open."""
    entitled = db.execute(
        select(func.count())
        .select_from(RollEntry)
        .where(col(RollEntry.meeting_id) == meeting, col(RollEntry.entitled))
    ).scalar_one()
    found = db.execute(
        select(
            col(Attendance.venue_id),
            func.count(),
            func.count(col(RollEntry.member_id)),
        )
        .join(
            RollEntry,
            and_(
                col(RollEntry.meeting_id) == meeting,
                col(RollEntry.member_id) == col(Attendance.member_id),
                col(RollEntry.entitled),
            ),
            isouter=True,
        )
        .where(col(Attendance.meeting_id) == meeting, _OPEN)
        .group_by(col(Attendance.venue_id))
    ).all()
    present = sum(on_roll for _venue, _all, on_roll in found)
    everybody = sum(number for _venue, number, _on_roll in found)
    venues = {venue: number for venue, number, _on_roll in found}
    represented = sum(count(db, meeting) for count in representing)
    return Counts(entitled, present, everybody - present, venues, represented)


def instead(db: Db, meeting: int) -> dict[int, int]:
    """Who of those there stands in for each who is absent."""
    return {absent: holder for find in standing for absent, holder in find(db, meeting).items()}


def weights(db: Db, meeting: int) -> dict[int, Fraction]:
    """What those on the roll weigh who do not weigh 1; empty where all weigh alike."""
    return {member: each for find in weighing for member, each in find(db, meeting).items()}


_INTERVAL = (
    col(Attendance.id),
    col(Attendance.member_id),
    col(Attendance.venue_id),
    col(Attendance.mode),
    col(Attendance.method),
    col(Attendance.in_at),
    col(Attendance.out_at),
)


def _interval(row: Sequence[object]) -> Interval:
    made = Interval._make(row)
    return made._replace(mode=Mode(made.mode), method=Method(made.method))


def here(db: Db, meeting: int, people: Collection[int]) -> dict[int, Interval]:
    """Where these people are now; who is absent is left out."""
    found = db.execute(
        select(*_INTERVAL).where(
            col(Attendance.meeting_id) == meeting, _OPEN, col(Attendance.member_id).in_(people)
        )
    )
    return {row.member_id: row for row in map(_interval, found)}


def intervals(db: Db, meeting: int, *, limit: int = 10_000) -> list[Interval]:
    """Everybody's comings and goings, in order: what the minutes list attendance from."""
    found = db.execute(
        select(*_INTERVAL)
        .where(col(Attendance.meeting_id) == meeting)
        .order_by(col(Attendance.in_at), col(Attendance.id))
        .limit(limit)
    )
    return [_interval(row) for row in found]


def attended(db: Db, meeting: int) -> int:
    """How many different people were there at some time."""
    query = select(func.count(func.distinct(col(Attendance.member_id))))
    return int(db.execute(query.where(col(Attendance.meeting_id) == meeting)).scalar_one())


def entitled(db: Db, meeting: int, people: Collection[int]) -> dict[int, bool]:
    """Of these people, who stands on the roll; False for who was struck off it."""
    found = db.execute(
        select(col(RollEntry.member_id), col(RollEntry.entitled)).where(
            col(RollEntry.meeting_id) == meeting, col(RollEntry.member_id).in_(people)
        )
    )
    return {member: bool(holds) for member, holds in found}


def voters(db: Db, meeting: int) -> list[Voter]:
    """The roll, each with the venue at which they are now."""
    found = db.execute(
        select(col(RollEntry.member_id), col(Attendance.venue_id))
        .join(
            Attendance,
            and_(
                col(Attendance.meeting_id) == meeting,
                col(Attendance.member_id) == col(RollEntry.member_id),
                _OPEN,
            ),
            isouter=True,
        )
        .where(col(RollEntry.meeting_id) == meeting, col(RollEntry.entitled))
        .order_by(col(RollEntry.member_id))
    )
    return [Voter(*row) for row in found]


def eligible_now(db: Db, access: Access) -> list[int]:
    """Whom a roll is drawn from: who may take part.

    Where that is open to all, nobody can name everybody: the roll then begins with the list and
    the place's residents, and whoever else comes joins it on arrival.
    """
    able = [entry.member_id for entry in roll.eligible(db, access.consultation.id)]
    if access.consultation.eligibility is Eligibility.LISTED:
        return able
    listed = select(col(Participant.member_id)).where(
        col(Participant.consultation_id) == access.consultation.id
    )
    residents = select(col(RoleGrant.member_id)).where(
        col(RoleGrant.role) == Role.RESIDENT,
        col(RoleGrant.place).in_(access.places),
        members.holds(RoleGrant, clock.now()),
    )
    known = set(db.execute(listed.union(residents)).scalars())
    return [ident for ident in able if ident in known]


def joins(db: Db, access: Access, member: int) -> bool:
    """Whether somebody who comes without being on the roll belongs on it."""
    try:
        newcomer = members.actor_of(db, member)
        if newcomer.asleep:
            return False
        if access.consultation.eligibility is Eligibility.LISTED:
            return db.get(Participant, (access.consultation.id, member)) is not None
        return consultations.access(db, newcomer, access.consultation.id).eligible
    except NotFound:
        return False


def keepers(db: Db, people: Collection[int]) -> dict[int, tuple[str, str]]:
    """Name and login name of those who keep desks, for the form that names them."""
    found = db.execute(
        select(col(Member.id), col(Member.name), col(Member.login)).where(
            col(Member.id).in_(people), col(Member.erased_at).is_(None)
        )
    )
    return {ident: (name, login) for ident, name, login in found}


def desk(
    db: Db, meeting: int, *, text: str = "", venue: int | None = None, limit: int = 60
) -> list[DeskRow]:
    """People as a desk looks for them: by name, or those at a venue; the roll comes first."""
    match: ColumnElement[bool] = col(Member.erased_at).is_(None)
    if text:
        pattern = "%" + text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
        match &= or_(
            col(Member.name).ilike(pattern, escape="\\"),
            col(Member.login).ilike(pattern, escape="\\"),
        )
    if venue is not None:
        match &= col(Attendance.venue_id) == venue
    elif not text:
        match &= col(RollEntry.entitled)
    on_roll = and_(col(RollEntry.meeting_id) == meeting, col(RollEntry.member_id) == col(Member.id))
    there = and_(
        col(Attendance.meeting_id) == meeting, col(Attendance.member_id) == col(Member.id), _OPEN
    )
    found = db.execute(
        select(
            col(Member.id),
            col(Member.name),
            col(Member.login),
            func.coalesce(col(RollEntry.entitled), False),
            col(Attendance.id),
            col(Attendance.venue_id),
        )
        .join(RollEntry, on_roll, isouter=True)
        .join(Attendance, there, isouter=True)
        .where(match)
        .order_by(func.coalesce(col(RollEntry.entitled), False).desc(), col(Member.name))
        .limit(limit)
    )
    return [DeskRow(*row) for row in found]
