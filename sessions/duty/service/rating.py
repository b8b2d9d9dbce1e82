"""What voters think of a report: one rating a person, counted once, when the time is over."""

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.i18n import _
from sessions.duty import events, queries, rules
from sessions.duty.models import DutyRating, DutyReport, Rating, ReportState
from sessions.duty.service.common import held, tell
from sessions.floor.service.common import require_voice


def rate(tx: Db, actor: Actor, report: int, rating: Rating, words: str = "") -> None:
    """Rate a report, or think again. No event tells of it: the log would say who and when."""
    access, row = held(tx, actor, report)
    if access.access.standing.banned or actor.asleep:
        require_voice(tx, actor, access, actor)
    if not queries.may_rate(tx, row.meeting_id, actor.id, row.reporter_id):
        raise Forbidden(_("Only who was at the meeting or is on its roll may rate the report."))
    if not rules.rates(ReportState(row.state), row.rating_until, clock.now()):
        raise Conflict(_("The rating is not open."))
    tx.merge(DutyRating(report_id=report, member_id=actor.id, rating=rating, body=words))
    tx.flush()


def close(tx: Db, row: DutyReport) -> None:
    """Count and publish; of few voters only how many they were. The meeting is locked before."""
    found = tx.execute(select(col(DutyRating.rating)).where(col(DutyRating.report_id) == row.id))
    result = rules.result([Rating(value) for value in found.scalars()])
    row.rated_at = clock.now()
    row.raters, row.satisfied, row.mostly, row.dissatisfied = result
    tx.flush()
    tell(tx, None, row, events.RatingClosed(row.id, row.item_id, *result))
