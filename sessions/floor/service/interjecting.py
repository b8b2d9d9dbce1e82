"""What goes before the list: a question to whoever is speaking, an intervention."""

from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.i18n import _
from sessions.floor import queries, turns
from sessions.floor.events import QuestionAnswered
from sessions.floor.models import Lane, Speech, SpeechState
from sessions.floor.queries import SpeechRow
from sessions.floor.service.asking import drop, require_none_waiting, require_time, tell_asked
from sessions.floor.service.common import (
    Voice,
    current_list,
    hold,
    require_session,
    tell_of,
    touch,
    voice,
    write_request,
)
from sessions.floor.turns import Act
from sessions.meetings.queries import MeetingAccess


def interject(tx: Db, actor: Actor, meeting: int, lane: Lane, *, member: int | None = None) -> int:
    """Ask to put a question to the speaker, or to say something before the list goes on."""
    found = voice(tx, actor, meeting, member)
    listed = current_list(tx, found.access)
    if lane not in listed.rule.kinds:
        raise Conflict(_("The speaking rule of this list has no such contribution."))
    rows = queries.speeches(tx, meeting, listed.item_id)
    require_none_waiting(rows, found, lane)
    to = None
    if lane is Lane.QUESTION:
        to = _spoken_to(rows, found).id
    elif listed.closed:
        raise Conflict(_("The list of speakers is closed."))
    else:
        require_time(tx, found, listed, times=False)
    row = write_request(tx, found, lane, to=to)
    tell_asked(tx, found, row)
    _touch_speaker(tx, actor, row)
    return row.id


def _spoken_to(rows: list[SpeechRow], found: Voice) -> SpeechRow:
    for row in rows:
        if row.state in turns.HOLDING and row.lane in (Lane.SPEECH, Lane.INTERVENTION):
            if row.member_id == found.speaker.id:
                raise Conflict(_("Nobody puts a question to themselves."))
            return row
    raise Conflict(_("Nobody is speaking to whom a question could be put."))


def _touch_speaker(tx: Db, actor: Actor, row: Speech) -> None:
    if row.to_id is not None:
        touch(tx, actor, row.meeting_id, queries.speech_row(tx, row.to_id).member_id)


def answer(tx: Db, actor: Actor, speech: int, *, accepted: bool) -> None:
    """Take a question or not: the speaker, or for them the desk of their venue or the chair."""
    access, _meeting = hold(tx, actor, queries.speech_row(tx, speech).meeting_id)
    require_session(access)
    row = tx.get_one(Speech, speech, populate_existing=True)
    if row.to_id is None:
        raise Conflict(_("This is no question to a speaker."))
    to = queries.speech_row(tx, row.to_id)
    desks = {venue.id for venue in access.desks}
    if actor.id != to.member_id and not access.chairs and to.venue_id not in desks:
        raise Forbidden(_("Only the speaker, the desk or the chair may do this."))
    if row.state != SpeechState.WAITING or row.accepted is not None:
        raise Conflict(_("This question is answered already."))
    row.accepted = accepted
    if not accepted:
        row.state, row.over_at = turns.after(SpeechState.WAITING, Act.WITHDRAW), clock.now()
    tx.flush()
    said = QuestionAnswered(row.id, row.item_id, to.id, accepted)
    tell_of(tx, actor, access, row, said)
    _touch_speaker(tx, actor, row)


def drop_questions(tx: Db, actor: Actor, access: MeetingAccess, to: int) -> None:
    """With a speech end the questions to it that were not put."""
    query = select(Speech).where(col(Speech.to_id) == to, col(Speech.state) == SpeechState.WAITING)
    for row in tx.exec(query.order_by(col(Speech.id))).all():
        drop(tx, actor, access, row)
