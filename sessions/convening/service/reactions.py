"""What happens here by itself when something happens to a meeting, its roll or its venues."""

from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, NotFound
from forum.base.events import Stored
from forum.base.i18n import _
from forum.base.i18n import date as day_words
from forum.base.refs import parse, ref
from forum.base.registry import on_erasure, react
from forum.members import queries as members
from sessions.convening import words
from sessions.convening.events import AnswersPurged, VenueLost
from sessions.convening.models import Answer, Preparation, Proxy, Reply, ShortNotice
from sessions.convening.queries import preparing
from sessions.convening.queries import proxies as standing
from sessions.convening.service import proxies, seats
from sessions.convening.service.common import note
from sessions.meetings import queries as meetings
from sessions.meetings import rules as meeting_rules
from sessions.meetings import sittings
from sessions.meetings.events import (
    MeetingArchived,
    MeetingCalledOff,
    MeetingChanged,
    MeetingConvened,
    RollChanged,
    VenueDropped,
    VenueSet,
)
from sessions.meetings.models import Meeting, MeetingState
from sessions.meetings.sitting_events import MeetingSuspended


def _actor(tx: Db, stored: Stored) -> Actor | None:
    try:
        return members.actor_of(tx, stored.actor_id or 0)
    except NotFound:
        return None


def _row(tx: Db, meeting: int) -> Preparation:
    row = tx.get(Preparation, meeting) or Preparation(meeting_id=meeting)
    tx.add(row)
    return row


@react(MeetingConvened)
def convened(tx: Db, stored: Stored, event: MeetingConvened) -> None:
    """Nothing is convened before its type's demands are met, nor late without a reason."""
    meeting = parse(stored.stream)[1]
    kind = preparing.prepared(tx, meeting).kind
    actor = members.actor_of(tx, stored.actor_id or 0)
    access = meetings.meeting_access(tx, actor, meeting)
    if lacking := preparing.lacking(tx, access, kind):
        parts = _(", ").join(words.part(part) for part in lacking)
        raise Conflict(_("Before it is convened it still needs: %(parts)s.") % {"parts": parts})
    _in_time(tx, meeting, event.starts_at)
    _row(tx, meeting).announced_for = event.starts_at
    tx.flush()


@react(MeetingChanged)
def moved(tx: Db, stored: Stored, event: MeetingChanged) -> None:
    """A meeting that was announced is brought forward in time, or with a reason, only."""
    meeting = parse(stored.stream)[1]
    before = preparing.prepared(tx, meeting).announced_for
    if not event.moved or before is None:
        return
    if event.starts_at < before:
        _in_time(tx, meeting, event.starts_at)
    _row(tx, meeting).announced_for = event.starts_at
    tx.flush()


@react(MeetingSuspended)
def goes_on(tx: Db, stored: Stored, event: MeetingSuspended) -> None:
    """Whoever was told when it goes on may count on it not being earlier."""
    _row(tx, parse(stored.stream)[1]).announced_for = event.starts_at
    tx.flush()


def _in_time(tx: Db, meeting: int, starts: datetime) -> None:
    row, kind = meetings.meeting_row(tx, meeting), preparing.prepared(tx, meeting).kind
    early = preparing.in_time(tx, row, kind, starts)
    reason, held = preparing.short_notice(tx, meeting), sittings.held(tx, meeting)
    # A reason for haste held for the sitting before which it was given.
    if early or (reason and not (held and reason.at <= held[-1].adjourned_at)):
        return
    said = _(
        "%(lead)s Told today, it can be on %(day)s or later; or say on the page "
        "“Preparation” why the notice is short."
    )
    day = day_words(preparing.first_day(tx, row, kind))
    raise Conflict(said % {"lead": words.lead(kind, preparing.counting(tx, kind)), "day": day})


@react(MeetingCalledOff)
def called_off(tx: Db, stored: Stored, _event: MeetingCalledOff) -> None:
    """What was answered was answered to another date; a reason for haste held for that one."""
    meeting = parse(stored.stream)[1]
    now = clock.now()
    open_ = (col(ShortNotice.meeting_id) == meeting, col(ShortNotice.over_at).is_(None))
    tx.execute(update(ShortNotice).where(*open_).values(over_at=now))
    given = (col(Proxy.meeting_id) == meeting, col(Proxy.revoked_at).is_(None))
    tx.execute(update(Proxy).where(*given).values(revoked_at=now))
    seats.forget_answers(tx, meeting)
    for row in tx.execute(select(Reply).where(col(Reply.meeting_id) == meeting)).scalars():
        tx.delete(row)
    if (prepared := tx.get(Preparation, meeting)) is not None:
        prepared.announced_for = None
    tx.flush()


@react(MeetingArchived)
def archived(tx: Db, stored: Stored, _event: MeetingArchived) -> None:
    """What people answered is needed no more."""
    meeting = parse(stored.stream)[1]
    if gone := seats.forget_answers(tx, meeting):
        note(tx, _actor(tx, stored), meeting, AnswersPurged(gone))


@react(RollChanged)
def roll_changed(tx: Db, stored: Stored, event: RollChanged) -> None:
    """Whoever is struck off leaves their seat to the next, and stands in for nobody."""
    if event.entitled:
        return
    actor, meeting = _actor(tx, stored), parse(event.meeting)[1]
    held = standing.of_person(tx, meeting, event.member)
    proxies.end_all(tx, actor, meeting, event.member)
    for row in held:
        seats.leave(tx, actor, meeting, row.principal_id)
    seats.leave(tx, actor, meeting, event.member)


@react(VenueSet)
def venue_set(tx: Db, stored: Stored, event: VenueSet) -> None:
    """More seats: those who wait move up. Who has a seat keeps it when there are fewer."""
    seats.move_up(tx, _actor(tx, stored), parse(stored.stream)[1], event.venue)


@react(VenueDropped)
def venue_dropped(tx: Db, stored: Stored, event: VenueDropped) -> None:
    """Whoever wanted to come there is asked anew."""
    meeting = parse(stored.stream)[1]
    tx.expire_all()  # where the venue is gone, the database has emptied the column itself
    there = (col(Reply.meeting_id) == meeting, col(Reply.venue_id) == event.venue)
    tx.execute(update(Reply).where(*there).values(venue_id=None))
    lost = select(col(Reply.member_id)).where(
        col(Reply.meeting_id) == meeting,
        col(Reply.answer) == Answer.COMES,
        col(Reply.venue_id).is_(None),
    )
    actor = _actor(tx, stored)
    for member in list(tx.execute(lost).scalars()):
        seats.leave(tx, actor, meeting, member)
        note(tx, actor, meeting, VenueLost(ref("meeting", meeting), member), member=member)


@on_erasure
def erased(tx: Db, member: int) -> None:
    """The seats of somebody who is erased go to the next, and nobody stands in for them."""
    coming = (MeetingState.DRAFT, *meeting_rules.AHEAD)
    replied = select(col(Reply.meeting_id)).where(col(Reply.member_id) == member)
    mine = (col(Proxy.principal_id) == member) | (col(Proxy.holder_id) == member)
    given = select(col(Proxy.meeting_id)).where(mine, col(Proxy.revoked_at).is_(None))
    open_ = select(col(Meeting.id)).where(
        col(Meeting.id).in_(replied.union(given)), col(Meeting.state).in_(coming)
    )
    for meeting in list(tx.execute(open_).scalars()):
        tx.get(Meeting, meeting, with_for_update=True)
        proxies.end_all(tx, None, meeting, member)
        seats.leave(tx, None, meeting, member)
