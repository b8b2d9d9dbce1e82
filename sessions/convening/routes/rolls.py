"""The roll of a meeting: people with weight, household and organisation; lists in and out."""

from forum.base.db import reading, transaction
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import sheets
from forum.members.paging import page
from sessions.convening import service
from sessions.convening.queries import intake, roll
from sessions.convening.queries.intake import Verdict
from sessions.convening.routes.preparing import organised
from sessions.meetings import presence
from sessions.meetings.models import MeetingState

routes = Routes("sessions.convening.routes")
SIZE = 100
EVERYBODY = 10_000


@routes.get("/meetings/{meeting:int}/roll")
def roll_(request: Request, meeting: int) -> Response:
    """Who is entitled, with what the roll says of them."""
    text = request.query.text("q", max=60, optional=True)
    number = request.query.integer("page", optional=True, min=1) or 1
    request.query.check()
    with reading() as db:
        access = organised(db, request, meeting)
        offset = (number - 1) * SIZE
        people, total = roll.people(db, meeting, text=text, offset=offset, limit=SIZE)
        others = presence.desk(db, meeting, text=text, limit=20) if text else []
        return request.page(
            db,
            template="convening/roll.html",
            subject=access.stream,
            meeting=access.meeting,
            people=people,
            others=[person for person in others if not person.entitled],
            figures=roll.figures(db, meeting),
            text=text,
            pager=page(f"/meetings/{meeting}/roll", number=number, total=total, size=SIZE, q=text),
            columns=[(names[:2], _(intake.ABOUT[key])) for key, names in intake.COLUMNS.items()],
            chairs=access.chairs,
            over=access.meeting.state in (MeetingState.ADJOURNED, MeetingState.ARCHIVED),
        )


@routes.post("/meetings/{meeting:int}/roll/people/{member:int}", page="roll_")
def describe(request: Request, meeting: int, member: int) -> Response:
    """Say what somebody weighs, and for whom they come."""
    with reading() as db:
        organised(db, request, meeting)
    form = request.form
    facts = service.Facts(
        form.text("number", max=40, optional=True),
        form.text("weight", max=40, default="1"),
        form.text("household", max=80, optional=True),
        form.text("organisation", max=80, optional=True),
    )
    form.check()
    with transaction() as tx:
        service.describe(tx, request.member, meeting, member, facts)
    return request.done(f"/meetings/{meeting}/roll#roll-{member}", note=_("Saved."))


@routes.post("/meetings/{meeting:int}/roll/lists", page="roll_")
def read_roll(request: Request, meeting: int) -> Response:
    """Read a list and show what it would come to; nothing is done yet."""
    with reading() as db:
        organised(db, request, meeting)
    upload = request.form.file("sheet")
    text = request.form.text("pasted", max=sheets.BYTES_MOST, optional=True)
    if upload is None and not text:
        request.form.wrong("sheet", _("Choose a file, or paste the list below."))
    request.form.check()
    if upload is not None:
        with upload.file as stream:
            text = sheets.decoded(stream.read(sheets.BYTES_MOST + 1))
    with transaction() as tx:
        made = service.keep_sheet(tx, request.member, meeting, text)
    return request.done(f"/rolls/{made}", id=made)


@routes.get("/rolls/{sheet:int}")
def roll_list(request: Request, sheet: int) -> Response:
    """What the list would come to, line by line; afterwards, what it came to."""
    number = request.query.integer("page", optional=True, min=1) or 1
    shown = request.query.text("show", max=10, optional=True)
    request.query.check()
    with reading() as db:
        access, found = intake.sheet(db, request.member, sheet)
        judged = [] if found.finished else intake.judge(db, access, intake.read(found.body))
        counted = (found.done or {}) if found.finished else intake.tally(judged)
        first = next((kind for kind in Verdict if counted.get(kind)), Verdict.BAD)
        wanted = Verdict(shown) if shown in set(Verdict) else first
        alike = [each for each in judged if each.verdict is wanted]
        return request.page(
            db,
            subject=access.stream,
            sheet=sheet,
            meeting=access.meeting,
            done=found.finished,
            doing=counted.get(Verdict.NEW, 0) + counted.get(Verdict.CHANGED, 0),
            counted=counted,
            shown=wanted,
            lines=[
                {
                    **each.line._asdict(),
                    "reason": each.reason,
                    "person": each.person._asdict() if each.person else None,
                }
                for each in alike[(number - 1) * SIZE : number * SIZE]
            ],
            _verdicts=[
                (v.value, _(text), counted.get(v, 0)) for v, text in intake.VERDICTS.items()
            ],
            pager=page(
                f"/rolls/{sheet}", number=number, total=len(alike), size=SIZE, show=wanted.value
            ),
        )


@routes.post("/rolls/{sheet:int}")
def take_in(request: Request, sheet: int) -> Response:
    """Do what the list says, bad lines left out."""
    counted = service.take_in(request.member, sheet)
    note = _("Done: %(new)s new on the roll, %(changed)s changed.") % counted
    return request.done(f"/rolls/{sheet}", note=note, counted=counted)


@routes.post("/rolls/{sheet:int}/drop")
def drop_list(request: Request, sheet: int) -> Response:
    """Throw the list away."""
    with transaction() as tx:
        meeting = service.drop_sheet(tx, request.member, sheet)
    note = _("The list is thrown away; nothing was done.")
    return request.done(f"/meetings/{meeting}/roll", note=note)


@routes.post("/meetings/{meeting:int}/roll/export")
def export_roll(request: Request, meeting: int) -> Response:
    """The roll as a list; the log keeps who took it out."""
    with transaction() as tx:
        organised(tx, request, meeting)
        people, _total = roll.people(tx, meeting, limit=EVERYBODY)
        if not people:
            raise Conflict(_("There is nobody here yet."))
        data = service.take_out(tx, request.member, meeting, people)
    return request.send(data, "text/csv; charset=utf-8", filename="roll.csv")
