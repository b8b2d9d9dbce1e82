"""Behind the counter: sheets of slips, residents taken in by a clerk, lost cards."""

from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.settings import settings
from forum.base.web import Request, Response
from forum.members.models import Mode
from forum.members.paging import page
from forum.stations import codes, queries, rules, service, waysin
from forum.stations.routes.entering import card_page
from forum.stations.routes.tree import routes
from forum.stations.service import Newcomer

SIZE = 50


@routes.get("/stations/{station:int}/slips")
def slips(request: Request, station: int) -> Response:
    """The station's sheets and what became of their slips; the form for another one."""
    with reading() as db:
        service.require_counter(db, request.member, station)
        until = clock.now() + rules.SLIPS_LAST
        return request.page(
            db,
            station=queries.station(db, station),
            batches=waysin.batches(db, station),
            most=rules.SLIPS_MOST,
            now=clock.now(),
            until=f"{until:%Y-%m-%d}T23:59",
        )


@routes.post("/stations/{station:int}/slips", page="slips", unlogged=True)
def make_slips(request: Request, station: int) -> Response:
    """Make a sheet and show it for printing: its codes are kept nowhere."""
    form = request.form
    count = form.integer("count", min=1, max=rules.SLIPS_MOST)
    note = form.text("note", max=120)
    until = form.moment("until", zone=settings().zone)
    form.check()
    with transaction() as tx:
        sheet = service.make_slips(tx, request.member, station, count=count, note=note, until=until)
    with reading() as db:
        return request.page(
            db,
            station=queries.station(db, station),
            slips=[(code, codes.grouped(code)) for code in sheet.codes],
            meant_for=note,
            until=until,
            batch=sheet.id,
            template="stations/slips_sheet.html",
        )


@routes.post("/slips/{batch:int}/withdraw")
def withdraw_slips(request: Request, batch: int) -> Response:
    """Let the open slips of a sheet open nothing any more."""
    with transaction() as tx:
        station = service.withdraw_slips(tx, request.member, batch)
    note = _("The open slips of this sheet are no longer valid.")
    return request.done(f"/stations/{station}/slips", note=note)


@routes.get("/stations/{station:int}/residents")
def residents(request: Request, station: int) -> Response:
    """The residents of a station, for its clerks: to take somebody in, or replace a lost card."""
    text = request.query.text("q", max=80, optional=True)
    number = request.query.integer("page", optional=True, min=1) or 1
    with reading() as db:
        service.require_counter(db, request.member, station)
        found, total = waysin.residents(
            db, ref("station", station), text=text, offset=(number - 1) * SIZE, limit=SIZE
        )
        return request.page(
            db,
            station=queries.station(db, station),
            residents=found,
            total=total,
            q=text,
            pager=page(request.path, number=number, total=total, size=SIZE, q=text),
        )


@routes.post("/stations/{station:int}/newcomers", page="residents", unlogged=True)
def register_resident(request: Request, station: int) -> Response:
    """Take in somebody who stands at the counter; their slip with the card's code is shown once."""
    form = request.form
    with reading() as db:
        service.require_counter(db, request.member, station)
    name, larger = form.text("name", max=200), form.flag("larger")
    form.check()
    mode = Mode.ELDER if larger else Mode.STANDARD
    who = Newcomer(name=name, lang=request.lang, mode=mode, minor=form.flag("minor"))
    with transaction() as tx:
        arrival = service.register_resident(tx, request.member, station, who)
    with reading() as db:
        onward = f"/counter/{arrival.member}" if who.minor else f"/stations/{station}/residents"
        return card_page(db, request, arrival, onward=onward)


@routes.post("/stations/{station:int}/residents/{member:int}/card", unlogged=True)
def replace_card(request: Request, station: int, member: int) -> Response:
    """Give a resident a new card in place of a lost one; its code is shown once."""
    with transaction() as tx:
        card = service.replace_card(tx, request.member, station, member)
    arrival = service.Arrival(member, card, station)
    with reading() as db:
        return card_page(db, request, arrival, onward=f"/stations/{station}/residents")
