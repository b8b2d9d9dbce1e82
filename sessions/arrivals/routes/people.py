"""One person before the desk: found by ticket or by name, or new to the platform."""

from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response
from forum.stations.routes.entering import card_page
from forum.stations.service import Newcomer
from sessions.arrivals import queries, service, words
from sessions.arrivals.models import Proof
from sessions.arrivals.routes.common import desk_page, routes
from sessions.meetings import presence
from sessions.meetings import rules as meeting_rules


def _proofs() -> list[tuple[str, str]]:
    return [(proof.value, words.proof(proof)) for proof in Proof]


@routes.get("/meetings/{meeting:int}/desk/{venue:int}/door")
def door(request: Request, meeting: int, venue: int) -> Response:
    """Whoever is not simply ticked off a list: a ticket's digits, any member's name, a newcomer."""
    text = request.query.text("q", max=60, optional=True)
    with reading() as db:
        access, place = queries.desk(db, request.member, meeting, venue)
        return request.page(
            db,
            meeting=access.meeting,
            venue=place,
            text=text,
            found=presence.desk(db, meeting, text=text, limit=30) if text else [],
            places={one.id: one.name for one in access.venues},
            open=access.meeting.state in meeting_rules.ATTENDED,
            there=presence.counts(db, meeting).venues.get(venue, 0),
            _proofs=_proofs(),
        )


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/code", page="door", unlogged=True)
def read_code(request: Request, meeting: int, venue: int) -> Response:
    """Whose ticket this is; on to that person."""
    typed = request.form.text("code", max=60)
    request.form.check()
    with reading() as db:
        found = service.by_code(db, request.member, meeting, venue, typed)
    return request.done(f"{desk_page(meeting, venue)}/people/{found.id}", member=found.id)


@routes.get("/meetings/{meeting:int}/desk/{venue:int}/people/{member:int}")
def person(request: Request, meeting: int, venue: int, member: int) -> Response:
    """Somebody before the desk: on the roll or not, where they are, and one button."""
    with reading() as db:
        access, place = queries.desk(db, request.member, meeting, venue)
        found = queries.person(db, meeting, member)
        proof = queries.seen_as(db, meeting, member)
        return request.page(
            db,
            meeting=access.meeting,
            venue=place,
            person=found,
            elsewhere=access.venue(found.venue_id) if found.venue_id else None,
            others=[one for one in access.venues if one.id != place.id],
            seen=words.proof(proof) if proof else "",
            open=access.meeting.state in meeting_rules.ATTENDED,
            _proofs=_proofs(),
        )


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/people/{member:int}/admit", page="person")
def admit(request: Request, meeting: int, venue: int, member: int) -> Response:
    """Let somebody in who is not on the roll, having seen who they are."""
    proof = request.form.choice("proof", Proof)
    asks = request.form.flag("asks")
    request.form.check()
    with transaction() as tx:
        entitled = service.admit(tx, request.member, meeting, venue, member, proof, asks=asks)
    return request.done(desk_page(meeting, venue), note=_said(entitled), entitled=entitled)


def _said(entitled: bool) -> str:
    if entitled:
        return _("They are checked in, and on the roll.")
    return _("They are checked in as a guest.")


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/newcomers", page="door", unlogged=True)
def admit_new(request: Request, meeting: int, venue: int) -> Response:
    """Let somebody in who has no account: it is opened, and their card is shown this once."""
    form = request.form
    name = form.text("name", max=200)
    proof = form.choice("proof", Proof)
    asks = form.flag("asks")
    who = Newcomer(name=name, lang=request.lang, minor=form.flag("minor"))
    form.check()
    with transaction() as tx:
        arrival = service.admit_new(tx, request.member, meeting, venue, who, proof, asks=asks)
    with reading() as db:
        return card_page(db, request, arrival, onward=desk_page(meeting, venue))
