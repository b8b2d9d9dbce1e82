"""The list of an item: its rule and limits, closed and reopened; and the chair's rulings."""

from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.events import seal
from forum.base.i18n import _
from sessions.floor import book, queries, turns
from sessions.floor.events import LimitsSet, ListClosed, ListReopened, OrderRuled
from sessions.floor.models import Lane, OrderRuling, PointOfOrder, Ruling, SpeechState
from sessions.floor.service.common import (
    chaired,
    current_list,
    of_chair,
    require_session,
    stored_list,
    tell,
    tell_of,
)
from sessions.floor.service.giving import end

SECONDS = range(15, 3601)


def set_limits(
    tx: Db,
    actor: Actor,
    meeting: int,
    *,
    rule: str,
    seconds: int,
    times: int | None,
    short: int | None = None,
    motion_times: int | None = None,
    item_seconds: int | None = None,
    meeting_times: int | None = None,
    meeting_seconds: int | None = None,
) -> None:
    """Keep the current list by another rule, or within other limits, from now on.

    `short` are the seconds of a question or intervention; the others bound one person.
    """
    access, _row = chaired(tx, actor, meeting)
    require_session(access)
    book.rule(rule)
    for name, value in (("seconds", seconds), ("short", short)):
        if value is not None and value not in SECONDS:
            sentence = _("From 15 seconds to an hour.")
            raise Invalid(sentence, fields={name: sentence})
    row = stored_list(tx, access, current_list(tx, access))
    row.rule, row.seconds, row.times, row.short = rule, seconds, times, short
    row.motion_times, row.item_seconds = motion_times, item_seconds
    row.meeting_times, row.meeting_seconds = meeting_times, meeting_seconds
    tx.flush()
    limits = LimitsSet(
        row.item_id,
        rule,
        seconds,
        times,
        short,
        motion_times,
        item_seconds,
        meeting_times,
        meeting_seconds,
    )
    tell(tx, actor, access, limits)


def close_list(tx: Db, actor: Actor, meeting: int) -> None:
    """Take no more names; points of order are still heard."""
    access, _row = chaired(tx, actor, meeting)
    require_session(access)
    row = stored_list(tx, access, current_list(tx, access))
    if row.closed:
        raise Conflict(_("The list of speakers is closed."))
    row.closed = True
    tx.flush()
    rows = queries.speeches(tx, meeting, row.item_id)
    waiting = sum(one.state is SpeechState.WAITING for one in rows)
    tell(tx, actor, access, ListClosed(row.item_id, waiting))


def reopen_list(tx: Db, actor: Actor, meeting: int) -> None:
    """Take names again."""
    access, _row = chaired(tx, actor, meeting)
    require_session(access)
    row = stored_list(tx, access, current_list(tx, access))
    if not row.closed:
        raise Conflict(_("The list of speakers is open."))
    row.closed = False
    tx.flush()
    tell(tx, actor, access, ListReopened(row.item_id))


def rule_on(tx: Db, actor: Actor, speech: int, ruling: Ruling, words: str = "") -> None:
    """Rule on a point of order, heard or not; that ends it."""
    access, row, _before = of_chair(tx, actor, speech)
    point = tx.exec(select(PointOfOrder).where(col(PointOfOrder.speech_id) == speech)).first()
    if point is None or row.lane != Lane.ORDER:
        raise Conflict(_("This is no point of order."))
    if row.state not in (SpeechState.WAITING, SpeechState.FINISHED, *turns.HOLDING):
        raise Conflict(_("This point of order was withdrawn."))
    ruled = select(OrderRuling.id).where(col(OrderRuling.point_id) == point.id)
    if tx.exec(ruled).first() is not None:
        raise Conflict(_("The chair has ruled on this already."))
    sealed = seal(words)
    said = OrderRuling(
        point_id=point.id,
        ruling=ruling,
        body=words,
        salt=sealed.salt,
        chair_id=actor.id,
        at=clock.now(),
    )
    tx.add(said)
    tx.flush()
    told = OrderRuled(row.id, row.item_id, point.id, ruling, said.id, sealed.digest)
    tell_of(tx, actor, access, row, told)
    if row.state != SpeechState.FINISHED:
        end(tx, actor, access, row)
