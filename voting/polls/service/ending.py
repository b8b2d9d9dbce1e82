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
from voting.delegations import service as delegating
from voting.methods.common import lots
from voting.methods.majority import NO, YES
from voting.methods.method import method
from voting.polls import counting, events, queries, rules, standing
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
    refused,
    tell,
)
from voting.polls.service.representing import represent

DUE = (OPEN, CLOSE)  # what an end makes needless; held before the poll: nobody waits in a ring
UNDERWAY = (PollState.STARTED, PollState.COUNTING, PollState.FINISHED)


def close(tx: Db, actor: Actor | None, poll: int) -> None:
    """End casting and seal the box; finishes at once where no venue is left to count."""
    ticker.hold(tx, DUE, f"poll:{poll}")  # as whoever gives more time does, and the ticker
    row = locked(tx, actor, poll, Verb.CLOSE)
    passed = represent(tx, row)
    turnout = _seal(tx, row)
    row.state = PollState.COUNTING
    tell(tx, actor, row, events.PollClosed(poll=poll, item=row.item_id, turnout=turnout))
    if passed is not None:
        tell(tx, actor, row, passed)
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
    row.result = counting.result(row, counted, root)
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
    if not method(row.method).choices_fixed:
        raise Conflict(_("Here a lot is drawn."))
    if choice not in (YES, NO):
        raise Invalid(_("Please choose one of the answers."), fields={"choice": _("Choose.")})
    row.casting = choice
    row.result = counting.result(row, counting.tally(tx, row), counting.root(tx, row))
    tell(tx, actor, row, events.TieBroken(poll=poll, choice=choice))


def draw_lot(tx: Db, actor: Actor, poll: int, seed: str) -> bool:
    """Where options are even: the lot, from a seed that all saw come about (dice, drawn numbers).

    Whoever leads the vote writes the numbers down, a second person (a secretary as well) writes
    down the same, and only then the lot is drawn: returns whether it was. Everybody can draw it
    again from the seed, which stands in the log and in the minutes.
    """
    known = queries.poll_access(tx, actor, poll)
    row = locked(tx, actor, poll, Verb.DECIDE, teller=True)
    if not (known.manages or row.lot_asked):
        raise refused(actor)
    if row.result is None or row.result["outcome"] != Outcome.TIED:
        raise Conflict(_("There is no tie to break."))
    if method(row.method).choices_fixed:
        raise Conflict(_("Here the chair has the casting vote."))
    drawn = lots.numbers(seed)
    if not drawn:
        words = _("Write down the numbers that were drawn, as everybody saw them.")
        raise Invalid(words, fields={"seed": words})
    if not row.lot_asked or row.lot_by == actor.id:
        row.lot_asked, row.lot_by = drawn, actor.id
        tell(tx, actor, row, events.LotEntered(poll=poll))
        return False
    if drawn != row.lot_asked:
        raise Conflict(_("The first person wrote down other numbers. Please look again, both."))
    row.lot, row.lot_confirmed_by = drawn, actor.id
    row.result = counting.result(row, counting.tally(tx, row), counting.root(tx, row))
    tell(tx, actor, row, events.LotDrawn(poll=poll, seed=row.lot))
    return True


def publish(tx: Db, actor: Actor | None, poll: int, *, undecided: bool = False) -> None:
    """Make the result public; a tie only if it is to stay one (`undecided`)."""
    row = locked(tx, actor, poll, Verb.PUBLISH)
    result = row.result or {}
    tied = result["outcome"] == Outcome.TIED
    if tied and not undecided:
        if method(row.method).choices_fixed:
            raise Conflict(_("The votes are even: the chair votes first."))
        raise Conflict(_("Options are even: a lot is drawn first."))
    row.state, closing = PollState.PUBLISHED, boxes.closing(tx, poll)
    published = events.PollPublished(
        poll=poll,
        item=row.item_id,
        outcome=Outcome(result["outcome"]),
        figures=result["figures"],
        casting=row.casting or "",
        root=closing.facts["root"] if closing else "",
        winners=result["winners"] if result["outcome"] == Outcome.CHOSEN else [],
        lot=row.lot or "",
        through=result.get("through", 0),
        represented=standing.represented(tx, poll),
    )
    tell(tx, actor, row, published)
    others = exists().where(col(Poll.item_id) == row.item_id, col(Poll.state).in_(UNDERWAY))
    if not tied and not tx.execute(select(others)).scalar_one():
        advance_item(tx, actor, row.item_id, ItemState.DECIDED)


def void(tx: Db, actor: Actor, poll: int, reason: str) -> None:
    """Declare that a poll decides nothing; its ballots are sealed and kept."""
    ticker.hold(tx, DUE, f"poll:{poll}")
    row = locked(tx, actor, poll, Verb.VOID)
    note, digest = note_on(tx, actor, row, NoteKind.VOIDED, reason)
    if row.state == PollState.STARTED:
        _seal(tx, row)
    elif row.secrecy == Secrecy.SECRET and row.state != PollState.CREATED:
        box.alone(tx)  # papers that lie in it may have to be mixed: before the log, as a closing
    delegating.follow(tx, row.id, {}, {})
    row.state, row.result = PollState.VOIDED, None
    ticker.cancel(tx, OPEN, row.ref)
    tell(tx, actor, row, events.PollVoided(poll=poll, item=row.item_id, note=note, text=digest))
