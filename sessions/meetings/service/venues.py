"""The venues of a meeting, who keeps their desks, and what a desk says of its connection."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, select, update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role
from sessions.meetings import presence
from sessions.meetings.events import LinkChanged, VenueDropped, VenueSet
from sessions.meetings.models import Attendance, Link, MeetingState, Venue, VenueKind
from sessions.meetings.queries import MeetingAccess, VenueRow
from sessions.meetings.service.common import at_desk, chaired, require_unfinished, tell


class Place(NamedTuple):
    """What is said of a venue."""

    kind: VenueKind
    name: str
    address: str = ""
    operator: int | None = None
    seats: int | None = None
    directions: str = ""
    accessibility: str = ""
    url: str = ""


def set_venue(tx: Db, actor: Actor, meeting: int, place: Place, *, venue: int | None = None) -> int:
    """Add a venue or describe one anew; whoever keeps its desk gets the role for this meeting.

    Where a sitting was held stays in the record: the next one is then at a venue of its own.
    """
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    _check(tx, access, place, venue)
    if venue is not None and _leaves(tx, access, place, venue):
        _leave(tx, actor, access, venue)
        venue = None
    if venue is None:
        row = Venue(meeting_id=meeting, kind=place.kind, name="", position=_position(place.kind))
    else:
        access.venue(venue)
        row = tx.get_one(Venue, venue)
    before = row.operator_id
    row.kind, row.name, row.address, row.operator_id = place[:4]
    row.seats, row.directions, row.accessibility, row.url = place[4:]
    row.position = _position(place.kind)
    tx.add(row)
    tx.flush()
    if place.operator is not None and place.operator != before:
        accounts.grant(
            tx, actor, place.operator, Role.OPERATOR, access.stream, within=access.access.places
        )
    if before is not None and before != place.operator:
        _dismiss(tx, actor, access, before)
    tell(tx, actor, access, VenueSet(row.id, place.kind, place.operator), subject=f"venue:{row.id}")
    return row.id


def _position(kind: VenueKind) -> int:
    return list(VenueKind).index(kind)


def _check(tx: Db, access: MeetingAccess, place: Place, venue: int | None) -> None:
    others = [row.kind for row in access.venues if row.id != venue]
    if place.kind is VenueKind.MAIN and VenueKind.MAIN in others:
        raise Conflict(_("The meeting has a main venue already."))
    if place.kind is VenueKind.ONLINE and VenueKind.ONLINE in others:
        raise Conflict(_("The meeting has an online venue already."))
    if place.operator is not None:
        _check_operator(tx, access, place.operator)


def _check_operator(tx: Db, access: MeetingAccess, operator: int) -> None:
    try:
        keeper = members.actor_of(tx, operator)
        consultations.access(tx, keeper, access.meeting.consultation_id)
    except NotFound:
        sentence = _("This person cannot read the consultation. Put them on its list first.")
        raise Invalid(sentence, fields={"operator": sentence}) from None


def _dismiss(tx: Db, actor: Actor, access: MeetingAccess, operator: int) -> None:
    keeps = exists().where(
        col(Venue.meeting_id) == access.meeting.id, col(Venue.operator_id) == operator
    )
    if not tx.execute(select(keeps)).scalar_one():
        accounts.revoke(
            tx, actor, operator, Role.OPERATOR, access.stream, within=access.access.places
        )


def drop_venue(tx: Db, actor: Actor, meeting: int, venue: int) -> None:
    """Take a venue away, as long as nobody has been there; or for the sittings to come."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    found = access.venue(venue)
    if access.meeting.state is MeetingState.SUSPENDED and _stays(tx, venue):
        _leave(tx, actor, access, venue)
        return
    if _used(tx, venue):
        raise Conflict(_("Somebody has been checked in at this venue; it stays."))
    tx.delete(tx.get_one(Venue, venue))
    tx.flush()
    _gone(tx, actor, access, found)


def _used(tx: Db, venue: int, *, now: bool = False) -> bool:
    """Whether anybody was there, or (`now`) is."""
    used = exists().where(col(Attendance.venue_id) == venue)
    if now:
        used = used.where(col(Attendance.out_at).is_(None))
    return bool(tx.execute(select(used)).scalar_one())


def _stays(tx: Db, venue: int) -> bool:
    """Whether a venue belongs to the record: somebody was there, with or without checking in."""
    return _used(tx, venue) or any(came(tx, venue) for came in presence.visited)


def _leaves(tx: Db, access: MeetingAccess, place: Place, venue: int) -> bool:
    """Whether the next sitting is to be elsewhere than the last one was."""
    before = access.venue(venue)
    same = (before.kind, before.name, before.address) == place[:3]
    return access.meeting.state is MeetingState.SUSPENDED and not same and _stays(tx, venue)


def _leave(tx: Db, actor: Actor, access: MeetingAccess, venue: int) -> None:
    """No later sitting is held at a venue; it stays in the record of those that were."""
    if _used(tx, venue, now=True):
        raise Conflict(_("Somebody is checked in at this venue. Check them out first."))
    row = tx.get_one(Venue, venue)
    found = access.venue(venue)
    row.over_at, row.operator_id = clock.now(), None
    tx.flush()
    _gone(tx, actor, access, found)


def take_back(tx: Db, actor: Actor, access: MeetingAccess, since: datetime) -> None:
    """Venues that were left since then are used again, instead of what was to replace them."""
    left = (col(Venue.meeting_id) == access.meeting.id, col(Venue.over_at) >= since)
    again: set[VenueKind] = set()
    for row in tx.execute(select(Venue).where(*left).order_by(col(Venue.id))).scalars().all():
        if row.kind in again:
            continue  # it was itself to replace the one before
        if row.kind != VenueKind.SUB:
            again.add(row.kind)
            for other in access.venues:
                if other.kind == row.kind:
                    row.operator_id = other.operator_id
                    _replace(tx, actor, access, other)
        row.over_at = None
        tx.flush()
        back = VenueSet(row.id, row.kind, row.operator_id)
        tell(tx, actor, access, back, subject=ref("venue", row.id))


def _replace(tx: Db, actor: Actor, access: MeetingAccess, found: VenueRow) -> None:
    now = clock.now()
    there = (col(Attendance.venue_id) == found.id, col(Attendance.out_at).is_(None))
    tx.execute(update(Attendance).where(*there).values(out_at=now))
    row = tx.get_one(Venue, found.id)
    row.over_at, row.operator_id = now, None
    tx.flush()
    _gone(tx, actor, access, found)


def _gone(tx: Db, actor: Actor, access: MeetingAccess, found: VenueRow) -> None:
    if found.operator_id is not None:
        _dismiss(tx, actor, access, found.operator_id)
    tell(tx, actor, access, VenueDropped(found.id), subject=found.ref)


def set_link(tx: Db, actor: Actor, meeting: int, venue: int, link: Link) -> None:
    """Declare a venue connected or disconnected; that stands in the minutes."""
    access, found = at_desk(tx, actor, meeting, venue)
    require_unfinished(access)
    if found.link is link:
        return
    row = tx.get_one(Venue, venue)
    row.link, row.link_at = link, clock.now()
    tx.flush()
    there = presence.counts(tx, meeting).venues.get(venue, 0)
    tell(tx, actor, access, LinkChanged(venue, link, there), subject=found.ref)
