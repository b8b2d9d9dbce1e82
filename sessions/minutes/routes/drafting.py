"""Writing the minutes: the secretary's view, circulation, requests, approval, a new version."""

from forum.base.db import reading, transaction
from forum.base.errors import Conflict, Forbidden
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.web import Request, Response, Routes
from sessions.minutes import queries, rules, service, words
from sessions.minutes.models import Change
from sessions.minutes.routes.minutes import sheet_of

routes = Routes("sessions.minutes.routes")

WORDS_MOST = 8000


@routes.get("/minutes/{minutes:int}/edit")
def edit(request: Request, minutes: int) -> Response:
    """The secretary's view: each entry with what can be done to it."""
    with reading() as db:
        access = queries.minutes_access(db, request.actor, minutes)
        if not access.keeps:
            raise Forbidden(_("Only the secretary or the chair writes the minutes."))
        if access.minutes.state not in rules.EDITABLE:
            raise Conflict(_("These minutes are approved: begin a new version to change them."))
        return request.page(
            db,
            subject=ref("minutes", minutes),
            minutes=access.minutes,
            sheet=sheet_of(db, access.minutes),
            requests=[r for r in queries.requests(db, minutes) if r.answer is None],
            zone=access.meeting.meeting.zone,
            _words=words,
            _changes=[(c.value, _(words.DOING[c])) for c in Change],
        )


@routes.post("/minutes/{minutes:int}/entries/{entry}", page="edit")
def correct(request: Request, minutes: int, entry: str) -> Response:
    """Change an entry, or add one after it."""
    form = request.form
    change = form.choice("change", Change)
    text = form.text("words", max=WORDS_MOST, optional=True)
    form.check()
    with transaction() as tx:
        made = service.correct(tx, request.member, minutes, entry=entry, change=change, words=text)
    place = f"/minutes/{minutes}/edit#{entry}"
    return request.done(place, note=_("The minutes are corrected."), id=made)


@routes.post("/minutes/{minutes:int}/circulate", page="minutes")
def circulate(request: Request, minutes: int) -> Response:
    """Give the draft to those who took part."""
    until = request.form.moment("until")
    request.form.check()
    with transaction() as tx:
        service.circulate(tx, request.member, minutes, until=until)
    note = _("Everybody who was there is asked to read the minutes.")
    return request.done(f"/minutes/{minutes}", note=note)


@routes.post("/minutes/{minutes:int}/requests", page="minutes")
def ask(request: Request, minutes: int) -> Response:
    """Ask for a correction."""
    form = request.form
    entry, text = form.text("entry", max=24, optional=True), form.text("body", max=2000)
    form.check()
    with transaction() as tx:
        made = service.ask(tx, request.member, minutes, words=text, entry=entry)
    note = _("The secretary has your request and will answer it.")
    return request.done(f"/minutes/{minutes}#requests", note=note, id=made)


@routes.post("/minutes/{minutes:int}/requests/{asked:int}/answer", page="minutes")
def answer(request: Request, minutes: int, asked: int) -> Response:
    """Take a request up, or decline it."""
    form = request.form
    taken = form.choice("taken", ["yes", "no"]) == "yes"
    text = form.text("body", max=2000)
    form.check()
    with transaction() as tx:
        service.answer(tx, request.member, minutes, asked, taken=taken, words=text)
    return request.done(f"/minutes/{minutes}/edit#requests", note=_("The answer is sent."))


@routes.post("/minutes/{minutes:int}/sign", page="minutes")
def sign(request: Request, minutes: int) -> Response:
    """Approve in one's office; the chair's approval locks the minutes."""
    with transaction() as tx:
        locked = service.sign(tx, request.member, minutes)
    note = _("The minutes are approved and locked.") if locked else _("Your approval is noted.")
    return request.done(f"/minutes/{minutes}", note=note)


@routes.post("/minutes/{minutes:int}/amend", page="minutes")
def amend(request: Request, minutes: int) -> Response:
    """Begin a new version of approved minutes."""
    reason = request.form.text("body", max=2000)
    request.form.check()
    with transaction() as tx:
        made = service.amend(tx, request.member, minutes, reason=reason)
    note = _("A new version is begun; the approved one stays as it is.")
    return request.done(f"/minutes/{made}/edit", note=note, id=made)
