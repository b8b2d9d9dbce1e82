"""Coming, moving and going: by oneself online, by a desk in a hall; and the roll."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from forum.base import auth, clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound, Refusal, SignInNeeded
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.refs import ref
from forum.base.writer import batch
from forum.members import queries as members
from forum.members.models import PLATFORM, StandingKind
from sessions.meetings import presence, queries
from sessions.meetings.events import (
    AttendanceCounted,
    CheckedIn,
    CheckedOut,
    CheckInUndone,
    Moved,
    RollChanged,
)
from sessions.meetings.models import Attendance, Meeting, Method, Mode, RollEntry, VenueKind
from sessions.meetings.queries import MeetingAccess, VenueRow
from sessions.meetings.service.common import (
    at_desk,
    chaired,
    hold,
    require_doors,
    require_unfinished,
    tell,
    touch,
)


class CheckIn(NamedTuple):
    """Somebody's own check-in; `credential` says who.

    At the online venue, or at the hall whose wall they stood before (the caller has seen to that).
    """

    credential: str | None
    meeting: int
    venue: int | None = None


class _Arrival(NamedTuple):
    """Somebody who comes, and who writes it down."""

    member: int
    by: Actor


@batch
def check_in_batch(tx: Db, items: list[CheckIn]) -> list[int | Refusal]:
    """Self check-ins in one transaction; each is answered by its attendance's id or a Refusal."""
    actors = auth.actors_for(tx, {item.credential for item in items if item.credential})
    answers: list[int | Refusal] = [SignInNeeded(_("Please sign in first."))] * len(items)
    by_place: dict[tuple[int, int], list[tuple[int, Actor]]] = {}
    for number, item in enumerate(items):
        if actor := actors.get(item.credential or ""):
            by_place.setdefault((item.meeting, item.venue or 0), []).append((number, actor))
    for meeting, venue in sorted(by_place):
        people = by_place[meeting, venue]
        try:
            found = _come(tx, meeting, venue, {actor.id: actor for _number, actor in people})
        except Refusal as refusal:
            found = dict.fromkeys((actor.id for _number, actor in people), refusal)
        for number, actor in people:
            answers[number] = found[actor.id]
    return answers


def _come(tx: Db, meeting: int, place: int, people: dict[int, Actor]) -> dict[int, int | Refusal]:
    """Who is on the roll sees the meeting; only the others are asked about one by one."""
    tx.get(Meeting, meeting, with_for_update=True, populate_existing=True)
    on_roll = presence.entitled(tx, meeting, people)
    answers: dict[int, int | Refusal] = {}
    access: MeetingAccess | None = None
    for ident, actor in people.items():
        if actor.asleep:
            answers[ident] = GuardianFirst()
        elif access is None or ident not in on_roll:
            try:
                access = queries.meeting_access(tx, actor, meeting)
            except NotFound as refusal:
                answers[ident] = refusal
    if access is None:
        return answers
    require_doors(access)
    online = next((v for v in access.venues if v.kind is VenueKind.ONLINE), None)
    venue = access.venue(place) if place else online
    if venue is None:
        raise Conflict(_("This meeting has no online venue. The desk of the hall checks you in."))
    banned = _banned(tx, access)
    for ident in people.keys() & banned:
        answers.setdefault(ident, Forbidden(_("You have been excluded from here.")))
    arrivals = [_Arrival(ident, by) for ident, by in people.items() if ident not in answers]
    return {**answers, **_arrive(tx, access, venue, arrivals, Method.SELF)}


def _banned(tx: Db, access: MeetingAccess) -> set[int]:
    places = [PLATFORM, *access.access.places, access.stream]
    marks = members.marks(tx, places, limit=10_000)
    return {mark.member_id for mark in marks if mark.kind == StandingKind.BANNED}


def check_in(
    tx: Db,
    actor: Actor,
    meeting: int,
    venue: int,
    people: Sequence[int],
    *,
    at: datetime | None = None,
) -> list[int]:
    """Check people in at a venue's desk; whoever is elsewhere moves. Returns the attendances.

    `at`: when they came, where the desk writes it down later (the caller has bounded it).
    """
    access, found = at_desk(tx, actor, meeting, venue)
    require_doors(access)
    names = members.names(tx, people)
    if len(names) != len(set(people)):
        raise NotFound(_("There is no such person."))
    for ident in sorted(set(people) & _banned(tx, access)):
        raise Forbidden(_("%(name)s has been excluded from here.") % {"name": names[ident]})
    arrivals = [_Arrival(ident, actor) for ident in dict.fromkeys(people)]
    made = _arrive(tx, access, found, arrivals, Method.DESK, at)
    for ident in made:
        touch(tx, actor, meeting, ident)
    return list(made.values())


def send_to(
    tx: Db, actor: Actor, meeting: int, venue: int, member: int, to: int, *, at: datetime
) -> int:
    """Let somebody who is at one's desk go on at another venue; returns the attendance."""
    access, found = at_desk(tx, actor, meeting, venue)
    require_doors(access)
    target = access.venue(to)
    there = presence.here(tx, meeting, [member]).get(member)
    if there is None or there.venue_id != found.id:
        raise Conflict(_("This person is not checked in here."))
    made = _arrive(tx, access, target, [_Arrival(member, actor)], Method.DESK, at)
    touch(tx, actor, meeting, member)
    return made[member]


