"""Moving, seconding, rewording, taking back: by oneself, or by desk or chair for somebody."""

from typing import NamedTuple

from sqlmodel import col, select

from forum.agenda.models import ItemState
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import record
from forum.base.i18n import _
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import require_unfinished
from sessions.motions import rules
from sessions.motions.events import (
    AmendmentConfirmed,
    MotionReworded,
    MotionSeconded,
    MotionWithdrawn,
    TermsSet,
)
from sessions.motions.models import Motion, MotionSecond, MotionState, MotionTerms, Sort
from sessions.motions.rules import Act
from sessions.motions.service import common
from sessions.motions.service.bringing import bring
from sessions.motions.service.common import chaired, for_whom, found, hold, require_session, tell
from sessions.motions.service.falling import fall_upon
from sessions.motions.service.item import debate_again
from sessions.motions.service.places import later_meeting, place_of
from sessions.motions.service.prevailing import require_winner


class Draft(NamedTuple):
    """What is moved: an amendment or a reconsideration has a `target`.

    `member` is the mover where the desk or the chair writes for somebody; `to` the later meeting
    of a motion to postpone, `place` the station or committee of a motion to refer.
    """

    text: str = ""
    sort: Sort = Sort.MAIN
    target: int | None = None
    member: int | None = None
    to: int | None = None
    place: str = ""


def set_terms(tx: Db, actor: Actor, meeting: int, seconders: int) -> None:
    """Say by how many a motion must be seconded from now on."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    if seconders not in rules.SECONDERS:
        sentence = _("A number from %(min)s to %(max)s.") % {"min": 0, "max": max(rules.SECONDERS)}
        raise Invalid(sentence, fields={"seconders": sentence})
    terms = tx.get(MotionTerms, meeting) or MotionTerms(meeting_id=meeting, seconders=seconders)
    terms.seconders = seconders
    tx.add(terms)
    tx.flush()
    record(tx, actor, TermsSet(seconders), stream=access.stream, subject=access.stream)


def move(tx: Db, actor: Actor, meeting: int, draft: Draft) -> int:
    """Move something on the open item; it waits until enough have seconded it."""
    access, _row = hold(tx, actor, meeting)
    mover, method = for_whom(tx, actor, access, draft.member)
    require_session(access)
    item = access.meeting.current_item_id
    if item is None:
        raise Conflict(_("No item is open."))
    opened = common.open_on(tx, item, meeting)
    rules.room_for(draft.sort, common.briefly(opened))
    text = common.required(draft.text) if draft.sort in rules.WORDED else draft.text.strip()
    target = _target(tx, mover, access, draft, opened)
    row = Motion(
        meeting_id=meeting,
        item_id=item,
        number=common.next_number(tx, meeting),
        sort=draft.sort,
        target_id=target.id if target else None,
        mover_id=mover.id,
        method=method,
        recorded_by=actor.id,
        moved_at=clock.now(),
        to_meeting_id=later_meeting(tx, actor, access, draft.to),
        referred_to=place_of(tx, actor, draft.place),
    )
    if draft.sort is Sort.AMENDMENT and target is not None:
        row.degree, row.base_id = target.degree + 1, target.version_id
        row.reach = _reach(tx, target, text)
    if common.seconders(tx, meeting) == 0:
        row.state = MotionState.PENDING
    bring(tx, actor, row, text)
    return row.id


def _target(
    tx: Db, mover: Actor, access: MeetingAccess, draft: Draft, opened: list[Motion]
) -> Motion | None:
    """What the motion would change or deal with; it must be of this meeting's item."""
    if draft.sort is Sort.RECONSIDER:
        return require_winner(tx, mover, access, draft.target or 0)
    if draft.sort is not Sort.AMENDMENT:
        mains = [o for o in opened if o.sort == Sort.MAIN and o.state != MotionState.MOVED]
        return min(mains, key=lambda one: (one.part, one.number), default=None)
    row = tx.get(Motion, draft.target or 0)
    if row is None or row.meeting_id != access.meeting.id:
        raise NotFound(_("There is no such motion in this meeting."))
    if row.item_id != access.meeting.current_item_id:
        raise Conflict(_("This motion is on an item that is not open now."))
    rules.amendable(Sort(row.sort), MotionState(row.state), row.degree)
    return row


def _reach(tx: Db, target: Motion, text: str) -> int:
    before = common.wording(tx, target)
    if before.strip() == text:
        sentence = _("This is the wording as it stands. Change something in it.")
        raise Invalid(sentence, fields={"text": sentence})
    return rules.reach(before, text)


