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
    past, where = _past(db, rows), _venues(db, rows)
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


def _venues(db: Db, rows: Sequence[_Row]) -> dict[int, list[tuple[VenueKind, str, str]]]:
    found: dict[int, list[tuple[VenueKind, str, str]]] = {}
    query = select(col(Venue.meeting_id), col(Venue.kind), col(Venue.name), col(Venue.address))
    query = query.where(col(Venue.meeting_id).in_([row.id for row in rows]))
    for meeting, kind, name, address in db.execute(query.order_by(col(Venue.position))):
        found.setdefault(meeting, []).append((VenueKind(kind), name, address))
    return found


def _entry(row: _Row, past: _Past, venues: list[tuple[VenueKind, str, str]]) -> Entry:
    url = f"/meetings/{row.id}"
    places = {kind: ", ".join(filter(None, (name, address))) for kind, name, address in venues}
    halls = [
        f"{words.venue(kind)}: {', '.join(filter(None, (name, address)))}"
        for kind, name, address in venues
        if kind is not VenueKind.MAIN
    ]
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
        location="" if past.off else places.get(VenueKind.MAIN, ""),
        online=url if VenueKind.ONLINE in places and not past.off else "",
        details="" if past.off else "\n".join([row.consultation, *halls]),
    )
