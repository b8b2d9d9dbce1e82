"""Who reads which sanctions: those who moderate the place, and the person."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlmodel import col

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.registry import Step
from forum.consultations import queries as consultations
from forum.consultations.rules import MODERATING
from forum.members import queries as members
from forum.members.models import PLATFORM, StandingKind
from forum.members.words import standing_words
from forum.stations import queries as stations
from moderation.reports.models import Rule
from moderation.sanctions import rules
from moderation.sanctions.models import Sanction
from sessions.meetings import queries as meetings

PAGE = 20


class SanctionRow(NamedTuple):
    """A sanction as it is read."""

    id: int
    member_id: int
    place: str
    kind: StandingKind
    rule: Rule
    reason: str
    at: datetime
    until: datetime | None
    imposed_by: int | None
    lifted_at: datetime | None

    @property
    def holds(self) -> bool:
        """Whether it is in force."""
        return rules.holds(self.until, self.lifted_at, clock.now())


_COLUMNS = (
    col(Sanction.id),
    col(Sanction.member_id),
    col(Sanction.place),
    col(Sanction.kind),
    col(Sanction.rule),
    col(Sanction.reason),
    col(Sanction.at),
    col(Sanction.until),
    col(Sanction.imposed_by),
    col(Sanction.lifted_at),
)


def _row(found: Sequence[object]) -> SanctionRow:
    row = SanctionRow._make(found)
    return row._replace(kind=StandingKind(row.kind), rule=Rule(row.rule))


def around(db: Db, actor: Actor | None, place: str) -> tuple[str, ...]:
    """A place and those around it whose roles count there; NotFound where it is invisible."""
    if place == PLATFORM:
        return (PLATFORM,)
    try:
        kind, ident = parse(place)
    except ValueError:
        kind, ident = "", 0
    if kind == "consultation":
        return (place, *consultations.access(db, actor, ident).places)
    if kind == "meeting":
        return (place, *meetings.meeting_access(db, actor, ident).access.places)
    if kind == "station":
        stations.station(db, ident)
        return stations.places(db, ident)
    raise NotFound(_("There is no such place."))


def moderates(db: Db, actor: Actor | None, place: str) -> bool:
    """Whether somebody may restrict people in a place that they see."""
    held = members.roles(db, actor, around(db, actor, place))
    return not MODERATING.isdisjoint(held)


def _visible(db: Db, actor: Actor | None) -> ColumnElement[bool]:
    if actor is None:
        return false()
    led = members.places_of(db, actor, MODERATING)
    if PLATFORM in led:
        return true()
    return or_(col(Sanction.place).in_(led), col(Sanction.member_id) == actor.id)


def sanction(db: Db, actor: Actor | None, sanction_id: int) -> SanctionRow:
    """One sanction, to the person and to those who moderate the place."""
    query = select(*_COLUMNS).where(col(Sanction.id) == sanction_id)
    found = db.execute(query).one_or_none()
    row = _row(found) if found else None
    own = row is not None and actor is not None and row.member_id == actor.id
    if row is None or actor is None or not (own or moderates(db, actor, row.place)):
        raise NotFound(_("There is no such sanction."))
    return row


def sanctions(
    db: Db, actor: Actor | None, place: str, *, offset: int = 0
) -> tuple[list[SanctionRow], int]:
    """A page of what was imposed in a place, newest first, for those who moderate it."""
    if not moderates(db, actor, place):
        raise NotFound(_("There is no such page."))
    here = col(Sanction.place) == place
    total = db.execute(select(func.count()).select_from(Sanction).where(here)).scalar_one()
    query = select(*_COLUMNS).where(here).order_by(col(Sanction.id).desc())
    return [_row(row) for row in db.execute(query.offset(offset).limit(PAGE))], total


@registry.resolver("sanction")
def _resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    query = select(*_COLUMNS).where(col(Sanction.id).in_(ids), _visible(db, actor))
    return {
        row.id: Step(
            ref("sanction", row.id), "sanction", standing_words(row.kind), f"/sanctions/{row.id}"
        )
        for row in map(_row, db.execute(query))
    }
