"""Building the tree, and taking residents in at the counter."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import record
from forum.base.i18n import _
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role
from forum.stations import events, queries, rules
from forum.stations.models import Station, Tier
from forum.stations.service.slips import require_counter


@dataclass(frozen=True)
class Details:
    """What an administrator says of a place."""

    tier: Tier
    name: str
    code: str
    parent_id: int | None = None
    address: str = ""
    hours: str = ""
    phone: str = ""


def _check(tx: Db, details: Details, own_id: int | None) -> None:
    parents = {row.id: row for row in queries.all_stations(tx)}
    parent = parents.get(details.parent_id) if details.parent_id is not None else None
    faults: dict[str, str] = {}
    if details.parent_id is not None and parent is None:
        faults["parent_id"] = _("There is no such station.")
    elif not rules.fits_under(details.tier, parent.tier if parent else None):
        faults["parent_id"] = _("A place of this kind cannot stand there.")
    elif own_id is not None and rules.makes_a_ring(
        own_id, details.parent_id, {row.id: row.parent_id for row in parents.values()}
    ):
        faults["parent_id"] = _("A place cannot stand under itself.")
    if not rules.code_fits(details.code):
        faults["code"] = _("Two to twenty capitals, digits and dashes.")
    taken = select(col(Station.id)).where(col(Station.code) == details.code)
    if tx.execute(taken.where(col(Station.id) != (own_id or 0))).first():
        faults["code"] = _("Another place has this code.")
    if faults:
        raise Invalid(_("The place cannot be saved like this."), fields=faults)


def _gate(tx: Db, actor: Actor | None, *at: int | None) -> None:
    """The actor must build at each of these places; the machine itself may."""
    for station_id in set(at):
        held = members.roles(tx, actor, queries.places(tx, station_id))
        if actor is not None and not rules.may_build(held):
            raise Forbidden(_("Only an administrator of the place above may do this."))


def create(tx: Db, actor: Actor | None, details: Details) -> int:
    """Add a place to the tree."""
    _gate(tx, actor, details.parent_id)
    _check(tx, details, None)
    station = Station(**vars(details), created_at=clock.now())
    tx.add(station)
    tx.flush()
    own = f"station:{station.id}"
    made = events.StationCreated(station.id, details.tier, details.parent_id)
    record(tx, actor, made, stream=own, subject=own)
    return station.id


def change(tx: Db, actor: Actor, station_id: int, details: Details) -> None:
    """Change what is said of a place; moving it takes rights at both ends."""
    before = queries.station(tx, station_id)
    _gate(tx, actor, station_id, *({details.parent_id} - {before.parent_id}))
    _check(tx, details, station_id)
    station = tx.get_one(Station, station_id)
    for field, value in vars(details).items():
        setattr(station, field, value)
    tx.flush()
    own = f"station:{station_id}"
    changed = events.StationChanged(station_id, details.tier, details.parent_id)
    record(tx, actor, changed, stream=own, subject=own)


def admit(tx: Db, actor: Actor, station_id: int, login: str) -> int:
    """Make somebody who has an account a resident, having seen them; that counts as verified."""
    within = require_counter(tx, actor, station_id)
    if queries.station(tx, station_id).archived_at is not None:
        raise Conflict(_("This place is archived and takes nobody in."))
    member = _called(tx, login, "login")
    own = f"station:{station_id}"
    accounts.admit(tx, actor, member, own, within=within)
    record(tx, actor, events.ResidentAdmitted(station_id, member), stream=own, subject=own)
    return member


def appoint(tx: Db, actor: Actor, station_id: int, login: str, role: Role) -> int:
    """Give somebody a role at a place."""
    within = _within(tx, station_id)
    _gate(tx, actor, station_id)
    _by_hand(tx, station_id, role)
    member = _called(tx, login, "staff_login")
    accounts.grant(tx, actor, member, role, f"station:{station_id}", within=within)
    return member


def dismiss(tx: Db, actor: Actor, station_id: int, member_id: int, role: Role) -> None:
    """End somebody's role at a place."""
    within = _within(tx, station_id)
    _gate(tx, actor, station_id)
    _by_hand(tx, station_id, role)
    accounts.revoke(tx, actor, member_id, role, f"station:{station_id}", within=within)


def _by_hand(tx: Db, station_id: int, role: Role) -> None:
    if not rules.by_hand(queries.station(tx, station_id).tier, role):
        words = _("Members of a committee are named in its terms.")
        raise Invalid(words, fields={"role": words})


def _within(tx: Db, station_id: int) -> tuple[str, ...]:
    queries.station(tx, station_id)
    return queries.places(tx, station_id)


def _called(tx: Db, login: str, field: str) -> int:
    found = members.credential(tx, login)
    if found is None:
        words = _("Nobody has this login name.")
        raise Invalid(words, fields={field: words})
    return found[0]
