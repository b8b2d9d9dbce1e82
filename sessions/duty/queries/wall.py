"""What a wall shows of a report: the question before the representative, and what comes next.

No reader is named: everybody who sees the wall reads the same, and no more than stands on it.
"""

from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, select
from sqlmodel import col

from forum.base.db import Db
from forum.members import queries as members
from sessions.duty import words
from sessions.duty.models import DutyQuestion, DutyReport, QuestionState, ReportState
from sessions.duty.queries.access import COLUMNS, ReportRow, made

NEXT = 4
_Q = DutyQuestion


class WallLine(NamedTuple):
    """A question as everybody may read it."""

    id: int
    number: int
    words: str
    asker: str
    supports: int


class Asked(NamedTuple):
    """A report on a wall."""

    report: ReportRow
    title: str
    answering: WallLine | None
    open: list[WallLine]


def asked(db: Db, report: ReportRow) -> Asked:
    """What is being answered, and the few that most want to hear next."""
    columns = (_Q.id, _Q.number, _Q.body, _Q.member_id, _Q.by_name, _Q.supports, _Q.state)
    shown = (QuestionState.ANSWERING, QuestionState.OPEN)
    found = db.execute(
        select(*(col(column) for column in columns))
        .where(col(_Q.report_id) == report.id, col(_Q.state).in_(shown))
        .order_by(
            case((col(_Q.state) == QuestionState.ANSWERING, 0), else_=1),
            col(_Q.supports).desc(),
            col(_Q.asked_at),
            col(_Q.id),
        )
        .limit(1 + NEXT)
    ).all()
    people = {row.member_id for row in found if row.by_name} | {report.reporter_id}
    names = members.names(db, people)
    lines = {
        row.id: WallLine(
            row.id,
            row.number,
            row.body,
            words.asker(names.get(row.member_id, ""), by_name=row.by_name),
            row.supports,
        )
        for row in found
    }
    now = next((row.id for row in found if row.state == QuestionState.ANSWERING), None)
    waiting = [line for ident, line in lines.items() if ident != now][:NEXT]
    title = words.title(names.get(report.reporter_id, ""))
    return Asked(report, title, lines.get(now or 0), waiting)


def before_a_meeting(db: Db, meeting: int) -> Asked | None:
    """The report that goes on in a meeting; else the one to come, else the last that is over."""
    order = {ReportState.RUNNING: 0, ReportState.PLANNED: 1, ReportState.OVER: 2}
    of = col(DutyReport.state)
    number = col(DutyReport.number)
    query = (
        select(*COLUMNS)
        .where(col(DutyReport.meeting_id) == meeting, of.in_(order))
        .order_by(case(order, value=of), case((of == ReportState.OVER, -number), else_=number))
        .limit(1)
    )
    found = db.execute(query).one_or_none()
    return asked(db, made(found)) if found else None


def rank(db: Db, question: int) -> int | None:
    """The place of an open question in its row, most supported first; None for all others."""
    columns = (col(_Q.report_id), col(_Q.supports), col(_Q.asked_at))
    mine = (col(_Q.id) == question, col(_Q.state) == QuestionState.OPEN)
    row = db.execute(select(*columns).where(*mine)).one_or_none()
    if row is None:
        return None
    earlier = or_(
        col(_Q.asked_at) < row.asked_at,
        and_(col(_Q.asked_at) == row.asked_at, col(_Q.id) < question),
    )
    query = select(func.count()).where(
        col(_Q.report_id) == row.report_id,
        col(_Q.state) == QuestionState.OPEN,
        or_(col(_Q.supports) > row.supports, and_(col(_Q.supports) == row.supports, earlier)),
    )
    return int(db.execute(query).scalar_one()) + 1
