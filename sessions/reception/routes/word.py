"""One word: which way it goes, what was promised, and setting right what was written down."""

from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response
from forum.followups import parsing
from sessions.reception import queries, rules, service, words
from sessions.reception.models import Refusal, Route
from sessions.reception.routes.common import routes, said, visitor_page, word_page
from sessions.reception.rules import TEXT_MOST


@routes.get("/meetings/{meeting:int}/reception/words/{word:int}")
def word(request: Request, meeting: int, word: int) -> Response:
    """One word, with what is to be done about it next."""
    with reading() as db:
        found = queries.counter(db, request.member, meeting)
        row, visitor = queries.word(db, found, word)
        return request.page(
            db,
            subject=f"word:{word}",
            meeting=found.access.meeting,
            zone=found.access.meeting.zone,
            venue=found.venue(row.venue_id),
            word=row,
            visitor=visitor,
            wordings=queries.wordings(db, word),
            written=found.access.meeting.state in rules.WRITTEN and not row.struck,
            promises=rules.may_promise(row.route) and row.task_id is None,
            _representatives=queries.representatives(db, found),
            _handlers=queries.handlers(db, found),
            _words=words,
            _most=TEXT_MOST,
        )


@routes.post("/meetings/{meeting:int}/reception/words/{word:int}/correct", page="word")
def correct(request: Request, meeting: int, word: int) -> Response:
    """Set right what was written down."""
    told = said(request.form)
    request.form.check()
    with transaction() as tx:
        service.correct(tx, request.member, meeting, word, told)
    return request.done(word_page(meeting, word), note=_("Set right; the former words are kept."))


@routes.post("/meetings/{meeting:int}/reception/words/{word:int}/handle", page="word")
def handle(request: Request, meeting: int, word: int) -> Response:
    """Say which way it goes, and keep what was proposed and answered."""
    form = request.form
    chosen = service.Handling(
        form.choice("route", Route),
        form.text("proposed", max=TEXT_MOST, optional=True),
        form.choice("refusal", Refusal) if form.value("refusal") else None,
        form.text("answer", max=TEXT_MOST, optional=True),
        form.text("elsewhere", max=TEXT_MOST, optional=True),
    )
    form.check()
    with transaction() as tx:
        service.handle(tx, request.member, meeting, word, chosen)
    return request.done(word_page(meeting, word), note=_("The way is noted."))


@routes.post("/meetings/{meeting:int}/reception/words/{word:int}/promise", page="word")
def promise(request: Request, meeting: int, word: int) -> Response:
    """Promise it: a task with somebody responsible and a date."""
    form = request.form
    title, body = form.text("title", max=200), form.text("body", max=TEXT_MOST)
    handler, unit = parsing.hands(form)
    given = service.Promise(
        title, body, form.integer("supervisor"), parsing.due(form), handler, unit
    )
    form.check()
    with transaction() as tx:
        made = service.promise(tx, request.member, meeting, word, given)
    note = _("Promised. Those responsible are told.")
    return request.done(word_page(meeting, word), note=note, id=made)


@routes.post("/meetings/{meeting:int}/reception/words/{word:int}/strike", page="word")
def strike(request: Request, meeting: int, word: int) -> Response:
    """Take out what was recorded by mistake."""
    reason = request.form.text("reason", max=500)
    request.form.check()
    with transaction() as tx:
        service.strike(tx, request.member, meeting, word, reason)
        found = queries.counter(tx, request.member, meeting)
        visitor = queries.word(tx, found, word)[1].id
    return request.done(visitor_page(meeting, visitor), note=_("Struck; it no longer counts."))
