"""Meetings as calendars outside the house show them: when, where, and what became of it."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlmodel import col

from forum.base import calendars, clock
from forum.base.auth import Actor
from forum.base.calendars import Entry, Kind, State
from forum.base.db import Db
from forum.base.events import EventRow
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.consultations import queries as consultations
from forum.consultations.models import Consultation
from sessions.meetings import words
from sessions.meetings.events import (
    MeetingCalledOff,
    MeetingChanged,
    MeetingConvened,
    VenueDropped,
    VenueSet,
)
from sessions.meetings.models import Meeting, MeetingState, RollEntry, Venue, VenueKind

KEPT = timedelta(days=180)  # how long a past meeting stays in calendars
NO_END = timedelta(hours=1)  # what a calendar shows where no end is planned
TIMED = (MeetingConvened.kind, MeetingChanged.kind)
CHANGES = (MeetingConvened, MeetingChanged, MeetingCalledOff, VenueSet, VenueDropped)


class _Row(NamedTuple):
    id: int
    title: str
    consultation: str
    starts_at: datetime
    ends_at: datetime | None
    state: MeetingState


class _Where(NamedTuple):
    """A venue: what it is called and lies at, how to get there, and its address online."""

    kind: VenueKind
    place: str
    directions: str
    url: str


class _Past(NamedTuple):
    """How often a convened meeting was changed, when last, and for when it is or was called."""

    changes: int
    last: datetime
    start: datetime
    off: bool


@calendars.calendar
def meetings(db: Db, actor: Actor | None, places: Sequence[str], own: bool) -> list[Entry]:
    """Those that have been convened; one that was called off stays, so that calendars strike it."""
    named = [parse(place)[1] for place in places if place.startswith("meeting:")]
    ways = [
        col(Meeting.consultation_id).in_(consultations.inside(db, actor, places, own=own)),
        col(Meeting.id).in_(named),
    ]
    if own and actor is not None:
        mine = select(col(RollEntry.meeting_id)).where(col(RollEntry.member_id) == actor.id)
        ways.append(col(Meeting.id).in_(mine))
    drawn = select(col(RollEntry.meeting_id)).where(col(RollEntry.meeting_id) == col(Meeting.id))
    shown = or_(col(Meeting.state) != MeetingState.DRAFT, drawn.exists())
    seen = col(Meeting.consultation_id).in_(consultations.readable(db, actor))
    recent = col(Meeting.starts_at) > clock.now() - KEPT
    found = db.execute(
        select(
            col(Meeting.id),
            col(Meeting.title),
            col(Consultation.title),
            col(Meeting.starts_at),
            col(Meeting.ends_at),
            col(Meeting.state),
        )
        .join(Consultation, col(Consultation.id) == col(Meeting.consultation_id))
        .where(or_(*ways), seen, shown, recent)
        .order_by(col(Meeting.starts_at).desc())
        .limit(calendars.MOST)
    )
    rows = [_Row._make(row) for row in found]
    past, where = _past(db, rows), _venues(db, rows, actor)
    return [_entry(row, past[row.id], where.get(row.id, [])) for row in rows if row.id in past]


def _past(db: Db, rows: Sequence[_Row]) -> dict[int, _Past]:
    """What the log says of each meeting that was ever convened."""
    query = select(
        col(EventRow.stream), col(EventRow.kind), col(EventRow.at), col(EventRow.payload)
    ).where(
        col(EventRow.stream).in_([ref("meeting", row.id) for row in rows]),
        col(EventRow.kind).in_([change.kind for change in CHANGES]),
    )
    found: dict[int, _Past] = {}
    for stream, kind, at, payload in db.execute(query.order_by(col(EventRow.seq))):
        meeting = parse(stream)[1]
        before = found.get(meeting)
        if kind == MeetingConvened.kind or (before and not before.off):
            told = clock.parse(json.loads(payload)["starts_at"]) if kind in TIMED else None
            start = told or (before.start if before else at)
            changes = before.changes + 1 if before else 0
            found[meeting] = _Past(changes, at, start, kind == MeetingCalledOff.kind)
    return found


def _venues(db: Db, rows: Sequence[_Row], actor: Actor | None) -> dict[int, list[_Where]]:
    """The venues of each meeting; where people online meet is told to those on the roll alone."""
    ids = [row.id for row in rows]
    found: dict[int, list[_Where]] = {}
    names = (Venue.meeting_id, Venue.kind, Venue.name, Venue.address, Venue.directions, Venue.url)
    query = select(*map(col, names)).where(col(Venue.meeting_id).in_(ids))
    mine = select(col(RollEntry.meeting_id)).where(
        col(RollEntry.meeting_id).in_(ids),
        col(RollEntry.member_id) == (actor.id if actor else 0),
        col(RollEntry.entitled),
    )
    known = set(db.execute(mine).scalars())
    for meeting, kind, name, address, directions, url in db.execute(
        query.order_by(col(Venue.position))
    ):
        place = ", ".join(filter(None, (name, address)))
        told = url or "" if meeting in known else ""
        found.setdefault(meeting, []).append(_Where(VenueKind(kind), place, directions or "", told))
    return found


def _entry(row: _Row, past: _Past, venues: list[_Where]) -> Entry:
    url = f"/meetings/{row.id}"
    places = {venue.kind: venue for venue in venues}
    main, online = places.get(VenueKind.MAIN), places.get(VenueKind.ONLINE)
    halls = [
        f"{words.venue(venue.kind)}: {venue.place}"
        for venue in venues
        if venue.kind is not VenueKind.MAIN
    ]
    ways = [f"{venue.place}: {venue.directions}" for venue in venues if venue.directions]
    return Entry(
        ref=ref("meeting", row.id),
        kind=Kind.EVENT,
        # What is being prepared in its stead is not known yet.
        title=_("Called off: %(title)s") % {"title": row.consultation} if past.off else row.title,
        url=url,
        start=past.start,
        end=past.start + NO_END if past.off or row.ends_at is None else row.ends_at,
        state=State.CANCELLED if past.off else State.CONFIRMED,
        sequence=past.changes,
        changed=past.last,
        location=main.place if main and not past.off else "",
        online=online.url or url if online and not past.off else "",
        details="" if past.off else "\n".join([row.consultation, *halls, *ways]),
    )
