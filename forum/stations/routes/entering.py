"""The door for people without mail or phone: a code that a station handed out is typed here."""

from urllib.parse import quote

from forum.base import limits
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Refusal
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.web import Form, Request, Response
from forum.members import conduct, doorway, people
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Mode
from forum.members.passwords import hashed
from forum.members.rules import folded
from forum.stations import codes, queries, service, waysin
from forum.stations.routes.tree import routes
from forum.stations.service import Newcomer
from forum.stations.waysin import Found, Opens


@routes.get("/enter")
def enter(request: Request) -> Response:
    """The field for a code; with a code in the address (a scanned one) what it opens."""
    if request.kiosk:
        return request.done(f"/kiosk/phone?to={quote(request.address_line)}")
    typed = str(request.form.value("code") or request.query.value("code"))
    found = None
    with reading() as db:
        if typed and not request.form.error("code"):
            limits.check_address("enter", request.address)
            try:
                found = waysin.look(db, typed)
            except Refusal as refusal:
                request.form.wrong("code", refusal.message)
                request.form.action = "/enter"
        return _opened(db, request, typed, found)


def _opened(db: Db, request: Request, typed: str, found: Found | None) -> Response:
    if found and found.opens is Opens.ELSEWHERE:
        return request.done(found.path)
    if found is None or found.opens is not Opens.SLIP or found.station_id is None:
        card = found is not None and found.opens is Opens.CARD
        return request.page(db, code=typed, card=card, back=doorway.back(request))
    places = queries.places(db, found.station_id)
    known = people.account(db, request.actor) if request.actor else None
    return request.page(
        db,
        code=codes.grouped(found.code),
        station=found.station,
        known=known,
        texts=conduct.texts(db, places),
        template="stations/arrive.html",
    )


@routes.post("/enter", page="enter")
def use_code(request: Request) -> Response:
    """See what a typed code opens: a card signs in, a slip leads to the next step."""
    typed = request.form.text("code", max=60)
    request.form.check()
    limits.check_address("enter", request.address)
    shared = request.form.flag("shared")
    with reading() as db:
        found = waysin.look(db, typed)
        if found.opens is not Opens.CARD:
            return _opened(db, request, typed, found)
    if request.actor is not None and request.actor.id != found.member_id:
        raise Conflict(_("Somebody else is signed in on this device. Sign out first."))
    with transaction() as tx:
        member = service.use_card(tx, typed)
        to = doorway.enter(request, tx, member, shared=shared, to=doorway.back(request))
    return doorway.entered(request, to, shared=shared)


def newcomer(request: Request, form: Form) -> Newcomer:
    """What somebody says of themselves at the door; a password needs a login name and back."""
    name = form.text("name", max=200)
    login = form.text("login", max=200, optional=True)
    password = form.text("password", max=200, optional=True)
    if password and not login:
        form.wrong("login", _("A password needs a login name to go with it."))
    if login and not password:
        form.wrong("password", _("Please choose a password, or leave the login name empty."))
    larger = form.flag("larger") or request.looks.mode == Mode.ELDER
    form.check()
    if password:
        accounts.check_password(password, folded(login))
    return Newcomer(
        name=name,
        login=login,
        password=hashed(password) if password else None,
        lang=request.lang,
        mode=Mode.ELDER if larger else Mode.STANDARD,
        minor=form.flag("minor"),
    )


@routes.post("/enter/new", page="enter", unlogged=True)
def arrive(request: Request) -> Response:
    """Come in with a slip: an account of one's own, or one's own account becomes a resident's."""
    form = request.form
    typed = form.text("code", max=60)
    form.check()
    limits.check_address("register", request.address)
    with reading() as db:
        waysin.look(db, typed)  # before a hash is made for anybody
    who = None if request.actor else newcomer(request, form)
    shared = form.flag("shared")
    with transaction() as tx:
        arrival = service.arrive(tx, request.actor, typed, who)
        accounts.accept(tx, members.actor_of(tx, arrival.member), form.lists("_accepted"))
        if request.actor is None:
            doorway.open_door(request, tx, arrival.member, shared=shared)
    onward = doorway.GUARDIAN if who and who.minor else f"/stations/{arrival.station}"
    return came_in(request, arrival, onward=onward, shared=shared)


def came_in(
    request: Request,
    arrival: service.Arrival,
    *,
    onward: str,
    shared: bool = False,
    waits: bool = False,
) -> Response:
    """On to the place; with a card, the card first: its code is shown this once."""
    if arrival.card is None:
        note = _("You are on the waiting list.") if waits else _("Welcome! You can take part now.")
        if onward == doorway.GUARDIAN:
            note = ""
        answer = request.done(onward, note=note, id=arrival.member)
    else:
        with reading() as db:
            request.actor = request.actor or members.actor_of(db, arrival.member)
            answer = card_page(db, request, arrival, onward=onward)
    return doorway.swept(answer) if shared else answer


def card_page(db: Db, request: Request, arrival: service.Arrival, *, onward: str) -> Response:
    """Somebody's card: the code to come back with, to print or to write down."""
    station = queries.station(db, arrival.station) if arrival.station else None
    who = members.actor_of(db, arrival.member)
    return request.page(
        db,
        card=codes.grouped(arrival.card or ""),
        name=who.name,
        login=people.account(db, who).login,
        station=station,
        onward=onward,
        own=request.actor is not None and request.actor.id == who.id,
        place=ref("station", station.id) if station else None,
        template="stations/card.html",
    )
