"""What happened in somebody's places since they were last here, counted from the log."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlmodel import col

from forum.base import clock, links
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Audience, EventRow
from forum.base.registry import Step
from forum.consultations import queries as consultations
from forum.consultations.models import Consultation, Participant, Stage
from forum.front import news
from forum.members.models import Role, Visit
from forum.members.service.visits import APART
from sessions.meetings.models import Meeting

PLACES = 30  # consultations that are looked at, the newest first
STALE = timedelta(minutes=5)  # a visit is noted anew after this
OLDEST = timedelta(days=90)  # whoever was away for longer reads what there is


class Since(NamedTuple):
    """What is new, by consultation: each with its sentences."""

    at: datetime
    places: list[tuple[Step, list[str]]]


def last_visit(db: Db, actor: Actor) -> tuple[datetime | None, bool]:
    """When somebody was here before this visit, and whether this visit is to be noted."""
    row = db.execute(
        select(col(Visit.here_at), col(Visit.before_at)).where(col(Visit.member_id) == actor.id)
    ).one_or_none()
    if row is None:
        return None, True
    away = clock.now() - row.here_at
    return (row.here_at if away >= APART else row.before_at), away >= STALE


def since(db: Db, actor: Actor, at: datetime) -> Since:
    """What others did in one's places after this moment, in four queries."""
    at = max(at, clock.now() - OLDEST)
    streams = _streams(db, actor)
    ident = func.count(func.distinct(col(EventRow.subject)))
    found = db.execute(
        select(col(EventRow.stream), col(EventRow.kind), ident.label("number"))
        .where(
            col(EventRow.stream).in_(streams),
            col(EventRow.at) > at,
            col(EventRow.kind).in_(news.KINDS),
            col(EventRow.audience) <= int(Audience.MEMBER),
            or_(col(EventRow.actor_id).is_(None), col(EventRow.actor_id) != actor.id),
        )
        .group_by(col(EventRow.stream), col(EventRow.kind))
    )
    counted: dict[str, dict[str, int]] = {}
    for stream, kind, number in found:
        place = counted.setdefault(streams[stream], {})
        place[kind] = place.get(kind, 0) + number
    steps = {step.ref: step for step in links.steps(db, actor, list(counted))}
    order = [place for place in dict.fromkeys(streams.values()) if place in steps]
    return Since(
        at, [(steps[place], news.sentences(counted[place])) for place in order if place in counted]
    )


def _streams(db: Db, actor: Actor) -> dict[str, str]:
    """The streams of one's consultations and of their meetings, each with its consultation."""
    ident = col(Consultation.id)
    on_list = select(col(Participant.consultation_id)).where(col(Participant.member_id) == actor.id)
    mine = or_(ident.in_(consultations.held(db, actor, list(Role))), ident.in_(on_list))
    found: Sequence[int] = (
        db.execute(
            select(ident)
            .where(mine, ident.in_(consultations.readable(db, actor)))
            .order_by(col(Consultation.stage) == Stage.CLOSED, ident.desc())
            .limit(PLACES)
        )
        .scalars()
        .all()
    )
    streams = {f"consultation:{known}": f"consultation:{known}" for known in found}
    held = select(col(Meeting.id), col(Meeting.consultation_id)).where(
        col(Meeting.consultation_id).in_(found)
    )
    for meeting, consultation in db.execute(held.order_by(col(Meeting.id).desc()).limit(200)):
        streams[f"meeting:{meeting}"] = f"consultation:{consultation}"
    return streams
