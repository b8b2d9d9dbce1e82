"""Entering papers twice: two clerks read every one of them, and neither sees the other's."""

from sqlalchemy import select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.i18n import _
from voting.methods.method import method
from voting.papers import events, rules
from voting.papers.models import Batch, BatchState, Entry, Issue, Kind
from voting.papers.queries import pile_of
from voting.papers.rules import FIRST, SECOND, SETTLED
from voting.papers.service.common import (
    at_table,
    entering,
    forget,
    held,
    keyed,
    missing,
    poll_of,
    tally_of,
)
from voting.polls.models import Poll, Secrecy, TallyState
from voting.polls.rules import SMALL, Verb
from voting.polls.service.common import tell


def begin(tx: Db, actor: Actor, batch: int, found: int) -> None:
    """The box is emptied: so many papers lie in it, and from here on they are entered."""
    poll = poll_of(tx, batch)
    row = at_table(tx, actor, poll, Verb.COUNT)
    box = keyed(held(tx, batch, BatchState.ISSUING, BatchState.KEYING), row)
    if row.secrecy == Secrecy.OPEN:
        raise Conflict(_("In a named vote each paper is entered by its name."))
    _fits(tx, box, found)
    if box.state == BatchState.ISSUING:
        _large_enough(tx, box)
    read = pile_of(tx, batch)
    if read and max(read) > found:
        raise Conflict(_("More papers than that have been entered already."))
    box.found, box.state = found, BatchState.KEYING
    tell(tx, actor, row, events.BatchBegun(poll=poll, box=batch, found=found))


def _fits(tx: Db, box: Batch, found: int) -> None:
    if not box.issued or tally_of(tx, box) is None:
        raise Conflict(_("No paper was given out for this box."))
    if found > min(box.issued, rules.FOUND_MOST):
        words = _(
            "More papers lie in the box than were given out. Count again; if it stays so, this "
            "box cannot be counted: leave it out, with a reason."
        )
        raise Invalid(words, fields={"found": words})


def _large_enough(tx: Db, box: Batch) -> None:
    """Of fewer than five papers whoever enters them could guess whose they are: mix them first."""
    others = select(col(Batch.id)).where(
        col(Batch.poll_id) == box.poll_id,
        col(Batch.id) != box.id,
        col(Batch.state) == BatchState.ISSUING,
        col(Batch.issued) > 0,
    )
    if box.issued < SMALL and tx.execute(others.limit(1)).first():
        raise Conflict(
            _("Fewer than five papers: mix them into another box first, so that nobody can guess.")
        )


def restart(tx: Db, actor: Actor, batch: int) -> None:
    """Forget what was entered, and who did: the papers are counted and entered from the start."""
    poll = poll_of(tx, batch)
    row = at_table(tx, actor, poll, Verb.COUNT)
    states = (entering(row), BatchState.KEYING, BatchState.SUMS)
    box = held(tx, batch, *states)
    line = tally_of(tx, box)
    if line is not None and line.state == TallyState.PENDING:
        line.keyed = True
    elif line is not None:
        raise Conflict(_("This venue has been counted."))
    forget(tx, [batch])
    box.found = box.first_id = box.second_id = None
    box.state = BatchState.ISSUING
    tell(tx, actor, row, events.BatchRestarted(poll=poll, box=batch))


def only_sums(tx: Db, actor: Actor, batch: int) -> None:
    """Count this box by sums of two tellers, as a hall is: where one answer is chosen."""
    poll = poll_of(tx, batch)
    row = at_table(tx, actor, poll, Verb.COUNT)
    box = keyed(held(tx, batch, BatchState.ISSUING), row)
    line = tally_of(tx, box)
    if row.secrecy == Secrecy.OPEN or not method(row.method).aggregates:
        raise Conflict(_("In this vote papers are entered one by one."))
    if line is None or box.issued < SMALL:
        raise Conflict(_("A secret paper box needs at least five papers."))
    line.keyed, box.state = None, BatchState.SUMS
    tx.flush()