def _arrive(
    tx: Db,
    access: MeetingAccess,
    venue: VenueRow,
    arrivals: Sequence[_Arrival],
    method: Method,
    at: datetime | None = None,
) -> dict[int, int]:
    """Write where people now are; whoever is at this venue already stays as they are."""
    meeting = access.meeting.id
    people = [arrival.member for arrival in arrivals]
    there = presence.here(tx, meeting, people)
    coming = [
        arrival
        for arrival in arrivals
        if arrival.member not in there or there[arrival.member].venue_id != venue.id
    ]
    _welcome(tx, access, coming)
    now = at or clock.now()
    mode = Mode.ONLINE if venue.kind is VenueKind.ONLINE else Mode.IN_PERSON
    for member, _by in coming:
        if member in there:
            tx.get_one(Attendance, there[member].id).out_at = now
    tx.flush()
    rows = [
        Attendance(
            meeting_id=meeting,
            venue_id=venue.id,
            member_id=member,
            mode=mode,
            method=method,
            in_at=now,
            recorded_by=by.id,
        )
        for member, by in coming
    ]
    tx.add_all(rows)
    tx.flush()
    for row, (member, by) in zip(rows, coming, strict=True):
        came: CheckedIn | Moved = CheckedIn(row.id, member, venue.id, mode, method)
        if member in there:
            came = Moved(row.id, member, venue.id, there[member].venue_id, mode, method)
        tell(tx, by, access, came, subject=ref("attendance", row.id))
    if coming:
        count(tx, coming[0].by, access)
    stayed = {member: interval.id for member, interval in there.items()}
    return {**stayed, **{row.member_id: row.id for row in rows}}


def _welcome(tx: Db, access: MeetingAccess, coming: Sequence[_Arrival]) -> None:
    """Whoever may take part and is not on the roll joins it."""
    on_roll = presence.entitled(tx, access.meeting.id, [arrival.member for arrival in coming])
    for member, by in coming:
        if member not in on_roll and presence.joins(tx, access.access, member):
            put_on_roll(tx, by, access, member)


def count(tx: Db, actor: Actor, access: MeetingAccess) -> None:
    """Tell how many are there now; it names nobody."""
    now = presence.counts(tx, access.meeting.id)
    tell(tx, actor, access, AttendanceCounted(now.entitled, now.present, now.guests, now.by_venue))


def check_out(
    tx: Db, actor: Actor, meeting: int, people: Collection[int], *, at: datetime | None = None
) -> None:
    """Let people go: oneself, or whoever is at a desk that one keeps; `at` as in `check_in`."""
    access, _row = hold(tx, actor, meeting)
    require_unfinished(access)
    there = presence.here(tx, meeting, people)
    mine = {venue.id for venue in access.desks}
    for ident in people:
        if ident not in there:
            raise Conflict(_("This person is not checked in."))
        if ident != actor.id and there[ident].venue_id not in mine:
            raise Forbidden(_("Only the desk of this venue may do this."))
    for ident, interval in there.items():
        tx.get_one(Attendance, interval.id).out_at = at or clock.now()
        tx.flush()
        method = Method.SELF if ident == actor.id else Method.DESK
        gone = CheckedOut(interval.id, ident, interval.venue_id, method)
        tell(tx, actor, access, gone, subject=ref("attendance", interval.id))
        touch(tx, actor, meeting, ident)
    count(tx, actor, access)


def undo_check_in(tx: Db, actor: Actor, meeting: int, attendance: int) -> None:
    """Strike a check-in that was a mistake; the log keeps that it was made and struck."""
    access, _row = hold(tx, actor, meeting)
    row = tx.get(Attendance, attendance, populate_existing=True)
    if row is None or row.meeting_id != meeting:
        raise NotFound(_("There is no such check-in."))
    at_desk(tx, actor, meeting, row.venue_id)
    require_unfinished(access)
    if row.out_at is not None:
        raise Conflict(_("This person is not checked in."))
    undone = CheckInUndone(attendance, row.member_id, row.venue_id)
    member = row.member_id
    tx.delete(row)
    tx.flush()
    tell(tx, actor, access, undone, subject=ref("attendance", attendance))
    touch(tx, actor, meeting, member)
    count(tx, actor, access)


def entitle(tx: Db, actor: Actor, meeting: int, member: int, *, entitled: bool) -> None:
    """Put somebody on the roll of the meeting, or strike them off it."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    members.actor_of(tx, member)
    put_on_roll(tx, actor, access, member, entitled=entitled)
    touch(tx, actor, meeting, member)
    count(tx, actor, access)


def put_on_roll(
    tx: Db, actor: Actor, access: MeetingAccess, member: int, *, entitled: bool = True
) -> None:
    """Write the roll; the caller has judged who may."""
    row = tx.get(RollEntry, (access.meeting.id, member))
    if row is not None and row.entitled == entitled:
        return
    if row is None:
        row = RollEntry(meeting_id=access.meeting.id, member_id=member)
        tx.add(row)
    row.entitled = entitled
    tx.flush()
    changed = RollChanged(access.stream, member, entitled)
    tell(tx, actor, access, changed, subject=ref("member", member))
