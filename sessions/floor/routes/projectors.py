"""The walls: what each is told to show, a look before it is put up, and its own page."""

from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request, Response, Routes
from sessions.floor import broadcasts, service
from sessions.floor import projectors as walls
from sessions.floor.routes.pages import live
from sessions.floor.screen_models import Shows
from sessions.floor.situation import version
from sessions.meetings import queries, rules
from sessions.meetings.queries import MeetingAccess

routes = Routes("sessions.floor.routes")
OPEN = rules.UNFINISHED


def _chaired(db: Db, request: Request, meeting: int) -> MeetingAccess:
    access = queries.meeting_access(db, request.member, meeting)
    if not access.chairs:
        raise Forbidden(_("Only the chair of this meeting may do this."))
    return access


@routes.get("/meetings/{meeting:int}/projectors")
def projector_list(request: Request, meeting: int) -> Response:
    """The projectors of a meeting, and where one watches it from afar."""
    with reading() as db:
        access = _chaired(db, request, meeting)
        return request.page(
            db,
            meeting=access.meeting,
            projectors=walls.of_meeting(db, meeting),
            venues=[(venue.id, venue.name) for venue in access.venues],
            broadcast=broadcasts.address(db, meeting),
            open=access.meeting.state in OPEN,
        )


@routes.post("/meetings/{meeting:int}/projectors", page="projector_list")
def set_projector(request: Request, meeting: int) -> Response:
    """Add a projector, or with `number` describe it anew."""
    form = request.form
    name = form.text("name", max=80)
    venue = form.integer("venue", optional=True, min=1)
    number = form.integer("number", optional=True, min=1)
    form.check()
    with transaction() as tx:
        made = service.set_projector(tx, request.member, meeting, name, venue=venue, number=number)
    return request.done(f"/meetings/{meeting}/projectors/{made}", note=_("Saved."), id=made)


@routes.get("/meetings/{meeting:int}/projectors/{number:int}")
def projector(request: Request, meeting: int, number: int) -> Response:
    """What a projector shows, what was chosen for it, and what it has shown."""
    with reading() as db:
        access = _chaired(db, request, meeting)
        row = walls.projector(db, meeting, number)
        chosen = walls.prepared(db, meeting, number)
        staged = walls.staged(db, meeting, chosen) if chosen else {"meeting": access.meeting}
        return request.page(
            db,
            **{**staged, "zone": access.meeting.zone},
            projector=row,
            prepared=chosen,
            history=walls.history(db, meeting, number),
            choices=[(shows.value, _(name)) for shows, name in walls.NAMES.items()],
            places=[(venue.id, venue.name) for venue in access.venues],
        )


@routes.post("/meetings/{meeting:int}/projectors/{number:int}", page="projector")
def prepare(request: Request, meeting: int, number: int) -> Response:
    """Choose what to show; with `now` it is put up without a look."""
    form = request.form
    shows = form.choice("shows", Shows)
    words = form.text("words", max=300, optional=True)
    at_once = form.flag("now")
    form.check()
    with transaction() as tx:
        made = service.prepare(tx, request.member, meeting, number, shows, words)
        if at_once:
            service.put_up(tx, request.member, meeting, number, made)
    note = _("It is shown.") if at_once else ""
    return request.done(f"/meetings/{meeting}/projectors/{number}", note=note, id=made)


@routes.post("/meetings/{meeting:int}/projectors/{number:int}/up", page="projector")
def put_up(request: Request, meeting: int, number: int) -> Response:
    """Show what was prepared, or something once more."""
    projection = request.form.integer("projection", min=1)
    request.form.check()
    with transaction() as tx:
        service.put_up(tx, request.member, meeting, number, projection)
    return request.done(f"/meetings/{meeting}/projectors/{number}", note=_("It is shown."))


@routes.post("/meetings/{meeting:int}/projectors/{number:int}/back")
def back(request: Request, meeting: int, number: int) -> Response:
    """Show once more what was shown before the present."""
    with transaction() as tx:
        service.back(tx, request.member, meeting, number)
    return request.done(f"/meetings/{meeting}/projectors/{number}", note=_("It is shown."))


@routes.post("/meetings/{meeting:int}/projectors/{number:int}/take")
def take(request: Request, meeting: int, number: int) -> Response:
    """Use it no longer."""
    with transaction() as tx:
        service.take_projector(tx, request.member, meeting, number)
    note = _("The projector is taken away.")
    return request.done(f"/meetings/{meeting}/projectors", note=note)


@routes.get("/meetings/{meeting:int}/screen/{number:int}")
def projector_screen(request: Request, meeting: int, number: int) -> Response:
    """A projector's own page, for whoever stands before it or listens from afar."""
    with reading() as db:
        kept = version(db, meeting)
        if hit := request.fresh(kept):
            return hit
        queries.meeting_access(db, request.actor, meeting)
        row = walls.projector(db, meeting, number)
        return request.page(
            db,
            version=kept,
            live=live(db, request, meeting, f"projector-{number}"),
            **walls.staged(db, meeting, walls.showing(db, meeting, number)),
            projector=row,
            address=f"{request.base_url}/meetings/{meeting}",
        )


@panel("floor:console", order=20)
def walls_of_meeting(db: Db, request: Request, subject: str) -> str | None:
    """On the console: the walls, and what each shows."""
    row = queries.meeting_row(db, parse(subject)[1])
    found = walls.of_meeting(db, row.id)
    return request.fragment(db, "floor/walls.html", meeting=row, projectors=found)


@routes.post("/meetings/{meeting:int}/broadcast", page="projector_list")
def set_broadcast(request: Request, meeting: int) -> Response:
    """Say where everybody can watch the meeting."""
    url = request.form.text("url", max=300, optional=True)
    request.form.check()
    with transaction() as tx:
        service.set_broadcast(tx, request.member, meeting, url)
    return request.done(f"/meetings/{meeting}/projectors#broadcast", note=_("Saved."))
