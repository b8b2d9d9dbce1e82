"""Committees, read: their terms, and who sits or sat in them, in which office."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _, local_now
from forum.members import queries as members
from forum.stations import queries, terms
from forum.stations.models import CommitteeSeat, CommitteeTerm, Office, Tier
from forum.stations.queries import StationRow

MOST_TERMS = 200
MOST_SEATS = 500  # of the terms that stand on one page


class TermRow(NamedTuple):
    """A term and its days."""

    id: int
    station_id: int
    number: int
    first: date
    last: date | None


class SeatRow(NamedTuple):
    """Somebody's office in a term."""

    id: int
    term_id: int
    member_id: int
    office: Office
    first: date
    last: date | None
    name: str = ""


_TERM = tuple(col(getattr(CommitteeTerm, name)) for name in TermRow._fields)
_SEAT = tuple(col(getattr(CommitteeSeat, name)) for name in SeatRow._fields if name != "name")


def today() -> date:
    """The day it is where the installation stands."""
    return local_now().date()


def committee(db: Db, station: int) -> StationRow:
    """The place, which must be a committee."""
    found = queries.station(db, station)
    if found.tier is not Tier.COMMITTEE:
        raise NotFound(_("There is no such committee."))
    return found


def all_terms(db: Db, station: int) -> list[TermRow]:
    """The terms of a committee, the latest first."""
    query = select(*_TERM).where(col(CommitteeTerm.station_id) == station)
    found = db.execute(query.order_by(col(CommitteeTerm.first).desc()).limit(MOST_TERMS))
    return [TermRow(*row) for row in found]


def term(db: Db, station: int, term_id: int) -> TermRow:
    """One term of this committee."""
    query = select(*_TERM).where(
        col(CommitteeTerm.id) == term_id, col(CommitteeTerm.station_id) == station
    )
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound(_("This committee has no such term."))
    return TermRow(*row)


def this_term(found: Sequence[TermRow], day: date) -> TermRow | None:
    """Of terms, the latest first: the one in force, else the last that was, else the first."""
    begun = [row for row in found if row.first <= day]
    return begun[0] if begun else found[-1] if found else None


def seats(db: Db, term_ids: Sequence[int]) -> list[SeatRow]:
    """Who sits and sat in these terms: chair first, members by their first day."""
    query = select(*_SEAT).where(col(CommitteeSeat.term_id).in_(term_ids))
    found = db.execute(query.order_by(col(CommitteeSeat.id)).limit(MOST_SEATS)).all()
    names = members.names(db, {row.member_id for row in found})
    rows = [
        SeatRow(*row)._replace(office=Office(row.office), name=names.get(row.member_id, ""))
        for row in found
    ]
    ranks = list(Office)
    return sorted(rows, key=lambda row: (ranks.index(row.office), row.first, row.name, row.id))


def open_seats(db: Db, station: int, day: date) -> list[SeatRow]:
    """The seats of a committee that are not over on this day, however many there have been."""
    query = select(*_SEAT).join(CommitteeTerm, col(CommitteeTerm.id) == col(CommitteeSeat.term_id))
    goes_on = [
        col(model.last).is_(None) | (col(model.last) >= day)
        for model in (CommitteeSeat, CommitteeTerm)
    ]
    found = db.execute(query.where(col(CommitteeTerm.station_id) == station, *goes_on))
    return [SeatRow(*row)._replace(office=Office(row.office)) for row in found]


def seat(db: Db, station: int, seat_id: int) -> SeatRow:
    """One office in a term of this committee."""
    query = select(*_SEAT).join(CommitteeTerm, col(CommitteeTerm.id) == col(CommitteeSeat.term_id))
    row = db.execute(
        query.where(col(CommitteeSeat.id) == seat_id, col(CommitteeTerm.station_id) == station)
    ).one_or_none()
    if row is None:
        raise NotFound(_("There is no such seat."))
    return SeatRow(*row)._replace(office=Office(row.office))


def sitting(db: Db, found: TermRow, day: date) -> list[SeatRow]:
    """Who sits on this day; after the term, who sat on its last."""
    within = min(max(day, found.first), found.last or date.max)
    return [row for row in seats(db, [found.id]) if terms.in_force(row, within)]
