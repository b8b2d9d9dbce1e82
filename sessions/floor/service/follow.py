"""What happens to the floor by itself when something happens in the meeting."""

from sqlalchemy import update
from sqlmodel import col, select

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import Stored
from forum.base.i18n import _
from forum.base.refs import parse
from forum.members import queries as members
from sessions.convening.queries import preparing
from sessions.floor import book
from sessions.floor.events import (
    ListClosed,
    ListEnded,
    ListOpened,
    SpeechRecognised,
    SpeechRestored,
)
from sessions.floor.models import Lane, SpeakingList, Speech, SpeechState
from sessions.floor.service.appealing import lapse
from sessions.floor.service.asking import drop
from sessions.floor.service.cards import take_down
from sessions.floor.service.common import tell, tell_of, touch
from sessions.floor.service.giving import end, holders, stop_clock
from sessions.meetings import queries as meetings
from sessions.meetings.events import (
    CheckedIn,
    CheckedOut,
    CheckInUndone,
    ItemClosed,
    ItemOpened,
    MeetingBroken,
    Moved,
)
from sessions.meetings.models import MeetingState
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.sitting_events import MeetingSuspended
from sessions.motions import service as motions
from sessions.motions.events import DebateClosed


def _whose(tx: Db, stored: Stored) -> tuple[Actor, MeetingAccess]:
    """Whoever acted, and the meeting as they see it."""
    actor = members.actor_of(tx, stored.actor_id or 0)
    return actor, meetings.meeting_access(tx, actor, parse(stored.stream)[1])


@registry.react(ItemOpened)
def open_list(tx: Db, stored: Stored, event: ItemOpened) -> None:
    """An item that is called up gets its list, kept as the meeting's last one was."""
    actor, access = _whose(tx, stored)
    meeting = access.meeting.id
    if tx.get(SpeakingList, (meeting, event.item)) is not None:
        return
    query = select(SpeakingList).where(col(SpeakingList.meeting_id) == meeting)
    last = max(tx.exec(query), key=lambda row: row.number, default=None)
    usual = preparing.prepared(tx, meeting).kind.rule
    rule = book.rules()[usual]
    row = SpeakingList(
        meeting_id=meeting,
        item_id=event.item,
        number=last.number + 1 if last else 1,
        rule=last.rule if last else usual,
        seconds=last.seconds if last else rule.seconds,
        times=last.times if last else rule.times,
        short=last.short if last else None,
        motion_times=last.motion_times if last else rule.motion_times,
        item_seconds=last.item_seconds if last else None,
        meeting_times=last.meeting_times if last else None,
        meeting_seconds=last.meeting_seconds if last else None,
    )
    tx.add(row)
    tx.flush()
    opened = ListOpened(event.item, row.rule, row.seconds, row.times)
    tell(tx, actor, access, opened, subject=stored.subject)


@registry.react(ItemClosed)
def end_list(tx: Db, stored: Stored, event: ItemClosed) -> None:
    """With the item its list ends; nobody may be speaking, who still waits is not heard."""
    actor, access = _whose(tx, stored)
    if found := holders(tx, access.meeting.id):
        name = members.names(tx, [found[0].member_id])[found[0].member_id]
        raise Conflict(_("%(name)s has the floor. End the speech first.") % {"name": name})
    between = access.meeting.state is MeetingState.SUSPENDED
    lapse(tx, actor, access.meeting.id, event.item, undecided=between)
    take_down(tx, access, event.item)
    waiting = _waiting(tx, access, item=event.item)
    for row in waiting:
        row.state, row.over_at = SpeechState.WITHDRAWN, clock.now()
        touch(tx, actor, access.meeting.id, row.member_id)
    tx.flush()
    ended = ListEnded(event.item, [row.id for row in waiting])
    tell(tx, actor, access, ended, subject=stored.subject)


@registry.react(MeetingBroken)
def stop_clocks(tx: Db, stored: Stored, _event: MeetingBroken) -> None:
    """In a recess nobody's time runs."""
    actor, access = _whose(tx, stored)
    for row in holders(tx, access.meeting.id):
        if row.state == SpeechState.SPEAKING:
            stop_clock(tx, actor, access, row)


@registry.react(CheckedOut, CheckInUndone)
def leave(tx: Db, stored: Stored, event: CheckedOut | CheckInUndone) -> None:
    """Whoever leaves waits no longer, and holds up no card; between sittings the list stays."""
    actor, access = _whose(tx, stored)
    if access.meeting.state is MeetingState.SUSPENDED:
        return
    for row in _waiting(tx, access, member=event.member):
        drop(tx, actor, access, row)
    if access.meeting.current_item_id is not None:
        take_down(tx, access, access.meeting.current_item_id, member=event.member)


@registry.react(CheckedIn, Moved)
def move(tx: Db, stored: Stored, event: CheckedIn | Moved) -> None:
    """Whoever moves speaks from where they now are; on another day they may come elsewhere."""
    waits = (
        col(Speech.meeting_id) == parse(stored.stream)[1],
        col(Speech.member_id) == event.member,
        col(Speech.state) == SpeechState.WAITING,
    )
    tx.execute(update(Speech).where(*waits).values(venue_id=event.venue))


@registry.react(MeetingSuspended)
def leave_floor(tx: Db, stored: Stored, _event: MeetingSuspended) -> None:
    """With the sitting a speech ends that was under way, and cards go down; the list stays.

    A point of order on which the chair has not ruled waits for the next one.
    """
    actor, access = _whose(tx, stored)
    for row in holders(tx, access.meeting.id):
        end(tx, actor, access, row)
        if row.lane == Lane.ORDER:
            row.state, row.over_at = SpeechState.WAITING, None
            row.began_at = row.remaining_ms = None
            tx.flush()
            tell_of(tx, actor, access, row, SpeechRestored(row.id, row.item_id, row.member_id))
    if access.meeting.current_item_id is not None:
        take_down(tx, access, access.meeting.current_item_id)


@registry.react(DebateClosed)
def close_list(tx: Db, stored: Stored, event: DebateClosed) -> None:
    """The meeting ended the debate: the list takes no more names."""
    actor, access = _whose(tx, stored)
    row = tx.get(SpeakingList, (access.meeting.id, event.item))
    if row is None or row.closed:
        return
    row.closed = True
    tx.flush()
    waiting = len(_waiting(tx, access, item=event.item))
    tell(tx, actor, access, ListClosed(event.item, waiting), subject=access.stream)


@registry.react(SpeechRecognised)
def debate_motions(tx: Db, stored: Stored, event: SpeechRecognised) -> None:
    """With the first speech a motion is in the hands of the meeting; a point of order is none."""
    if event.lane is not Lane.ORDER:
        motions.debated(tx, parse(stored.stream)[1], event.item)


def _waiting(
    tx: Db, access: MeetingAccess, *, item: int | None = None, member: int | None = None
) -> list[Speech]:
    query = select(Speech).where(
        col(Speech.meeting_id) == access.meeting.id, col(Speech.state) == SpeechState.WAITING
    )
    if item is not None:
        query = query.where(col(Speech.item_id) == item)
    if member is not None:
        query = query.where(col(Speech.member_id) == member)
    return list(tx.exec(query.order_by(col(Speech.id))))
