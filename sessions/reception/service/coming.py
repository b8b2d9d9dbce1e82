"""Coming, being received, leaving: everybody has one number, and every number one person."""

from collections.abc import Collection
from typing import NamedTuple

from forum.base import clock, sealing
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.refs import ref
from forum.members import queries as members
from sessions.meetings.models import VenueKind
from sessions.meetings.service.common import hold
from sessions.reception import queries, rules
from sessions.reception.events import VisitorCame, VisitorChanged, VisitorMoved
from sessions.reception.models import Receiver, Visitor, VisitState
from sessions.reception.queries import Counter
from sessions.reception.rules import Act
from sessions.reception.service.common import at_counter, count, require, take, tell


class Who(NamedTuple):
    """Who comes: a member, or what somebody without an account says of themselves, if anything."""

    member_id: int | None = None
    name: str = ""
    contact: str = ""
    home: str = ""


def come(
    tx: Db,
    actor: Actor,
    meeting: int,
    venue: int,
    who: Who,
    *,
    receivers: Collection[int] = (),
    nonce: str | None = None,
) -> int:
    """Enter somebody who comes; with `receivers` they sit down at once. Returns the visitor."""
    found = at_counter(tx, actor, meeting)
    found.access.venue(venue)
    if not found.keeps(venue):
        raise Forbidden(_("Only the desk of this venue may do this."))
    require(found.access, rules.OPEN)
    if nonce and (before := queries.came_with(tx, meeting, nonce)):
        return before
    _check_person(tx, meeting, who)
    chosen = _chosen(tx, found, receivers)
    row = _enter(tx, actor, meeting, venue, who, nonce)
    if chosen:
        _move(tx, actor, row, Act.RECEIVE, chosen)
    count(tx, meeting, venue)
    return row.id


def take_number(tx: Db, actor: Actor, meeting: int) -> int:
    """Ask to be received online, for oneself; whoever waits already keeps their number."""
    if actor.asleep:
        raise GuardianFirst
    hold(tx, actor, meeting)
    access = queries.reception(tx, actor, meeting)
    if access.access.standing.banned:
        raise Forbidden(_("You have been excluded from here."))
    if access.access.standing.muted:
        raise Forbidden(access.access.standing.reason or _("You may not speak here for now."))
    require(access, rules.OPEN)
    online = [venue for venue in access.venues if venue.kind is VenueKind.ONLINE]
    if not online:
        raise Conflict(_("Nobody is received online here. Please come to one of the venues."))
    if before := queries.waits_already(tx, meeting, actor.id):
        return before
    row = _enter(tx, actor, meeting, online[0].id, Who(actor.id), None)
    count(tx, meeting, online[0].id)
    return row.id


def give_back(tx: Db, actor: Actor, meeting: int) -> None:
    """Give one's own number back, not wanting to wait any longer."""
    hold(tx, actor, meeting)
    access = queries.reception(tx, actor, meeting)
    if access.access.standing.banned:
        raise Forbidden(_("You have been excluded from here."))
    require(access, rules.OPEN)
    waiting = [
        ident
        for ident, _venue, _number, state in queries.own_visits(tx, meeting, actor.id)
        if state is VisitState.WAITING
    ]
    for ident in waiting:
        row = tx.get_one(Visitor, ident)
        _move(tx, actor, row, Act.LEAVE, [])
        count(tx, meeting, row.venue_id)


def move(
    tx: Db,
    actor: Actor,
    meeting: int,
    visitor: int,
    act: Act,
    *,
    receivers: Collection[int] = (),
) -> None:
    """Receive a visitor, end it, send them back to waiting; the same act twice is one.

    A representative may receive whoever waits, at any venue, by their number.
    """
    found = at_counter(tx, actor, meeting)
    row = tx.get(Visitor, visitor, populate_existing=True)
    if row is None or row.meeting_id != meeting:
        raise NotFound(_("This reception has no such visitor."))
    calls = found.receives and act is Act.RECEIVE and row.state == VisitState.WAITING
    if not calls:
        take(tx, actor, meeting, visitor)
    require(found.access, rules.OPEN if act is not Act.FINISH else rules.WRITTEN)
    chosen = _chosen(tx, found, receivers)
    if act is Act.RECEIVE and not chosen and found.receives:
        chosen = [actor.id]
    if _move(tx, actor, row, act, chosen):
        count(tx, meeting, row.venue_id)


