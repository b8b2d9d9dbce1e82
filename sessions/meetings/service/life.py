"""A meeting is prepared, convened, held and closed; what was done by mistake is undone."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.consultations.rules import Deed
from sessions.meetings import presence, rules
from sessions.meetings.events import (
    MeetingAdjourned,
    MeetingArchived,
    MeetingBroken,
    MeetingCalledOff,
    MeetingChanged,
    MeetingConvened,
    MeetingDrafted,
    MeetingReopened,
    MeetingResumed,
    MeetingStarted,
)
from sessions.meetings.models import Attendance, Meeting, MeetingState, RollEntry
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.rules import Act
from sessions.meetings.service import sittings
from sessions.meetings.service.common import chaired, require_unfinished, tell
from sessions.meetings.sitting_events import MeetingContinued


class Draft(NamedTuple):
    """What is said of a meeting beforehand."""

    title: str
    starts_at: datetime
    ends_at: datetime | None = None
    quorum: str = ">1/2"


def _check(draft: Draft) -> None:
    if draft.ends_at is not None and draft.ends_at <= draft.starts_at:
        sentence = _("The end must come after the beginning.")
        raise Invalid(sentence, fields={"ends_at": sentence})
    try:
        rules.share(draft.quorum)
    except ValueError:
        sentence = _("Nobody could ever reach this quorum.")
        raise Invalid(sentence, fields={"quorum": sentence}) from None


def draft_meeting(tx: Db, actor: Actor, consultation: int, draft: Draft) -> int:
    """Prepare a meeting of a consultation; nobody else sees it until it is convened."""
    access = consultations.access(tx, actor, consultation)
    consultations.require_moderator(access)
    consultations.require(access, Deed.MEET)
    _check(draft)
    row = Meeting(
        consultation_id=consultation,
        title=draft.title,
        zone=access.consultation.zone,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        quorum=draft.quorum,
        created_by=actor.id,
    )
    tx.add(row)
    tx.flush()
    here = ref("meeting", row.id)
    link(tx, here, Relation.HELD_IN, access.stream)
    drafted = MeetingDrafted(consultation=consultation, starts_at=draft.starts_at)
    record(tx, actor, drafted, stream=here, subject=here)
    return row.id


def edit_meeting(tx: Db, actor: Actor, meeting: int, draft: Draft) -> None:
    """Change title, times or quorum; whoever was invited is told when the times change."""
    access, row = chaired(tx, actor, meeting)
    require_unfinished(access)
    _check(draft)
    if row.opened_at is not None and draft.starts_at != row.starts_at:
        raise Conflict(_("The meeting has begun; its beginning stays as it was."))
    moved = (draft.starts_at, draft.ends_at) != (row.starts_at, row.ends_at)
    row.title, row.starts_at, row.ends_at = draft.title, draft.starts_at, draft.ends_at
    row.quorum = draft.quorum
    changed = MeetingChanged(
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        quorum=rules.exact(draft.quorum),
        moved=moved and row.state in rules.AHEAD,
    )
    tell(tx, actor, access, changed)
    sittings.shut(tx, access, row)


def step(
    tx: Db,
    actor: Actor,
    meeting: int,
    act: Act,
    *,
    until: datetime | None = None,
    ends: datetime | None = None,
) -> MeetingState:
    """Take the meeting a step on.

    `until` is when it goes on after a recess or on another day, `ends` the planned end of that day.
    """
    if act is Act.SUSPEND:
        return sittings.suspend(tx, actor, meeting, until, ends)
    access, row = chaired(tx, actor, meeting)
    target = rules.after(MeetingState(row.state), act, sitting=access.meeting.number)
    row.resumes_at = until if act is Act.BREAK else None
    tell(tx, actor, access, STEPS[act](tx, access, row))
    row.state = target
    tx.flush()
    return target


def _convene(tx: Db, access: MeetingAccess, _row: Meeting) -> Event:
    """Put everybody eligible on the roll, but who was struck off it; they are invited."""
    consultations.require(access.access, Deed.MEET)
    if not access.venues:
        raise Conflict(_("Say first where the meeting takes place: add a venue."))
    meeting = access.meeting.id
    able = presence.eligible_now(tx, access.access)
    known = presence.entitled(tx, meeting, able)
    rows = [
        {"meeting_id": meeting, "member_id": ident, "entitled": True}
        for ident in able
        if ident not in known
    ]
    if rows:
        tx.execute(insert(RollEntry), rows)
    return MeetingConvened(access.meeting.starts_at, presence.counts(tx, meeting).entitled)


def _call_off(tx: Db, access: MeetingAccess, _row: Meeting) -> Event:
    there = (col(Attendance.meeting_id) == access.meeting.id, col(Attendance.out_at).is_(None))
    tx.execute(update(Attendance).where(*there).values(out_at=clock.now()))
    return MeetingCalledOff(access.access.stream)


def _start(tx: Db, access: MeetingAccess, row: Meeting) -> Event:
    row.opened_at = clock.now()
    there = presence.counts(tx, access.meeting.id)
    number = access.meeting.number
    if number > 1:
        return MeetingContinued(number, there.entitled, there.present, there.by_venue)
    return MeetingStarted(there.entitled, there.present, there.by_venue)


def _break(_tx: Db, _access: MeetingAccess, row: Meeting) -> Event:
    return MeetingBroken(row.resumes_at)


def _resume(tx: Db, access: MeetingAccess, _row: Meeting) -> Event:
    return MeetingResumed(presence.counts(tx, access.meeting.id).present)


def _adjourn(tx: Db, access: MeetingAccess, row: Meeting) -> Event:
    _require_no_item(row)
    row.adjourned_at = clock.now()
    return MeetingAdjourned(presence.counts(tx, access.meeting.id).present)


def _drop(tx: Db, access: MeetingAccess, row: Meeting) -> Event:
    _require_no_item(row)
    row.adjourned_at = sittings.drop(tx, access, row)
    return MeetingAdjourned(0)


def _require_no_item(row: Meeting) -> None:
    if row.current_item_id is not None:
        raise Conflict(_("Close the current item first."))


def _reopen(tx: Db, access: MeetingAccess, row: Meeting) -> Event:
    ended, row.adjourned_at = row.adjourned_at, None
    undone = None
    if access.meeting.state is MeetingState.SUSPENDED:
        undone = sittings.take_back(tx, access, row)
    elif ended is not None:  # who was there at the end, where a further sitting was dropped
        sittings.gather(tx, access, ended)
    return MeetingReopened(presence.counts(tx, access.meeting.id).present, undone)


def _archive(tx: Db, access: MeetingAccess, _row: Meeting) -> Event:
    return MeetingArchived(presence.attended(tx, access.meeting.id))


STEPS: dict[Act, Callable[[Db, MeetingAccess, Meeting], Event]] = {
    Act.CONVENE: _convene,
    Act.CALL_OFF: _call_off,
    Act.START: _start,
    Act.UNDO_START: sittings.undo_start,
    Act.BREAK: _break,
    Act.RESUME: _resume,
    Act.ADJOURN: _adjourn,
    Act.DROP: _drop,
    Act.REOPEN: _reopen,
    Act.ARCHIVE: _archive,
}
