"""What whoever leads does: attach, fit, begin, go on and back, groups, themes, options."""

from collections.abc import Callable
from typing import Any

from forum.base.auth import Actor
from forum.base.db import Db, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from sessions.workshop import rules, service
from sessions.workshop.service.running import PROLONG

routes = Routes("sessions.workshop.routes")


def _done(
    request: Request, workshop: int, verb: Callable[[Db, Actor], object], note: str = ""
) -> Response:
    """Do it, and lead back to the page of whoever leads."""
    request.form.check()
    with transaction() as tx:
        made = verb(tx, request.member)
    # A new theme or option is told by its id; whether anything changed is no id.
    known: dict[str, Any] = {"id": made} if type(made) is int else {}
    return request.done(f"/workshops/{workshop}/lead", note=note, **known)


@routes.post("/meetings/{meeting:int}/workshops", page="workshops")
def attach(request: Request, meeting: int) -> Response:
    """Follow a script on an item of the meeting."""
    form = request.form
    item = form.integer("item", min=1)
    script = form.text("script", max=40)
    facilitator = form.integer("facilitator", optional=True, min=1)
    form.check()
    with transaction() as tx:
        made = service.attach(tx, request.member, meeting, item, script, facilitator=facilitator)
    note = _("The script is attached. Fit it to your evening.")
    return request.done(f"/workshops/{made}/lead", note=note, id=made)


@routes.post("/workshops/{workshop:int}/drop")
def drop(request: Request, workshop: int) -> Response:
    """Follow no script on the item after all."""
    with transaction() as tx:
        meeting = service.drop(tx, request.member, workshop)
    return request.done(f"/meetings/{meeting}/workshops", note=_("The script is taken off."))


@routes.post("/workshops/{workshop:int}/facilitator", page="lead")
def name_facilitator(request: Request, workshop: int) -> Response:
    """Name somebody who leads beside the chair, or nobody."""
    member = request.form.integer("facilitator", optional=True, min=1)
    return _done(
        request,
        workshop,
        lambda tx, actor: service.name_facilitator(tx, actor, workshop, member),
        _("Saved."),
    )


@routes.post("/workshops/{workshop:int}/steps/{step:int}", page="lead")
def set_step(request: Request, workshop: int, step: int) -> Response:
    """Fit a step that has not begun."""
    form = request.form
    wanted = service.Wanted(
        form.text("name", max=rules.NAME_MOST),
        form.integer("minutes", min=1, max=240),
        form.text("prompt", max=rules.PROMPT_MOST),
        form.text("hint", max=rules.PROMPT_MOST, optional=True),
    )
    return _done(
        request,
        workshop,
        lambda tx, actor: service.set_step(tx, actor, workshop, step, wanted),
        _("Saved."),
    )


@routes.post("/workshops/{workshop:int}/start")
def start(request: Request, workshop: int) -> Response:
    """Begin with the first step."""
    return _done(request, workshop, lambda tx, actor: service.start(tx, actor, workshop))


@routes.post("/workshops/{workshop:int}/next")
def next_step(request: Request, workshop: int) -> Response:
    """Go a step on; after the last one the session is over."""
    seen = request.form.integer("seen")
    return _done(request, workshop, lambda tx, actor: service.next_step(tx, actor, workshop, seen))


@routes.post("/workshops/{workshop:int}/back")
def back(request: Request, workshop: int) -> Response:
    """Return to the step before."""
    seen = request.form.integer("seen")
    return _done(request, workshop, lambda tx, actor: service.back(tx, actor, workshop, seen))


@routes.post("/workshops/{workshop:int}/prolong")
def prolong(request: Request, workshop: int) -> Response:
    """Give the step more time."""
    seen = request.form.integer("seen")
    minutes = request.form.integer("minutes", min=PROLONG.start, max=PROLONG.stop - 1)
    return _done(
        request, workshop, lambda tx, actor: service.prolong(tx, actor, workshop, seen, minutes)
    )


