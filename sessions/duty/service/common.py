"""What the verbs around a duty report share: the locked meeting, who may, whose question it is."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.ticker import cancel, soon
from sessions.duty import queries, rules
from sessions.duty.models import DutyQuestion, DutyReport, ReportState
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import hold, require_state

ANSWERS, RATED, COUNTED = "duty:answers", "duty:rated", "duty:supports"


def held(tx: Db, actor: Actor, report: int) -> tuple[MeetingAccess, DutyReport]:
    """A report and its meeting, locked; NotFound where it is invisible."""
    meeting = queries.meeting_of(tx, report)
    try:
        access, _row = hold(tx, actor, meeting)
    except NotFound:
        raise NotFound(_("There is no such duty report.")) from None
    # Read again behind the lock: another click may have come before.
    return access, tx.get_one(DutyReport, report, populate_existing=True)


def led(tx: Db, actor: Actor, report: int) -> tuple[MeetingAccess, DutyReport]:
    """The same, for whoever moderates and runs it: never who reports."""
    access, row = held(tx, actor, report)
    _require_leader(access, row, actor)
    return access, row


def _require_leader(access: MeetingAccess, row: DutyReport, actor: Actor) -> None:
    if actor.id == row.reporter_id:
        raise Forbidden(_("Nobody leads their own duty report: the chair or the secretary does."))
    if not queries.leads(access, row.reporter_id):
        raise Forbidden(_("Only the chair and the secretary of this meeting may do this."))


def held_question(
    tx: Db, actor: Actor, question: int
) -> tuple[MeetingAccess, DutyReport, DutyQuestion]:
    """A question that the actor may know of, and its report."""
    access, report = held(tx, actor, queries.report_of(tx, question))
    row = tx.get_one(DutyQuestion, question, populate_existing=True)
    known = row.state in rules.PUBLIC or row.member_id == actor.id
    if not (known or queries.leads(access, report.reporter_id)):
        raise NotFound(_("There is no such question."))
    return access, report, row


def led_question(
    tx: Db, actor: Actor, question: int
) -> tuple[MeetingAccess, DutyReport, DutyQuestion]:
    """A question and its report, for whoever leads that."""
    access, report, row = held_question(tx, actor, question)
    _require_leader(access, report, actor)
    return access, report, row


def require_unfinished(access: MeetingAccess, row: DutyReport) -> None:
    """A Conflict once the report, or its meeting, is over."""
    over = _("The duty report is over; its record stays as it is.")
    require_state(access, rules.UNFINISHED, over)
    if row.state not in (ReportState.PLANNED, ReportState.RUNNING):
        raise Conflict(over)


def tell(tx: Db, actor: Actor | None, row: DutyReport, event: Event) -> None:
    """Record what happened to a report."""
    _record(tx, actor, row, event, ref("duty_report", row.id))


def tell_of(tx: Db, actor: Actor | None, row: DutyReport, question: int, event: Event) -> None:
    """Record what happened to a question."""
    _record(tx, actor, row, event, ref("duty_question", question))


def _record(tx: Db, actor: Actor | None, row: DutyReport, event: Event, subject: str) -> None:
    record(tx, actor, event, stream=ref("meeting", row.meeting_id), subject=subject)


def asker(question: DutyQuestion) -> int | None:
    """Who asked, as far as the public log may know."""
    return question.member_id if question.by_name else None


def unanswered(tx: Db, report: int) -> int:
    """How many questions that were let through have no answer."""
    query = select(func.count()).where(
        col(DutyQuestion.report_id) == report, col(DutyQuestion.state).in_(rules.UNANSWERED)
    )
    return int(tx.execute(query).scalar_one())


def open_dates(tx: Db, report: int) -> list[datetime]:
    """By when the questions are to be answered that have no answer, in order."""
    query = select(col(DutyQuestion.due)).where(
        col(DutyQuestion.report_id) == report,
        col(DutyQuestion.state).in_(rules.UNANSWERED),
        col(DutyQuestion.due).is_not(None),
    )
    return [
        moment for moment in tx.execute(query.order_by(col(DutyQuestion.due))).scalars() if moment
    ]


def set_due(tx: Db, row: DutyReport, question: DutyQuestion) -> None:
    """Once the report is over, a question that is open has a date; the clock looks at the first."""
    if row.state != ReportState.OVER or row.over_at is None:
        return
    now = clock.now()
    question.due = now + timedelta(days=row.answer_days)
    soon(tx, ANSWERS, question.due, ref("duty_report", row.id))


def settle_due(tx: Db, row: DutyReport) -> None:
    """Nothing is left to be answered: the clock need not look."""
    if not unanswered(tx, row.id):
        cancel(tx, ANSWERS, ref("duty_report", row.id))
