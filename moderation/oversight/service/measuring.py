"""Measures: whatever is hidden or imposed, on whichever page, stands here and can be appealed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from forum.arguments.events import ArgumentHidden, ArgumentRestored
from forum.arguments.models import ArgumentHiding
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Stored, record
from forum.base.refs import ref
from forum.base.registry import react
from forum.members import queries as members
from forum.members.models import PLATFORM, StandingKind
from moderation.oversight import events
from moderation.oversight.models import Act, Measure, MeasurePlace
from moderation.oversight.service.flagging import settle
from moderation.reports import service as reports
from moderation.reports import subjects
from moderation.reports.models import ReportState, Rule
from moderation.sanctions import queries as sanctions
from moderation.sanctions.events import SanctionImposed, SanctionLifted
from moderation.sanctions.models import Sanction


def take(
    tx: Db,
    actor: Actor,
    about: str,
    act: Act,
    *,
    member: int | None,
    places: Sequence[str],
    rule: Rule,
    reason: str,
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Write down what was done; the caller has judged who may, and done it."""
    row = Measure(
        about=about,
        place=places[0],
        member_id=member,
        act=act,
        rule=rule,
        reason=reason,
        detail={**(detail or {})},
        at=clock.now(),
        taken_by=actor.id,
    )
    tx.add(row)
    tx.flush()
    tx.add_all(
        MeasurePlace(measure_id=row.id, place=place, distance=distance)
        for distance, place in enumerate(dict.fromkeys(places))
    )
    tx.flush()
    taken = events.MeasureTaken(row.id, about, act)
    # The platform has no stream; there it is the person's own.
    stream = places[0] if places[0] != PLATFORM else ref("member", member or actor.id)
    record(tx, actor, taken, stream=stream, subject=ref("measure", row.id))
    return row.id


@react(ArgumentHidden)
def _hidden(tx: Db, stored: Stored, event: ArgumentHidden) -> None:
    if stored.actor_id is None:
        return  # it came hidden from elsewhere
    actor = members.actor_of(tx, stored.actor_id)
    subject = subjects.look(tx, actor, stored.subject)
    reason = tx.get_one(ArgumentHiding, event.hiding).body
    take(
        tx,
        actor,
        stored.subject,
        Act.HIDE,
        member=subject.author_id,
        places=subject.places,
        rule=Rule.OTHER,
        reason=reason,
    )
    reports.settle(tx, actor, stored.subject, ReportState.HIDDEN, reason, stream=subject.stream)
    settle(tx, stored.subject)


@react(ArgumentRestored)
def _restored(tx: Db, stored: Stored, _event: ArgumentRestored) -> None:
    _undone(tx, stored.subject)


@react(SanctionImposed)
def _imposed(tx: Db, stored: Stored, event: SanctionImposed) -> None:
    if stored.actor_id is None:
        return
    actor = members.actor_of(tx, stored.actor_id)
    take(
        tx,
        actor,
        stored.subject,
        Act.BAN if event.restriction == StandingKind.BANNED else Act.MUTE,
        member=event.member,
        places=sanctions.around(tx, actor, event.place),
        rule=Rule(event.rule),
        reason=tx.get_one(Sanction, event.sanction).reason,
    )


@react(SanctionLifted)
def _lifted(tx: Db, stored: Stored, _event: SanctionLifted) -> None:
    _undone(tx, stored.subject)


def _undone(tx: Db, about: str) -> None:
    holds = (col(Measure.about) == about) & col(Measure.undone_at).is_(None)
    acts = col(Measure.act).in_([Act.HIDE, Act.MUTE, Act.BAN])
    tx.execute(update(Measure).where(holds, acts).values(undone_at=clock.now()))
    tx.flush()


def latest(tx: Db, about: str, act: Act) -> Measure:
    """The measure that a deed of this transaction has just left behind."""
    query = select(Measure).where(col(Measure.about) == about, col(Measure.act) == act)
    found: Measure = tx.execute(query.order_by(col(Measure.id).desc()).limit(1)).scalar_one()
    return found