@routes.post("/workshops/{workshop:int}/groups", page="lead")
def deal(request: Request, workshop: int) -> Response:
    """Deal everybody present out to small groups."""
    number = request.form.integer("number", min=1, max=rules.GROUPS_MOST)
    request.form.check()
    with transaction() as tx:
        made = service.deal(tx, request.member, workshop, number)
    note = _("%(n)s groups are made.") % {"n": len(made)}
    return request.done(f"/workshops/{workshop}/lead", note=note)


@routes.post("/workshops/{workshop:int}/groups/{group:int}/place", page="lead")
def place(request: Request, workshop: int, group: int) -> Response:
    """Say where a group sits."""
    words = request.form.text("place", max=120, optional=True)
    return _done(
        request,
        workshop,
        lambda tx, actor: service.place(tx, actor, workshop, group, words),
        _("Saved."),
    )


@routes.post("/workshops/{workshop:int}/seats", page="lead")
def move_seat(request: Request, workshop: int) -> Response:
    """Let somebody sit in another group."""
    member = request.form.integer("member", min=1)
    group = request.form.integer("group", min=1)
    return _done(
        request, workshop, lambda tx, actor: service.move(tx, actor, workshop, member, group)
    )


@routes.post("/workshops/{workshop:int}/themes", page="lead")
def gather(request: Request, workshop: int) -> Response:
    """Put notes into a theme, or into a new one."""
    form = request.form
    notes = [int(one) for one in form.lists("notes") if one.isdigit() and len(one) < 10]
    theme = form.integer("theme", optional=True, min=1)
    words = form.text("words", max=rules.THEME_MOST, optional=theme is not None)
    return _done(
        request,
        workshop,
        lambda tx, actor: service.gather(tx, actor, workshop, notes, theme=theme, words=words),
    )


@routes.post("/workshops/{workshop:int}/notes/{note:int}/release")
def release(request: Request, workshop: int, note: int) -> Response:
    """Take a note out of its theme."""
    return _done(request, workshop, lambda tx, actor: service.release(tx, actor, workshop, note))


@routes.post("/workshops/{workshop:int}/themes/{theme:int}/reword", page="lead")
def reword_theme(request: Request, workshop: int, theme: int) -> Response:
    """Give a theme another heading."""
    words = request.form.text("words", max=rules.THEME_MOST)
    return _done(
        request,
        workshop,
        lambda tx, actor: service.reword_theme(tx, actor, workshop, theme, words),
    )


@routes.post("/workshops/{workshop:int}/themes/{theme:int}/drop")
def drop_theme(request: Request, workshop: int, theme: int) -> Response:
    """Take a theme back."""
    return _done(
        request, workshop, lambda tx, actor: service.drop_theme(tx, actor, workshop, theme)
    )


@routes.post("/workshops/{workshop:int}/objections/{objection:int}/strike", page="lead")
def strike_objection(request: Request, workshop: int, objection: int) -> Response:
    """Take the words of an objection out of sight, and say why."""
    reason = request.form.text("reason", max=rules.REASON_MOST)
    return _done(
        request,
        workshop,
        lambda tx, actor: service.strike_objection(tx, actor, workshop, objection, reason),
        _("The objection is struck."),
    )


@routes.post("/workshops/{workshop:int}/options", page="lead")
def make_option(request: Request, workshop: int) -> Response:
    """Word an option."""
    form = request.form
    words = form.text("words", max=rules.OPTION_MOST)
    theme = form.integer("theme", optional=True, min=1)
    note = form.integer("note", optional=True, min=1)
    return _done(
        request,
        workshop,
        lambda tx, actor: service.make_option(tx, actor, workshop, words, theme=theme, note=note),
    )


@routes.post("/workshops/{workshop:int}/options/{option:int}/reword", page="lead")
def reword_option(request: Request, workshop: int, option: int) -> Response:
    """Word an option otherwise."""
    words = request.form.text("words", max=rules.OPTION_MOST)
    return _done(
        request,
        workshop,
        lambda tx, actor: service.reword_option(tx, actor, workshop, option, words),
    )


@routes.post("/workshops/{workshop:int}/options/{option:int}/drop")
def drop_option(request: Request, workshop: int, option: int) -> Response:
    """Take an option back."""
    return _done(
        request, workshop, lambda tx, actor: service.drop_option(tx, actor, workshop, option)
    )
