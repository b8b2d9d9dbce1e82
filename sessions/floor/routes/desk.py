"""What a desk does: check people in and out, mend mistakes, declare the connection."""

from urllib.parse import urlencode

from forum.base.db import transaction
from forum.base.i18n import _, ngettext
from forum.base.web import Request, Response, Routes
from sessions.meetings import service as meetings
from sessions.meetings.models import Link

routes = Routes("sessions.floor.routes")


def _here(request: Request, meeting: int, venue: int) -> str:
    sought = str(request.form.value("q"))[:60]
    query = f"?{urlencode({'q': sought})}" if sought else ""
    return f"/meetings/{meeting}/desk/{venue}{query}"


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/check-in", page="desk")
def check_in_at(request: Request, meeting: int, venue: int) -> Response:
    """Check people in here; whoever was elsewhere moves."""
    people = request.form.integers("member")
    if not people:
        request.form.wrong("member", _("Tick at least one person."))
    request.form.check()
    with transaction() as tx:
        made = meetings.check_in(tx, request.member, meeting, venue, people)
    note = ngettext("%(num)s person checked in.", "%(num)s people checked in.", len(made))
    return request.done(
        f"/meetings/{meeting}/desk/{venue}", note=note % {"num": len(made)}, attendances=made
    )


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/check-out", page="desk")
def check_out_at(request: Request, meeting: int, venue: int) -> Response:
    """Let somebody go."""
    people = request.form.integers("member")
    request.form.check()
    with transaction() as tx:
        meetings.check_out(tx, request.member, meeting, people)
    return request.done(_here(request, meeting, venue), note=_("They have left."))


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/undo", page="desk")
def undo_check_in(request: Request, meeting: int, venue: int) -> Response:
    """Strike a check-in that was a mistake."""
    attendance = request.form.integer("attendance", min=1)
    request.form.check()
    with transaction() as tx:
        meetings.undo_check_in(tx, request.member, meeting, attendance)
    return request.done(_here(request, meeting, venue), note=_("The check-in is struck."))


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/link", page="desk")
def set_link(request: Request, meeting: int, venue: int) -> Response:
    """Declare the connection to the main venue up or down."""
    link = request.form.choice("link", Link)
    request.form.check()
    with transaction() as tx:
        meetings.set_link(tx, request.member, meeting, venue, link)
    note = _("Declared: connected.") if link is Link.UP else _("Declared: disconnected.")
    return request.done(_here(request, meeting, venue), note=note)
