"""What happens to motions by itself when a vote ends, an item is closed, a debate begins."""

from sqlmodel import col, select

from forum.agenda.models import ItemState
from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import _
from forum.base.refs import parse
from forum.members import queries as members
from sessions.meetings.events import ItemClosed
from sessions.motions.events import MotionReturned
from sessions.motions.models import Cause, Motion, MotionState, Sort
from sessions.motions.rules import Act
from sessions.motions.service import common
from sessions.motions.service.deciding import carry, reject
from sessions.motions.service.falling import fall, shelve
from sessions.motions.service.item import debate_again
from voting.polls import service as polls
from voting.polls.events import PollPublished, PollVoided
from voting.polls.models import Poll, PollState
from voting.polls.rules import Outcome


def _whose(tx: Db, stored: Stored) -> Actor | None:
    return members.actor_of(tx, stored.actor_id) if stored.actor_id else None


def _put(tx: Db, poll: int) -> Motion | None:
    """The motion that this vote is on, while it is."""
    query = select(Motion).where(
        col(Motion.poll_id) == poll, col(Motion.state) == MotionState.VOTING
    )
    return tx.exec(query.with_for_update()).one_or_none()


@registry.react(PollPublished)
def settle(tx: Db, stored: Stored, event: PollPublished) -> None:
    """The result decides the motion; a vote without its quorum decides nothing."""
    row = _put(tx, event.poll)
    if row is None:
        return
    actor = _whose(tx, stored)
    if event.outcome is Outcome.CARRIED:
        carry(tx, actor, row, event.poll)
    elif event.outcome is Outcome.FAILED:
        reject(tx, actor, row, event.poll)
    else:
        _return(tx, actor, row, event.poll)
    left = [one.sort for one in common.open_on(tx, row.item_id, row.meeting_id)]
    if row.sort != Sort.MAIN or Sort.MAIN in left:
        # Before the poll takes the item along to "decided", which it is not yet.
        debate_again(tx, actor, row.item_id, only=ItemState.VOTING)


@registry.react(PollVoided)
def give_back(tx: Db, stored: Stored, event: PollVoided) -> None:
    """A vote that is void leaves the motion where it was."""
    if row := _put(tx, event.poll):
        _return(tx, _whose(tx, stored), row, event.poll)


def _return(tx: Db, actor: Actor | None, row: Motion, poll: int) -> None:
    common.step(tx, row, Act.RETURN)
    common.tell(tx, actor, row, MotionReturned(row.id, row.item_id, poll))


@registry.react(ItemClosed)
def leave_open(tx: Db, stored: Stored, event: ItemClosed) -> None:
    """What is still before the meeting is postponed with the item; the rest falls."""
    actor = members.actor_of(tx, stored.actor_id or 0)
    meeting = parse(stored.stream)[1]
    for row in common.open_on(tx, event.item, meeting):
        prepared = tx.get(Poll, row.poll_id or 0)
        if row.state == MotionState.VOTING and prepared and prepared.state == PollState.CREATED:
            polls.void(tx, actor, prepared.id, _("The item was closed before the vote was opened."))
    for row in common.open_on(tx, event.item, meeting):
        if row.state in (MotionState.MOVED, MotionState.PENDING):
            if row.sort == Sort.MAIN and row.state == MotionState.PENDING:
                shelve(tx, actor, row, Act.POSTPONE)
            elif row.sort != Sort.AMENDMENT or row.state == MotionState.MOVED:
                fall(tx, actor, row, Cause.ITEM_CLOSED)


def debated(tx: Db, meeting: int, item: int) -> None:
    """A speech on the item has begun: its motions are no longer in the hands of their movers."""
    for row in common.open_on(tx, item, meeting):
        row.debated = True
    tx.flush()
