"""Invitations: the moderator's overview and links, and the page to which a link leads."""

from forum.base import clock, limits
from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Form, Request, Response
from forum.consultations import places, queries, rules, service, words
from forum.consultations.places import Offer
from forum.consultations.queries import Access
from forum.consultations.routes.process import routes
from forum.members import conduct, doorway, people
from forum.members import queries as members
from forum.members import service as accounts
from forum.stations import codes
from forum.stations.routes.entering import came_in, newcomer


def _moderated(db: Db, request: Request, consultation: int) -> Access:
    access = queries.access(db, request.member, consultation)
    queries.require_moderator(access)
    return access


@routes.get("/consultations/{consultation:int}/invitations")
def invitations(request: Request, consultation: int) -> Response:
    """Who is invited, came, waits; the links, and the forms for more of them."""
    with reading() as db:
        row = _moderated(db, request, consultation).consultation
        found = places.categories(db, consultation)
        until = clock.now() + rules.INVITATION_LASTS
        taken = {category.name for category in found}
        return request.page(
            db,
            consultation=row,
            categories=found,
            names={category.id: category.name for category in found},
            invitations=places.invitations(db, consultation),
            proposed=[
                (name, words.category(name))
                for name in words.CATEGORIES
                if words.category(name) not in taken
            ],
            until=f"{until:%Y-%m-%d}T23:59",
            most=rules.INVITED_AT_ONCE,
            now=clock.now(),
        )


def _quota(form: Form) -> int | None:
    return form.integer("quota", optional=True, min=0, max=1_000_000)


@routes.post("/consultations/{consultation:int}/categories", page="invitations")
def add_category(request: Request, consultation: int) -> Response:
    """Invite a sort of people, with a number of places or without one."""
    form = request.form
    own = form.text("own", max=40, optional=True)
    name = own or form.choice("group", list(words.CATEGORIES))
    quota = _quota(form)
    form.check()
    with transaction() as tx:
        made = service.set_category(tx, request.member, consultation, name, quota)
    address = f"/consultations/{consultation}/invitations"
    return request.done(address, note=_("Saved."), id=made)


@routes.post("/consultations/{consultation:int}/categories/{category:int}", page="invitations")
def set_quota(request: Request, consultation: int, category: int) -> Response:
    """Give a sort of people another number of places; who waits moves up."""
    quota = _quota(request.form)
    request.form.check()
    with transaction() as tx:
        service.set_category(tx, request.member, consultation, "", quota, category=category)
    note = _("The places are set. Whoever waited and has one now is told.")
    return request.done(f"/consultations/{consultation}/invitations", note=note)


@routes.post("/consultations/{consultation:int}/invitations", page="invitations", unlogged=True)
def invite(request: Request, consultation: int) -> Response:
    """Make one link for many, or a sheet of personal ones; their codes are shown this once."""
    form = request.form
    with reading() as db:
        zone = _moderated(db, request, consultation).consultation.zone
    category = form.integer("category", optional=True)
    note = form.text("note", max=120, optional=True)
    until = form.moment("until", zone=zone)
    personal = form.integer("personal", optional=True, max=rules.INVITED_AT_ONCE) or 0
    most = form.integer("most", optional=True, min=1, max=100_000)
    form.check()
    with transaction() as tx:
        links = service.invite(
            tx,
            request.member,
            consultation,
            category=category,
            note=note,
            until=until,
            guests=form.flag("guests"),
            most=most,
            personal=personal,
        )
    with reading() as db:
        row = _moderated(db, request, consultation).consultation
        names = {found.id: found.name for found in places.categories(db, consultation)}
        return request.page(
            db,
            consultation=row,
            slips=[(code, codes.grouped(code)) for code in links.codes],
            category=names.get(category, ""),
            personal=bool(personal),
            meant_for=note,
            until=until,
            invitation=links.id,
            template="consultations/invitations_sheet.html",
        )


@routes.post("/consultations/{consultation:int}/invitations/{invitation:int}/withdraw")
def withdraw_invitation(request: Request, consultation: int, invitation: int) -> Response:
    """Let a link open nothing any more."""
    with transaction() as tx:
        service.withdraw_invitation(tx, request.member, consultation, invitation)
    note = _("The invitation is withdrawn. Who came by it stays.")
    return request.done(f"/consultations/{consultation}/invitations", note=note)


@routes.get("/join/{code}")
def join(request: Request, code: str) -> Response:
    """Where a link leads: what it is about, who one is, and one button."""
    if request.kiosk:
        return request.done(f"/kiosk/phone?to=/join/{code}")
    limits.check_address("enter", request.address)
    with reading() as db:
        offer = places.offer(db, code)
        address = f"/consultations/{offer.consultation}"
        if queries.listed(db, request.actor, offer.consultation) and not request.form.errors:
            return request.done(address)
        return _offered(db, request, offer, code)


def _offered(db: Db, request: Request, offer: Offer, code: str) -> Response:
    here = queries.places(db, offer.consultation, offer.station_id)
    number = places.number(db, request.actor, offer.consultation)
    closed = offer.closed()
    full = places.is_full(db, offer.category_id)
    return request.page(
        db,
        title=offer.title,
        summary=offer.summary,
        category=words.category(offer.category or ""),
        guests=offer.guests,
        code=code,
        consultation=offer.consultation,
        known=people.account(db, request.actor) if request.actor else None,
        number=number,
        full=full,
        closed=closed.message if closed and number is None else "",
        texts=conduct.texts(db, here),
        status=409 if closed and number is None else 200,
    )


@routes.post("/join/{code}", page="join", unlogged=True)
def come(request: Request, code: str) -> Response:
    """Take part: with one's own account, a new one, or as a guest."""
    form = request.form
    limits.check_address("register", request.address)
    with reading() as db:
        offer = places.offer(db, code)  # before a hash is made for anybody
    who = None if request.actor else newcomer(request, form)
    shared = form.flag("shared")
    with transaction() as tx:
        joined = service.join(tx, request.actor, code, who)
        person = members.actor_of(tx, joined.arrival.member)
        accounts.accept(tx, person, form.lists("_accepted"))
        if request.actor is None:
            doorway.open_door(request, tx, person.id, shared=shared)
    waits = joined.waits_as is not None
    onward = f"/join/{code}" if waits else f"/consultations/{offer.consultation}"
    if who and who.minor:
        onward = doorway.GUARDIAN
    return came_in(request, joined.arrival, onward=onward, shared=shared, waits=waits)


@routes.post("/consultations/{consultation:int}/waiting/leave")
def leave_waiting(request: Request, consultation: int) -> Response:
    """Wait for a place no longer."""
    with transaction() as tx:
        service.leave_waiting(tx, request.member, consultation)
    note = _("You wait no longer. Those behind you have moved up.")
    return request.done("/settings#waiting", note=note)


@panel("members:settings")
def waiting_lists(db: Db, request: Request, _subject: str) -> str | None:
    """Where one waits for a place, and the way off the list."""
    found = places.waiting(db, request.actor)
    return request.fragment(db, "consultations/waiting.html", waiting=found) if found else None


@panel("consultations:consultation", order=1)
def own_number(db: Db, request: Request, subject: str) -> str | None:
    """On the consultation's page, for whoever sees it while they wait."""
    here = parse(subject)[1]
    found = places.waiting(db, request.actor, here)
    return request.fragment(db, "consultations/waiting.html", waiting=found) if found else None
