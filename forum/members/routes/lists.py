"""Lists of people: read, looked at line by line, taken in at one press; and taken out as a file."""

from forum.base.db import reading, transaction
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import grounds, intake, lists, roster, service, sheets, taking
from forum.members.intake import Judged
from forum.members.models import PLATFORM, Verdict
from forum.members.paging import page
from forum.members.routes.people import place_asked
from forum.members.words import role_words, verdict_words

routes = Routes("forum.members.routes")
SIZE = 100


@routes.get("/people/import")
def import_people(request: Request) -> Response:
    """The form that takes a list, and what the list must look like."""
    with reading() as db:
        ground = grounds.led(db, request.actor, place_asked(request))
        return request.page(
            db,
            ground=ground,
            columns=[aliases[:2] for aliases in sheets.COLUMNS.values()],
            _roles=[role_words(role) for role in ground.grantable],
        )


@routes.post("/people/import", page="import_people")
def read_people(request: Request) -> Response:
    """Read a list and show what it would come to; nothing is done yet."""
    actor, place = request.member, place_asked(request)
    upload = request.form.file("sheet")
    pasted = request.form.text("pasted", max=sheets.BYTES_MOST, optional=True)
    with reading() as db:
        grounds.led(db, actor, place)
    if upload is None and not pasted:
        request.form.wrong("sheet", _("Choose a file, or paste the list below."))
    request.form.check()
    text = pasted
    if upload is not None:
        with upload.file as stream:
            text = sheets.decoded(stream.read(sheets.BYTES_MOST + 1))
    with transaction() as tx:
        sheet = service.keep_sheet(tx, actor, place, text)
    return request.done(f"/people/lists/{sheet}", id=sheet)


@routes.get("/people/lists/{sheet:int}")
def people_list(request: Request, sheet: int) -> Response:
    """What the list would come to, line by line; afterwards, what it came to."""
    number = request.query.integer("page", optional=True, min=1) or 1
    shown = request.query.text("show", max=10, optional=True)
    with reading() as db:
        found = lists.own(db, request.member, sheet)
        ground = grounds.led(db, request.actor, found.place)
        judged: list[Judged] = []
        if not found.finished:
            judged = intake.judge(db, request.actor, found.place, sheets.lines(found.body))
        told = found.done if found.finished else None
        counted = told["counted"] if told else intake.tally(judged)
        wanted = shown if shown in list(Verdict) else _first(counted)
        alike = [each for each in judged if each.verdict == wanted]
        some = alike[(number - 1) * SIZE : number * SIZE]
        return request.page(
            db,
            subject=f"sheet:{sheet}",
            sheet=sheet,
            ground=ground,
            done=found.finished,
            begun=len(found.done["new"]) if found.done else 0,
            counted=counted,
            doing=counted["new"] + counted["role"] + counted["noted"],
            shown=wanted,
            lines=[
                {**each.line._asdict(), "role": role_words(each.role), "reason": each.reason}
                for each in some
            ],
            _verdicts=[(v.value, verdict_words(v), counted[v.value]) for v in Verdict],
            pager=page(
                f"/people/lists/{sheet}", number=number, total=len(alike), size=SIZE, show=wanted
            ),
        )


def _first(counted: dict[str, int]) -> str:
    """What deserves to be seen first: the bad lines, else the new people."""
    return next((verdict.value for verdict in Verdict if counted[verdict.value]), "bad")


@routes.post("/people/lists/{sheet:int}")
def take_in(request: Request, sheet: int) -> Response:
    """Do what the list says, bad lines left out."""
    counted = taking.take_in_sheet(request.member, sheet)
    if not (counted["new"] or counted["role"] or counted["noted"]):
        note = _("Nothing has changed: everybody in the list is known here as it says.")
    else:
        note = _("Done: %(new)s new people, %(roles)s roles, %(noted)s notes.") % {
            "new": counted["new"],
            "roles": counted["new"] + counted["role"],
            "noted": counted["noted"],
        }
    return request.done(f"/people/lists/{sheet}", note=note, counted=counted)


@routes.post("/people/lists/{sheet:int}/drop")
def drop_list(request: Request, sheet: int) -> Response:
    """Throw the list away."""
    with transaction() as tx:
        place = lists.own(tx, request.member, sheet).place
        service.drop_sheet(tx, request.member, sheet)
    back = "/people/import" + (f"?place={place}" if place != PLATFORM else "")
    return request.done(back, note=_("The list is thrown away; nothing was done."))


@routes.post("/people/export")
def export_people(request: Request) -> Response:
    """The people of a place as a list; the log keeps who took it out."""
    place = place_asked(request)
    with transaction() as tx:
        ground = grounds.led(tx, request.member, place)
        rows = roster.exported(tx, request.member, ground)
        if not rows:
            raise Conflict(_("There is nobody here yet."))
        service.take_out(tx, request.member, place, len(rows))
    return request.send(sheets.written(rows), "text/csv; charset=utf-8", filename="people.csv")
