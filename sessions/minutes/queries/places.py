"""Minutes and decisions of what a place runs: bounded lists for its readers."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.consultations import queries as consultations
from sessions.meetings.models import Meeting, MeetingState
from sessions.minutes.models import Decision, DecisionState, Minutes, State
from sessions.minutes.queries.decisions import DecisionRow
from sessions.minutes.rules import LOCKED


class Listed(NamedTuple):
    """The latest version of a meeting's minutes that the reader may see."""

    id: int
    version: int
    state: State
    title: str
    starts_at: datetime
    zone: str


def _latest(db: Db, actor: Actor | None, station: int) -> Select[int]:
    """The ids of those versions: guests read what is approved, members drafts as well."""
    seen: ColumnElement[bool] = (
        true() if actor is not None else col(Minutes.state).in_([s.value for s in LOCKED])
    )
    newest = (
        select(col(Minutes.meeting_id).label("meeting"), func.max(col(Minutes.version)).label("v"))
        .join(Meeting, col(Meeting.id) == col(Minutes.meeting_id))
        .where(
            col(Meeting.consultation_id).in_(consultations.readable(db, actor, station=station)),
            col(Meeting.state) != MeetingState.DRAFT,
            seen,
        )
        .group_by(col(Minutes.meeting_id))
        .subquery()
    )
    return select(col(Minutes.id)).join(
        newest,
        and_(col(Minutes.meeting_id) == newest.c.meeting, col(Minutes.version) == newest.c.v),
    )


def minutes_at(
    db: Db,
    actor: Actor | None,
    station: int,
    *,
    state: State | None = None,
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[Listed], dict[State, int]]:
    """One page of the minutes of a place's meetings, the latest first; how many in each state."""
    latest = col(Minutes.id).in_(_latest(db, actor, station))
    counted = db.execute(
        select(col(Minutes.state), func.count()).where(latest).group_by(col(Minutes.state))
    )
    counts = {State(found): count for found, count in counted}
    query = (
        select(
            col(Minutes.id),
            col(Minutes.version),
            col(Minutes.state),
            col(Meeting.title),
            col(Meeting.starts_at),
            col(Meeting.zone),
        )
        .join(Meeting, col(Meeting.id) == col(Minutes.meeting_id))
        .where(latest, true() if state is None else col(Minutes.state) == state)
        .order_by(col(Meeting.starts_at).desc(), col(Minutes.id).desc())
    )
    rows = [Listed(*row) for row in db.execute(query.offset(offset).limit(limit))]
    return [row._replace(state=State(row.state)) for row in rows], counts


def decisions_at(
    db: Db, actor: Actor | None, station: int, *, offset: int = 0, limit: int = 20
) -> tuple[Sequence[DecisionRow], int]:
    """One page of the decisions that stand in what a place runs, the latest first; how many."""
    match = and_(
        col(Decision.consultation_id).in_(consultations.readable(db, actor, station=station)),
        col(Decision.state) != DecisionState.WITHDRAWN,
    )
    total = db.execute(select(func.count()).select_from(Decision).where(match)).scalar_one()
    columns = [col(getattr(Decision, name)) for name in DecisionRow._fields]
    found = db.execute(
        select(*columns)
        .where(match)
        .order_by(col(Decision.at).desc(), col(Decision.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return [DecisionRow(*row) for row in found], total
