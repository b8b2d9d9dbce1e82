"""Giving the floor: one speaks at a time, with a clock; the chair may prefer somebody, and why."""

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
from sessions.floor import queries, turns
from sessions.floor.events import (
    SpeechExtended,
    SpeechFinished,
    SpeechPaused,
    SpeechPreferred,
    SpeechRecognised,
    SpeechResumed,
)
from sessions.floor.models import Lane, Preference, Side, Speech, SpeechState
from sessions.floor.queries import ListRow
from sessions.floor.service.common import (
    current_list,
    of_chair,
    require_here,
    require_voice,
    tell_of,
)
from sessions.floor.service.interjecting import drop_questions
from sessions.floor.turns import Act
from sessions.meetings.queries import MeetingAccess


def recognise(tx: Db, actor: Actor, speech: int) -> None:
    """Give the floor; a point of order or a question taken interrupts what is being said."""
    access, row, _before = of_chair(tx, actor, speech)
    listed = current_list(tx, access)
    state = turns.after(SpeechState(row.state), Act.RECOGNISE)
    if row.item_id != listed.item_id:
        raise Conflict(_("This request was on another item."))
    if row.lane == Lane.QUESTION and not row.accepted:
        raise Conflict(_("The speaker has not taken the question yet."))
    speaker = members.actor_of(tx, row.member_id)
    require_voice(tx, actor, access, speaker)
    require_here(tx, access, speaker)
    span = _span(tx, listed, row, speaker.name)
    make_room(tx, actor, access, row)
    now = clock.now()
    row.state, row.began_at, row.since = state, now, now
    row.ends_at = turns.end_of(now, span)
    row.motion_id = queries.pending_motion(tx, row.meeting_id, row.item_id)
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


def _span(tx: Db, listed: ListRow, row: Speech, name: str) -> int:
    """Milliseconds for this contribution: what its kind is given, or less if less is left."""
    span = listed.span(Lane(row.lane)) * 1000
    if row.lane not in (Lane.SPEECH, Lane.INTERVENTION):
        return span
    left = queries.left(tx, listed, row.meeting_id, [row.member_id]).get(row.member_id)
    if left is None or left.ms is None:
        return span
    if left.ms == 0:
        raise Conflict(_("%(name)s has used all speaking time allowed here.") % {"name": name})
    return min(span, left.ms)


def make_room(tx: Db, actor: Actor, access: MeetingAccess, row: Speech) -> None:
    """Interrupt what this may interrupt; a Conflict where somebody has the floor."""
    for holder in holders(tx, access.meeting.id):
        if holder.id == row.id:
            continue
        if not turns.interrupts(Lane(row.lane), Lane(holder.lane)):
            name = members.names(tx, [holder.member_id])[holder.member_id]
            raise Conflict(_("%(name)s has the floor.") % {"name": name})
        if holder.state == SpeechState.SPEAKING:
            stop_clock(tx, actor, access, holder)


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
    others = [holder for holder in holders(tx, access.meeting.id) if holder.id != row.id]
    if not all(
        other.state == SpeechState.PAUSED and turns.interrupts(Lane(row.lane), Lane(other.lane))
        for other in others
    ):
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
    if row.ends_at is not None:
        # Kept for a slip of the hand: over time stays over time.
        row.remaining_ms = turns.left(row.ends_at, now)
    row.ends_at, row.since = None, None
    tx.flush()
    over = SpeechFinished(row.id, row.item_id, row.member_id, row.spent_ms)
    tell_of(tx, actor, access, row, over)
    drop_questions(tx, actor, access, row.id)


def prefer(tx: Db, actor: Actor, speech: int, reason: str) -> None:
    """Put a request before the others; the reason is read by everybody and stays in the record."""
    access, row, _before = of_chair(tx, actor, speech)
    if row.state != SpeechState.WAITING or row.lane != Lane.SPEECH:
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
