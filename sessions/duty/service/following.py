"""What follows from what happens to the meeting, and from the clock."""

from sqlalchemy import exists, update
from sqlmodel import col, select

from forum.base import clock
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.refs import parse, ref
from forum.base.registry import react
from forum.base.ticker import cancel, due, schedule
from forum.members import queries as members
from sessions.duty import events, rules
from sessions.duty.models import DutyQuestion, DutyReport, QuestionState, ReportState
from sessions.duty.service.answering import laid_back
from sessions.duty.service.asking import count
from sessions.duty.service.common import ANSWERS, COUNTED, RATED, open_dates, tell
from sessions.duty.service.rating import close
from sessions.duty.service.reports import ended, started
from sessions.meetings.events import (
    ItemOpened,
    MeetingAdjourned,
    MeetingConvened,
    MeetingReopened,
)
from sessions.meetings.models import Meeting
from sessions.meetings.sitting_events import MeetingSuspended


def _of(tx: Db, stored: Stored, state: ReportState) -> list[DutyReport]:
    query = select(DutyReport).where(
        col(DutyReport.meeting_id) == parse(stored.stream)[1], col(DutyReport.state) == state
    )
    return list(tx.exec(query.order_by(col(DutyReport.number))))


@react(MeetingConvened)
def _call(tx: Db, stored: Stored, _event: MeetingConvened) -> None:
    """Whoever reports is told together with all who are invited."""
    for row in _of(tx, stored, ReportState.PLANNED):
        tell(tx, None, row, events.ReporterCalled(row.id, row.reporter_id))


@react(ItemOpened)
def _begin(tx: Db, stored: Stored, event: ItemOpened) -> None:
    """An item with one report is that report; where several stand under it, the chair says which.

    Nobody begins their own one by calling up an item, either.
    """
    here = [row for row in _of(tx, stored, ReportState.PLANNED) if row.item_id == event.item]
    if len(here) != 1 or _of(tx, stored, ReportState.RUNNING):
        return
    if here[0].reporter_id != stored.actor_id:
        actor = members.actor_of(tx, stored.actor_id) if stored.actor_id else None
        started(tx, actor, here[0])


@react(MeetingAdjourned)
def _end(tx: Db, stored: Stored, _event: MeetingAdjourned) -> None:
    """No report outlasts its meeting; what was asked of one that never began is answered, too."""
    planned = [row for row in _of(tx, stored, ReportState.PLANNED) if _asked(tx, row)]
    for row in [*_of(tx, stored, ReportState.RUNNING), *planned]:
        ended(tx, None, row, with_meeting=True)


def _asked(tx: Db, row: DutyReport) -> bool:
    """Whether a question waits, to be let through or to be answered."""
    open_now = {QuestionState.WAITING, *rules.UNANSWERED}
    there = exists().where(
        col(DutyQuestion.report_id) == row.id, col(DutyQuestion.state).in_(open_now)
    )
    return bool(tx.exec(select(there)).one())


@react(MeetingSuspended)
def _lay_back(tx: Db, stored: Stored, _event: MeetingSuspended) -> None:
    """Until another day nobody answers: the question stands among the open ones again."""
    for row in _of(tx, stored, ReportState.RUNNING):
        before = select(DutyQuestion).where(
            col(DutyQuestion.report_id) == row.id,
            col(DutyQuestion.state) == QuestionState.ANSWERING,
        )
        for question in tx.exec(before).all():
            laid_back(tx, None, row, question)


@react(MeetingReopened)
def _resume(tx: Db, stored: Stored, _event: MeetingReopened) -> None:
    """The meeting was closed by mistake: so was what ended with it. Ratings given are kept."""
    for row in _of(tx, stored, ReportState.OVER):
        if not row.with_meeting or row.rated_at is not None:
            continue
        row.state = ReportState.RUNNING if row.begun_at else ReportState.PLANNED
        row.over_at, row.rating_until, row.with_meeting = None, None, False
        dated = update(DutyQuestion).where(
            col(DutyQuestion.report_id) == row.id, col(DutyQuestion.state).in_(rules.UNANSWERED)
        )
        tx.execute(dated.values(due=None))
        tx.flush()
        for kind in (ANSWERS, RATED):
            cancel(tx, kind, ref("duty_report", row.id))
        tell(tx, None, row, events.ReportResumed(row.id))


def _row(tx: Db, subject: str) -> DutyReport | None:
    return tx.get(DutyReport, parse(subject)[1])


@due(COUNTED)
def _count(tx: Db, subject: str) -> None:
    """Tell what stands behind the questions."""
    if (row := _row(tx, subject)) is not None:
        count(tx, row)


@due(ANSWERS)
def _remind(tx: Db, subject: str) -> None:
    """The date has passed; what has no answer is said aloud."""
    row = _row(tx, subject)
    if row is None:
        return
    dates = open_dates(tx, row.id)
    late = [moment for moment in dates if moment <= clock.now()]
    if late:
        tell(tx, None, row, events.AnswersOverdue(row.id, len(late)))
    if len(late) < len(dates):
        schedule(tx, ANSWERS, dates[len(late)], subject)


@due(RATED)
def _publish(tx: Db, subject: str) -> None:
    """The time for ratings is over; behind the lock, so that one taken just now counts."""
    row = _row(tx, subject)
    if row is None:
        return
    tx.get_one(Meeting, row.meeting_id, with_for_update=True, populate_existing=True)
    tx.refresh(row)
    if row.rated_at is not None or row.rating_until is None:
        return
    if clock.now() >= row.rating_until:
        close(tx, row)
