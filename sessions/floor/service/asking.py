"""Asking for the floor: by oneself, or by a desk for somebody without a phone."""

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import seal
from forum.base.i18n import _
from forum.members import queries as members
from sessions.floor import queries, turns
from sessions.floor.events import OrderRaised, SpeechRequested, SpeechWithdrawn
from sessions.floor.models import Lane, PointOfOrder, Side, Speech, SpeechState
from sessions.floor.service.common import (
    current_list,
    hold,
    require_session,
    require_voice,
    tell_of,
)
from sessions.floor.turns import Act
from sessions.meetings import presence
from sessions.meetings.models import Method
from sessions.meetings.queries import MeetingAccess


def request(
    tx: Db, actor: Actor, meeting: int, *, side: Side = Side.NEITHER, member: int | None = None
) -> int:
    """Ask to speak on the current item; `member` when a desk asks for somebody."""
    access, speaker, venue = _speaker(tx, actor, meeting, member)
    listed = current_list(tx, access)
    if listed.closed:
        raise Conflict(_("The list of speakers is closed."))
    if listed.rule.sides and side is Side.NEITHER:
        sentence = _("Say first whether you speak for or against.")
        raise Invalid(sentence, fields={"side": sentence})
    rows = queries.speeches(tx, meeting, listed.item_id)
    mine = [row for row in rows if row.member_id == speaker.id and row.lane is Lane.SPEECH]
    if any(row.state is SpeechState.WAITING for row in mine):
        raise Conflict(_("%(name)s is on the list already.") % {"name": speaker.name})
    if turns.spoken_out(queries.taken(rows, speaker.id), listed.times):
        raise Conflict(
            _("%(name)s has used all speeches on this item (%(n)s).")
            % {"name": speaker.name, "n": listed.times}
        )
    row = _write(tx, actor, access, speaker, venue, Lane.SPEECH, side)
    asked = SpeechRequested(row.id, row.item_id, speaker.id, venue, side, _origin(actor, speaker))
    tell_of(tx, actor, access, row, asked)
    return row.id


def raise_order(tx: Db, actor: Actor, meeting: int, body: str, *, member: int | None = None) -> int:
    """Raise a point of order: it goes before all speeches, and a closed list still takes it."""
    access, speaker, venue = _speaker(tx, actor, meeting, member)
    listed = current_list(tx, access)
    rows = queries.speeches(tx, meeting, listed.item_id)
    if any(
        row.member_id == speaker.id
        and row.lane is Lane.ORDER
        and row.state in (SpeechState.WAITING, *turns.HOLDING)
        for row in rows
    ):
        raise Conflict(_("This person has a point of order before the chair already."))
    row = _write(tx, actor, access, speaker, venue, Lane.ORDER, Side.NEITHER)
    sealed = seal(body)
    point = PointOfOrder(speech_id=row.id, member_id=speaker.id, body=body, salt=sealed.salt)
    tx.add(point)
    tx.flush()
    raised = OrderRaised(
        row.id,
        row.item_id,
        speaker.id,
        venue,
        _origin(actor, speaker),
        point.id,
        sealed.digest,
    )
    tell_of(tx, actor, access, row, raised)
    return row.id


def withdraw(tx: Db, actor: Actor, speech: int) -> None:
    """Take a request back: one's own, or as the desk or the chair for somebody."""
    row = queries.speech_row(tx, speech)
    access, _meeting = hold(tx, actor, row.meeting_id)
    desks = {venue.id for venue in access.desks}
    if actor.id != row.member_id and not access.chairs and row.venue_id not in desks:
        raise Forbidden(_("Only the speaker, the desk or the chair may do this."))
    stored = tx.get_one(Speech, speech, populate_existing=True)
    drop(tx, actor, access, stored)


def drop(tx: Db, actor: Actor, access: MeetingAccess, row: Speech) -> None:
    """Write the withdrawal; the caller has judged who may."""
    row.state = turns.after(SpeechState(row.state), Act.WITHDRAW)
    row.over_at = clock.now()
    tx.flush()
    gone = SpeechWithdrawn(row.id, row.item_id, row.member_id)
    tell_of(tx, actor, access, row, gone)


def _speaker(
    tx: Db, actor: Actor, meeting: int, member: int | None
) -> tuple[MeetingAccess, Actor, int]:
    """Who is to speak and where they are; whoever asks for somebody else keeps a desk."""
    access, _row = hold(tx, actor, meeting)
    speaker = actor if member in (None, actor.id) else members.actor_of(tx, member or 0)
    there = presence.here(tx, meeting, [speaker.id]).get(speaker.id)
    if speaker.id != actor.id:
        desks = {venue.id for venue in access.desks}
        if not access.chairs and (there is None or there.venue_id not in desks):
            raise Forbidden(_("Only the desk of this venue may do this."))
    require_voice(tx, actor, access, speaker)
    require_session(access)
    if there is None:
        raise Conflict(_("Check in first: only who is present can speak."))
    on_roll = presence.entitled(tx, meeting, [speaker.id]).get(speaker.id, False)
    if speaker.id == actor.id and not (on_roll or access.chairs):
        raise Forbidden(_("You are here as a guest. Ask the desk if you would like to speak."))
    return access, speaker, there.venue_id


def _origin(actor: Actor, speaker: Actor) -> Method:
    return Method.SELF if actor.id == speaker.id else Method.DESK


def _write(
    tx: Db,
    actor: Actor,
    access: MeetingAccess,
    speaker: Actor,
    venue: int,
    lane: Lane,
    side: Side,
) -> Speech:
    row = Speech(
        meeting_id=access.meeting.id,
        item_id=access.meeting.current_item_id or 0,
        venue_id=venue,
        member_id=speaker.id,
        lane=lane,
        side=side,
        origin=_origin(actor, speaker),
        recorded_by=actor.id,
        asked_at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    return row
