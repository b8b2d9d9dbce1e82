"""Filing a report, and answering all that were filed about a thing."""

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from moderation.reports import events, subjects
from moderation.reports.models import Report, ReportPlace, ReportState, Rule


def file(tx: Db, actor: Actor, about: str, rule: Rule, note: str = "") -> int:
    """Report a thing that one can see; once."""
    subject = subjects.look(tx, actor, about)
    if subject.author_id == actor.id:
        raise Conflict(_("This is your own. You can change it or take it back."))
    if subject.hidden:
        raise Conflict(_("It is out of sight already."))
    mine = (col(Report.about) == about) & (col(Report.reporter_id) == actor.id)
    if tx.execute(select(col(Report.id)).where(mine)).first():
        raise Conflict(_("You have reported this already; you will be told what becomes of it."))
    row = Report(
        about=about,
        author_id=subject.author_id,
        reporter_id=actor.id,
        rule=rule,
        note=note,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    tx.add_all(ReportPlace(report_id=row.id, place=place) for place in subject.places)
    tx.flush()
    filed = events.ReportFiled(row.id, about, rule)
    # No actor: who reported is for nobody to read in a log.
    record(tx, None, filed, stream=subject.stream, subject=ref("report", row.id))
    return row.id


def settle(
    tx: Db, actor: Actor | None, about: str, result: ReportState, answer: str, *, stream: str
) -> None:
    """Answer all open reports of a thing. The caller has judged who may, and acted.

    No actor: nobody decided, the thing is gone.
    """
    waiting = select(Report).where(
        col(Report.about) == about, col(Report.state) == ReportState.OPEN
    )
    for row in tx.execute(waiting.order_by(col(Report.id))).scalars():
        row.state, row.answer = result, answer
        row.resolved_by, row.resolved_at = actor.id if actor else None, clock.now()
        tx.flush()
        resolved = events.ReportResolved(row.id, about, result)
        record(tx, actor, resolved, stream=stream, subject=ref("report", row.id))
