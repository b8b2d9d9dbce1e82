"""Halls and paper boxes: two tellers count each, and somebody who comes late votes there."""

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.i18n import _
from voting.boxes import queries as boxes
from voting.boxes import service as box
from voting.boxes.models import Channel
from voting.methods.method import method
from voting.polls import events, rules, words
from voting.polls.models import (
    Entitlement,
    NoteKind,
    Poll,
    PollState,
    Secrecy,
    TallyState,
    VenueTally,
)
from voting.polls.rules import Count, Fault, Verb
from voting.polls.service.common import locked, note_on, tell
from voting.polls.service.finishing import finish_if_counted


def _tally(tx: Db, poll: int, venue: str, channel: Channel) -> VenueTally:
    row = tx.get(VenueTally, (poll, venue, channel), with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(_("Nobody votes at this venue in this way."))
    return row


def _box_first(tx: Db, row: Poll) -> None:
    """Where the last count may need the box of closed polls: before the log, as at a closing."""
    if row.secrecy == Secrecy.SECRET:
        box.alone(tx)


def _checked(row: Poll, tally: VenueTally, count: Count) -> dict[str, int]:
    choices = {choice.value for choice in method(row.method).choices(row.rule)}
    fault = rules.count_fault(
        count, choices=choices, channel=Channel(tally.channel), issued=tally.issued
    )
    if fault:
        raise Invalid(words.fault(fault), fields={"": words.fault(fault)})
    return count.pack()


def enter_hands(
    tx: Db,
    actor: Actor,
    poll: int,
    venue: str,
    count: Count,
    *,
    channel: Channel = Channel.HANDS,
) -> None:
    """A first teller's count of a venue; it may be entered anew until a second one confirms it."""
    row = locked(tx, actor, poll, Verb.COUNT, teller=True)
    tally = _tally(tx, poll, venue, channel)
    if tally.state not in (TallyState.PENDING, TallyState.ENTERED):
        raise Conflict(_("This venue has been counted."))
    if tally.keyed:
        raise Conflict(_("The papers of this box are entered one by one."))
    tally.counted = _checked(row, tally, count)
    tally.state, tally.entered_by = TallyState.ENTERED, actor.id
    tell(tx, actor, row, events.HandsEntered(poll=poll, venue=venue, channel=channel))


def confirm_hands(
    tx: Db,
    actor: Actor,
    poll: int,
    venue: str,
    count: Count,
    *,
    channel: Channel = Channel.HANDS,
    reason: str = "",
) -> None:
    """A second teller's own count: the same figures confirm it, others send both back to count.

    Papers that did not come back need a reason, which stands in the record.
    """
    row = locked(tx, actor, poll, Verb.COUNT, teller=True)
    tally = _tally(tx, poll, venue, channel)
    if tally.state != TallyState.ENTERED:
        raise Conflict(_("There is no first count to confirm here."))
    if tally.entered_by == actor.id:
        raise Forbidden(_("A second teller must confirm what the first one counted."))
    if _checked(row, tally, count) != tally.counted:
        raise Conflict(_("The two counts differ. Please count again, both of you."))
    note, digest = 0, ""
    if count.unreturned:
        if not reason.strip():
            said = _("Papers are missing: say what is known of them, or count again.")
            raise Invalid(said, fields={"reason": said})
        note, digest = note_on(tx, actor, row, NoteKind.UNRETURNED, reason, venue)
    _box_first(tx, row)
    tally.state, tally.confirmed_by = TallyState.CONFIRMED, actor.id
    done = events.HandsConfirmed(poll, venue, channel, count.unreturned, note, digest)
    tell(tx, actor, row, done)
    if row.state == PollState.COUNTING:
        finish_if_counted(tx, actor, row)


def except_venue(
    tx: Db, actor: Actor, poll: int, venue: str, reason: str, *, channel: Channel = Channel.HANDS
) -> None:
    """Finish without a venue's count, for a reason that stands in the record."""
    row = locked(tx, actor, poll, Verb.COUNT)
    tally = _tally(tx, poll, venue, channel)
    if tally.state in (TallyState.CONFIRMED, TallyState.EXCEPTED):
        raise Conflict(_("This venue has been counted."))
    note, digest = note_on(tx, actor, row, NoteKind.EXCEPTED, reason, venue)
    _box_first(tx, row)
    tally.state = TallyState.EXCEPTED
    left_out = events.VenueExcepted(poll=poll, venue=venue, channel=channel, note=note, text=digest)
    tell(tx, actor, row, left_out)
    if row.state == PollState.COUNTING:
        finish_if_counted(tx, actor, row)


def take_in_hall(
    tx: Db,
    actor: Actor,
    poll: int,
    member: int,
    venue: str,
    *,
    channel: Channel = Channel.HANDS,
) -> None:
    """Somebody on the roll came to a venue: from here on they vote there, and not online."""
    row = locked(tx, actor, poll, Verb.CAST, teller=True)
    if row.closes_at is not None and row.closes_at <= clock.now():
        raise Conflict(_("The vote is closed."))
    entry = tx.get(Entitlement, (poll, member), with_for_update=True, populate_existing=True)
    if entry is None or not entry.present:
        raise NotFound(_("This person is not on the roll of this vote."))
    if entry.channel != Channel.ONLINE:
        raise Conflict(_("This person votes at a venue already."))
    if row.secrecy == Secrecy.SECRET or not method(row.method).aggregates:
        raise Conflict(words.fault(Fault.NO_HANDS))
    if entry.weight != 1 or entry.share is not None:
        raise Conflict(words.fault(Fault.NO_WEIGHTS))
    tally = tx.get(VenueTally, (poll, venue, channel), with_for_update=True)
    if tally is not None and tally.state != TallyState.PENDING:
        raise Conflict(_("This venue has been counted."))
    if boxes.part(tx, poll, member) or not box.take_part(tx, [(poll, member, channel.value)]):
        raise Conflict(_("This person has voted online already."))
    going = [entry, *_stood_in_for(tx, poll, member, channel)]
    if tally is None:
        tally = VenueTally(
            poll_id=poll, venue=venue, channel=channel, issued=0, state=TallyState.PENDING
        )
        tx.add(tally)
    tally.issued += len(going)
    for each in going:
        each.channel, each.venue = channel, venue
        moved = events.RightMoved(poll=poll, member=each.member_id, venue=venue, channel=channel)
        tell(tx, actor, row, moved)


def _stood_in_for(tx: Db, poll: int, holder: int, channel: Channel) -> list[Entitlement]:
    """For whom somebody stands in without a vote yet: they go with them, and their right as well.

    Who has a vote already keeps it as it was cast.
    """
    query = select(Entitlement).where(
        col(Entitlement.poll_id) == poll,
        col(Entitlement.holder_id) == holder,
        col(Entitlement.channel) == Channel.ONLINE,
    )
    found = tx.execute(query.order_by(col(Entitlement.member_id)).with_for_update())
    absent = {one.member_id: one for one in found.scalars()}
    used = boxes.parts(tx, [(poll, one) for one in absent], live=True)
    free = [(poll, one, channel.value) for one in absent if (poll, one) not in used]
    fresh = box.take_part(tx, free)
    return [one for member, one in absent.items() if (poll, member) in fresh]