def second(tx: Db, actor: Actor, motion: int, member: int | None = None) -> None:
    """Second a motion; once enough have, it is before the meeting."""
    access, row = found(tx, actor, motion)
    person, method = for_whom(tx, actor, access, member)
    if row.state not in rules.OPEN:
        rules.after(MotionState(row.state), Act.SECOND)
    if row.state == MotionState.VOTING:
        raise Conflict(_("The vote on this motion has begun."))
    if person.id == row.mover_id:
        raise Conflict(_("Somebody else than the mover seconds a motion."))
    if tx.get(MotionSecond, (motion, person.id)) is not None:
        raise Conflict(_("%(name)s has seconded this motion already.") % {"name": person.name})
    tx.add(
        MotionSecond(
            motion_id=motion,
            member_id=person.id,
            method=method,
            recorded_by=actor.id,
            at=clock.now(),
        )
    )
    tx.flush()
    count = len(tx.exec(select(MotionSecond).where(col(MotionSecond.motion_id) == motion)).all())
    needed = common.seconders(tx, row.meeting_id)
    enough = row.state == MotionState.MOVED and count >= needed
    if enough:
        _come_before(tx, row)
    told = MotionSeconded(motion, row.item_id, person.id, method, count, enough)
    tell(tx, actor, row, told)
    if enough and row.sort == Sort.MAIN:
        debate_again(tx, actor, row.item_id, only=ItemState.DECIDED)


def _come_before(tx: Db, row: Motion) -> None:
    """What was open when it was moved may have gone meanwhile."""
    if row.target_id is not None and row.sort == Sort.AMENDMENT:
        target = tx.get_one(Motion, row.target_id)
        rules.amendable(Sort(target.sort), MotionState(target.state), target.degree)
    common.step(tx, row, Act.SECOND)


def amend(tx: Db, actor: Actor, motion: int, text: str, *, member: int | None = None) -> int:
    """Move another wording of the whole text of a motion or of an amendment."""
    access, row = found(tx, actor, motion)
    return move(tx, actor, access.meeting.id, Draft(text, Sort.AMENDMENT, row.id, member))


def reconsider(
    tx: Db, actor: Actor, meeting: int, motion: int, text: str = "", *, member: int | None = None
) -> int:
    """Ask to reconsider what was decided on the open item, in this meeting or before it."""
    return move(tx, actor, meeting, Draft(text, Sort.RECONSIDER, motion, member))


def reword(tx: Db, actor: Actor, motion: int, text: str) -> None:
    """Put one's own motion otherwise: while nobody took it up, or when its base has changed."""
    access, row = found(tx, actor, motion)
    _mover_or_chair(tx, actor, access, row)
    outdated = _outdated(tx, row)
    if not outdated and not (_in_hand(tx, row) and not _seconded(tx, row)):
        raise Conflict(_("This motion is in the hands of the meeting: move an amendment to it."))
    if row.state == MotionState.VOTING:
        raise Conflict(_("The vote on this motion has begun."))
    if row.state not in rules.OPEN:
        rules.after(MotionState(row.state), Act.PUT)
    clean = common.required(text)
    if row.sort == Sort.AMENDMENT:
        target = tx.get_one(Motion, row.target_id or 0)
        row.reach = _reach(tx, target, clean)
        row.base_id = target.version_id
    row.asked_at = None
    version, digest = common.write(tx, row, clean, row.mover_id)
    tell(tx, actor, row, MotionReworded(motion, row.item_id, version, digest))


def confirm(tx: Db, actor: Actor, motion: int) -> None:
    """Let an amendment stand as it is worded, though the text that it amends has changed."""
    access, row = found(tx, actor, motion)
    _mover_or_chair(tx, actor, access, row)
    if row.state not in (MotionState.MOVED, MotionState.PENDING) or not _outdated(tx, row):
        raise Conflict(_("There is nothing to confirm: the text under it is the same."))
    target = tx.get_one(Motion, row.target_id or 0)
    row.reach = _reach(tx, target, common.wording(tx, row))
    row.base_id = target.version_id
    tx.flush()
    tell(tx, actor, row, AmendmentConfirmed(motion, row.item_id, row.base_id or 0))


def withdraw(tx: Db, actor: Actor, motion: int) -> None:
    """Take a motion back: the mover before its debate, afterwards the chair for the mover."""
    access, row = found(tx, actor, motion)
    common.require_no_vote(tx, row)
    in_hand = _in_hand(tx, row)
    if not access.chairs:
        if not common.mine(tx, actor, access, row):
            raise Forbidden(_("Only the mover or the chair may do this."))
        if not in_hand:
            raise Conflict(_("Its debate has begun: ask the chair to withdraw it for you."))
    common.step(tx, row, Act.WITHDRAW)
    consented = actor.id != row.mover_id or not in_hand
    tell(tx, actor, row, MotionWithdrawn(motion, row.item_id, consented))
    fall_upon(tx, actor, row)


def _mover_or_chair(tx: Db, actor: Actor, access: MeetingAccess, row: Motion) -> None:
    if not access.chairs and not common.mine(tx, actor, access, row):
        raise Forbidden(_("Only the mover or the chair may do this."))


def _in_hand(tx: Db, row: Motion) -> bool:
    return rules.own(debated=row.debated, amended=bool(common.upon(tx, row)))


def _seconded(tx: Db, row: Motion) -> bool:
    query = select(MotionSecond.motion_id).where(col(MotionSecond.motion_id) == row.id)
    return tx.exec(query).first() is not None


def _outdated(tx: Db, row: Motion) -> bool:
    if row.sort != Sort.AMENDMENT:
        return False
    return tx.get_one(Motion, row.target_id or 0).version_id != row.base_id
