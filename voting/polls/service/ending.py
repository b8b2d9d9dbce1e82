"""Closing a poll, counting it, publishing its result; or voiding it."""

from sqlalchemy import exists, select
from sqlmodel import col

from forum.agenda.models import ItemState
from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.canonical import sha256hex
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from voting.boxes import queries as boxes
from voting.boxes import service as box
from voting.methods.majority import NO, YES
from voting.polls import counting, events, rules
from voting.polls.models import (
    NoteKind,
    Poll,
    PollState,
    Secrecy,
    TallyState,
    Turnout,
    VenueTally,
)
from voting.polls.rules import Outcome, Verb
from voting.polls.service.common import (
    CLOSE,
    OPEN,
    TURNOUT,
    advance_item,
    locked,
    note_on,
    tell,
)

UNDERWAY = (PollState.STARTED, PollState.COUNTING, PollState.FINISHED)


def close(tx: Db, actor: Actor | None, poll: int) -> None:
    """End casting and seal the box; finishes at once where no venue is left to count."""
    row = locked(tx, actor, poll, Verb.CLOSE)
    turnout = _seal(tx, row)
    row.state = PollState.COUNTING
    tell(tx, actor, row, events.PollClosed(poll=poll, item=row.item_id, turnout=turnout))
    finish_if_counted(tx, actor, row)


def _seal(tx: Db, row: Poll) -> int:
    # Due rows come before the box: so does whoever tells the turnout, and neither waits in a ring.
    ticker.cancel(tx, CLOSE, row.ref)
    ticker.cancel(tx, TURNOUT, row.ref)
    box.seal(tx, row.id)
    row.closed_at = clock.now()
    turnout = tx.get_one(Turnout, row.id)
    turnout.shown = boxes.turnout(tx, row.id)
    return turnout.shown


def finish_if_counted(tx: Db, actor: Actor | None, row: Poll) -> None:
    """Where every venue is confirmed or excepted: count, and sign the closing record."""
    tx.flush()
    states = tx.execute(select(col(VenueTally.state)).where(col(VenueTally.poll_id) == row.id))
    if not rules.all_counted(TallyState(state) for state in states.scalars()):
        return
    counted = counting.tally(tx, row)
    root = counting.root(tx, row)
    number, statement = box.record(
        tx,
        poll=row.id,
        size=counted.size,
        root=root,
        tally=counted.pack(),
        rules=row.rules_hash or "",
    )
    row.result = counting.result(row, counted)
    row.state = PollState.FINISHED
    # Named ballots have nothing random in them: their root would tell how a few people voted.
    told = root if row.secrecy == Secrecy.SECRET else ""
    finished = events.PollFinished(
        poll=row.id, closing=number, root=told, record=sha256hex(statement.encode())
    )
    tell(tx, actor, row, finished)


def break_tie(tx: Db, actor: Actor, poll: int, choice: str) -> None:
    """The chair's casting vote, where the rule gives one and the votes are even."""
    row = locked(tx, actor, poll, Verb.DECIDE)
    if row.result is None or row.result["outcome"] != Outcome.TIED:
        raise Conflict(_("There is no tie to break."))
    if choice not in (YES, NO):
        raise Invalid(_("Please choose one of the answers."), fields={"choice": _("Choose.")})
    row.casting = choice
    row.result = counting.result(row, counting.tally(tx, row))
    tell(tx, actor, row, events.TieBroken(poll=poll, choice=choice))


def publish(tx: Db, actor: Actor | None, poll: int) -> None:
    """Make the result public."""
    row = locked(tx, actor, poll, Verb.PUBLISH)
    result = row.result or {}
    if result["outcome"] == Outcome.TIED:
        raise Conflict(_("The votes are even: the chair votes first."))
    row.state, closing = PollState.PUBLISHED, boxes.closing(tx, poll)
    published = events.PollPublished(
        poll=poll,
        item=row.item_id,
        outcome=Outcome(result["outcome"]),
        figures=result["figures"],
        casting=row.casting or "",
        root=closing.facts["root"] if closing else "",
    )
    tell(tx, actor, row, published)
    others = exists().where(col(Poll.item_id) == row.item_id, col(Poll.state).in_(UNDERWAY))
    if not tx.execute(select(others)).scalar_one():
        advance_item(tx, actor, row.item_id, ItemState.DECIDED)


def void(tx: Db, actor: Actor, poll: int, reason: str) -> None:
    """Declare that a poll decides nothing; its ballots are sealed and kept."""
    row = locked(tx, actor, poll, Verb.VOID)
    note, digest = note_on(tx, actor, row, NoteKind.VOIDED, reason)
    if row.state == PollState.STARTED:
        _seal(tx, row)
    row.state, row.result = PollState.VOIDED, None
    ticker.cancel(tx, OPEN, row.ref)
    tell(tx, actor, row, events.PollVoided(poll=poll, item=row.item_id, note=note, text=digest))
