"""Questions: asked by voters or for them, let through or not by whoever leads, supported."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import seal
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.ticker import soon
from forum.members.conduct import RulesFirst
from sessions.duty import events, queries, rules
from sessions.duty.models import (
    DutyDecline,
    DutyQuestion,
    DutyReport,
    DutySupport,
    QuestionState,
)
from sessions.duty.rules import Act
from sessions.duty.service.common import (
    COUNTED,
    asker,
    held,
    held_question,
    led_question,
    set_due,
    tell,
    tell_of,
)
from sessions.floor.service.common import acting_for, require_voice
from sessions.meetings.queries import MeetingAccess

# Supports are told together: single ones would stand in the log at the moment of somebody's click.
PAUSE = timedelta(seconds=8)


def ask(
    tx: Db, actor: Actor, report: int, body: str, *, by_name: bool = True, member: int | None = None
) -> int:
    """Ask the representative; `member` when a desk asks for somebody. Returns the question's id."""
    _access, row = held(tx, actor, report)
    found = acting_for(tx, actor, row.meeting_id, member)
    access, voter = found.access, found.speaker
    require_voice(tx, actor, access, voter)
    _require_voter(tx, access, voter, row)
    if voter.id == actor.id and (texts := access.access.owed()):
        raise RulesFirst(texts)
    if not rules.asks(access.meeting.state, row.state):
        raise Conflict(_("Questions are taken until the duty report is over."))
    if (same := _same(tx, report, voter.id, body)) is not None:
        return same
    number = _next_number(tx, report, voter.id)
    sealed = seal(body)
    question = DutyQuestion(
        report_id=report,
        number=number,
        member_id=voter.id,
        by_name=by_name,
        method=found.origin,
        recorded_by=actor.id,
        body=body,
        salt=sealed.salt,
        asked_at=clock.now(),
    )
    tx.add(question)
    tx.flush()
    asked = events.QuestionAsked(report, question.id, number, found.origin, sealed.digest)
    tell_of(tx, _shown(actor, question), row, question.id, asked)
    return question.id


def _shown(actor: Actor, question: DutyQuestion) -> Actor | None:
    """Who stands in the log as having asked: nobody, where they ask without their name."""
    return None if actor.id == question.member_id and not question.by_name else actor


def _require_voter(tx: Db, access: MeetingAccess, voter: Actor, row: DutyReport) -> None:
    """Forbidden for whoever reports, and for whoever neither takes part here nor is present."""
    if voter.id == row.reporter_id:
        raise Forbidden(_("Whoever reports answers the questions."))
    if not queries.takes_part(tx, access, voter):
        raise Forbidden(_("Only those who may take part in this consultation may do this."))


def _same(tx: Db, report: int, voter: int, body: str) -> int | None:
    """The question that they asked already, word by word."""
    query = select(col(DutyQuestion.id)).where(
        col(DutyQuestion.report_id) == report,
        col(DutyQuestion.member_id) == voter,
        col(DutyQuestion.body) == body,
        col(DutyQuestion.state) != QuestionState.WITHDRAWN,
    )
    return tx.execute(query.limit(1)).scalar_one_or_none()


def _next_number(tx: Db, report: int, voter: int) -> int:
    mine = select(func.count()).where(
        col(DutyQuestion.report_id) == report,
        col(DutyQuestion.member_id) == voter,
        col(DutyQuestion.state) == QuestionState.WAITING,
    )
    if tx.execute(mine).scalar_one() >= rules.MOST_WAITING:
        raise Conflict(_("Several of these questions wait already. Please wait for the moderator."))
    last = select(func.max(col(DutyQuestion.number))).where(col(DutyQuestion.report_id) == report)
    number = (tx.execute(last).scalar_one() or 0) + 1
    if number > rules.MOST_QUESTIONS:
        raise Conflict(_("There are more questions than can be answered. Support one of them."))
    return number


def withdraw(tx: Db, actor: Actor, question: int) -> None:
    """Take one's own question back while it waits."""
    _access, report, row = held_question(tx, actor, question)
    if row.member_id != actor.id:
        raise Forbidden(_("Only whoever asked may do this."))
    row.state = rules.after(QuestionState(row.state), Act.WITHDRAW)
    tx.flush()
    told = events.QuestionWithdrawn(report.id, question)
    tell_of(tx, _shown(actor, row), report, question, told)


def _decide(tx: Db, actor: Actor, question: int, act: Act) -> tuple[DutyReport, DutyQuestion]:
    _access, report, row = led_question(tx, actor, question)
    if row.member_id == actor.id:
        raise Forbidden(_("Nobody decides on their own question: somebody else lets it through."))
    row.state = rules.after(QuestionState(row.state), act)
    row.decided_by, row.decided_at = actor.id, clock.now()
    return report, row


def admit(tx: Db, actor: Actor, question: int) -> None:
    """Let a question through; also one that had been declined."""
    report, row = _decide(tx, actor, question, Act.ADMIT)
    row.decline_id = None
    set_due(tx, report, row)
    tx.flush()
    told = events.QuestionAdmitted(report.id, question, row.number, asker(row))
    tell_of(tx, actor, report, question, told)


def decline(tx: Db, actor: Actor, question: int, reason: str) -> None:
    """Do not let it through; whoever asked reads why."""
    report, row = _decide(tx, actor, question, Act.DECLINE)
    sealed = seal(reason)
    made = DutyDecline(
        question_id=question,
        body=reason,
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(made)
    tx.flush()
    row.decline_id = made.id
    tx.flush()
    told = events.QuestionDeclined(report.id, question, made.id, sealed.digest)
    tell_of(tx, actor, report, question, told)


def support(tx: Db, actor: Actor, question: int, *, wanted: bool = True) -> bool:
    """Stand behind a question, or no longer; False where that was so already."""
    access, report, row = held_question(tx, actor, question)
    if access.access.standing.banned or actor.asleep:
        require_voice(tx, actor, access, actor)
    _require_voter(tx, access, actor, report)
    if row.member_id == actor.id:
        raise Forbidden(_("It is your own question: others support it."))
    if row.state not in rules.UNANSWERED:
        raise Conflict(_("This question is not open any more."))
    mine = tx.get(DutySupport, (question, actor.id))
    if (mine is not None) is wanted:
        return False
    if mine is None:
        tx.add(DutySupport(question_id=question, member_id=actor.id))
    else:
        tx.delete(mine)
    tx.flush()
    # Counted anew each time: exact whatever came at the same instant.
    count = select(func.count()).where(col(DutySupport.question_id) == question)
    row.supports = int(tx.execute(count).scalar_one())
    tx.flush()
    soon(tx, COUNTED, clock.now() + PAUSE, ref("duty_report", report.id))
    return True


def count(tx: Db, row: DutyReport) -> None:
    """Tell what stands behind the open questions now."""
    found = tx.execute(
        select(col(DutyQuestion.id), col(DutyQuestion.supports))
        .where(col(DutyQuestion.report_id) == row.id, col(DutyQuestion.state).in_(rules.UNANSWERED))
        .order_by(col(DutyQuestion.id))
    )
    supports = {str(ident): number for ident, number in found}
    if supports:
        tell(tx, None, row, events.SupportsCounted(row.id, supports))
