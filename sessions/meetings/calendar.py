"""Meetings as calendars outside the house show them: when, where, and what became of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

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
    MeetingReopened,
    VenueDropped,
    VenueSet,
)
from sessions.meetings.models import Meeting, MeetingState, RollEntry, Venue, VenueKind
from sessions.meetings.sitting_events import MeetingSuspended, SittingDropped

KEPT = timedelta(days=180)  # how long a past meeting stays in calendars
NO_END = timedelta(hours=1)  # what a calendar shows where no end is planned
TIMED = (MeetingConvened.kind, MeetingChanged.kind, MeetingSuspended.kind)
STRUCK = (MeetingCalledOff.kind, MeetingReopened.kind, SittingDropped.kind)
CHANGES = (
    MeetingConvened,
    MeetingChanged,
    MeetingCalledOff,
    VenueSet,
    VenueDropped,
    MeetingSuspended,
    MeetingReopened,
    SittingDropped,
)


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
    over_at: datetime | None


class _Past(NamedTuple):
    """How often a sitting was changed, when last, for when it is or was called; when it ended."""

    changes: int
    last: datetime
    start: datetime
    off: bool
    end: datetime | None = None


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
    return [
        entry
        for row in rows
        for entry in _entries(row, past.get(row.id, ()), where.get(row.id, ()))
    ]


def _past(db: Db, rows: Sequence[_Row]) -> dict[int, list[_Past]]:
    """What the log says of the sittings of each meeting that was ever convened."""
    query = select(
        col(EventRow.stream), col(EventRow.kind), col(EventRow.at), col(EventRow.payload)
    ).where(
        col(EventRow.stream).in_([ref("meeting", row.id) for row in rows]),
        col(EventRow.kind).in_([change.kind for change in CHANGES]),
    )
    found: dict[int, list[_Past]] = {}
    for stream, kind, at, payload in db.execute(query.order_by(col(EventRow.seq))):
        _changed(found.setdefault(parse(stream)[1], []), kind, at, json.loads(payload))
    return found


def _changed(days: list[_Past], kind: str, at: datetime, payload: Mapping[str, Any]) -> None:
    """Let an event have its effect on the sittings known so far."""
    before = days[-1] if days else None
    told = clock.parse(payload["starts_at"]) if kind in TIMED else None
    if kind == MeetingSuspended.kind and told:
        _ended(days, at, at)
        days.append(_Past(0, at, told, off=False))
    elif kind == MeetingReopened.kind and not payload.get("undone"):
        return
    elif kind == MeetingConvened.kind or (before and not before.off):
        start = told or (before.start if before else at)
        changes = before.changes + 1 if before else 0
        days[-1:] = [_Past(changes, at, start, kind in STRUCK)]
        if kind == MeetingReopened.kind:  # the sitting before goes on instead
            _ended(days, at, None)


def _ended(days: list[_Past], at: datetime, end: datetime | None) -> None:
    """Say when the last sitting that takes place ended, or that it goes on."""
    part = next((n for n in reversed(range(len(days))) if not days[n].off), None)
    if part is not None:
        day = days[part]
        ended = max(end, day.start) if end else None
        days[part] = day._replace(changes=day.changes + 1, last=at, end=ended)


def _venues(db: Db, rows: Sequence[_Row], actor: Actor | None) -> dict[int, list[_Where]]:
    """The venues of each meeting; where people online meet is told to those on the roll alone."""
    ids = [row.id for row in rows]
    found: dict[int, list[_Where]] = {}
    names = (Venue.meeting_id, Venue.kind, Venue.name, Venue.address, Venue.directions)
    query = select(*map(col, names), col(Venue.url), col(Venue.over_at)).where(
        col(Venue.meeting_id).in_(ids)
    )
    mine = select(col(RollEntry.meeting_id)).where(
        col(RollEntry.meeting_id).in_(ids),
        col(RollEntry.member_id) == (actor.id if actor else 0),
        col(RollEntry.entitled),
    )
    known = set(db.execute(mine).scalars())
    for meeting, kind, name, address, directions, url, over_at in db.execute(
        query.order_by(col(Venue.position), col(Venue.id).desc())
    ):
        place = ", ".join(filter(None, (name, address)))
        told = url or "" if meeting in known else ""
        one = _Where(VenueKind(kind), place, directions or "", told, over_at)
        found.setdefault(meeting, []).append(one)
    return found


def _entries(row: _Row, days: Sequence[_Past], venues: Sequence[_Where]) -> Iterator[Entry]:
    """An appointment for each sitting; one that was announced and dropped stays, struck out."""
    held = 0
    for part, past in enumerate(days, 1):
        held += not past.off
        here = [
            one
            for one in venues
            if one.over_at is None or (past.end is not None and past.end < one.over_at)
        ]
        yield _entry(row, past, here)._replace(
            part=part, title=_title(row, past, held if len(days) > 1 else 0)
        )


def _title(row: _Row, past: _Past, number: int) -> str:
    if past.off:
        # What is being prepared in the stead of a whole meeting is not known yet.
        title = row.title if number else row.consultation
        return _("Called off: %(title)s") % {"title": title}
    if number:
        return _("%(title)s, sitting %(number)s") % {"title": row.title, "number": number}
    return row.title


def _entry(row: _Row, past: _Past, venues: Sequence[_Where]) -> Entry:
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
        title=row.title,
        url=url,
        start=past.start,
        end=past.start + NO_END if past.off else past.end or row.ends_at or past.start + NO_END,
        state=State.CANCELLED if past.off else State.CONFIRMED,
        sequence=past.changes,
        changed=past.last,
        location=main.place if main and not past.off else "",
        online=online.url or url if online and not past.off else "",
        details="" if past.off else "\n".join([row.consultation, *halls, *ways]),
    )
