"""Reports as lists: of a meeting, of a representative; their texts, figures, and what is owed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, case, exists, func, select
from sqlmodel import col

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.registry import Span, Step
from forum.base.tables import metadata
from forum.members import queries as members
from sessions.duty import rules, words
from sessions.duty.models import (
    DutyQuestion,
    DutyRating,
    DutyReport,
    DutyRevision,
    QuestionState,
    Rating,
    ReportState,
)
from sessions.duty.queries.access import COLUMNS, ReportRow, made
from sessions.meetings import queries as meetings


class Figures(NamedTuple):
    """How many questions were let through, answered and not."""

    questions: int = 0
    answered: int = 0
    open: int = 0
    waiting: int = 0


class Listed(NamedTuple):
    """A report in a list."""

    report: ReportRow
    name: str
    title: str
    meeting: Step | None
    figures: Figures


class Wording(NamedTuple):
    """The written report as it stood from a moment on."""

    id: int
    number: int
    at: datetime
    author: str
    html: str
    body: str


class Owed(NamedTuple):
    """What a representative still has to answer on a report, and by when."""

    report_id: int
    title: str
    open: int
    due: datetime
    late: bool

    @property
    def url(self) -> str:
        """Where it is done."""
        return f"/duty/{self.report_id}#questions"


def figures(db: Db, reports: Sequence[int]) -> dict[int, Figures]:
    """The figures of these reports, in one query."""
    state = col(DutyQuestion.state)

    def count(*states: QuestionState) -> ColumnElement[int]:
        return func.sum(case((state.in_(states), 1), else_=0))

    found = db.execute(
        select(
            col(DutyQuestion.report_id),
            count(*rules.PUBLIC),
            count(QuestionState.ANSWERED),
            count(*rules.UNANSWERED),
            count(QuestionState.WAITING),
        )
        .where(col(DutyQuestion.report_id).in_(reports))
        .group_by(col(DutyQuestion.report_id))
    )
    return {report: Figures(*(int(one) for one in counted)) for report, *counted in found}


def _listed(db: Db, actor: Actor | None, rows: Sequence[ReportRow]) -> list[Listed]:
    if not rows:
        return []
    seen = meetings.resolve(db, actor, sorted({row.meeting_id for row in rows}))
    names = members.names(db, {row.reporter_id for row in rows})
    counted = figures(db, [row.id for row in rows])
    return [
        Listed(
            row,
            names.get(row.reporter_id, ""),
            words.title(names.get(row.reporter_id, "")),
            seen.get(row.meeting_id),
            # How many wait is for those who let them through.
            counted.get(row.id, Figures())._replace(waiting=0),
        )
        for row in rows
    ]


def of_meeting(db: Db, actor: Actor | None, meeting: int) -> list[Listed]:
    """The reports of a meeting that the reader may see, in their order."""
    found = db.execute(
        select(*COLUMNS)
        .where(col(DutyReport.meeting_id) == meeting, col(DutyReport.state) != ReportState.DROPPED)
        .order_by(col(DutyReport.number))
    )
    return _listed(db, actor, [made(row) for row in found])


def of_person(db: Db, actor: Actor | None, member: int, *, limit: int = 20) -> list[Listed]:
    """What somebody reported, the latest first, at meetings that the reader sees."""
    found = db.execute(
        select(*COLUMNS)
        .where(col(DutyReport.reporter_id) == member, col(DutyReport.state) != ReportState.DROPPED)
        .order_by(col(DutyReport.id).desc())
        .limit(limit)
    )
    rows = _listed(db, actor, [made(row) for row in found])
    return [row for row in rows if row.meeting is not None]


# Made once: every page of an item asks.
_T = metadata.tables["duty_report"].c
ON_ITEM = exists().where(_T.item_id == bindparam("ident"))
_OF_ITEM = (
    select(*_T[ReportRow._fields])
    .where(_T.item_id == bindparam("item"), _T.state != ReportState.DROPPED.value)
    .order_by(_T.id)
    .limit(20)
)


def on_item(db: Db, actor: Actor | None, item: int) -> list[Listed]:
    """The reports under an item, at meetings that the reader sees."""
    found = db.execute(_OF_ITEM, {"item": item})
    rows = _listed(db, actor, [made(row) for row in found])
    return [row for row in rows if row.meeting is not None]


def wordings(db: Db, report: int) -> list[Wording]:
    """The written report, the present wording first."""
    found = db.execute(
        select(
            col(DutyRevision.id),
            col(DutyRevision.number),
            col(DutyRevision.at),
            col(DutyRevision.author_id),
            col(DutyRevision.html),
            col(DutyRevision.body),
        )
        .where(col(DutyRevision.report_id) == report)
        .order_by(col(DutyRevision.id).desc())
        .limit(50)
    ).all()
    names = members.names(db, {row.author_id for row in found})
    return [
        Wording(row.id, row.number, row.at, names.get(row.author_id, ""), row.html, row.body)
        for row in found
    ]


def own_rating(db: Db, report: int, member: int) -> tuple[Rating, str] | None:
    """What somebody gave and wrote; for their own eyes."""
    query = select(col(DutyRating.rating), col(DutyRating.body)).where(
        col(DutyRating.report_id) == report, col(DutyRating.member_id) == member
    )
    found = db.execute(query).one_or_none()
    return (Rating(found.rating), found.body) if found else None


def remarks(db: Db, row: ReportRow) -> list[tuple[Rating, str]]:
    """What raters wrote, once published: by what they wrote, never by when or who."""
    if row.result is None or row.result.few:
        return []
    found = db.execute(
        select(col(DutyRating.rating), col(DutyRating.body))
        .where(col(DutyRating.report_id) == row.id, col(DutyRating.body) != "")
        .order_by(col(DutyRating.body))
        .limit(500)
    )
    return [(Rating(rating), body) for rating, body in found]


def owed(db: Db, member: int) -> list[Owed]:
    """What somebody still has to answer in writing, the most pressing first."""
    due = func.min(col(DutyQuestion.due))
    found = db.execute(
        select(col(DutyReport.id), func.count(), due)
        .join(DutyQuestion, col(DutyQuestion.report_id) == col(DutyReport.id))
        .where(
            col(DutyReport.reporter_id) == member,
            col(DutyReport.state) == ReportState.OVER,
            col(DutyQuestion.state).in_(rules.UNANSWERED),
            col(DutyQuestion.due).is_not(None),
        )
        .group_by(col(DutyReport.id))
        .order_by(due, col(DutyReport.id))
        .limit(20)
    ).all()
    name = members.names(db, [member]).get(member, "")
    now = clock.now()
    return [
        Owed(report, words.title(name), count, moment, moment <= now)
        for report, count, moment in found
    ]


@registry.resolver("duty_report")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What reports are called: by who reports."""
    found = [made(row) for row in db.execute(select(*COLUMNS).where(col(DutyReport.id).in_(ids)))]
    shown = [row for row in found if row.state is not ReportState.DROPPED]
    return {
        one.report.id: Step(
            one.report.ref, "duty_report", one.title, one.report.url, one.report.state_name
        )
        for one in _listed(db, actor, shown)
        if one.meeting is not None
    }


@registry.span("duty_report")
def spans(db: Db, ids: Sequence[int]) -> dict[int, Span]:
    """From when to when it was held; before that, when it was announced."""
    columns = (DutyReport.id, DutyReport.begun_at, DutyReport.at, DutyReport.over_at)
    query = select(*(col(column) for column in columns)).where(col(DutyReport.id).in_(ids))
    return {ident: Span(begun or at, over) for ident, begun, at, over in db.execute(query)}
