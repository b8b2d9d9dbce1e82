"""Invitations and places, read: what a link opens, who came, who waits for a place."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, cast, func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db, metadata
from forum.base.errors import Conflict, NotFound
from forum.base.i18n import _
from forum.base.i18n import date as day_of
from forum.consultations import words
from forum.consultations.models import (
    Category,
    Consultation,
    Invitation,
    InvitationCode,
    Participant,
    Place,
)
from forum.stations import codes, waysin
from forum.stations.waysin import Opens

DOOR = "/join/"
_AHEAD = metadata.tables["consultation_place"].alias()


class Offer(NamedTuple):
    """What a link offers: a place in a consultation."""

    invitation: int
    consultation: int
    title: str
    summary: str
    station_id: int | None
    category_id: int | None
    category: str | None
    guests: bool
    digest: str
    most: int | None
    uses: int
    until: datetime
    withdrawn_at: datetime | None
    zone: str

    def closed(self) -> Conflict | None:
        """Why the link opens nothing now; None where it does."""
        if self.withdrawn_at is not None:
            return Conflict(_("This invitation was withdrawn. Please ask whoever gave it to you."))
        if self.until <= clock.now():
            words = _("This invitation was valid until %(date)s.")
            return Conflict(words % {"date": day_of(self.until, self.zone)})
        if self.most is not None and self.uses >= self.most:
            return Conflict(_("This invitation has been used up. Please ask for another one."))
        return None


class CategoryRow(NamedTuple):
    """A sort of people: how many were invited (None: without a bound), came, wait, may come."""

    id: int | None
    name: str
    quota: int | None
    invited: int | None
    joined: int
    waiting: int


class InvitationRow(NamedTuple):
    """A link, or a sheet of personal ones, as the moderator sees it."""

    id: int
    category_id: int | None
    note: str
    most: int | None
    guests: bool
    until: datetime
    withdrawn_at: datetime | None
    made_at: datetime
    codes: int
    uses: int

    @property
    def open(self) -> bool:
        """Whether somebody may still come by it."""
        left = self.most is None or self.uses < self.most * self.codes
        return left and self.withdrawn_at is None and self.until > clock.now()


@waysin.door
def _door(db: Db, digest: str) -> str | None:
    return DOOR if db.get(InvitationCode, digest) else None


def offer(db: Db, typed: str) -> Offer:
    """What a link offers; a wrong one counts as a guess, as at the door for codes."""
    found = waysin.look(db, typed)
    if found.opens is not Opens.ELSEWHERE:
        raise NotFound(_("There is no such invitation."))
    row = db.execute(
        select(
            col(Invitation.id),
            col(Consultation.id),
            col(Consultation.title),
            col(Consultation.summary),
            col(Consultation.station_id),
            col(Invitation.category_id),
            col(Category.name),
            col(Invitation.guests),
            col(InvitationCode.digest),
            col(Invitation.most),
            col(InvitationCode.uses),
            col(Invitation.until),
            col(Invitation.withdrawn_at),
            col(Consultation.zone),
        )
        .join(InvitationCode, col(InvitationCode.invitation_id) == col(Invitation.id))
        .join(Consultation, col(Consultation.id) == col(Invitation.consultation_id))
        .outerjoin(Category, col(Category.id) == col(Invitation.category_id))
        .where(col(InvitationCode.digest) == codes.digest(found.code))
    ).one()
    return Offer(*row)


def is_full(db: Db, category: int | None) -> bool:
    """Whether all places of a sort of people are taken."""
    row = db.get(Category, category) if category is not None else None
    return row is not None and row.quota is not None and seated(db, row.id) >= row.quota


def seated(db: Db, category: int) -> int:
    """How many of a sort of people take part."""
    query = select(func.count()).where(
        col(Place.category_id) == category, col(Place.seated_at).is_not(None)
    )
    return int(db.execute(query).scalar_one())


def waits_as(db: Db, actor: Actor | None, consultation: int) -> int | None:
    """Which number somebody has on the waiting list; None: they do not wait."""
    if actor is None:
        return None
    mine = db.execute(
        select(col(Place.id), col(Place.category_id)).where(
            col(Place.consultation_id) == consultation,
            col(Place.member_id) == actor.id,
            col(Place.seated_at).is_(None),
        )
    ).one_or_none()
    if mine is None:
        return None
    before = select(func.count()).where(
        col(Place.category_id) == mine.category_id,
        col(Place.seated_at).is_(None),
        col(Place.id) <= mine.id,
    )
    return int(db.execute(before).scalar_one())


class Waiting(NamedTuple):
    """A consultation in which one waits for a place: what it is called, and which number one is."""

    consultation: int
    title: str
    number: int


def waiting(db: Db, actor: Actor | None) -> list[Waiting]:
    """Where somebody waits for a place, also where they do not see the consultation yet."""
    if actor is None:
        return []
    mine, ahead = metadata.tables["consultation_place"], _AHEAD.c
    before = (
        select(func.count())
        .where(
            ahead.category_id == mine.c.category_id,
            ahead.seated_at.is_(None),
            ahead.id <= mine.c.id,
        )
        .correlate(mine)
        .scalar_subquery()
    )
    query = (
        select(mine.c.consultation_id, col(Consultation.title), before)
        .join(Consultation, col(Consultation.id) == mine.c.consultation_id)
        .where(mine.c.member_id == actor.id, mine.c.seated_at.is_(None))
        .order_by(mine.c.id)
        .limit(50)
    )
    return [Waiting(*row) for row in db.execute(query)]


def categories(db: Db, consultation: int) -> list[CategoryRow]:
    """Each sort of people: invited, joined, waiting, places; those of no sort at the end."""
    rows = invitations(db, consultation)
    found = db.execute(
        select(
            col(Place.category_id),
            func.count(col(Place.seated_at)),
            func.count() - func.count(col(Place.seated_at)),
        )
        .where(col(Place.consultation_id) == consultation)
        .group_by(col(Place.category_id))
    )
    came = {category: (int(joined), int(waiting)) for category, joined, waiting in found}
    known = db.execute(
        select(col(Category.id), col(Category.name), col(Category.quota))
        .where(col(Category.consultation_id) == consultation)
        .order_by(col(Category.id))
    ).all()
    lines: list[tuple[int | None, str, int | None]] = [tuple(row) for row in known]
    if None in came or any(row.category_id is None for row in rows):
        lines.append((None, "", None))
    return [
        CategoryRow(
            ident,
            words.category(name),
            quota,
            _invited([row for row in rows if row.category_id == ident]),
            *came.get(ident, (0, 0)),
        )
        for ident, name, quota in lines
    ]


def _invited(rows: list[InvitationRow]) -> int | None:
    """How many people may come by these links; those used count where a link was withdrawn."""
    total = 0
    for row in rows:
        if not row.open:
            total += row.uses
        elif row.most is None:
            return None
        else:
            total += row.most * row.codes
    return total


def invitations(db: Db, consultation: int, *, limit: int = 200) -> list[InvitationRow]:
    """The links of a consultation, the newest first."""
    found = db.execute(
        select(
            col(Invitation.id),
            col(Invitation.category_id),
            col(Invitation.note),
            col(Invitation.most),
            col(Invitation.guests),
            col(Invitation.until),
            col(Invitation.withdrawn_at),
            col(Invitation.made_at),
            func.count(col(InvitationCode.digest)),
            cast(func.coalesce(func.sum(col(InvitationCode.uses)), 0), Integer),
        )
        .join(InvitationCode, col(InvitationCode.invitation_id) == col(Invitation.id))
        .where(col(Invitation.consultation_id) == consultation)
        .group_by(col(Invitation.id))
        .order_by(col(Invitation.id).desc())
        .limit(limit)
    )
    return [InvitationRow._make(row) for row in found]


def takes_part(db: Db, actor: Actor | None, consultation: int) -> bool:
    """Whether somebody is on the list of participants."""
    return actor is not None and db.get(Participant, (consultation, actor.id)) is not None
