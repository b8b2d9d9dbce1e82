"""Giving the floor: one speaker at a time, with a clock; the chair may prefer somebody, and why."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import seal
from forum.base.i18n import _
from forum.members import queries as members
from sessions.floor import turns
from sessions.floor.events import (
    SpeechExtended,
    SpeechFinished,
    SpeechPaused,
    SpeechPreferred,
    SpeechRecognised,
    SpeechRestored,
    SpeechResumed,
    SpeechSkipped,
)
from sessions.floor.models import Lane, Preference, Side, Speech, SpeechState
from sessions.floor.service.common import (
    current_list,
    of_chair,
    require_voice,
    tell_of,
)
from sessions.floor.turns import Act
from sessions.meetings.queries import MeetingAccess


def recognise(tx: Db, actor: Actor, speech: int) -> None:
    """Give the floor; a point of order interrupts the speech that is being held."""
    access, row, _before = of_chair(tx, actor, speech)
    listed = current_list(tx, access)
    state = turns.after(SpeechState(row.state), Act.RECOGNISE)
    if row.item_id != listed.item_id:
        raise Conflict(_("This request was on another item."))
    speaker = members.actor_of(tx, row.member_id)
    require_voice(tx, actor, access, speaker)
    _make_room(tx, actor, access, row)
    now = clock.now()
    row.state, row.began_at, row.since = state, now, now
    row.ends_at = now + timedelta(seconds=listed.seconds)
    tx.flush()
    given = SpeechRecognised(
        row.id,
        row.item_id,
        row.member_id,
        row.venue_id,
        Lane(row.lane),
        Side(row.side),
        row.ends_at,
    )
    tell_of(tx, actor, access, row, given)


def _make_room(tx: Db, actor: Actor, access: MeetingAccess, row: Speech) -> None:
    for holder in holders(tx, access.meeting.id):
        interrupts = row.lane == Lane.ORDER and holder.lane == Lane.SPEECH
        if interrupts and holder.state == SpeechState.SPEAKING:
            stop_clock(tx, actor, access, holder)
        elif not interrupts:
            name = members.names(tx, [holder.member_id])[holder.member_id]
            raise Conflict(_("%(name)s has the floor.") % {"name": name})


def holders(tx: Db, meeting: int) -> list[Speech]:
    """Who speaks, and whose speech is paused."""
    query = select(Speech).where(
        col(Speech.meeting_id) == meeting, col(Speech.state).in_(list(turns.HOLDING))
    )
    return list(tx.exec(query))


def pause(tx: Db, actor: Actor, speech: int) -> None:
    """Stop the clock of the speech that is being held."""
    access, row, _before = of_chair(tx, actor, speech)
    stop_clock(tx, actor, access, row)


def stop_clock(tx: Db, actor: Actor, access: MeetingAccess, row: Speech) -> None:
    """Write the pause; the caller has judged who may."""
    state = turns.after(SpeechState(row.state), Act.PAUSE)
    now = clock.now()
    row.remaining_ms = max(0, turns.left(row.ends_at or now, now))
    row.spent_ms += turns.between(row.since or now, now)
    row.state, row.ends_at, row.since = state, None, None
    tx.flush()
    tell_of(tx, actor, access, row, SpeechPaused(row.id, row.remaining_ms))


def resume(tx: Db, actor: Actor, speech: int) -> None:
    """Let a paused speech go on with what was left on its clock."""
    access, row, _before = of_chair(tx, actor, speech)
    state = turns.after(SpeechState(row.state), Act.RESUME)
    if any(holder.id != row.id for holder in holders(tx, access.meeting.id)):
        raise Conflict(_("Somebody else has the floor."))
    now = clock.now()
    row.state, row.since = state, now
    row.ends_at = turns.end_of(now, row.remaining_ms or 0)
    row.remaining_ms = None
    tx.flush()
    tell_of(tx, actor, access, row, SpeechResumed(row.id, row.ends_at))


def extend(tx: Db, actor: Actor, speech: int, seconds: int) -> None:
    """Give the speaker more time."""
    access, row, _before = of_chair(tx, actor, speech)
    if row.state != SpeechState.SPEAKING:
        raise Conflict(_("This person is not speaking."))
    # Whoever is over time gets the whole addition from now on.
    row.ends_at = max(row.ends_at or clock.now(), clock.now()) + timedelta(seconds=seconds)
    tx.flush()
    tell_of(tx, actor, access, row, SpeechExtended(row.id, seconds, row.ends_at))


def finish(tx: Db, actor: Actor, speech: int) -> None:
    """End a speech."""
    access, row, _before = of_chair(tx, actor, speech)
    turns.after(SpeechState(row.state), Act.FINISH)
    end(tx, actor, access, row)


def end(tx: Db, actor: Actor, access: MeetingAccess, row: Speech) -> None:
    """Write the end of a speech; the caller has judged who may."""
    now = clock.now()
    if row.since is not None:
        row.spent_ms += turns.between(row.since, now)
    row.state, row.over_at = SpeechState.FINISHED, now
    row.ends_at, row.remaining_ms, row.since = None, None, None
    tx.flush()
    over = SpeechFinished(row.id, row.item_id, row.member_id, row.spent_ms)
    tell_of(tx, actor, access, row, over)


def skip(tx: Db, actor: Actor, speech: int) -> None:
    """Pass over somebody who does not answer."""
    access, row, _before = of_chair(tx, actor, speech)
    row.state = turns.after(SpeechState(row.state), Act.SKIP)
    row.over_at = clock.now()
    tx.flush()
    passed = SpeechSkipped(row.id, row.item_id, row.member_id)
    tell_of(tx, actor, access, row, passed)


def restore(tx: Db, actor: Actor, speech: int) -> None:
    """Put somebody who was passed over on the list again, where their asking puts them."""
    access, row, _before = of_chair(tx, actor, speech)
    if row.item_id != current_list(tx, access).item_id:
        raise Conflict(_("This request was on another item."))
    state = turns.after(SpeechState(row.state), Act.RESTORE)
    query = select(Speech.id).where(
        col(Speech.meeting_id) == row.meeting_id,
        col(Speech.member_id) == row.member_id,
        col(Speech.lane) == row.lane,
        col(Speech.state) == SpeechState.WAITING,
    )
    if tx.exec(query).first() is not None:
        raise Conflict(_("This person is on the list already."))
    row.state, row.over_at = state, None
    tx.flush()
    back = SpeechRestored(row.id, row.item_id, row.member_id)
    tell_of(tx, actor, access, row, back)


def prefer(tx: Db, actor: Actor, speech: int, reason: str) -> None:
    """Put a request before the others; the reason is read by everybody and stays in the record."""
    access, row, _before = of_chair(tx, actor, speech)
    if row.state != SpeechState.WAITING:
        raise Conflict(_("This person is not waiting any more."))
    tx.execute(delete(Preference).where(col(Preference.speech_id) == speech))
    sealed = seal(reason)
    chosen = Preference(
        speech_id=speech, body=reason, salt=sealed.salt, chair_id=actor.id, at=clock.now()
    )
    tx.add(chosen)
    tx.flush()
    preferred = SpeechPreferred(row.id, row.item_id, chosen.id, sealed.digest)
    tell_of(tx, actor, access, row, preferred)
