"""The record on the home pages: minutes by what has to be done with them, outcomes that are due."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.consultations import queries as consultations
from forum.consultations.models import Consultation, Stage
from forum.front import rules
from forum.front.rules import Part
from forum.members.models import Role
from sessions.meetings.models import Meeting, MeetingState
from sessions.minutes.models import (
    CorrectionRequest,
    Minutes,
    Outcome,
    OutcomeState,
    RequestState,
    State,
)

PUBLISHING = (Role.REPRESENTATIVE, Role.MODERATOR, Role.ADMINISTRATOR)


class MinutesLine(NamedTuple):
    """Minutes in hand: what has to be done with them, and how many requests wait for an answer."""

    id: int
    meeting: str
    state: State
    part: Part
    until: datetime | None
    zone: str
    requests: int


class OutcomeLine(NamedTuple):
    """A consultation whose outcome is to be published; `begun` if there is a draft."""

    id: int
    title: str
    begun: bool


class Published(NamedTuple):
    """Minutes that everybody can read."""

    id: int
    meeting: str
    at: datetime


def in_hand(db: Db, actor: Actor, *, limit: int = 20) -> list[MinutesLine]:
    """The minutes of the meetings whose record somebody keeps, by what comes first."""
    found = db.execute(
        select(
            col(Minutes.id),
            col(Meeting.title),
            col(Minutes.state),
            col(Minutes.until),
            col(Meeting.zone),
            col(Meeting.state).label("meeting_state"),
        )
        .join(Meeting, col(Meeting.id) == col(Minutes.meeting_id))
        .where(
            col(Minutes.state).in_((State.LIVE_DRAFT, State.CIRCULATED, State.CORRECTED)),
            col(Meeting.consultation_id).in_(consultations.held(db, actor, [Role.SECRETARY])),
        )
        .order_by(col(Minutes.created_at), col(Minutes.id))
        .limit(limit)
    ).all()
    asked = _requests(db, [row.id for row in found])
    now = clock.now()
    lines = [
        MinutesLine(
            row.id,
            row.title,
            State(row.state),
            rules.part(State(row.state), MeetingState(row.meeting_state), row.until, now),
            row.until,
            row.zone,
            asked.get(row.id, 0),
        )
        for row in found
    ]
    return sorted(lines, key=lambda line: (line.part, line.id))


def _requests(db: Db, minutes: list[int]) -> Mapping[int, int]:
    found = db.execute(
        select(col(CorrectionRequest.minutes_id), func.count())
        .where(
            col(CorrectionRequest.minutes_id).in_(minutes),
            col(CorrectionRequest.state) == RequestState.OPEN,
        )
        .group_by(col(CorrectionRequest.minutes_id))
    )
    return {row[0]: row[1] for row in found}


def outcomes_due(db: Db, actor: Actor, *, limit: int = 5) -> list[OutcomeLine]:
    """The consultations that wait for their outcome, where somebody publishes it."""
    found = db.execute(
        select(
            col(Consultation.id), col(Consultation.title), col(Outcome.id).is_not(None).label("own")
        )
        .outerjoin(Outcome, col(Outcome.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.stage) == Stage.PUBLISHING,
            col(Outcome.state).is_distinct_from(OutcomeState.PUBLISHED),
            col(Consultation.id).in_(consultations.held(db, actor, PUBLISHING)),
        )
        .order_by(col(Consultation.id))
        .limit(limit)
    )
    return [OutcomeLine(row.id, row.title, bool(row.own)) for row in found]


def published(db: Db, actor: Actor | None, *, limit: int = 4) -> list[Published]:
    """The latest approved minutes that somebody may read."""
    found = db.execute(
        select(col(Minutes.id), col(Meeting.title), col(Minutes.approved_at))
        .join(Meeting, col(Meeting.id) == col(Minutes.meeting_id))
        .where(
            col(Minutes.state) == State.APPROVED,
            col(Minutes.approved_at).is_not(None),
            col(Meeting.consultation_id).in_(consultations.readable(db, actor)),
        )
        .order_by(col(Minutes.approved_at).desc(), col(Minutes.id))
        .limit(limit)
    )
    return [Published(*row) for row in found]
