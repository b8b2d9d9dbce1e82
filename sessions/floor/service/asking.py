"""Asking for the floor: by oneself, or by a desk for somebody without a phone."""

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import seal
from forum.base.i18n import _
from sessions.floor import queries, turns
from sessions.floor.events import OrderRaised, SpeechRequested, SpeechWithdrawn
from sessions.floor.models import Lane, PointOfOrder, Side, Speech, SpeechState
from sessions.floor.queries import ListRow, SpeechRow
from sessions.floor.service.common import (
    Voice,
    current_list,
    hold,
    tell_of,
    voice,
    write_request,
)
from sessions.floor.turns import Act
from sessions.meetings.queries import MeetingAccess


def request(
    tx: Db, actor: Actor, meeting: int, *, side: Side = Side.NEITHER, member: int | None = None
) -> int:
    """Ask to speak on the current item; `member` when a desk asks for somebody."""
    found = voice(tx, actor, meeting, member)
    listed = current_list(tx, found.access)
    if listed.closed:
        raise Conflict(_("The list of speakers is closed."))
    if listed.rule.sides and not listed.rule.neither and side is Side.NEITHER:
        sentence = _("Say first whether you speak for or against.")
        raise Invalid(sentence, fields={"side": sentence})
    require_none_waiting(queries.speeches(tx, meeting, listed.item_id), found, Lane.SPEECH)
    require_time(tx, found, listed)
    row = write_request(tx, found, Lane.SPEECH, side)
    tell_asked(tx, found, row)
    return row.id


def require_none_waiting(rows: list[SpeechRow], found: Voice, lane: Lane) -> None:
    """Nobody waits twice for the same."""
    for row in rows:
        mine = row.member_id == found.speaker.id and row.lane is lane
        if mine and row.state is SpeechState.WAITING:
            raise Conflict(_("%(name)s is on the list already.") % {"name": found.speaker.name})


def require_time(tx: Db, found: Voice, listed: ListRow, *, times: bool = True) -> None:
    """A Conflict for whoever has used up their speeches or their time."""
    who = found.speaker
    left = queries.left(tx, listed, found.access.meeting.id, [who.id]).get(who.id)
    if left is not None and times and left.times == 0:
        raise Conflict(_("%(name)s has used all speeches allowed here.") % {"name": who.name})
    if left is not None and left.ms == 0:
        raise Conflict(_("%(name)s has used all speaking time allowed here.") % {"name": who.name})


def tell_asked(tx: Db, found: Voice, row: Speech) -> None:
    """Record that somebody asked for the floor."""
    asked = SpeechRequested(
        row.id,
        row.item_id,
        row.member_id,
        row.venue_id,
        Side(row.side),
        found.origin,
        Lane(row.lane),
        row.to_id,
    )
    tell_of(tx, found.by, found.access, row, asked)


def raise_order(tx: Db, actor: Actor, meeting: int, body: str, *, member: int | None = None) -> int:
    """Raise a point of order: it goes before all speeches, and a closed list still takes it."""
    found = voice(tx, actor, meeting, member)
    listed = current_list(tx, found.access)
    rows = queries.speeches(tx, meeting, listed.item_id)
    if any(
        row.member_id == found.speaker.id
        and row.lane is Lane.ORDER
        and row.state in (SpeechState.WAITING, *turns.HOLDING)
        for row in rows
    ):
        raise Conflict(_("This person has a point of order before the chair already."))
    row = write_request(tx, found, Lane.ORDER)
    sealed = seal(body)
    point = PointOfOrder(speech_id=row.id, member_id=row.member_id, body=body, salt=sealed.salt)
    tx.add(point)
    tx.flush()
    raised = OrderRaised(
        row.id,
        row.item_id,
        row.member_id,
        row.venue_id,
        found.origin,
        point.id,
        sealed.digest,
    )
    tell_of(tx, actor, found.access, row, raised)
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
