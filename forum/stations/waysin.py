"""The ways in that a station hands out, read: what a code opens, and the state of its sheets."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock, limits
from forum.base.db import Db
from forum.base.errors import Invalid, TooMany
from forum.base.i18n import _
from forum.base.i18n import date as day_of
from forum.members.models import Member, Role, RoleGrant
from forum.members.queries import holds
from forum.stations import codes
from forum.stations.models import Card, Slip, SlipBatch, Station

# Wrong codes of one sheet: a hall may mistype for an evening, a machine never gets anywhere.
GUESSES_A_MINUTE = 6
GUESSES_AT_ONCE = 60


class Opens(StrEnum):
    """What a code lets somebody do."""

    SLIP = "slip"
    CARD = "card"
    ELSEWHERE = "elsewhere"


class Found(NamedTuple):
    """A code that opens something: a slip its station, a card an account, another room's a page."""

    opens: Opens
    code: str
    station_id: int | None = None
    station: str = ""
    member_id: int | None = None
    batch_id: int | None = None
    path: str = ""


class Batch(NamedTuple):
    """A sheet and what became of its slips."""

    id: int
    note: str
    made_at: datetime
    until: datetime
    withdrawn_at: datetime | None
    total: int
    used: int

    @property
    def open(self) -> int:
        """How many may still be used."""
        over = self.withdrawn_at is not None or self.until <= clock.now()
        return 0 if over else self.total - self.used


class Resident(NamedTuple):
    """A resident of a station, as its clerk finds them."""

    id: int
    name: str
    login: str
    card_at: datetime | None


Door = Callable[[Db, str], str | None]
_doors: list[Door] = []


def door(find: Door) -> Door:
    """Let a higher room's codes be typed at the same place: digest → its page, None: not its."""
    _doors.append(find)
    return find


def look(db: Db, typed: str) -> Found:
    """What a typed code opens; raises Invalid with what is wrong with it, TooMany for guessing."""
    code = codes.read(typed)
    if code is None:
        raise _wrong(_("The code has sixteen digits. Please type them as they stand on the paper."))
    if not codes.sound(code):
        raise _wrong(_("One of the digits is not right. Please compare them with the paper."))
    key = f"code:{codes.tag_of(code)}"
    if not limits.left(key, per_minute=GUESSES_A_MINUTE, burst=GUESSES_AT_ONCE):
        raise TooMany(_("Too many wrong codes were tried. Please try again in some minutes."))
    digest = codes.digest(code)
    found = _slip(db, code, digest) or _card(db, code, digest) or _elsewhere(db, code, digest)
    if found is None:
        limits.spend(key, per_minute=GUESSES_A_MINUTE, burst=GUESSES_AT_ONCE)
        raise _wrong(_("We do not know this code. Please compare it with the paper."))
    return found


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"code": sentence})


def _slip(db: Db, code: str, digest: str) -> Found | None:
    row = db.execute(
        select(
            col(Slip.used_at),
            col(SlipBatch.id),
            col(SlipBatch.until),
            col(SlipBatch.withdrawn_at),
            col(Station.id),
            col(Station.name),
            col(Station.archived_at),
        )
        .join(SlipBatch, col(SlipBatch.id) == col(Slip.batch_id))
        .join(Station, col(Station.id) == col(SlipBatch.station_id))
        .where(col(Slip.digest) == digest)
    ).one_or_none()
    if row is None:
        return None
    used, batch, until, withdrawn, station, name, archived = row
    where = {"station": name, "date": day_of(until)}
    if used is not None:
        raise _wrong(
            _("This slip has been used. If it was you, come in with your card or your password.")
        )
    if withdrawn is not None or archived is not None:
        raise _wrong(
            _("This slip is no longer valid. Please ask for a new one at: %(station)s.") % where
        )
    if until <= clock.now():
        raise _wrong(
            _("This slip was valid until %(date)s. Please ask for a new one at: %(station)s.")
            % where
        )
    return Found(Opens.SLIP, code, station, name, batch_id=batch)


def _card(db: Db, code: str, digest: str) -> Found | None:
    row = db.execute(
        select(col(Card.member_id), col(Card.ended_at), col(Member.erased_at))
        .join(Member, col(Member.id) == col(Card.member_id))
        .where(col(Card.digest) == digest)
    ).one_or_none()
    if row is None or row.erased_at is not None:
        return None
    if row.ended_at is not None:
        raise _wrong(
            _("This card is no longer valid: a newer one or a new password took its place.")
        )
    return Found(Opens.CARD, code, member_id=row.member_id)


def _elsewhere(db: Db, code: str, digest: str) -> Found | None:
    for find in _doors:
        if path := find(db, digest):
            return Found(Opens.ELSEWHERE, code, path=f"{path}{code}")
    return None


def batches(db: Db, station: int, *, limit: int = 100) -> list[Batch]:
    """The sheets of a station, the newest first."""
    counts = (
        select(
            col(Slip.batch_id).label("batch"),
            func.count().label("total"),
            func.count(col(Slip.used_at)).label("used"),
        )
        .join(SlipBatch, col(SlipBatch.id) == col(Slip.batch_id))
        .where(col(SlipBatch.station_id) == station)
        .group_by(col(Slip.batch_id))
        .subquery()
    )
    found = db.execute(
        select(
            col(SlipBatch.id),
            col(SlipBatch.note),
            col(SlipBatch.made_at),
            col(SlipBatch.until),
            col(SlipBatch.withdrawn_at),
            counts.c.total,
            counts.c.used,
        )
        .join(counts, counts.c.batch == col(SlipBatch.id))
        .order_by(col(SlipBatch.id).desc())
        .limit(limit)
    )
    return [Batch(*row) for row in found]


def residents(
    db: Db, place: str, *, text: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[Resident], int]:
    """The residents of a station by name, a page of them; and how many there are."""
    match = (
        (col(RoleGrant.place) == place)
        & (col(RoleGrant.role) == Role.RESIDENT)
        & holds(RoleGrant, clock.now())
        & col(Member.erased_at).is_(None)
    )
    if text:
        match &= col(Member.name).icontains(text, autoescape=True) | (
            col(Member.login).icontains(text, autoescape=True)
        )
    every = select(col(Member.id)).join(RoleGrant, col(RoleGrant.member_id) == col(Member.id))
    total = db.execute(select(func.count()).select_from(every.where(match).subquery())).scalar_one()
    found = db.execute(
        select(col(Member.id), col(Member.name), col(Member.login), col(Card.made_at))
        .join(RoleGrant, col(RoleGrant.member_id) == col(Member.id))
        .outerjoin(Card, (col(Card.member_id) == col(Member.id)) & col(Card.ended_at).is_(None))
        .where(match)
        .order_by(col(Member.name), col(Member.id))
        .offset(offset)
        .limit(limit)
    )
    return [Resident(*row) for row in found], total
