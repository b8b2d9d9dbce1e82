"""What those who take part do: move, second, amend, reword, withdraw, object."""

from forum.base.db import transaction
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from sessions.motions import rules, service
from sessions.motions.models import Sort
from sessions.motions.routes.common import acted, back

routes = Routes("sessions.motions.routes")


@routes.post("/meetings/{meeting:int}/motions", page="motions")
def move(request: Request, meeting: int) -> Response:
    """Move something on the open item; `member` when the desk or the chair does it for somebody."""
    form = request.form
    sort = form.choice("sort", Sort, default=Sort.MAIN)
    draft = service.Draft(
        form.text("text", max=rules.TEXT_MOST, optional=sort not in rules.WORDED),
        sort,
        form.integer("target", optional=True, min=1),
        form.integer("member", optional=True, min=1),
        form.integer("to", optional=True, min=1),
        form.text("place", max=64, optional=True),
    )
    if sort in (Sort.AMENDMENT, Sort.RECONSIDER) and draft.target is None:
        form.wrong("target", _("Please choose one."))
    form.check()
    with transaction() as tx:
        motion = service.move(tx, request.member, meeting, draft)
    return request.done(back(form, meeting, motion), note=_("It is moved."), id=motion)


@routes.post("/motions/{motion:int}/second")
def second(request: Request, motion: int) -> Response:
    """Second a motion."""
    member = request.form.integer("member", optional=True, min=1)
    request.form.check()
    return acted(
        request,
        motion,
        lambda tx, actor: service.second(tx, actor, motion, member),
        _("The motion is seconded."),
    )


@routes.post("/motions/{motion:int}/amend", page="motion")
def amend(request: Request, motion: int) -> Response:
    """Move another wording."""
    text = request.form.text("text", max=rules.TEXT_MOST)
    member = request.form.integer("member", optional=True, min=1)
    request.form.check()
    return acted(
        request,
        motion,
        lambda tx, actor: service.amend(tx, actor, motion, text, member=member),
        _("The amendment is moved."),
    )


@routes.post("/motions/{motion:int}/reword", page="motion")
def reword(request: Request, motion: int) -> Response:
    """Put one's own motion otherwise."""
    text = request.form.text("text", max=rules.TEXT_MOST)
    request.form.check()
    return acted(
        request,
        motion,
        lambda tx, actor: service.reword(tx, actor, motion, text),
        _("It has another wording."),
    )


@routes.post("/motions/{motion:int}/confirm")
def confirm(request: Request, motion: int) -> Response:
    """Let an amendment stand, though the text under it has changed."""
    return acted(
        request,
        motion,
        lambda tx, actor: service.confirm(tx, actor, motion),
        _("The amendment stands as it is worded."),
    )


@routes.post("/motions/{motion:int}/withdraw")
def withdraw(request: Request, motion: int) -> Response:
    """Take a motion back."""
    return acted(
        request,
        motion,
        lambda tx, actor: service.withdraw(tx, actor, motion),
        _("The motion is withdrawn."),
    )


@routes.post("/motions/{motion:int}/object")
def object_to(request: Request, motion: int) -> Response:
    """Object to a motion being carried without a vote."""
    member = request.form.integer("member", optional=True, min=1)
    request.form.check()
    return acted(
        request,
        motion,
        lambda tx, actor: service.object(tx, actor, motion, member),
        _("The objection is recorded: the motion is not carried without a vote."),
    )
