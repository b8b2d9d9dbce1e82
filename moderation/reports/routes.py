"""Reporting something, the queue, and what became of a report."""

from forum.base import limits
from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import queries as members
from forum.members.paging import page
from moderation.reports import queries, rules, service, subjects
from moderation.reports.models import ReportState, Rule
from moderation.reports.queries import ReportRow
from moderation.reports.words import rule_choices, rule_words, state_words

routes = Routes(__name__)
TABS = ("open", "decided", "mine")


@routes.get("/reports/new")
def new_report(request: Request) -> Response:
    """The form: the thing in question, and what is wrong with it."""
    actor = request.member
    about = request.query.text("about", max=64) or str(request.form.value("about"))
    with reading() as db:
        subject = subjects.look(db, actor, about)
        return request.page(
            db,
            about=subject.ref,
            title=subject.title,
            back=subject.url,
            html=subject.html,
            rules=rule_choices(),
        )


@routes.post("/reports", page="new_report")
def file(request: Request) -> Response:
    """Report something."""
    form, actor = request.form, request.member
    about = form.text("about", max=64)
    rule = form.choice("rule", Rule)
    note = form.text("note", max=1000, optional=rule is not Rule.OTHER)
    form.check()
    limits.check(f"report:{actor.id}", per_minute=2, burst=10)
    with transaction() as tx:
        new = service.file(tx, actor, about, rule, note)
    words = _("Thank you. A moderator looks at it, and you will be told.")
    return request.done(f"/reports/{new}", note=words, id=new)


def _shown(db: Db, request: Request, rows: list[ReportRow]) -> list[dict[str, object]]:
    things = queries.subjects(db, request.actor, rows)
    called = members.names(db, {row.author_id for row in rows if row.author_id is not None})
    return [
        {
            "id": row.id,
            "at": row.at,
            "rule": rule_words(row.rule),
            "state": state_words(row.state),
            "open": row.state is ReportState.OPEN,
            "note": row.note,
            "thing": things.get(row.about),
            "author": called.get(row.author_id) if row.author_id is not None else None,
        }
        for row in rows
    ]


@routes.get("/reports")
def reports(request: Request) -> Response:
    """The queue of the places that one moderates; for everybody, what one reported."""
    actor = request.member
    number = request.query.integer("page", optional=True, min=1) or 1
    with reading() as db:
        leads = bool(queries.led(db, actor))
        tab = request.query.choice("tab", TABS, default="open" if leads else "mine")
        if not leads and tab != "mine":
            raise NotFound(_("There is no such page."))
        if tab == "mine":
            rows = queries.mine(db, actor)
            total = len(rows)
        else:
            offset = (number - 1) * queries.PAGE
            rows, total = queries.queue(db, actor, resolved=tab == "decided", offset=offset)
        size = queries.PAGE if tab != "mine" else max(total, 1)
        return request.page(
            db,
            tab=tab,
            leads=leads,
            reports=_shown(db, request, rows),
            pager=page("/reports", number=number, total=total, size=size, tab=tab),
        )


@routes.get("/reports/{report:int}")
def report(request: Request, report: int) -> Response:
    """One report: the thing, the reason, the decision or the means to decide."""
    actor = request.member
    with reading() as db:
        found = queries.report(db, actor, report)
        try:
            subject = subjects.look(db, actor, found.about)
        except NotFound:
            subject = None
        return request.page(
            db,
            report=_shown(db, request, [found])[0],
            answer=found.answer,
            resolved_at=found.resolved_at,
            own=found.reporter_id == actor.id,
            html=subject.html if subject else "",
            url=subject.url if subject else "",
            author_id=found.author_id,
            place=subject.stream if subject else "",
            concerned=rules.concerns(actor.id, found.author_id),
            decides=bool(subject and subject.moderates),
        )


@routes.post("/reports/{report:int}/resolve", page="report")
def resolve(request: Request, report: int) -> Response:
    """Hide the thing or leave it; whoever reported it is told."""
    form = request.form
    result = form.choice("result", [ReportState.HIDDEN, ReportState.DISMISSED])
    answer = form.text("answer", max=1000, optional=result == ReportState.DISMISSED)
    form.check()
    with transaction() as tx:
        service.resolve(tx, request.member, report, ReportState(result), answer)
    return request.done("/reports", note=_("Decided; whoever reported it is told."))
