"""The chair puts motions to the vote in their order, or asks whether anybody objects."""

from collections.abc import Callable
from typing import NamedTuple

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import record
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.refs import ref
from sessions.meetings import presence
from sessions.meetings import service as meetings
from sessions.motions import rules, words
from sessions.motions.events import (
    ConsensusRefused,
    ConsensusSought,
    DebateClosed,
    MotionAmended,
    MotionCarried,
    MotionOrdered,
    MotionPut,
    MotionReconsidered,
    MotionRejected,
)
from sessions.motions.models import Motion, MotionState, NoteKind, Sort
from sessions.motions.rules import Act
from sessions.motions.service import common, item, places
from sessions.motions.service.bringing import again
from sessions.motions.service.common import for_whom, found, tell
from sessions.motions.service.falling import fall_upon, shelve
from voting.boxes.models import Channel
from voting.methods.majority import Majority
from voting.polls.models import Secrecy
from voting.polls.service import Draft as Poll


class Way(NamedTuple):
    """How a motion is voted on; without a share in `rule` the usual one of its sort carries."""

    rule: dict[str, str] = {}  # noqa: RUF012 - never changed
    secrecy: Secrecy = Secrecy.OPEN
    channel: Channel = Channel.HANDS
    method: str = Majority.name


def order(tx: Db, actor: Actor, motion: int, reason: str) -> None:
    """Put an amendment before the others to the same text, for a reason that everybody reads."""
    _access, row = found(tx, actor, motion, chair=True)
    if row.sort != Sort.AMENDMENT or row.state != MotionState.PENDING:
        raise Conflict(_("Only amendments that are before the meeting are put in another order."))
    said = common.required(reason, "reason")
    beside = [one.rank for one in common.beside(tx, row) if one.target_id == row.target_id]
    row.rank = min((0, *beside)) - 1
    note, digest = common.note(tx, actor, row, NoteKind.ORDERED, said)
    tell(tx, actor, row, MotionOrdered(motion, row.item_id, note or 0, digest))


def put(tx: Db, actor: Actor, motion: int, way: Way = Way()) -> int:  # noqa: B008 - never changed
    """Prepare the vote on the motion whose turn it is; returns the poll."""
    access, row = found(tx, actor, motion, chair=True)
    _require_turn(tx, row)
    sort, text = Sort(row.sort), common.wording(tx, row)
    rule = dict(way.rule)
    if way.method == Majority.name:
        rule = {"threshold": rules.threshold(sort)} | rule
    poll = meetings.hold_poll(
        tx,
        actor,
        access.meeting.id,
        Poll(words.title(sort, row.number, text, 140), text, way.method, rule, way.secrecy),
        channel=way.channel,
    )
    row.poll_id = poll
    common.step(tx, row, Act.PUT)
    link(tx, ref("poll", poll), Relation.DECIDES, ref("motion", motion))
    tell(tx, actor, row, MotionPut(motion, row.item_id, poll))
    return poll


def _require_turn(tx: Db, row: Motion) -> None:
    """A Conflict unless it is before the meeting, up to date, and first in the order."""
    rules.after(MotionState(row.state), Act.PUT)
    common.require_no_vote(tx, row)
    opened = common.open_on(tx, row.item_id, row.meeting_id)
    pending = [common.turn(one) for one in opened if one.state == MotionState.PENDING]
    first = tx.get_one(Motion, rules.arrange(pending)[0].id)
    if first.id != row.id:
        name = words.name(Sort(first.sort), first.number)
        raise Conflict(_("%(motion)s goes first.") % {"motion": name})
    if row.sort == Sort.AMENDMENT:
        target = tx.get_one(Motion, row.target_id or 0)
        if target.version_id != row.base_id:
            raise Conflict(_("The text under this amendment has changed: confirm or reword it."))


def seek_consensus(tx: Db, actor: Actor, motion: int) -> None:
    """Ask whether anybody objects to the motion whose turn it is."""
    _access, row = found(tx, actor, motion, chair=True)
    _require_turn(tx, row)
    if row.asked_at is not None:
        raise Conflict(_("You have asked whether anybody objects."))
    row.asked_at = clock.now()
    tx.flush()
    tell(tx, actor, row, ConsensusSought(motion, row.item_id))


