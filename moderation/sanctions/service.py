"""Imposing a sanction and lifting it."""

from datetime import datetime

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.members import service as members
from forum.members.models import PLATFORM, StandingKind
from moderation.reports.models import Rule
from moderation.sanctions import events, queries
from moderation.sanctions.models import Sanction


def impose(
    tx: Db,
    actor: Actor,
    member_id: int,
    place: str,
    kind: StandingKind,
    *,
    rule: Rule,
    reason: str,
    until: datetime | None,
) -> int:
    """Mute or ban somebody, from this moment on; they are told the rule and the reason."""
    within = queries.around(tx, actor, place)
    members.set_standing(
        tx, actor, member_id, place, kind, until=until, reason=reason, within=within
    )
    row = Sanction(
        member_id=member_id,
        place=place,
        kind=kind,
        rule=rule,
        reason=reason,
        at=clock.now(),
        until=until,
        imposed_by=actor.id,
    )
    tx.add(row)
    tx.flush()
    ends = clock.iso(until) if until else None
    imposed = events.SanctionImposed(row.id, member_id, place, kind, rule, ends)
    _tell(tx, actor, imposed, row)
    return row.id


def lift(tx: Db, actor: Actor, sanction_id: int) -> None:
    """End a sanction before its time."""
    found = queries.sanction(tx, actor, sanction_id)
    if not queries.moderates(tx, actor, found.place):
        raise Forbidden(_("You may not lift restrictions here."))
    if not found.holds:
        raise Conflict(_("It has ended already."))
    within = queries.around(tx, actor, found.place)
    members.lift_standing(tx, actor, found.member_id, found.place, found.kind, within=within)
    row = tx.get_one(Sanction, sanction_id)
    row.lifted_by, row.lifted_at = actor.id, clock.now()
    tx.flush()
    _tell(tx, actor, events.SanctionLifted(row.id, row.member_id, row.place), row)


def _tell(tx: Db, actor: Actor, event: Event, row: Sanction) -> None:
    """On the place's stream; the platform has none, there it is the person's own."""
    stream = row.place if row.place != PLATFORM else ref("member", row.member_id)
    record(tx, actor, event, stream=stream, subject=ref("sanction", row.id))
