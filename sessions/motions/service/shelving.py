"""The chair postpones and refers, takes up again, and divides the question."""

from collections.abc import Sequence

from sqlmodel import col, select

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.i18n import _
from sessions.motions import rules
from sessions.motions.events import MotionDivided
from sessions.motions.models import Motion, MotionState, NoteKind, Sort
from sessions.motions.rules import Act
from sessions.motions.service import common, places
from sessions.motions.service.bringing import again
from sessions.motions.service.common import chaired, found, require_session, tell
from sessions.motions.service.falling import fall_upon, shelve


def postpone(tx: Db, actor: Actor, motion: int, *, to: int | None = None, words: str = "") -> None:
    """Leave a motion for a later meeting, named or not; its amendments go with it."""
    access, row = found(tx, actor, motion, chair=True)
    _require_main(tx, row)
    row.to_meeting_id = places.later_meeting(tx, actor, access, to)
    rules.after(MotionState(row.state), Act.POSTPONE)
    note, digest = common.note(tx, actor, row, NoteKind.POSTPONED, words)
    places.tie(tx, row)
    shelve(tx, actor, row, Act.POSTPONE, note, digest)


def refer(tx: Db, actor: Actor, motion: int, *, place: str = "", words: str = "") -> None:
    """Send a motion to a committee or station, or to whom the words name."""
    _access, row = found(tx, actor, motion, chair=True)
    _require_main(tx, row)
    if not (place or words.strip()):
        sentence = _("Choose a committee or station, or say to whom it goes.")
        raise Invalid(sentence, fields={"words": sentence})
    row.referred_to = places.place_of(tx, actor, place)
    rules.after(MotionState(row.state), Act.REFER)
    note, digest = common.note(tx, actor, row, NoteKind.REFERRED, words)
    places.tie(tx, row)
    shelve(tx, actor, row, Act.REFER, note, digest)


def _require_main(tx: Db, row: Motion) -> None:
    if row.sort != Sort.MAIN:
        raise Conflict(_("Only the motion itself goes elsewhere; its amendments go with it."))
    common.require_no_vote(tx, row)


def take_up(tx: Db, actor: Actor, meeting: int, motion: int) -> int:
    """Go on with a postponed or referred motion of the open item: a new motion, tied to it."""
    access, _row = chaired(tx, actor, meeting)
    require_session(access)
    row = tx.get(Motion, motion, populate_existing=True)
    if row is None or row.item_id != access.meeting.current_item_id:
        raise NotFound(_("There is no such motion on this item."))
    if row.sort != Sort.MAIN or row.state not in rules.SHELVED:
        raise Conflict(_("Only a motion that was postponed or referred is taken up again."))
    gone_on = select(Motion.number).where(col(Motion.origin_id) == motion)
    if (number := tx.exec(gone_on).first()) is not None:
        facts = {"number": number}
        raise Conflict(_("This motion was taken up again already, as motion %(number)s.") % facts)
    rules.room_for(Sort.MAIN, common.briefly(common.open_on(tx, row.item_id, meeting)))
    new = again(tx, actor, row, meeting)
    _take_along(tx, actor, row, new)
    return new.id


def _take_along(tx: Db, actor: Actor, old: Motion, new: Motion) -> None:
    for one in common.amendments(tx, old, old.state):
        outdated = one.base_id != old.version_id
        copy = again(tx, actor, one, new.meeting_id, target=new)
        if outdated:
            copy.base_id = one.base_id
            tx.flush()
        _take_along(tx, actor, one, copy)


def split(tx: Db, actor: Actor, motion: int, parts: Sequence[str]) -> list[int]:
    """Divide the question: the parts are motions of their own, decided one after the other."""
    _access, row = found(tx, actor, motion, chair=True)
    if row.sort != Sort.MAIN:
        raise Conflict(_("Only the motion itself is divided."))
    common.require_no_vote(tx, row)
    rules.after(MotionState(row.state), Act.DIVIDE)
    if any(one.state == MotionState.PENDING for one in common.upon(tx, row)):
        raise Conflict(_("Decide on what has been moved upon it first."))
    texts = [common.required(part, "parts") for part in parts]
    if not 2 <= len(texts) <= rules.PARTS_MOST:
        sentence = _("Two parts at least, and at most %(n)s.") % {"n": rules.PARTS_MOST}
        raise Invalid(sentence, fields={"parts": sentence})
    common.step(tx, row, Act.DIVIDE)
    fall_upon(tx, actor, row)
    made = []
    for number, text in enumerate(texts, 1):
        new = again(tx, actor, row, row.meeting_id, text=text)
        new.part = row.part or number
        made.append(new.id)
    tx.flush()
    tell(tx, actor, row, MotionDivided(motion, row.item_id, made))
    return made
