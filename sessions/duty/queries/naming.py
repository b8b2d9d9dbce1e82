"""What questions are called, and what of them the minutes quote."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.markup import excerpt
from forum.base.refs import ref
from forum.base.registry import Step
from sessions.duty import rules, words
from sessions.duty.models import DutyAnswer, DutyQuestion, DutyReport, QuestionState, ReportState
from sessions.duty.queries.access import ReportAccess, report_access

_Q = DutyQuestion


def quoted(db: Db, meeting: int) -> dict[tuple[str, int], str]:
    """The words that the minutes of a meeting quote: public questions, and written answers."""
    here = (
        select(col(_Q.id), col(_Q.body))
        .join(DutyReport, col(DutyReport.id) == col(_Q.report_id))
        .where(col(DutyReport.meeting_id) == meeting, col(_Q.state).in_(rules.PUBLIC))
    )
    questions = {row.id: row.body for row in db.execute(here)}
    answers = select(col(DutyAnswer.id), col(DutyAnswer.body)).where(
        col(DutyAnswer.question_id).in_(questions)
    )
    found = {("duty_question", ident): body for ident, body in questions.items()}
    if questions:
        found |= {("duty_answer", row.id): row.body for row in db.execute(answers)}
    return found


@registry.resolver("duty_question")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What questions are called: their first words, for whoever may read them."""
    found = db.execute(
        select(col(_Q.id), col(_Q.report_id), col(_Q.member_id), col(_Q.state), col(_Q.body)).where(
            col(_Q.id).in_(ids)
        )
    ).all()
    seen: dict[int, ReportAccess | None] = {}
    steps = {}
    for row in found:
        if row.report_id not in seen:
            seen[row.report_id] = _seen(db, actor, row.report_id)
        access = seen[row.report_id]
        own = actor is not None and row.member_id == actor.id
        if access is None or not (own or access.leads or row.state in rules.PUBLIC):
            continue
        if access.report.state is ReportState.DROPPED:
            continue
        steps[row.id] = Step(
            ref("duty_question", row.id),
            "duty_question",
            excerpt(row.body, 60) or _("Question"),
            f"/duty/questions/{row.id}",
            words.question(QuestionState(row.state)),
        )
    return steps


def _seen(db: Db, actor: Actor | None, report: int) -> ReportAccess | None:
    try:
        return report_access(db, actor, report)
    except NotFound:
        return None