def describe(tx: Db, actor: Actor, meeting: int, visitor: int, who: Who) -> None:
    """Set right who a visitor is; `member_id` None leaves an account that is named as it is."""
    found, row = take(tx, actor, meeting, visitor)
    require(found.access, rules.WRITTEN)
    if who.member_id is not None and who.member_id != row.member_id:
        raise Conflict(_("Somebody else is another visitor: let this one leave, and enter them."))
    if row.member_id is None:
        row.name = _sealed(who.name)
    row.contact, row.home = _sealed(who.contact), _sealed(who.home)
    tx.flush()
    tell(tx, actor, meeting, VisitorChanged(visitor), subject=ref("visitor", visitor))


def _sealed(text: str) -> str | None:
    return sealing.sealed(text) if text else None


def _check_person(tx: Db, meeting: int, who: Who) -> None:
    if who.member_id is None:
        return
    members.actor_of(tx, who.member_id)
    if queries.waits_already(tx, meeting, who.member_id):
        words = _("They have a number here already, which is not used up.")
        raise Conflict(words)


def _chosen(tx: Db, found: Counter, receivers: Collection[int]) -> list[int]:
    """Those who are to receive, all of them representatives here."""
    able = {row.id for row in queries.representatives(tx, found)}
    if not able.issuperset(receivers):
        words = _("Choose among the representatives of this place.")
        raise Invalid(words, fields={"receiver": words})
    return sorted(set(receivers))


def _enter(tx: Db, actor: Actor, meeting: int, venue: int, who: Who, nonce: str | None) -> Visitor:
    row = Visitor(
        meeting_id=meeting,
        venue_id=venue,
        number=rules.next_number(queries.taken(tx, venue)),
        member_id=who.member_id,
        name=_sealed(who.name) if who.member_id is None else None,
        contact=_sealed(who.contact),
        home=_sealed(who.home),
        came_at=clock.now(),
        nonce=nonce or None,
        by_id=actor.id,
    )
    tx.add(row)
    tx.flush()
    came = VisitorCame(row.id, venue, row.number)
    tell(tx, _clerk(actor, row), meeting, came, subject=ref("visitor", row.id))
    return row


def _clerk(actor: Actor, row: Visitor) -> Actor | None:
    """Who did it, but for visitors themselves: the log's readers at other venues know no names."""
    return None if actor.id == row.member_id else actor


def _move(tx: Db, actor: Actor, row: Visitor, act: Act, receivers: list[int]) -> bool:
    """Take a step; False where it stands like this already."""
    before = VisitState(row.state)
    after = rules.after(before, act)
    theirs = [one.id for one in queries.receivers(tx, [row.id]).get(row.id, ())]
    fresh = [member for member in receivers if member not in theirs]
    if after is before:
        if fresh and theirs and act is Act.RECEIVE:
            raise Conflict(_("Somebody else receives this visitor already. Take the next one."))
        if not fresh:
            return False
    if act is Act.WAIT and before is VisitState.RECEIVED:
        for member in theirs:
            tx.delete(tx.get_one(Receiver, (row.id, member)))
        theirs = []
    for member in fresh:
        tx.add(Receiver(visitor_id=row.id, member_id=member))
    now = clock.now()
    row.state = after
    if after is VisitState.RECEIVED:
        row.received_at, row.done_at = row.received_at or now, None
    elif after is VisitState.WAITING:
        row.received_at = row.done_at = None
    else:
        row.done_at = now
    tx.flush()
    moved = VisitorMoved(row.id, row.venue_id, row.number, before, after, sorted({*theirs, *fresh}))
    tell(tx, _clerk(actor, row), row.meeting_id, moved, subject=ref("visitor", row.id))
    return True
