"""Who reads a report: its reporter, and those who moderate where the thing stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.links import steps
from forum.base.refs import ref
from forum.base.registry import Step
from forum.consultations.rules import MODERATING
from forum.members import queries as members
from forum.members.models import PLATFORM
from moderation.reports import words
from moderation.reports.models import Report, ReportPlace, ReportState, Rule


class ReportRow(NamedTuple):
    """A report as the queue and its reporter read it."""

    id: int
    about: str
    author_id: int | None
    reporter_id: int
    rule: Rule
    note: str
    at: datetime
    state: ReportState
    answer: str
    resolved_at: datetime | None


_COLUMNS = (
    col(Report.id),
    col(Report.about),
    col(Report.author_id),
    col(Report.reporter_id),
    col(Report.rule),
    col(Report.note),
    col(Report.at),
    col(Report.state),
    col(Report.answer),
    col(Report.resolved_at),
)


def _row(found: Sequence[object]) -> ReportRow:
    row = ReportRow._make(found)
    return row._replace(rule=Rule(row.rule), state=ReportState(row.state))


def led(db: Db, actor: Actor | None) -> list[str]:
    """The places that somebody moderates; the platform stands for all of them."""
    return members.places_of(db, actor, MODERATING)


def _theirs(places: Sequence[str]) -> ColumnElement[bool]:
    if PLATFORM in places:
        return col(Report.id).is_not(None)
    mine = select(col(ReportPlace.report_id)).where(col(ReportPlace.place).in_(places))
    return col(Report.id).in_(mine)


def mine(db: Db, actor: Actor, *, limit: int = 50) -> list[ReportRow]:
    """What somebody reported, newest first."""
    query = select(*_COLUMNS).where(col(Report.reporter_id) == actor.id)
    return [_row(row) for row in db.execute(query.order_by(col(Report.id).desc()).limit(limit))]


def report(db: Db, actor: Actor | None, report_id: int) -> ReportRow:
    """One report, to its reporter and to those who decide about it."""
    visible = _theirs(led(db, actor))
    if actor is not None:
        visible |= col(Report.reporter_id) == actor.id
    query = select(*_COLUMNS).where(col(Report.id) == report_id, visible)
    found = db.execute(query).one_or_none()
    if found is None:
        raise NotFound(_("There is no such report."))
    return _row(found)


def subjects(db: Db, actor: Actor | None, rows: Sequence[ReportRow]) -> dict[str, Step]:
    """What the reported things are called; the invisible ones are left out."""
    return {step.ref: step for step in steps(db, actor, sorted({row.about for row in rows}))}


@registry.resolver("report")
def _resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    visible = _theirs(led(db, actor))
    if actor is not None:
        visible |= col(Report.reporter_id) == actor.id
    query = select(*_COLUMNS).where(col(Report.id).in_(ids), visible)
    return {
        row.id: Step(
            ref("report", row.id),
            "report",
            words.rule_words(row.rule),
            f"/reports/{row.id}",
            words.state_words(row.state),
        )
        for row in map(_row, db.execute(query))
    }
