"""Preparing: which reports a meeting has, what is said of each beforehand, the written report."""

from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden
from forum.base.forms import Form
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from sessions.duty import queries, rules, service, words
from sessions.duty.models import ReportState
from sessions.duty.queries import ReportAccess
from sessions.meetings import program
from sessions.meetings import queries as meetings
from sessions.meetings.models import MeetingState

routes = Routes("sessions.duty.routes")


def _items(db: Db, meeting: int) -> list[tuple[int, str]]:
    slots = program.slots(db, meeting)
    return [(slot.item_id, f"{slot.position}. {slot.title}") for slot in slots]


@routes.get("/meetings/{meeting:int}/duty")
def duty_reports(request: Request, meeting: int) -> Response:
    """The reports of a meeting; who leads it, or represents, announces one here."""
    with reading() as db:
        access = meetings.meeting_access(db, request.actor, meeting)
        known = queries.candidates(db, meeting)
        unfinished = access.meeting.state in rules.UNFINISHED
        able = {
            who: name
            for who, name in known.items()
            if queries.leads(access, who) or queries.is_reporter(access, who)
        }
        return request.page(
            db,
            meeting=access.meeting,
            **queries.at_meeting(db, access),
            may={"announce": bool(able) and unfinished},
            nobody=not known and queries.leads(access, 0) and unfinished,
            zone=access.meeting.zone,
            _reporters=list(able.items()),
            _items=_items(db, meeting),
            _days=(rules.ANSWER_DAYS, rules.RATING_DAYS, rules.MOST_DAYS),
            _words=words,
        )


def _draft(form: Form) -> service.Draft:
    first, last = form.day("first"), form.day("last")
    item = form.integer("item", optional=True, min=1)
    days = [form.integer(name, min=1, max=rules.MOST_DAYS) for name in _DAYS]
    form.check()
    return service.Draft(first, last, item, *days)


_DAYS = ("answer_days", "rating_days")


@routes.post("/meetings/{meeting:int}/duty", page="duty_reports")
def announce(request: Request, meeting: int) -> Response:
    """Announce who reports, and on what time."""
    reporter = request.form.integer("reporter", min=1)
    draft = _draft(request.form)
    with transaction() as tx:
        made = service.announce(tx, request.member, meeting, reporter, draft)
    return request.done(f"/duty/{made}", note=_("The duty report is announced."), id=made)


def _kept(db: Db, request: Request, report: int) -> ReportAccess:
    seen = queries.report_access(db, request.member, report)
    if not seen.keeps:
        raise Forbidden(_("Only the chair, the secretary and whoever reports may do this."))
    return seen


@routes.get("/duty/{report:int}/edit")
def duty_writing(request: Request, report: int) -> Response:
    """The written report and what is said of it beforehand, to be changed."""
    with reading() as db:
        seen = _kept(db, request, report)
        wordings = queries.wordings(db, report)
        row, state = seen.report, seen.access.meeting.state
        unfinished = row.state in (ReportState.PLANNED, ReportState.RUNNING)
        questions = queries.figures(db, [report]).get(report, queries.Figures())
        return request.page(
            db,
            subject=row.ref,
            report=row,
            title=seen.title,
            meeting=seen.access.meeting,
            text=wordings[0] if wordings else None,
            may={
                "facts": unfinished and state in rules.UNFINISHED,
                "write": state is not MeetingState.ARCHIVED,
                "drop": row.state is ReportState.PLANNED and not any(questions),
            },
            _items=_items(db, seen.access.meeting.id),
            _most_days=rules.MOST_DAYS,
            _most=rules.MOST_TEXT,
        )


@routes.post("/duty/{report:int}/text", page="duty_writing")
def write_report(request: Request, report: int) -> Response:
    """Write the report down, or anew."""
    body = request.form.text("body", max=rules.MOST_TEXT)
    request.form.check()
    with transaction() as tx:
        made = service.write(tx, request.member, report, body)
    return request.done(f"/duty/{report}", note=_("The report is published."), revision=made)


@routes.post("/duty/{report:int}/facts", page="duty_writing")
def change_report(request: Request, report: int) -> Response:
    """Say otherwise on what is reported, and how long there is to answer and to rate."""
    draft = _draft(request.form)
    with transaction() as tx:
        service.change(tx, request.member, report, draft)
    return request.done(f"/duty/{report}", note=_("Saved."))


@routes.post("/duty/{report:int}/drop")
def drop_report(request: Request, report: int) -> Response:
    """Take off a report that was announced by mistake."""
    with reading() as db:
        meeting = queries.meeting_of(db, report)
    with transaction() as tx:
        service.drop(tx, request.member, report)
    note = _("The duty report is taken off the meeting.")
    return request.done(f"/meetings/{meeting}/duty", note=note)


@routes.post("/duty/{report:int}/begin")
def begin_report(request: Request, report: int) -> Response:
    """The representative begins."""
    with transaction() as tx:
        service.begin(tx, request.member, report)
    return request.done(f"/duty/{report}", note=_("The duty report goes on now."))


@routes.post("/duty/{report:int}/end")
def end_report(request: Request, report: int) -> Response:
    """It is over: what is open is answered in writing, and voters rate."""
    with transaction() as tx:
        service.end(tx, request.member, report)
    return request.done(f"/duty/{report}", note=_("The duty report is over. The rating is open."))
