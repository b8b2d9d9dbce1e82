"""A committee on its place's page, and the page of all its terms."""

from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.registry import panel
from forum.base.web import Request, Response, Routes
from forum.members import queries as members
from forum.members.paging import page as paged
from forum.stations import committees, queries, rules, service, terms
from forum.stations.models import Office, Tier
from forum.stations.words import office_words

routes = Routes("forum.stations.routes")

TERMS_A_PAGE = 5


@panel("stations:station", order=10)
def of_committee(db: Db, request: Request, subject: str) -> str | None:
    """On a committee's page: who sits now, and how many terms there were."""
    station = parse(subject)[1]
    if queries.station(db, station).tier is not Tier.COMMITTEE:
        return None
    known, day = committees.all_terms(db, station), committees.today()
    term = committees.this_term(known, day)
    return request.fragment(
        db,
        "stations/committee.html",
        station_id=station,
        term=term,
        running=term is not None and terms.in_force(term, day),
        seats=committees.sitting(db, term, day) if term else [],
        past=sum(row.last is not None and row.last < day for row in known),
        may_build=rules.may_build(members.roles(db, request.actor, queries.places(db, station))),
        _office=office_words,
    )


@routes.get("/stations/{station:int}/terms")
def terms_of(request: Request, station: int) -> Response:
    """All terms of a committee, the latest first, each with everybody who sat in it."""
    number = request.query.integer("page", optional=True, min=1) or 1
    with reading() as db:
        found = committees.committee(db, station)
        known, day = committees.all_terms(db, station), committees.today()
        start = (number - 1) * TERMS_A_PAGE
        shown = known[start : start + TERMS_A_PAGE]
        seats = committees.seats(db, [row.id for row in shown])
        held = members.roles(db, request.actor, queries.places(db, station))
        return request.page(
            db,
            subject=ref("station", station),
            station=found,
            terms=[(row, [s for s in seats if s.term_id == row.id]) for row in shown],
            current=[row.id for row in known if terms.in_force(row, day)],
            today=day,
            next_number=max((row.number for row in known), default=0) + 1,
            may_build=rules.may_build(held),
            offices=[(office.value, office_words(office)) for office in Office],
            pager=paged(request.path, number=number, total=len(known), size=TERMS_A_PAGE),
            _all_terms=[(row.id, _("Term %(number)s") % {"number": row.number}) for row in known],
            _office=office_words,
        )


@routes.post("/stations/{station:int}/terms", page="terms_of")
def begin_term(request: Request, station: int) -> Response:
    """Give the committee another term."""
    form = request.form
    number = form.integer("number", min=1, max=1000)
    first, last = form.day("first"), form.day("last", optional=True)
    form.check()
    with transaction() as tx:
        made = service.begin_term(tx, request.member, station, number, first, last)
    return request.done(_terms(station), note=_("The committee has a new term."), id=made)


@routes.post("/stations/{station:int}/terms/{term:int}", page="terms_of")
def change_term(request: Request, station: int, term: int) -> Response:
    """Set other days for a term."""
    first, last = request.form.day("first"), request.form.day("last", optional=True)
    request.form.check()
    with transaction() as tx:
        service.change_term(tx, request.member, station, term, first, last)
    return request.done(_terms(station), note=_("Saved."))


@routes.post("/stations/{station:int}/seats", page="terms_of")
def name_member(request: Request, station: int) -> Response:
    """Give somebody an office in a term."""
    form = request.form
    term, login = form.integer("term"), form.text("login", max=200)
    office = form.choice("office", Office)
    first, last = form.day("first", optional=True), form.day("last", optional=True)
    form.check()
    with transaction() as tx:
        service.name(tx, request.member, station, term, login, office, first=first, last=last)
    return request.done(_terms(station), note=_("The office is given."))


@routes.post("/stations/{station:int}/seats/{seat:int}/end", page="terms_of")
def end_seat(request: Request, station: int, seat: int) -> Response:
    """End somebody's office, today or on another day."""
    last = request.form.day("last", optional=True) or committees.today()
    request.form.check()
    with transaction() as tx:
        service.release(tx, request.member, station, seat, last)
    return request.done(_terms(station), note=_("The office ends."))


def _terms(station: int) -> str:
    return f"/stations/{station}/terms"
