"""What a desk did, entered now or later: bounded in time, never twice, never against the facts."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.events import EventRow
from forum.base.i18n import _, time
from forum.base.refs import ref
from sessions.arrivals import queries, rules
from sessions.arrivals.errors import MeetingOver, NotTheirs, Overtaken, StruckOff
from sessions.arrivals.events import EnteredLater
from sessions.arrivals.rules import Deed, DeedKind, Outcome, Spell
from sessions.meetings import presence, sittings
from sessions.meetings import rules as meeting_rules
from sessions.meetings import service as meetings
from sessions.meetings.events import MeetingConvened
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import at_desk, tell


class Entered(NamedTuple):
    """What came of a deed; `since`: where nothing was left to do, since when it stands so."""

    outcome: Outcome
    since: datetime | None = None


def enter(tx: Db, actor: Actor, meeting: int, venue: int, deed: Deed) -> Entered:
    """Enter what a desk did; a Conflict says what has happened meanwhile, where that matters."""
    access, _found = at_desk(tx, actor, meeting, venue)
    if access.meeting.state not in meeting_rules.ATTENDED:
        raise MeetingOver(_("The meeting is over; its record stays as it is."))
    person = queries.person(tx, meeting, deed.member)
    now = clock.now()
    if deed.kind is not DeedKind.OUT and not access.meeting.receives:
        raise MeetingOver(_("Nobody checks in yet: the meeting goes on another day."))
    deed = deed._replace(done_at=_bounded(tx, access, deed.done_at, now))
    last = queries.last(tx, meeting, deed.member)
    outcome = rules.judge(deed, venue, last)
    if outcome is Outcome.SAME:
        return Entered(outcome, (last.out_at or last.in_at) if last else None)
    if last is not None and outcome not in (Outcome.DO, Outcome.NOW):
        raise _overtaken(access, deed.kind, outcome, person.name, last)
    coming = deed.kind is DeedKind.IN and person.venue_id is None
    if coming and person.entitled is False and not deed.anyway:
        words = _("%(name)s has been taken off the roll. They can come as a guest.")
        raise StruckOff(words % {"name": person.name})
    at = deed.done_at if outcome is Outcome.DO else now
    if deed.kind is DeedKind.OUT:
        meetings.check_out(tx, actor, meeting, [deed.member], at=at)
    elif deed.kind is DeedKind.MOVE:
        meetings.send_to(tx, actor, meeting, venue, deed.member, deed.to, at=at)
    else:
        meetings.check_in(tx, actor, meeting, venue, [deed.member], at=at)
    if now - deed.done_at > rules.LATE:
        later = EnteredLater(venue, deed.member, deed.kind.value, deed.done_at)
        tell(tx, actor, access, later, subject=ref("member", deed.member))
    return Entered(outcome)


def _bounded(tx: Db, access: MeetingAccess, done_at: datetime, now: datetime) -> datetime:
    """The time of a deed: not in the future, nor before it was convened or in an earlier sitting.

    That an earlier one is over may have been a mistake: a desk keeps what belongs to it.
    """
    if done_at > now + rules.SKEW:
        raise Invalid(_("This lies in the future. Set the clock of this device right."))
    opened = tx.execute(
        select(func.max(col(EventRow.at))).where(
            col(EventRow.stream) == access.stream, col(EventRow.kind) == MeetingConvened.kind
        )
    ).scalar_one()
    before = sittings.held(tx, access.meeting.id)
    if before and done_at < before[-1].adjourned_at:
        raise MeetingOver(_("This belongs to an earlier sitting of the meeting, which is over."))
    if opened is not None and done_at < opened:
        raise Invalid(_("This lies before the meeting was convened."))
    return min(done_at, now)


def _overtaken(
    access: MeetingAccess, kind: DeedKind, outcome: Outcome, name: str, last: Spell
) -> Conflict:
    zone = access.meeting.zone
    facts = {"name": name, "venue": access.venue(last.venue).name}
    if outcome is Outcome.LEFT:
        facts["time"] = time(last.out_at or last.in_at, zone)
        return Overtaken(_("%(name)s has left at %(time)s.") % facts)
    facts["time"] = time(last.in_at, zone)
    if outcome is Outcome.AGAIN:
        return Overtaken(_("%(name)s has come again at %(time)s.") % facts)
    words = _("%(name)s has been checked in elsewhere: %(venue)s, since %(time)s.") % facts
    return Overtaken(words) if kind is DeedKind.IN else NotTheirs(words)


def all_out(tx: Db, actor: Actor, meeting: int, venue: int) -> int:
    """Let everybody go who is at a venue; returns how many."""
    access, found = at_desk(tx, actor, meeting, venue)
    if access.meeting.state not in meeting_rules.ATTENDED:
        raise MeetingOver(_("The meeting is over; its record stays as it is."))
    there = [
        row.member_id for row in presence.desk(tx, meeting, venue=found.id, limit=queries.MOST)
    ]
    if there:
        meetings.check_out(tx, actor, meeting, there)
    return len(there)
