"""The register: whoever comes gets a number, sits down before somebody, and goes."""

from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response
from sessions.meetings import presence
from sessions.meetings import words as meetings
from sessions.meetings.queries import VenueRow
from sessions.reception import queries, rules, service, words
from sessions.reception.models import VisitState
from sessions.reception.queries import Counter, VisitorRow
from sessions.reception.routes.common import (
    fresh_nonce,
    live,
    nonce,
    person,
    register_page,
    routes,
    visitor_page,
)
from sessions.reception.rules import Act

S = VisitState
IN_ORDER = (S.RECEIVED, S.WAITING, S.RECORDED, S.LEFT)
FOUND_MOST = 20
ByState = tuple[VisitState, list[VisitorRow]]


@routes.get("/meetings/{meeting:int}/reception")
def register(request: Request, meeting: int) -> Response:
    """Who waits, who is being received, who has been; and a form for whoever comes now."""
    text = request.query.text("q", max=60, optional=True)
    number = request.query.integer("number", optional=True, min=1, max=100_000)
    with reading() as db:
        found = queries.counter(db, request.member, meeting)
        access = found.access
        rows = queries.visitors(db, found, number=number)
        looks = bool(text and found.venues)  # for a name: who enters people does
        return request.page(
            db,
            live=live(db, access.stream),
            meeting=access.meeting,
            zone=access.meeting.zone,
            tally=queries.tally(db, meeting),
            visitors=rows,
            text=text,
            number=number,
            found=presence.desk(db, meeting, text=text, limit=FOUND_MOST) if looks else [],
            kept=[venue.id for venue in found.venues],
            open=access.meeting.state in rules.OPEN,
            _halls=_halls(found, rows),
            _representatives=queries.representatives(db, found),
            _words=words,
            _meetings=meetings,
            _offered=rules.offered,
            _nonce=fresh_nonce(),
        )


def _halls(found: Counter, rows: list[VisitorRow]) -> list[tuple[VenueRow, list[ByState]]]:
    """The venues that concern the reader, each with its visitors by state, the present first."""
    theirs = {row.venue_id for row in rows if row.mine}
    shown = [v for v in found.access.venues if found.keeps(v.id) or found.receives]
    shown += [v for v in found.former if v.id in theirs]
    return [
        (
            venue,
            [
                (state, [row for row in rows if row.venue_id == venue.id and row.state is state])
                for state in IN_ORDER
            ],
        )
        for venue in shown
    ]


@routes.post("/meetings/{meeting:int}/reception/visitors", page="register")
def come(request: Request, meeting: int) -> Response:
    """Enter somebody who comes."""
    form = request.form
    venue = form.integer("venue", min=1)
    who = person(form, form.integer("member", optional=True, min=1))
    receivers = form.integers("receiver")
    form.check()
    with transaction() as tx:
        made = service.come(
            tx, request.member, meeting, venue, who, receivers=receivers, nonce=nonce(form)
        )
        number = queries.visitor(tx, queries.counter(tx, request.member, meeting), made).number
    note = _("Entered. Their number is %(number)s.") % {"number": number}
    to = visitor_page(meeting, made) if receivers else register_page(meeting)
    return request.done(to, note=note, id=made, number=number)


@routes.post("/meetings/{meeting:int}/reception/numbers")
def take_number(request: Request, meeting: int) -> Response:
    """Ask to be received online."""
    with transaction() as tx:
        made = service.take_number(tx, request.member, meeting)
    return request.done(
        f"/meetings/{meeting}#reception", note=_("You have a number. Please wait here."), id=made
    )


@routes.post("/meetings/{meeting:int}/reception/numbers/back")
def give_back(request: Request, meeting: int) -> Response:
    """Give one's own number back."""
    with transaction() as tx:
        service.give_back(tx, request.member, meeting)
    return request.done(f"/meetings/{meeting}#reception", note=_("Your number is given back."))


@routes.post("/meetings/{meeting:int}/reception/{visitor:int}/step", page="visitor")
def move(request: Request, meeting: int, visitor: int) -> Response:
    """Receive a visitor, end it, let them go, send them back to waiting."""
    act = request.form.choice("step", Act)
    receivers = request.form.integers("receiver")
    request.form.check()
    with transaction() as tx:
        service.move(tx, request.member, meeting, visitor, act, receivers=receivers)
    to = visitor_page(meeting, visitor) if act is Act.RECEIVE else register_page(meeting)
    return request.done(to)
