"""Sheets of slips: made and withdrawn at a station, used once each."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.members import queries as members
from forum.members.rules import keeps_counter
from forum.stations import codes, events, queries, rules, waysin
from forum.stations.models import Slip, SlipBatch, Station


class Sheet(NamedTuple):
    """A fresh sheet; nobody can read its codes a second time."""

    id: int
    codes: list[str]


def require_counter(tx: Db, actor: Actor | None, station: int) -> tuple[str, ...]:
    """The places around a station, for whoever keeps its counter; Forbidden for others."""
    within = _within(tx, station)
    if not keeps_counter(members.roles(tx, actor, within)):
        raise Forbidden(_("Only staff of this station take residents in."))
    return within


def _within(tx: Db, station: int) -> tuple[str, ...]:
    queries.station(tx, station)
    return queries.places(tx, station)


def make_slips(
    tx: Db, actor: Actor, station: int, *, count: int, note: str, until: datetime
) -> Sheet:
    """Make a sheet of slips; their codes are returned this once, to be printed."""
    require_counter(tx, actor, station)
    if tx.get_one(Station, station).archived_at is not None:
        raise Conflict(_("This place is archived and takes nobody in."))
    now = clock.now()
    if not rules.slips_fit(count, until - now):
        words = _("One to two hundred slips, valid for one day to one year.")
        field = "count" if not rules.slips_fit(count, rules.SLIPS_LAST) else "until"
        raise Invalid(words, fields={field: words})
    batch = SlipBatch(station_id=station, note=note, made_by=actor.id, made_at=now, until=until)
    tx.add(batch)
    tx.flush()
    beginning = codes.tag()
    drawn: set[str] = set()
    while len(drawn) < count:
        drawn.add(codes.draw(beginning))
    rows = [{"digest": codes.digest(code), "batch_id": batch.id} for code in drawn]
    tx.execute(insert(Slip), rows)
    own = ref("station", station)
    made = events.SlipsMade(station, batch.id, count, clock.iso(until))
    record(tx, actor, made, stream=own, subject=own)
    return Sheet(batch.id, sorted(drawn))


def withdraw_slips(tx: Db, actor: Actor, batch: int) -> int:
    """Let the open slips of a sheet open nothing any more; returns the station."""
    row = tx.get(SlipBatch, batch)
    if row is None:
        raise NotFound(_("There is no such sheet."))
    require_counter(tx, actor, row.station_id)
    if row.withdrawn_at is not None:
        raise Conflict(_("This sheet has been withdrawn already."))
    row.withdrawn_at = clock.now()
    tx.flush()
    own = ref("station", row.station_id)
    record(tx, actor, events.SlipsWithdrawn(row.station_id, batch), stream=own, subject=own)
    return row.station_id


def use_slip(tx: Db, found: waysin.Found, member: int) -> None:
    """Mark a slip as used by somebody; of two who type it at one instant one gets in."""
    claim = (
        update(Slip)
        .where(col(Slip.digest) == codes.digest(found.code), col(Slip.used_at).is_(None))
        .values(used_at=clock.now(), member_id=member)
        .returning(col(Slip.digest))
    )
    if not tx.execute(claim).first():
        words = _(
            "This slip has been used. If it was you, come in with your card or your password."
        )
        raise Invalid(words, fields={"code": words})
