"""What those who take part do: write notes, say where they stand, move an option."""

from collections.abc import Callable

from forum.base.auth import Actor
from forum.base.db import Db, transaction
from forum.base.forms import Form
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from sessions.workshop import rules, service
from sessions.workshop.models import Stance
from sessions.workshop.rules import Stand

routes = Routes("sessions.workshop.routes")


def _done(
    request: Request, workshop: int, verb: Callable[[Db, Actor], object], note: str
) -> Response:
    request.form.check()
    with transaction() as tx:
        verb(tx, request.member)
    back = "/lead" if request.form.value("back") == "lead" else ""
    return request.done(f"/workshops/{workshop}{back}", note=note)


@routes.post("/workshops/{workshop:int}/notes", page="workshop")
def give(request: Request, workshop: int) -> Response:
    """Write a note; `member` when a desk does it for somebody."""
    form = request.form
    words = form.text("words", max=rules.NOTE_MOST)
    member = form.integer("member", optional=True, min=1)
    form.check()
    with transaction() as tx:
        made = service.give(tx, request.member, workshop, words, member=member)
    return request.done(f"/workshops/{workshop}", note=_("Your note is in."), id=made)


@routes.post("/workshops/{workshop:int}/notes/{note:int}/reword", page="workshop")
def reword(request: Request, workshop: int, note: int) -> Response:
    """Put a note otherwise."""
    words = request.form.text("words", max=rules.NOTE_MOST)
    return _done(
        request,
        workshop,
        lambda tx, actor: service.reword(tx, actor, workshop, note, words),
        _("Saved."),
    )


@routes.post("/workshops/{workshop:int}/notes/{note:int}/strike", page="workshop")
def strike(request: Request, workshop: int, note: int) -> Response:
    """Let a note no longer count, and say why."""
    reason = request.form.text("reason", max=rules.REASON_MOST)
    return _done(
        request,
        workshop,
        lambda tx, actor: service.strike(tx, actor, workshop, note, reason),
        _("The note is struck."),
    )


@routes.post("/workshops/{workshop:int}/notes/{note:int}/restore")
def restore(request: Request, workshop: int, note: int) -> Response:
    """Let a note count again."""
    return _done(
        request,
        workshop,
        lambda tx, actor: service.restore(tx, actor, workshop, note),
        _("The note counts again."),
    )


@routes.post("/workshops/{workshop:int}/positions", page="workshop", unlogged=True)
def stand(request: Request, workshop: int) -> Response:
    """Say where one stands; the fields bear the options' ids: stance-7, reason-7, named-7."""
    form = request.form
    stands = _stands(form)
    member = form.integer("member", optional=True, min=1)
    form.check()
    with transaction() as tx:
        service.stand(tx, request.member, workshop, stands, member=member)
    return request.done(f"/workshops/{workshop}", note=_("Your positions are kept."))


def _stands(form: Form) -> dict[int, Stand]:
    made = {}
    for name in form.values:
        lead, _dash, option = name.partition("-")
        if lead != "stance" or not option.isdigit() or len(option) > 9 or not form.value(name):
            continue
        stance = form.choice(name, Stance)
        reason = form.text(f"reason-{option}", max=rules.REASON_MOST, optional=True)
        made[int(option)] = Stand(stance, reason, form.flag(f"named-{option}"))
    return made


@routes.post("/workshops/{workshop:int}/options/{option:int}/move")
def move_option(request: Request, workshop: int, option: int) -> Response:
    """Move an option as a motion on the item."""
    with transaction() as tx:
        motion = service.move_option(tx, request.member, workshop, option)
    return request.done(f"/motions/{motion}", note=_("It is moved."), id=motion)
