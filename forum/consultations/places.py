"""Invitations and places, read: what a link opens, who came, who waits for a place."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, cast, func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, NotFound
from forum.base.i18n import _
from forum.base.i18n import date as day_of
from forum.base.tables import metadata
from forum.consultations import words
from forum.consultations.models import (
    Category,
    Consultation,
    Invitation,
    InvitationCode,
    Place,
    Stage,
)
from forum.stations import codes, waysin
from forum.stations.waysin import Opens

DOOR = "/join/"
SHOWN = 200  # links on one page; the sums count all of them
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
    stage: Stage
    archived_at: datetime | None

    def closed(self) -> Conflict | None:
        """Why the link opens nothing now; None where it does."""
        if self.stage is Stage.CLOSED or self.archived_at is not None:
            return Conflict(_("This consultation is over; nobody new comes in any more."))
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

    @property
    def bound(self) -> int:
        """How many come by it, where that has a bound; those who came where it has ended."""
        return self.most * self.codes if self.open and self.most is not None else self.uses


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
            col(Consultation.stage),
            col(Consultation.archived_at),
        )
        .join(InvitationCode, col(InvitationCode.invitation_id) == col(Invitation.id))
        .join(Consultation, col(Consultation.id) == col(Invitation.consultation_id))
        .outerjoin(Category, col(Category.id) == col(Invitation.category_id))
        .where(col(InvitationCode.digest) == codes.digest(found.code))
    ).one()
    made = Offer(*row)
    return made._replace(stage=Stage(made.stage))


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


class Waiting(NamedTuple):
    """A consultation in which one waits for a place: what it is called, and which number one is."""

    consultation: int
    title: str
    number: int


def waiting(db: Db, actor: Actor | None, consultation: int | None = None) -> list[Waiting]:
    """Where somebody waits for a place (or only here), also where they do not see it yet."""
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
    if consultation is not None:
        query = query.where(mine.c.consultation_id == consultation)
    return [Waiting(*row) for row in db.execute(query)]


def number(db: Db, actor: Actor | None, consultation: int) -> int | None:
    """Which number somebody has on the waiting list here; None: they do not wait."""
    found = waiting(db, actor, consultation)
    return found[0].number if found else None


def categories(db: Db, consultation: int) -> list[CategoryRow]:
    """Each sort of people: invited, joined, waiting, places; those of no sort at the end."""
    invited = _invited(db, consultation)
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
    if None in came or None in invited:
        lines.append((None, "", None))
    return [
        CategoryRow(
            ident, words.category(name), quota, invited.get(ident, 0), *came.get(ident, (0, 0))
        )
        for ident, name, quota in lines
    ]


def _invited(db: Db, consultation: int) -> dict[int | None, int | None]:
    """How many may come by links, by sort; those used count where a link was withdrawn."""
    found: dict[int | None, int | None] = {}
    for row in db.execute(_links(consultation)):
        link = InvitationRow._make(row)
        so_far = found.setdefault(link.category_id, 0)
        if so_far is None or (link.open and link.most is None):
            found[link.category_id] = None  # one link without a bound is enough
        else:
            found[link.category_id] = so_far + link.bound
    return found


def _links(consultation: int) -> Select[*tuple[Any, ...]]:
    return (
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
    )


def invitations(db: Db, consultation: int) -> list[InvitationRow]:
    """The latest links of a consultation, the newest first."""
    return [InvitationRow._make(row) for row in db.execute(_links(consultation).limit(SHOWN))]
