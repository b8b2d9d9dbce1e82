"""A meeting goes on another day: the sitting ends, the next one is announced, and mended."""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from sessions.meetings import presence, rules, sittings
from sessions.meetings.models import Attendance, Meeting, MeetingState, Sitting
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.rules import Act
from sessions.meetings.service import venues
from sessions.meetings.service.attendance import count
from sessions.meetings.service.common import RUNNING, chaired, tell
from sessions.meetings.sitting_events import MeetingSuspended, MeetingUnopened, SittingDropped
from voting.polls.models import Poll


def suspend(
    tx: Db, actor: Actor, meeting: int, starts_at: datetime | None, ends_at: datetime | None = None
) -> MeetingState:
    """Adjourn to another day: the roll, the lists and what is moved stay, everybody checks in anew.

    A vote that was begun is finished first: who was there when it was opened is not there then.
    """
    access, row = chaired(tx, actor, meeting)
    target = rules.after(MeetingState(row.state), Act.SUSPEND)
    now = clock.now()
    starts_at = _announced(starts_at, ends_at, now)
    _require_no_vote(tx, access)
    present = presence.counts(tx, meeting).present
    number = access.meeting.number
    tx.add(
        Sitting(
            meeting_id=meeting,
            number=number,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            opened_at=row.opened_at or row.starts_at,
            adjourned_at=now,
        )
    )
    tx.flush()
    tell(tx, actor, access, MeetingSuspended(number + 1, starts_at, ends_at, present))
    there = (col(Attendance.meeting_id) == meeting, col(Attendance.out_at).is_(None))
    tx.execute(update(Attendance).where(*there).values(out_at=now))
    row.state, row.sitting_number = target, number + 1
    row.starts_at, row.ends_at = starts_at, ends_at
    row.opened_at = row.resumes_at = None
    tx.flush()
    count(tx, actor, access)
    return target


def _announced(starts_at: datetime | None, ends_at: datetime | None, now: datetime) -> datetime:
    if starts_at is None or starts_at <= now:
        sentence = _("Say when the meeting goes on: a time to come.")
        raise Invalid(sentence, fields={"until": sentence})
    if ends_at is not None and ends_at <= starts_at:
        sentence = _("The end must come after the beginning.")
        raise Invalid(sentence, fields={"ends": sentence})
    return starts_at


def _require_no_vote(tx: Db, access: MeetingAccess) -> None:
    running = exists().where(col(Poll.meeting) == access.stream, col(Poll.state).in_(RUNNING))
    if tx.execute(select(running)).scalar_one():
        raise Conflict(_("Finish the vote and publish its result first."))


def restore(tx: Db, row: Meeting) -> Sitting:
    """The next sitting is announced no more: the meeting stands as the last one left it."""
    before = tx.get_one(Sitting, (row.id, (row.sitting_number or 1) - 1))
    row.starts_at, row.ends_at, row.opened_at = before.starts_at, before.ends_at, before.opened_at
    row.sitting_number = before.number if before.number > 1 else None
    tx.delete(before)
    tx.flush()
    return before


def take_back(tx: Db, access: MeetingAccess, row: Meeting) -> int:
    """The sitting was ended by mistake; returns the number of the one that falls with that."""
    undone = row.sitting_number or 1
    before = restore(tx, row)
    gather(tx, access, before.adjourned_at)
    return undone


def gather(tx: Db, access: MeetingAccess, ended: datetime) -> None:
    """Whoever was there when a sitting ended is there again, where they were, but who has moved."""
    if access.actor is not None:
        venues.take_back(tx, access.actor, access, ended)
    meeting = access.meeting.id
    again = aliased(Attendance)
    elsewhere = exists().where(
        col(again.meeting_id) == meeting,
        col(again.member_id) == col(Attendance.member_id),
        col(again.out_at).is_(None),
    )
    stayed = (
        col(Attendance.meeting_id) == meeting,
        col(Attendance.out_at) == ended,
        ~elsewhere,
    )
    tx.execute(update(Attendance).where(*stayed).values(out_at=None))
    tx.flush()


def let_go(tx: Db, meeting: int) -> None:
    """Whoever came for a sitting before its time is not there: it checks people in anew."""
    early = (col(Attendance.meeting_id) == meeting, col(Attendance.out_at).is_(None))
    tx.execute(update(Attendance).where(*early).values(out_at=clock.now()))
    tx.flush()


def shut(tx: Db, access: MeetingAccess, row: Meeting) -> None:
    """Between sittings, where it is too early to come: whoever did come is not there."""
    if rules.receives(MeetingState(row.state), row.starts_at, clock.now()):
        return
    there = presence.counts(tx, row.id)
    if there.venues:
        let_go(tx, row.id)
        if access.actor is not None:
            count(tx, access.actor, access)


def drop(tx: Db, access: MeetingAccess, row: Meeting) -> datetime:
    """The announced sitting does not take place; returns when the last one ended."""
    number = row.sitting_number or 1
    before = restore(tx, row)
    let_go(tx, row.id)
    if access.actor is not None:
        tell(tx, access.actor, access, SittingDropped(number))
    return before.adjourned_at


def undo_start(tx: Db, access: MeetingAccess, row: Meeting) -> MeetingUnopened:
    """Take an opening back after which nothing has happened yet.

    Of a further sitting that was opened before its doors open nobody stays behind who came for it.
    """
    if not sittings.just_opened(tx, access.meeting):
        raise Conflict(_("The meeting has begun to work: close it, or adjourn it to another day."))
    row.opened_at = None
    row.state = rules.after(access.meeting.state, Act.UNDO_START, sitting=access.meeting.number)
    shut(tx, access, row)
    return MeetingUnopened(access.meeting.number)
