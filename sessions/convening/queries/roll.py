"""The roll with what it says of people, and its totals by heads, households and weight."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlmodel import col

from forum.base.db import Db
from forum.members.models import Member
from sessions.convening import rules
from sessions.convening.models import RollDetail
from sessions.convening.queries import proxies
from sessions.convening.queries.preparing import prepared
from sessions.meetings.models import Attendance, RollEntry
from sessions.meetings.presence import weighing


class Person(NamedTuple):
    """Somebody on the roll."""

    member_id: int
    name: str
    login: str
    number: str
    weight: str
    household: str
    organisation: str


class Share(NamedTuple):
    """How much of the roll there is, is present, and is represented besides."""

    entitled: Fraction
    present: Fraction
    represented: Fraction

    @property
    def texts(self) -> tuple[str, str, str]:
        """As tables show it, nothing rounded."""
        return (
            rules.written(self.entitled),
            rules.written(self.present),
            rules.written(self.represented),
        )


class Figures(NamedTuple):
    """The roll in figures. Households and weight are there where the roll knows of any."""

    heads: Share
    households: Share | None
    weight: Share | None
    counted: bool  # whether who is represented counts for the quorum

    @property
    def more(self) -> bool:
        """Whether there is anything to say beside the heads that are there."""
        return bool(self.heads.represented or self.households or self.weight)


_JOINED = (
    col(Member.id),
    col(Member.name),
    col(Member.login),
    func.coalesce(col(RollDetail.number), ""),
    func.coalesce(col(RollDetail.weight), "1"),
    func.coalesce(col(RollDetail.household), ""),
    func.coalesce(col(RollDetail.organisation), ""),
)


def people(
    db: Db, meeting: int, *, text: str = "", offset: int = 0, limit: int = 100
) -> tuple[list[Person], int]:
    """A page of those entitled, by number and name; and how many there are."""
    match = and_(col(RollEntry.meeting_id) == meeting, col(RollEntry.entitled))
    if text:
        match &= or_(
            *(
                col(column).icontains(text, autoescape=True)
                for column in (
                    Member.name,
                    Member.login,
                    RollDetail.number,
                    RollDetail.household,
                    RollDetail.organisation,
                )
            )
        )
    detail = and_(
        col(RollDetail.meeting_id) == meeting, col(RollDetail.member_id) == col(Member.id)
    )
    query = (
        select(*_JOINED)
        .join(RollEntry, col(RollEntry.member_id) == col(Member.id))
        .join(RollDetail, detail, isouter=True)
        .where(match)
    )
    total = db.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    order = (
        func.coalesce(col(RollDetail.number), "") == "",
        func.length(func.coalesce(col(RollDetail.number), "")),
        func.coalesce(col(RollDetail.number), ""),
        col(Member.name),
        col(Member.id),
    )
    found = db.execute(query.order_by(*order).offset(offset).limit(limit))
    return [Person(*row) for row in found], total


def detailed(db: Db, meeting: int) -> dict[int, Person]:
    """Everybody of whom the roll says more than the name."""
    query = (
        select(*_JOINED)
        .join(RollDetail, col(RollDetail.member_id) == col(Member.id))
        .where(col(RollDetail.meeting_id) == meeting)
    )
    return {row.member_id: row for row in (Person(*found) for found in db.execute(query))}


def figures(db: Db, meeting: int) -> Figures:
    """How many are entitled, present and represented: by heads, households and weight."""
    on_roll = _members(db, meeting)
    there = on_roll & set(
        db.execute(
            select(col(Attendance.member_id)).where(
                col(Attendance.meeting_id) == meeting, col(Attendance.out_at).is_(None)
            )
        ).scalars()
    )
    instead = proxies.standing_in(db, meeting)
    known = db.execute(
        select(col(RollDetail.member_id), col(RollDetail.weight), col(RollDetail.household)).where(
            col(RollDetail.meeting_id) == meeting
        )
    ).all()
    weights = {member: rules.weight(weight) or Fraction(1) for member, weight, _home in known}
    homes = {member: home for member, _weight, home in known if home}
    groups = (on_roll, there, instead)
    uneven = any(each != 1 for member, each in weights.items() if member in on_roll)
    heads = Share(*(Fraction(len(group)) for group in groups))
    counted = prepared(db, meeting).kind.counted
    return Figures(
        heads,
        _homes(groups, homes) if not on_roll.isdisjoint(homes) else None,
        Share(*(_sum(group, weights) for group in groups)) if uneven else None,
        counted,
    )


def weights(db: Db, meeting: int) -> dict[int, Fraction]:
    """What those on the roll weigh who do not weigh 1."""
    query = (
        select(col(RollDetail.member_id), col(RollDetail.weight))
        .join(
            RollEntry,
            and_(
                col(RollEntry.meeting_id) == col(RollDetail.meeting_id),
                col(RollEntry.member_id) == col(RollDetail.member_id),
                col(RollEntry.entitled),
            ),
        )
        .where(col(RollDetail.meeting_id) == meeting, col(RollDetail.weight) != "1")
    )
    known = {member: rules.weight(text) or Fraction(1) for member, text in db.execute(query)}
    return {member: each for member, each in known.items() if each != 1}


weighing.append(weights)


def _members(db: Db, meeting: int) -> set[int]:
    query = select(col(RollEntry.member_id)).where(
        col(RollEntry.meeting_id) == meeting, col(RollEntry.entitled)
    )
    return set(db.execute(query).scalars())


def _sum(group: set[int], weights: dict[int, Fraction]) -> Fraction:
    return sum((weights.get(member, Fraction(1)) for member in group), Fraction(0))


def _homes(groups: Sequence[set[int]], homes: dict[int, str]) -> Share:
    """A household is there once, however many come; it is represented where nobody of it came."""
    every, there, instead = ({homes[m] for m in group if m in homes} for group in groups)
    return Share(Fraction(len(every)), Fraction(len(there)), Fraction(len(instead - there)))
