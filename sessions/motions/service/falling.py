"""What falls with a motion, and what is left for another time together with it."""

from forum.base.auth import Actor
from forum.base.db import Db
from sessions.motions.events import MotionFell, MotionPostponed, MotionReferred
from sessions.motions.models import Cause, Motion, MotionState, Sort
from sessions.motions.rules import Act
from sessions.motions.service import common


def fall(tx: Db, actor: Actor | None, row: Motion, cause: Cause) -> None:
    """End a motion without a vote, and with it what would change it or deal with it."""
    unseconded = row.state == MotionState.MOVED
    common.step(tx, row, Act.FALL)
    why = Cause.UNSECONDED if unseconded else cause
    common.tell(tx, actor, row, MotionFell(row.id, row.item_id, why))
    fall_upon(tx, actor, row)


def fall_upon(tx: Db, actor: Actor | None, row: Motion) -> None:
    """A motion is over: what would change it or deal with it has nothing left to do."""
    for one in common.upon(tx, row):
        if one.state != MotionState.VOTING:  # the procedural motion that has just been carried
            fall(tx, actor, one, Cause.TARGET_GONE)


def shelve(
    tx: Db, actor: Actor | None, row: Motion, act: Act, note: int | None = None, digest: str = ""
) -> None:
    """Postpone or refer a motion; amendments before the meeting go with it, all else falls."""
    common.step(tx, row, act)
    along = [
        one
        for one in common.upon(tx, row)
        if one.sort == Sort.AMENDMENT and one.state == MotionState.PENDING
    ]
    if act is Act.POSTPONE:
        to = row.to_meeting_id
        common.tell(tx, actor, row, MotionPostponed(row.id, row.item_id, to, note, digest))
    else:
        place = row.referred_to or ""
        common.tell(tx, actor, row, MotionReferred(row.id, row.item_id, place, note, digest))
    for one in along:
        one.to_meeting_id, one.referred_to = row.to_meeting_id, row.referred_to
        shelve(tx, actor, one, act)
    fall_upon(tx, actor, row)