def read(
    tx: Db, actor: Actor, batch: int, place: int, kind: Kind, *, mark: str = "", reason: str = ""
) -> int:
    """One clerk's reading of a paper; a later one of theirs takes its place. Returns their turn.

    `place` is its place in the pile; in a named vote the person whose name it bears.
    """
    poll = poll_of(tx, batch)
    row = at_table(tx, actor, poll, Verb.COUNT)
    box = keyed(held(tx, batch, entering(row)), row)
    _there(tx, row, box, place, kind)
    turn = _turn(box, actor)
    said = checked(row, kind, mark, reason)
    # Who sees what differs has nothing left to adapt.
    if all(tx.get(Entry, (batch, place, one)) for one in (FIRST, SECOND)):
        raise Conflict(_("Both of you have read this paper. What differs is settled together."))
    _put(tx, box, place, turn, actor, said)
    return turn


def _there(tx: Db, row: Poll, box: Batch, place: int, kind: Kind) -> None:
    if row.secrecy == Secrecy.OPEN:
        taken = tx.get(Issue, (row.id, place))
        if taken is None or taken.batch_id != box.id:
            raise NotFound(_("This person has no paper of this box."))
    elif not 1 <= place <= (box.found or 0):
        raise NotFound(_("There is no such paper."))
    elif kind is Kind.NONE:
        raise Conflict(_("Correct the number of papers instead."))


def _turn(box: Batch, actor: Actor) -> int:
    """Which of the two clerks this is; the first two who enter are they."""
    if box.first_id in (None, actor.id):
        box.first_id = actor.id
        return FIRST
    if box.second_id in (None, actor.id):
        box.second_id = actor.id
        return SECOND
    raise Forbidden(_("Two others enter this box already."))


def checked(row: Poll, kind: Kind, mark: str, reason: str) -> tuple[Kind, str, str]:
    """What was read, as it is kept; Invalid where the rule does not offer it."""
    if kind is not Kind.VALID:
        return kind, "", ""
    ballot = method(row.method).ballot(row.rule, mark, reason)
    return kind, ballot["vote"], ballot.get("reason", "")


def _put(
    tx: Db, box: Batch, place: int, turn: int, actor: Actor, said: tuple[Kind, str, str]
) -> None:
    entry = tx.get(Entry, (box.id, place, turn)) or Entry(
        batch_id=box.id,
        place=place,
        turn=turn,
        clerk_id=actor.id,
        kind=said[0],
        mark="",
        reason="",
    )
    entry.clerk_id, entry.agreed_by = actor.id, None
    entry.kind, entry.mark, entry.reason = said
    tx.add(entry)
    tx.flush()


def settle(
    tx: Db, actor: Actor, batch: int, place: int, kind: Kind, *, mark: str = "", reason: str = ""
) -> None:
    """Where the two differ and look at the paper together: one enters it a third time."""
    row, box, differs = _differing(tx, actor, batch, place)
    if not differs:
        raise Conflict(_("Both have read this paper alike."))
    _put(tx, box, place, SETTLED, actor, checked(row, kind, mark, reason))


def agree(tx: Db, actor: Actor, batch: int, place: int) -> None:
    """The other one confirms it."""
    _row, box, _differs = _differing(tx, actor, batch, place)
    entry = tx.get(Entry, (box.id, place, SETTLED))
    if entry is None:
        raise Conflict(_("Nothing waits to be confirmed here."))
    if entry.clerk_id == actor.id:
        raise Forbidden(_("The other clerk confirms it."))
    entry.agreed_by = actor.id
    tx.flush()


def _differing(tx: Db, actor: Actor, batch: int, place: int) -> tuple[Poll, Batch, bool]:
    row = at_table(tx, actor, poll_of(tx, batch), Verb.COUNT)
    box = keyed(held(tx, batch, entering(row)), row)
    if actor.id not in (box.first_id, box.second_id):
        raise Forbidden(_("The two who entered this box settle it."))
    found = pile_of(tx, batch).get(place)
    if found is None or not (found.first and found.second):
        raise missing()
    return row, box, found.differs
