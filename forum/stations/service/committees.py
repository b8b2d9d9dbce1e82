"""A committee's terms and offices; whoever sits has the role, and only they."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from forum.base import ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.settings import settings
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Member, Role
from forum.stations import committees, events, queries, rules, terms
from forum.stations.committees import TermRow
from forum.stations.models import CommitteeSeat, CommitteeTerm, Office

CHANGE = "stations:committee:change"


def begin_term(
    tx: Db, actor: Actor | None, station: int, number: int, first: date, last: date | None
) -> int:
    """Give a committee a term; an earlier one that was open ends on the day before."""
    _gate(tx, actor, station)
    known = committees.all_terms(tx, station)
    if number in {row.number for row in known}:
        raise _wrong("number", _("This committee has a term of this number."))
    for row in known:
        if row.last is None and row.first < first:
            _set_days(tx, actor, row._replace(last=first - terms.DAY))
    _check_days(committees.all_terms(tx, station), first, last)
    made = CommitteeTerm(station_id=station, number=number, first=first, last=last)
    tx.add(made)
    tx.flush()
    _tell_term(tx, actor, TermRow(made.id, station, number, first, last))
    follow(tx, actor, station)
    return made.id


def change_term(
    tx: Db, actor: Actor | None, station: int, term: int, first: date, last: date | None
) -> None:
    """Set other days for a term."""
    _gate(tx, actor, station)
    found = committees.term(tx, station, term)
    others = [row for row in committees.all_terms(tx, station) if row.id != term]
    _check_days(others, first, last)
    _set_days(tx, actor, found._replace(first=first, last=last))
    follow(tx, actor, station)


def name(
    tx: Db,
    actor: Actor | None,
    station: int,
    term: int,
    login: str,
    office: Office,
    *,
    first: date | None = None,
    last: date | None = None,
) -> int:
    """Give somebody an office in a term, from its first day unless another is said."""
    _gate(tx, actor, station)
    found = committees.term(tx, station, term)
    member = members.credential(tx, login)
    if member is None:
        raise _wrong("login", _("Nobody has this login name."))
    begins = first or found.first
    if not terms.in_order(begins, last):
        raise _wrong("last", _("The last day is before the first."))
    if not terms.meet(found, begins, last):
        raise _wrong("first", _("These days are not days of the term."))
    for row in committees.seats(tx, [term]):
        if terms.meet(row, begins, last):
            if row.member_id == member[0]:
                raise _wrong("login", _("This person has an office in this term: end that first."))
            if row.office is office is Office.CHAIR:
                raise _wrong("office", _("This term has a chair: end that office first."))
    made = CommitteeSeat(term_id=term, member_id=member[0], office=office, first=begins, last=last)
    tx.add(made)
    tx.flush()
    ends = last.isoformat() if last else None
    taken = events.SeatGranted(station, term, made.id, member[0], office, begins.isoformat(), ends)
    _tell(tx, actor, station, taken)
    follow(tx, actor, station)
    return made.id


def release(tx: Db, actor: Actor | None, station: int, seat: int, last: date) -> None:
    """End an office; its last day may be one to come. The row stays as the record of it."""
    _gate(tx, actor, station)
    found = committees.seat(tx, station, seat)
    if not terms.in_order(found.first, last):
        raise _wrong("last", _("The last day is before the first."))
    if found.last is not None and found.last <= last:
        raise Conflict(_("This office has ended already."))
    tx.get_one(CommitteeSeat, seat).last = last
    tx.flush()
    _tell(tx, actor, station, events.SeatEnded(station, seat, found.member_id, last.isoformat()))
    follow(tx, actor, station)


def follow(tx: Db, actor: Actor | None, station: int) -> None:
    """Give the role to those who sit today, take it from all others, and look again in time."""
    today = committees.today()
    known = committees.all_terms(tx, station)
    seats = committees.open_seats(tx, station, today)
    now = {row.id for row in known if terms.in_force(row, today)}
    sit = {row.member_id for row in seats if row.term_id in now and terms.in_force(row, today)}
    there = select(Member.id).where(col(Member.id).in_(sit), col(Member.erased_at).is_(None))
    wanted = set(tx.exec(there))
    place, within = ref("station", station), queries.places(tx, station)
    held = {holder.id for holder in members.holders(tx, Role.COMMITTEE, [place])}
    for member in sorted(wanted - held):
        accounts.grant(tx, actor, member, Role.COMMITTEE, place, within=within)
    for member in sorted(held - wanted):
        accounts.revoke(tx, actor, member, Role.COMMITTEE, place, within=within)
    if (day := terms.next_change([*known, *seats], today)) is not None:
        begins = datetime.combine(day, time(), ZoneInfo(settings().zone)).astimezone(UTC)
        ticker.schedule(tx, CHANGE, begins, place)
    else:
        ticker.cancel(tx, CHANGE, place)


@ticker.due(CHANGE)
def _change(tx: Db, place: str) -> None:
    """A term or an office begins or is over today."""
    follow(tx, None, parse(place)[1])


def _gate(tx: Db, actor: Actor | None, station: int) -> None:
    committees.committee(tx, station)
    held = members.roles(tx, actor, queries.places(tx, station))
    if actor is not None and not rules.may_build(held):
        raise Forbidden(_("Only an administrator of the committee may do this."))


def _check_days(others: list[TermRow], first: date, last: date | None) -> None:
    if not terms.in_order(first, last):
        raise _wrong("last", _("The last day is before the first."))
    if any(terms.meet(row, first, last) for row in others):
        raise _wrong("first", _("Another term has some of these days."))


def _set_days(tx: Db, actor: Actor | None, row: TermRow) -> None:
    kept = tx.get_one(CommitteeTerm, row.id)
    kept.first, kept.last = row.first, row.last
    tx.flush()
    _tell_term(tx, actor, row)


def _tell_term(tx: Db, actor: Actor | None, row: TermRow) -> None:
    ends = row.last.isoformat() if row.last else None
    made = events.TermSet(row.station_id, row.id, row.number, row.first.isoformat(), ends)
    _tell(tx, actor, row.station_id, made)


def _tell(tx: Db, actor: Actor | None, station: int, event: Event) -> None:
    place = ref("station", station)
    record(tx, actor, event, stream=place, subject=place)


def _wrong(field: str, words: str) -> Invalid:
    return Invalid(words, fields={field: words})
