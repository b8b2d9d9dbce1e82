"""Closing a poll, counting it, publishing its result; or voiding it."""

from datetime import timedelta

from sqlalchemy import exists, select
from sqlmodel import col

from forum.agenda.models import ItemState
from forum.base import clock, links, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from forum.base.links import Relation
from forum.base.refs import parse
from voting.boxes import queries as boxes
from voting.boxes import service as box
from voting.delegations import service as delegating
from voting.methods.common import lots
from voting.methods.majority import NO, YES
from voting.methods.method import method
from voting.polls import counting, events, queries, standing
from voting.polls.models import NoteKind, Poll, PollState, Secrecy, Turnout
from voting.polls.progress import COUNT, PUBLISH, progress
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
from voting.polls.service.finishing import count_later, finish_if_counted, large
from voting.polls.service.representing import represent

# What an end makes needless; held before the poll: nobody waits in a ring.
DUE = (OPEN, CLOSE, COUNT, PUBLISH)
ASKED = timedelta(days=1)  # between two looks whether what is to be published is counted
UNDERWAY = (PollState.STARTED, PollState.COUNTING, PollState.FINISHED)


def close(tx: Db, actor: Actor | None, poll: int, *, at_once: bool = False) -> None:
    """End casting and seal the box; finishes where no venue is left to count.

    A large box is counted afterwards, unless `at_once` asks for it here.
    """
    ticker.hold(tx, DUE, f"poll:{poll}")  # as whoever gives more time does, and the ticker
    row = locked(tx, actor, poll, Verb.CLOSE)
    passed = represent(tx, row)
    turnout = _seal(tx, row)
    row.state = PollState.COUNTING
    tell(tx, actor, row, events.PollClosed(poll=poll, item=row.item_id, turnout=turnout))
    if passed is not None:
        tell(tx, actor, row, passed)
    finish_if_counted(tx, actor, row, at_once=at_once)


def _seal(tx: Db, row: Poll) -> int:
    # Due rows come before the box: so does whoever tells the turnout, and neither waits in a ring.
    ticker.cancel(tx, CLOSE, row.ref)
    ticker.cancel(tx, TURNOUT, row.ref)
    box.seal(tx, row.id)
    row.closed_at = clock.now()
    turnout = tx.get_one(Turnout, row.id)
    turnout.shown = boxes.turnout(tx, row.id)
    return turnout.shown


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
    _again(tx, actor, row)
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
    tell(tx, actor, row, events.LotDrawn(poll=poll, seed=row.lot))
    _again(tx, actor, row)
    return True


def _again(tx: Db, actor: Actor, row: Poll) -> None:
    """Find the result anew, with what broke the tie: a large box is opened once more beside us."""
    found = counting.recorded(tx, row)
    if found is None and large(tx, row):
        row.state, row.result = PollState.COUNTING, None
        count_later(tx, actor, row)
        return
    found = found or counting.whole(tx, row)
    row.result = counting.result(row, found.tally, found.root)


def publish(tx: Db, actor: Actor | None, poll: int, *, undecided: bool = False) -> bool:
    """Make the result public; a tie only if it is to stay one (`undecided`).

    While the machine still counts, it is published as soon as it is there, unless it is a tie:
    returns whether it is public now.
    """
    ticker.hold(tx, (PUBLISH,), f"poll:{poll}")
    row = locked(tx, actor, poll, Verb.PUBLISH)
    if row.state == PollState.COUNTING:
        _publish_later(tx, actor, row)
        return False
    ticker.cancel(tx, PUBLISH, row.ref)
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
    staged = links.linked(tx, row.ref, Relation.PART_OF)  # what it decides is for its stage to say
    if not tied and not staged and not tx.execute(select(others)).scalar_one():
        advance_item(tx, actor, row.item_id, ItemState.DECIDED)
    return True


def _publish_later(tx: Db, actor: Actor | None, row: Poll) -> None:
    if progress(tx, row.id, PollState.COUNTING) is None:
        raise Conflict(_("The halls are still being counted."))
    if ticker.scheduled(tx, PUBLISH, row.ref) is None:
        ticker.schedule(tx, PUBLISH, clock.now() + ASKED, row.ref)
        tell(tx, actor, row, events.PublicationAsked(poll=row.id))


@ticker.due(PUBLISH)
def publish_when_counted(tx: Db, subject: str) -> None:
    """What was asked for while the count went on; a tie waits for whoever leads the vote."""
    row = tx.get_one(Poll, parse(subject)[1], with_for_update=True, populate_existing=True)
    if row.state == PollState.COUNTING:
        ticker.schedule(tx, PUBLISH, clock.now() + ASKED, subject)
    elif row.state == PollState.FINISHED and (row.result or {})["outcome"] != Outcome.TIED:
        publish(tx, None, row.id)


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
    for kind in (OPEN, COUNT, PUBLISH):
        ticker.cancel(tx, kind, row.ref)
    tell(tx, actor, row, events.PollVoided(poll=poll, item=row.item_id, note=note, text=digest))
