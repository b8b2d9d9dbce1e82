"""A motion comes into being: moved, as a part of another one, or taken up again."""

from forum.agenda.models import ItemState
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.links import Relation, link
from forum.base.refs import ref
from sessions.meetings.models import Method
from sessions.motions.events import MotionMoved
from sessions.motions.models import Motion, MotionState, Sort
from sessions.motions.service import common
from sessions.motions.service.item import debate_again


def bring(tx: Db, actor: Actor | None, row: Motion, text: str) -> int:
    """Write a motion with its first wording, tie it to what it belongs to, and tell of it."""
    tx.add(row)
    tx.flush()
    version, digest = common.write(tx, row, text, row.mover_id)
    _tie(tx, row)
    moved = MotionMoved(
        motion=row.id,
        number=row.number,
        item=row.item_id,
        sort=Sort(row.sort),
        target=row.target_id,
        origin=row.origin_id,
        mover=row.mover_id,
        method=Method(row.method),
        pending=row.state == MotionState.PENDING,
        version=version,
        text=digest,
    )
    common.tell(tx, actor, row, moved)
    if row.state == MotionState.PENDING and row.sort == Sort.MAIN:
        debate_again(tx, actor, row.item_id, only=ItemState.DECIDED)
    return row.id


def _tie(tx: Db, row: Motion) -> None:
    here = ref("motion", row.id)
    link(tx, here, Relation.HELD_IN, ref("meeting", row.meeting_id))
    if row.origin_id is not None:
        link(tx, here, Relation.CONTINUES, ref("motion", row.origin_id))
    if row.target_id is None:
        link(tx, here, Relation.ON, ref("item", row.item_id))
    else:
        how = Relation.AMENDS if row.sort == Sort.AMENDMENT else Relation.ON
        link(tx, here, how, ref("motion", row.target_id))


def again(
    tx: Db,
    actor: Actor | None,
    old: Motion,
    meeting: int,
    *,
    target: Motion | None = None,
    text: str = "",
) -> Motion:
    """The same motion by the same mover once more, before the meeting; `text`: one part of it."""
    row = Motion(
        meeting_id=meeting,
        item_id=old.item_id,
        number=common.next_number(tx, meeting),
        sort=old.sort,
        degree=old.degree,
        part=old.part,
        state=MotionState.PENDING,
        target_id=target.id if target else None,
        origin_id=old.id,
        base_id=target.version_id if target else None,
        reach=old.reach,
        mover_id=old.mover_id,
        method=Method.DESK,
        recorded_by=actor.id if actor else old.mover_id,
        moved_at=clock.now(),
        debated=old.debated,
    )
    bring(tx, actor, row, text or common.wording(tx, old))
    return row
