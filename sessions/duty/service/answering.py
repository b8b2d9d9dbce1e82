"""A question is put to the representative, and answered by word, in writing, or both."""

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import seal
from forum.base.i18n import _
from forum.base.markup import render
from sessions.duty import events, queries, rules
from sessions.duty.models import DutyAnswer, DutyQuestion, DutyReport, QuestionState, ReportState
from sessions.duty.rules import Act
from sessions.duty.service.common import (
    asker,
    held_question,
    led_question,
    settle_due,
    tell_of,
)
from sessions.meetings.service.common import require_session


def put(tx: Db, actor: Actor, question: int) -> None:
    """Put a question to the representative; all screens show it."""
    access, report, row = led_question(tx, actor, question)
    require_session(access)
    if report.state != ReportState.RUNNING:
        raise Conflict(_("The duty report is not going on."))
    busy = select(col(DutyQuestion.id)).where(
        col(DutyQuestion.report_id) == report.id,
        col(DutyQuestion.state) == QuestionState.ANSWERING,
    )
    if tx.execute(busy.limit(1)).scalar_one_or_none() is not None:
        raise Conflict(_("Another question is being answered: end that one first."))
    row.state = rules.after(QuestionState(row.state), Act.PUT)
    row.put_at = clock.now()
    tx.flush()
    tell_of(tx, actor, report, question, events.QuestionPut(report.id, question))


def set_back(tx: Db, actor: Actor, question: int) -> None:
    """Leave it for now: it stands among the open ones again."""
    _access, report, row = led_question(tx, actor, question)
    laid_back(tx, actor, report, row)


def laid_back(tx: Db, actor: Actor | None, report: DutyReport, row: DutyQuestion) -> None:
    """It is not being answered any more."""
    row.state = rules.after(QuestionState(row.state), Act.SET_BACK)
    row.put_at = None
    tx.flush()
    tell_of(tx, actor, report, row.id, events.QuestionSetBack(report.id, row.id))


def answered(tx: Db, actor: Actor, question: int) -> None:
    """Say that the representative has answered by word."""
    _access, report, row = led_question(tx, actor, question)
    row.state = rules.after(QuestionState(row.state), Act.ANSWER)
    row.answered_at = clock.now()
    tx.flush()
    told = events.QuestionAnswered(
        report.id,
        report.item_id,
        question,
        row.number,
        asker(row),
        row.supports,
        row.put_at or row.answered_at,
    )
    tell_of(tx, actor, report, question, told)


def write_answer(tx: Db, actor: Actor, question: int, body: str) -> int:
    """Answer in writing: the representative, or whoever leads enters it for them."""
    access, report, row = held_question(tx, actor, question)
    if not queries.keeps(access, report.reporter_id):
        raise Forbidden(_("Only the chair, the secretary and whoever reports may do this."))
    last = select(col(DutyAnswer.id), col(DutyAnswer.body)).where(
        col(DutyAnswer.question_id) == question
    )
    same = tx.execute(last.order_by(col(DutyAnswer.id).desc()).limit(1)).one_or_none()
    if same is not None and same.body == body:
        return int(same.id)  # pressed twice: nobody is told twice
    if not rules.adds(access.meeting.state, QuestionState(row.state)):
        raise Conflict(_("The meeting is over; its record stays as it is."))
    row.state = rules.after(QuestionState(row.state), Act.WRITE)
    sealed = seal(body)
    made = DutyAnswer(
        question_id=question,
        body=body,
        html=render(body),
        salt=sealed.salt,
        author_id=report.reporter_id,
        recorded_by=actor.id,
        at=clock.now(),
    )
    tx.add(made)
    row.answered_at = row.answered_at or made.at
    tx.flush()
    settle_due(tx, report)
    told = events.AnswerWritten(
        report.id,
        report.item_id,
        question,
        row.number,
        asker(row),
        row.supports,
        made.id,
        sealed.digest,
    )
    tell_of(tx, actor, report, question, told)
    return made.id
