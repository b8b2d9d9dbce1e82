"""Desks that are heard and desks that are missed: told once when it begins, once when it ends."""

from datetime import timedelta

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import record
from forum.base.refs import parse, ref
from sessions.arrivals import queries, rules
from sessions.arrivals.events import DeskBack, DeskSilent
from sessions.arrivals.models import DeskSeen
from sessions.meetings import presence
from sessions.meetings import rules as meeting_rules
from sessions.meetings.models import Meeting
from sessions.meetings.service.common import tell

MISSED = "arrivals:missed"
SOON = timedelta(seconds=1)


def hear(tx: Db, actor: Actor, meeting: int, venue: int, *, away: bool = False) -> None:
    """A desk's page says that it is there, or (`away`) that it is being left."""
    access, found = queries.desk(tx, actor, meeting, venue)
    if access.meeting.state not in meeting_rules.ATTENDED:
        return
    now = clock.now()
    row = tx.get(DeskSeen, venue, with_for_update=True)
    if row is None:
        row = DeskSeen(venue_id=venue, meeting_id=meeting, at=now, away=True)
        tx.add(row)
    since = row.silent_since
    if since is None and not row.away and rules.missed(row.at, now):
        since = row.at  # the server was away, or the ticker has not looked yet
    if since is not None:
        row.silent_since = None
        tell(tx, actor, access, DeskBack(venue, since, now), subject=found.ref)
    row.at, row.away = now, away
    tx.flush()
    if away:
        ticker.cancel(tx, MISSED, found.ref)
    else:
        ticker.schedule(tx, MISSED, now + rules.MISSED_AFTER + SOON, found.ref)


@ticker.due(MISSED)
def _missed(tx: Db, subject: str) -> None:
    """A minute has passed since a desk was last heard."""
    row = tx.get(DeskSeen, parse(subject)[1], with_for_update=True)
    if row is None or row.away or row.silent_since is not None:
        return
    if not rules.missed(row.at, clock.now()):
        ticker.schedule(tx, MISSED, row.at + rules.MISSED_AFTER + SOON, subject)
        return
    meeting = tx.get_one(Meeting, row.meeting_id)
    if meeting.state not in meeting_rules.ATTENDED:
        return
    row.silent_since = row.at
    tx.flush()
    there = presence.counts(tx, row.meeting_id).venues.get(row.venue_id, 0)
    silent = DeskSilent(row.venue_id, row.at, there)
    record(tx, None, silent, stream=ref("meeting", row.meeting_id), subject=subject)
