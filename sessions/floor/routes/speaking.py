"""Asking for the floor and giving it."""

from collections.abc import Callable

from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.notes import Undo
from forum.base.web import Request, Response, Routes
from sessions.floor import queries, service
from sessions.floor.models import Lane, Ruling, Side
from sessions.floor.routes.common import back

routes = Routes("sessions.floor.routes")
# What a desk chooses from in one field: a speech, on a side, or what goes before the list.
WHATS = [lane.value for lane in (Lane.SPEECH, Lane.QUESTION, Lane.INTERVENTION)] + list(Side)


@routes.post("/meetings/{meeting:int}/speakers", page="meeting")
def ask(request: Request, meeting: int) -> Response:
    """Ask to speak, or for what goes before the list; `member` when a desk asks for somebody."""
    form = request.form
    side = form.choice("side", Side, default=Side.NEITHER)
    what = form.choice("what", WHATS, default=Lane.SPEECH.value)
    member = form.integer("member", optional=True, min=1)
    form.check()
    with transaction() as tx:
        if what in (Lane.QUESTION, Lane.INTERVENTION):
            speech = service.interject(tx, request.member, meeting, Lane(what), member=member)
        else:
            side = Side(what) if what in list(Side) else side
            speech = service.request(tx, request.member, meeting, side=side, member=member)
    note = _("You are on the list of speakers.") if member is None else _("They are on the list.")
    undo = Undo(f"/speakers/{speech}/withdraw", {"back": str(form.value("back"))})
    return request.done(back(form, meeting), note=note, undo=undo, id=speech)


@routes.post("/meetings/{meeting:int}/orders", page="meeting")
def raise_order(request: Request, meeting: int) -> Response:
    """Raise a point of order; `member` when a desk raises it for somebody."""
    form = request.form
    body = form.text("body", max=500)
    member = form.integer("member", optional=True, min=1)
    form.check()
    with transaction() as tx:
        speech = service.raise_order(tx, request.member, meeting, body, member=member)
    note = _("The point of order is before the chair.")
    return request.done(back(form, meeting), note=note, id=speech)


def _act(
    request: Request,
    speech: int,
    verb: Callable[[Db, Actor, int], None],
    note: str = "",
    undo: str = "",
) -> Response:
    with transaction() as tx:
        verb(tx, request.member, speech)
    with reading() as db:
        meeting = queries.speech_row(db, speech).meeting_id
    fields = {"back": str(request.form.value("back"))}
    again = Undo(f"/speakers/{speech}/{undo}", fields) if undo else None
    return request.done(back(request.form, meeting), note=note, undo=again)


@routes.post("/speakers/{speech:int}/withdraw")
def withdraw(request: Request, speech: int) -> Response:
    """Take a request back."""
    return _act(request, speech, service.withdraw, _("The request is withdrawn."))


@routes.post("/speakers/{speech:int}/recognize")
def recognise(request: Request, speech: int) -> Response:
    """Give somebody the floor."""
    return _act(request, speech, service.recognise)


@routes.post("/speakers/{speech:int}/pause")
def pause(request: Request, speech: int) -> Response:
    """Stop the clock of a speech."""
    return _act(request, speech, service.pause)


@routes.post("/speakers/{speech:int}/resume")
def resume(request: Request, speech: int) -> Response:
    """Let a speech go on."""
    return _act(request, speech, service.resume)


@routes.post("/speakers/{speech:int}/finish")
def finish(request: Request, speech: int) -> Response:
    """End a speech; a slip of the hand is undone."""
    return _act(request, speech, service.finish, _("The speech is ended."), "unfinish")


@routes.post("/speakers/{speech:int}/unfinish")
def unfinish(request: Request, speech: int) -> Response:
    """Let a speech go on that was ended by mistake."""
    return _act(request, speech, service.unfinish, _("The speech goes on."))


@routes.post("/speakers/{speech:int}/answer")
def answer(request: Request, speech: int) -> Response:
    """Take a question, or do not."""
    accepted = request.form.choice("taken", ["yes", "no"]) == "yes"
    request.form.check()

    def act(tx: Db, actor: Actor, ident: int) -> None:
        service.answer(tx, actor, ident, accepted=accepted)

    return _act(request, speech, act)


@routes.post("/speakers/{speech:int}/skip")
def skip(request: Request, speech: int) -> Response:
    """Pass over somebody who does not answer."""
    return _act(request, speech, service.skip, _("They are passed over."), "restore")


@routes.post("/speakers/{speech:int}/restore")
def restore(request: Request, speech: int) -> Response:
    """Put somebody who was passed over on the list again."""
    return _act(request, speech, service.restore, _("They are on the list again."))


@routes.post("/speakers/{speech:int}/extend")
def extend(request: Request, speech: int) -> Response:
    """Give a speaker more time."""
    seconds = request.form.integer("seconds", min=10, max=1800)
    request.form.check()

    def act(tx: Db, actor: Actor, ident: int) -> None:
        service.extend(tx, actor, ident, seconds)

    return _act(request, speech, act)


@routes.post("/speakers/{speech:int}/prefer")
def prefer(request: Request, speech: int) -> Response:
    """Put a request before the others, and say why."""
    reason = request.form.text("reason", max=300)
    request.form.check()

    def act(tx: Db, actor: Actor, ident: int) -> None:
        service.prefer(tx, actor, ident, reason)

    return _act(request, speech, act, _("They go first, and everybody reads why."))


@routes.post("/speakers/{speech:int}/rule")
def rule_on(request: Request, speech: int) -> Response:
    """Rule on a point of order."""
    ruling = request.form.choice("ruling", Ruling)
    words = request.form.text("words", max=500, optional=True)
    request.form.check()

    def act(tx: Db, actor: Actor, ident: int) -> None:
        service.rule_on(tx, actor, ident, ruling, words)

    return _act(request, speech, act, _("The ruling is recorded."))
