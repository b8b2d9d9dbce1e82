"""One visitor: who they are, what they said, and that it was read back to them."""

from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response
from sessions.reception import queries, rules, service, words
from sessions.reception.routes.common import (
    fresh_nonce,
    live,
    nonce,
    person,
    register_page,
    routes,
    said,
    visitor_page,
    word_page,
)


@routes.get("/meetings/{meeting:int}/reception/{visitor:int}")
def visitor(request: Request, meeting: int, visitor: int) -> Response:
    """One visitor, with the form that writes down what they say."""
    with reading() as db:
        found = queries.counter(db, request.member, meeting)
        row = queries.visitor(db, found, visitor)
        access = found.access
        return request.page(
            db,
            live=live(db, access.stream),
            meeting=access.meeting,
            zone=access.meeting.zone,
            venue=found.venue(row.venue_id),
            visitor=row,
            words=queries.of_visitor(db, found, visitor),
            open=access.meeting.state in rules.OPEN,
            written=access.meeting.state in rules.WRITTEN,
            heard=row.state in rules.SEEN,
            leads=found.leads,
            _steps=rules.offered(row.state),
            _representatives=queries.representatives(db, found),
            _words=words,
            _nonce=fresh_nonce(),
            _most=rules.TEXT_MOST,
        )


@routes.post("/meetings/{meeting:int}/reception/{visitor:int}/who", page="visitor")
def describe(request: Request, meeting: int, visitor: int) -> Response:
    """Set right who they are and how to reach them."""
    who = person(request.form)
    request.form.check()
    with transaction() as tx:
        service.describe(tx, request.member, meeting, visitor, who)
    return request.done(visitor_page(meeting, visitor), note=_("Set right."))


@routes.post("/meetings/{meeting:int}/reception/{visitor:int}/words", page="visitor")
def record_word(request: Request, meeting: int, visitor: int) -> Response:
    """Write down one matter; next comes which way it goes."""
    told = said(request.form)
    request.form.check()
    with transaction() as tx:
        made = service.record_word(
            tx, request.member, meeting, visitor, told, nonce=nonce(request.form)
        )
    note = _("Written down. Now say which way it goes.")
    return request.done(word_page(meeting, made), note=note, id=made)


@routes.post("/meetings/{meeting:int}/reception/{visitor:int}/read-back", page="visitor")
def read_back(request: Request, meeting: int, visitor: int) -> Response:
    """Keep whether they confirmed what was read back to them."""
    confirmed = request.form.choice("confirmed", ("yes", "no")) == "yes"
    signed = request.form.flag("signed")
    request.form.check()
    with transaction() as tx:
        service.read_back(tx, request.member, meeting, visitor, confirmed=confirmed, signed=signed)
    note = _("Noted: confirmed.") if confirmed else _("Noted: not confirmed. Set it right first.")
    return request.done(visitor_page(meeting, visitor), note=note)


@routes.post("/meetings/{meeting:int}/reception/{visitor:int}/forget")
def forget(request: Request, meeting: int, visitor: int) -> Response:
    """Erase what somebody without an account left here."""
    with transaction() as tx:
        service.forget(tx, request.member, meeting, visitor)
    return request.done(register_page(meeting), note=_("Their name, contact and words are erased."))
