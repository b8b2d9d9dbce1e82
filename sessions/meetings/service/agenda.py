"""The meeting's order of the day, and the item that is called up."""

from collections.abc import Sequence

from sqlalchemy import delete, exists, select
from sqlmodel import col

from forum.agenda import queries as items
from forum.agenda import rules as item_rules
from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from forum.base.links import Relation, link, unlink
from forum.base.refs import ref
from sessions.meetings import presence, program, rules
from sessions.meetings.events import AgendaSet, ItemClosed, ItemOpened
from sessions.meetings.models import MeetingItem, MeetingPoll, MeetingState
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import (
    RUNNING,
    chaired,
    require_session,
    require_state,
    require_unfinished,
    tell,
)
from voting.polls.models import Poll

# The steps by which an item comes before the meeting; each is taken where the item stands at it.
CALLING_UP = (
    (ItemState.PLANNED, ItemState.OPEN),
    (ItemState.POSTPONED, ItemState.OPEN),
    (ItemState.CLOSED, ItemState.OPEN),
    (ItemState.OPEN, ItemState.DEBATE),
)


def add_item(tx: Db, actor: Actor, meeting: int, item: int, *, minutes: int | None = None) -> None:
    """Put an item of the consultation at the end of the order of the day."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    found = items.item_access(tx, actor, item).item
    if found.consultation_id != access.meeting.consultation_id:
        sentence = _("This item belongs to another consultation.")
        raise Invalid(sentence, fields={"item": sentence})
    order = [slot.item_id for slot in program.slots(tx, meeting)]
    if item in order:
        raise Conflict(_("This item is on the order of the day already."))
    given = found.minutes if minutes is None else minutes
    tx.add(MeetingItem(meeting_id=meeting, item_id=item, position=len(order) + 1, minutes=given))
    tx.flush()
    link(tx, ref("item", item), Relation.HELD_IN, access.stream)
    tell(tx, actor, access, AgendaSet([*order, item]))


def drop_item(tx: Db, actor: Actor, meeting: int, item: int) -> None:
    """Take an item off the order of the day, as long as it has not been called up or voted on."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    order = _order(tx, meeting, item)
    polled = exists().where(
        col(MeetingPoll.meeting_id) == meeting, col(MeetingPoll.item_id) == item
    )
    if access.meeting.current_item_id == item or tx.execute(select(polled)).scalar_one():
        raise Conflict(_("The meeting has dealt with this item; it stays."))
    match = (col(MeetingItem.meeting_id) == meeting, col(MeetingItem.item_id) == item)
    tx.execute(delete(MeetingItem).where(*match))
    unlink(tx, ref("item", item), Relation.HELD_IN, access.stream)
    _write(tx, actor, access, [other for other in order if other != item])


def shift_item(tx: Db, actor: Actor, meeting: int, item: int, by: int) -> None:
    """Move an item some places up (negative) or down."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    _write(tx, actor, access, rules.shifted(_order(tx, meeting, item), item, by))


def _order(tx: Db, meeting: int, item: int) -> list[int]:
    order = [slot.item_id for slot in program.slots(tx, meeting)]
    if item not in order:
        raise Conflict(_("This item is not on the order of the day."))
    return order


def _write(tx: Db, actor: Actor, access: MeetingAccess, order: Sequence[int]) -> None:
    for position, item in enumerate(order, 1):
        tx.get_one(MeetingItem, (access.meeting.id, item)).position = position
    tx.flush()
    tell(tx, actor, access, AgendaSet(list(order)))


def open_item(tx: Db, actor: Actor, meeting: int, item: int) -> None:
    """Call an item up: it is the current one, on every screen, and its debate is open."""
    access, row = chaired(tx, actor, meeting)
    require_session(access)
    order = _order(tx, meeting, item)
    if access.meeting.current_item_id is not None:
        raise Conflict(_("Close the current item first."))
    state = items.item_access(tx, actor, item).item.state
    reason = _("Called up again in the meeting.")
    for before, after in CALLING_UP:
        if state is before:
            back = item_rules.needs_reason(before, after)
            agenda.advance(tx, actor, item, after, reason if back else "")
            state = after
    if state in (ItemState.PROPOSED, ItemState.WITHDRAWN, ItemState.DECLINED):
        raise Conflict(_("This item is not on the agenda any more."))
    row.current_item_id = item
    tx.flush()
    opened = ItemOpened(item, order.index(item) + 1, presence.counts(tx, meeting).present)
    tell(tx, actor, access, opened, subject=ref("item", item))


def close_item(tx: Db, actor: Actor, meeting: int, *, postponed: str = "") -> None:
    """Close the current item; with the reason in `postponed` it is left for another time.

    Where the meeting was to go on another day and does not, that is done between the sittings.
    """
    access, row = chaired(tx, actor, meeting)
    require_state(
        access,
        frozenset({MeetingState.IN_SESSION, MeetingState.SUSPENDED}),
        _("The meeting is not in session."),
    )
    item = access.meeting.current_item_id
    if item is None:
        raise Conflict(_("No item is open."))
    running = exists().where(
        col(Poll.meeting) == access.stream,
        col(Poll.item_id) == item,
        col(Poll.state).in_(RUNNING),
    )
    if tx.execute(select(running)).scalar_one():
        raise Conflict(_("Finish the vote and publish its result first."))
    state = items.item_access(tx, actor, item).item.state
    target = ItemState.POSTPONED if postponed else ItemState.CLOSED
    if item_rules.may_become(state, target):
        agenda.advance(tx, actor, item, target, postponed)
    elif state is ItemState.VOTING:  # every poll on it was voided
        agenda.advance(tx, actor, item, ItemState.DEBATE, _("No vote was decided."))
        agenda.advance(tx, actor, item, target, postponed)
    row.current_item_id = None
    tx.flush()
    tell(tx, actor, access, ItemClosed(item, target), subject=ref("item", item))
