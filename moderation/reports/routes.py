"""Reporting something, and what became of a report."""

from forum.base import limits
from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import queries as members
from moderation.reports import queries, rules, service, subjects
from moderation.reports.models import ReportState, Rule
from moderation.reports.queries import ReportRow
from moderation.reports.words import rule_choices, rule_words, state_words

routes = Routes(__name__)


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
    """What one reported, and what became of it."""
    actor = request.member
    with reading() as db:
        rows = queries.mine(db, actor)
        leads = bool(queries.led(db, actor))
        return request.page(db, leads=leads, reports=_shown(db, request, rows))


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
            about=found.about.replace(":", "/"),
            concerned=rules.concerns(actor.id, found.author_id),
            decides=bool(subject and subject.moderates),
        )
