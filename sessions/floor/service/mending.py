"""Passing over who does not answer, and mending slips: all of it stays to be read in the log."""

from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.members import queries as members
from sessions.floor import queries, turns
from sessions.floor.events import SpeechContinued, SpeechRestored, SpeechSkipped
from sessions.floor.models import Lane, Speech, SpeechState
from sessions.floor.service.common import (
    current_list,
    of_chair,
    require_here,
    require_voice,
    tell_of,
)
from sessions.floor.service.giving import make_room
from sessions.floor.turns import Act


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
    if row.to_id and queries.speech_row(tx, row.to_id).state not in turns.HOLDING:
        raise Conflict(_("Nobody is speaking to whom a question could be put."))
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


def unfinish(tx: Db, actor: Actor, speech: int) -> None:
    """Let a speech go on that was ended by mistake, with what was left on its clock."""
    access, row, _before = of_chair(tx, actor, speech)
    if row.item_id != current_list(tx, access).item_id:
        raise Conflict(_("This request was on another item."))
    state = turns.after(SpeechState(row.state), Act.CONTINUE)
    if row.lane == Lane.ORDER:
        raise Conflict(_("The chair has ruled on this already."))
    speaker = members.actor_of(tx, row.member_id)
    require_voice(tx, actor, access, speaker)
    require_here(tx, access, speaker)
    make_room(tx, actor, access, row)
    now = clock.now()
    row.state, row.since, row.over_at = state, now, None
    row.ends_at, row.remaining_ms = turns.end_of(now, row.remaining_ms or 0), None
    tx.flush()
    on = SpeechContinued(row.id, row.item_id, row.member_id, row.ends_at)
    tell_of(tx, actor, access, row, on)