def object(  # noqa: A001 - what one does to a motion
    tx: Db, actor: Actor, motion: int, member: int | None = None
) -> None:
    """Object: the motion is not carried without a vote."""
    access, row = found(tx, actor, motion)
    person, method = for_whom(tx, actor, access, member, speaks=False)
    if row.asked_at is None:
        raise Conflict(_("The chair is not asking for objections to this motion."))
    row.asked_at = None
    tx.flush()
    tell(tx, actor, row, ConsensusRefused(motion, row.item_id, person.id, method))


def declare_consensus(tx: Db, actor: Actor, motion: int) -> None:
    """Nobody objected: the motion is carried without a vote."""
    _access, row = found(tx, actor, motion, chair=True)
    _require_turn(tx, row)
    if row.asked_at is None:
        raise Conflict(_("Ask first whether anybody objects."))
    carry(tx, actor, row, None)
    left = [one.sort for one in common.open_on(tx, row.item_id, row.meeting_id)]
    if row.sort == Sort.MAIN and Sort.MAIN not in left:
        item.decided(tx, actor, row.item_id)


def carry(tx: Db, actor: Actor | None, row: Motion, poll: int | None) -> None:
    """Write that a motion is carried, and let it have its effect."""
    common.step(tx, row, Act.CARRY)
    present = presence.counts(tx, row.meeting_id).present
    carried = MotionCarried(row.id, row.item_id, Sort(row.sort), poll, row.version_id or 0, present)
    tell(tx, actor, row, carried)
    fall_upon(tx, actor, row)
    if effect := EFFECTS.get(Sort(row.sort)):
        effect(tx, actor, row)


def reject(tx: Db, actor: Actor | None, row: Motion, poll: int) -> None:
    """Write that a motion is not carried."""
    common.step(tx, row, Act.REJECT)
    tell(tx, actor, row, MotionRejected(row.id, row.item_id, Sort(row.sort), poll))
    fall_upon(tx, actor, row)


def _amended(tx: Db, actor: Actor | None, row: Motion) -> None:
    target = tx.get_one(Motion, row.target_id or 0)
    text = common.wording(tx, row)
    version, digest = common.write(tx, target, text, row.mover_id, amendment=row.id)
    target.asked_at = None
    tell(tx, actor, target, MotionAmended(target.id, target.item_id, row.id, version, digest))


def _closed(tx: Db, actor: Actor | None, row: Motion) -> None:
    tell(tx, actor, row, DebateClosed(row.id, row.item_id))


def _postponed(tx: Db, actor: Actor | None, row: Motion) -> None:
    target = tx.get_one(Motion, row.target_id or 0)
    target.to_meeting_id = row.to_meeting_id
    places.tie(tx, target)
    shelve(tx, actor, target, Act.POSTPONE)


def _referred(tx: Db, actor: Actor | None, row: Motion) -> None:
    target = tx.get_one(Motion, row.target_id or 0)
    target.referred_to = row.referred_to
    places.tie(tx, target)
    shelve(tx, actor, target, Act.REFER)


def _reconsidered(tx: Db, actor: Actor | None, row: Motion) -> None:
    """The motion may have been decided in an earlier meeting: it is told in this one."""
    target = tx.get_one(Motion, row.target_id or 0)
    common.step(tx, target, Act.RECONSIDER)
    new = again(tx, actor, target, row.meeting_id)
    told = MotionReconsidered(target.id, row.item_id, new.id)
    stream = ref("meeting", row.meeting_id)
    record(tx, actor, told, stream=stream, subject=ref("motion", target.id))


EFFECTS: dict[Sort, Callable[[Db, Actor | None, Motion], None]] = {
    Sort.AMENDMENT: _amended,
    Sort.CLOSE_DEBATE: _closed,
    Sort.POSTPONE: _postponed,
    Sort.REFER: _referred,
    Sort.RECONSIDER: _reconsidered,
}
