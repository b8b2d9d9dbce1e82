"""What happens to the floor by itself when something happens in the meeting."""

from sqlmodel import col, select

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import Stored
from forum.base.i18n import _
from forum.base.refs import parse
from forum.members import queries as members
from sessions.floor import book
from sessions.floor.events import ListEnded, ListOpened
from sessions.floor.models import SpeakingList, Speech, SpeechState
from sessions.floor.service.asking import drop
from sessions.floor.service.common import tell, touch
from sessions.floor.service.giving import holders, stop_clock
from sessions.meetings import queries as meetings
from sessions.meetings.events import (
    CheckedOut,
    CheckInUndone,
    ItemClosed,
    ItemOpened,
    MeetingBroken,
    Moved,
)
from sessions.meetings.queries import MeetingAccess


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
    rule = book.rules()[book.DEFAULT]
    row = SpeakingList(
        meeting_id=meeting,
        item_id=event.item,
        number=last.number + 1 if last else 1,
        rule=last.rule if last else book.DEFAULT,
        seconds=last.seconds if last else rule.seconds,
        times=last.times if last else rule.times,
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
    """Whoever leaves waits no longer."""
    actor, access = _whose(tx, stored)
    for row in _waiting(tx, access, member=event.member):
        drop(tx, actor, access, row)


@registry.react(Moved)
def move(tx: Db, stored: Stored, event: Moved) -> None:
    """Whoever moves speaks from where they now are."""
    _actor, access = _whose(tx, stored)
    for row in _waiting(tx, access, member=event.member):
        row.venue_id = event.venue
    tx.flush()


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
