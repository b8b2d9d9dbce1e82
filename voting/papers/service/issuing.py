"""Giving papers out against the roll, and taking unused ones back: one right, one channel."""

from sqlalchemy import func, select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, NotFound
from forum.base.i18n import _
from voting.boxes import queries as boxes
from voting.boxes import service as box
from voting.boxes.models import Channel
from voting.papers import events
from voting.papers.models import Batch, BatchState, Entry, Issue
from voting.papers.service.common import at_table, held, missing, poll_of, tally_of
from voting.polls.models import Entitlement, Secrecy, TallyState, VenueTally
from voting.polls.rules import Verb
from voting.polls.service.common import tell

BOXES_MOST = 200


def open_box(tx: Db, actor: Actor, poll: int, name: str) -> int:
    """Set up a box, while votes are taken; returns its id."""
    row = at_table(tx, actor, poll, Verb.CAST)
    mine = select(func.count()).where(col(Batch.poll_id) == poll)
    if tx.execute(mine).scalar_one() >= BOXES_MOST:
        raise Conflict(_("At most %(n)s boxes.") % {"n": BOXES_MOST})
    made = Batch(poll_id=poll, name=name, state=BatchState.ISSUING)
    tx.add(made)
    tx.flush()
    tell(tx, actor, row, events.BatchOpened(poll=poll, box=made.id))
    return made.id


def issue(tx: Db, actor: Actor, batch: int, member: int, *, poll: int | None = None) -> None:
    """Give somebody a paper for this box: from this instant on they cannot vote online.

    `poll`, where it is named, must be the vote that the box belongs to.
    """
    of = poll_of(tx, batch)
    poll = of if poll is None else poll
    row = at_table(tx, actor, poll, Verb.CAST)
    if poll != of:
        raise missing()
    found = held(tx, batch, BatchState.ISSUING)
    line = tx.get(Entitlement, (poll, member), with_for_update=True, populate_existing=True)
    if line is None or (row.present is not None and not line.present):
        raise NotFound(_("This person is not on the roll of this vote."))
    if line.channel != Channel.ONLINE:
        taken = tx.get(Issue, (poll, member)) is not None
        raise Conflict(
            _("This person has a paper already.")
            if taken
            else _("This person votes at a venue already.")
        )
    right = (poll, member, Channel.PAPER.value)
    if boxes.part(tx, poll, member) or not box.take_part(tx, [right]):
        raise Conflict(_("This person has voted online already."))
    tx.add(Issue(poll_id=poll, member_id=member, batch_id=batch, venue=line.venue))
    line.channel, line.venue = Channel.PAPER, found.ref
    found.issued += 1
    _count(tx, found)
    tell(tx, actor, row, events.PaperIssued(poll=poll, box=batch, member=member))


def hand_back(tx: Db, actor: Actor, poll: int, member: int) -> None:
    """A paper comes back unused while votes are taken: its taker may vote online again."""
    row = at_table(tx, actor, poll, Verb.CAST)
    taken = tx.get(Issue, (poll, member), with_for_update=True, populate_existing=True)
    if taken is None:
        raise NotFound(_("This person has no paper."))
    found = held(tx, taken.batch_id, BatchState.ISSUING)
    read = (col(Entry.batch_id) == found.id, col(Entry.place) == member)
    if row.secrecy == Secrecy.OPEN and tx.execute(select(col(Entry.turn)).where(*read)).first():
        raise Conflict(_("What stands on this paper has been entered."))
    line = tx.get_one(Entitlement, (poll, member), with_for_update=True, populate_existing=True)
    line.channel, line.venue = Channel.ONLINE, taken.venue
    tx.delete(taken)
    tx.flush()
    box.withdraw(tx, [(poll, member)])
    found.issued -= 1
    found.returned += 1
    _count(tx, found)
    tell(tx, actor, row, events.PaperReturned(poll=poll, box=found.id, member=member))


def _count(tx: Db, row: Batch) -> None:
    """Keep the line of the count as it is: only a box of which papers are out holds it up."""
    line = tally_of(tx, row)
    if line is None:
        line = VenueTally(
            poll_id=row.poll_id,
            venue=row.ref,
            channel=Channel.PAPER,
            issued=row.issued,
            state=TallyState.PENDING,
            keyed=True,
        )
        tx.add(line)
    elif row.issued:
        line.issued = row.issued
    else:
        tx.delete(line)
    tx.flush()


def merge(tx: Db, actor: Actor, batch: int, into: int) -> None:
    """Mix the papers of a box into another's before either is counted: few tell too much."""
    poll = poll_of(tx, batch)
    row = at_table(tx, actor, poll, Verb.COUNT)
    if into == batch or poll_of(tx, into) != poll:
        raise missing()
    # In the order of their numbers, so that two that merge crosswise do not wait for each other.
    locked = {one: held(tx, one, BatchState.ISSUING) for one in sorted((batch, into))}
    small, large = locked[batch], locked[into]
    if (
        row.secrecy == Secrecy.OPEN
        and tx.execute(
            select(col(Entry.turn)).where(col(Entry.batch_id).in_((batch, into))).limit(1)
        ).first()
    ):
        raise Conflict(_("Papers of this box have been entered."))
    line = tally_of(tx, small)
    if line is not None:
        tx.delete(line)
    for taken in tx.execute(select(Issue).where(col(Issue.batch_id) == batch)).scalars():
        taken.batch_id = into
        tx.get_one(Entitlement, (poll, taken.member_id)).venue = large.ref
    large.issued += small.issued
    large.returned += small.returned
    small.issued = small.returned = 0
    small.state, small.into_id = BatchState.MERGED, into
    if large.issued:
        _count(tx, large)
    tell(tx, actor, row, events.BatchMerged(poll=poll, box=batch, into=into))
