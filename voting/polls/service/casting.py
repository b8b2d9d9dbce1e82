"""Casting: a set of ballots in one transaction, each with an answer of its own.

It never interleaves with closing: each batch shares a lock on the rows of its polls, closing takes
them alone (on SQLite there is one writer anyway). No event, no time, no sequence is written.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from forum.base import clock, ticker
from forum.base.auth import Actor, actors_for
from forum.base.db import Db
from forum.base.errors import Conflict, Refusal
from forum.base.i18n import _
from forum.base.writer import batch
from forum.members.models import Member
from voting.boxes import ballots
from voting.boxes import queries as boxes
from voting.boxes import service as box
from voting.boxes.ballots import Receipt
from voting.boxes.models import Channel
from voting.polls.models import PollState
from voting.polls.service.admission import Asked, Cast, Vote, admit, asked, roll_of
from voting.polls.service.common import TURNOUT

TURNOUT_AFTER = timedelta(milliseconds=500)

Answers = dict[int, Receipt | Refusal]


@batch
def cast_batch(tx: Db, items: list[Cast]) -> list[Receipt | Refusal]:
    """Cast many votes; acknowledged is exactly what counts."""
    actors = actors_for(tx, {item.credential for item in items if item.credential})
    return cast_known(tx, [(actors.get(item.credential or ""), item) for item in items])


def cast_known(tx: Db, known: Sequence[tuple[Actor | None, Cast]]) -> list[Receipt | Refusal]:
    """The same where it is known otherwise who votes: from a record made elsewhere."""
    polls = asked(tx, {item.poll for _actor, item in known})
    voters = {actor.id for actor, _item in known if actor}
    voters |= {item.principal for _actor, item in known if item.principal}
    roll = roll_of(tx, polls, voters)
    if absent := {item.principal for _actor, item in known if item.principal}:
        gone = _erased(tx, absent)
        roll = {pair: line for pair, line in roll.items() if pair[1] not in gone}
    answers: Answers = {}
    votes = []
    for at, (actor, item) in enumerate(known):
        found = admit(at, item, actor, polls, roll)
        if isinstance(found, Vote):
            votes.append(found)
        else:
            answers[at] = found
    _take(tx, polls, votes, answers)
    return [answers[at] for at in range(len(known))]


def _erased(tx: Db, people: Collection[int]) -> set[int]:
    """Who of them was erased since the opening: nobody votes for them any more."""
    query = select(col(Member.id)).where(
        col(Member.id).in_(people), col(Member.erased_at).is_not(None)
    )
    return set(tx.execute(query).scalars())


def _take(tx: Db, polls: Mapping[int, Asked], votes: Sequence[Vote], answers: Answers) -> None:
    """Write what can be written; every vote gets its answer."""
    now = clock.now()
    shut = {ident for ident, poll in polls.items() if poll.shut(now)}
    _late(tx, [vote for vote in votes if vote.poll.id in shut], answers)
    votes = [vote for vote in votes if vote.poll.id not in shut]
    if not votes:
        return
    if _all_new(tx, votes):
        answers |= {vote.at: ballots.receipt(*vote.key) for vote in votes}
        _turnout(tx, votes)
        return
    used = boxes.parts(tx, [vote.pair for vote in votes], live=True)
    held = boxes.boxed(tx, [vote.key for vote in votes if vote.poll.secret], live=True)
    mine = boxes.own(tx, [vote.pair for vote in votes if vote.through and not vote.poll.secret])
    named: dict[tuple[int, int], Vote] = {}
    secret: list[Vote] = []
    first: list[Vote] = []
    for vote in votes:
        new = vote.pair not in used
        if vote.poll.secret:
            answers[vote.at] = _secret_answer(vote, used, held)
            new = new and vote.key not in held
            if new:
                secret.append(vote)
                held.add(vote.key)
        else:
            answers[vote.at] = _named_answer(vote, named, mine, new=new)
            new = new and isinstance(answers[vote.at], Receipt)
        if new:
            first.append(vote)
            used.add(vote.pair)
    _write(tx, first, secret, list(named.values()), answers)


def _all_new(tx: Db, votes: Sequence[Vote]) -> bool:
    """Write secret votes without a look at what is there: hardly ever did one of them vote before.

    False if somebody did, or if not all are secret; then nothing of it is written.
    """
    pairs, keys = {vote.pair for vote in votes}, {vote.key for vote in votes}
    if not len(votes) == len(pairs) == len(keys) or not all(vote.poll.secret for vote in votes):
        return False
    try:
        with tx.begin_nested():
            fresh = box.take_part(tx, [(*pair, Channel.ONLINE.value) for pair in pairs])
            put = box.put(tx, [(*vote.key, vote.canonical) for vote in votes])
            if len(fresh) < len(votes) or len(put) < len(votes):
                raise _Before
    except (IntegrityError, _Before):
        return False
    return True


class _Before(Exception):
    """Another vote came before one of these."""


def _named_answer(
    vote: Vote,
    named: dict[tuple[int, int], Vote],
    mine: Collection[tuple[int, int]],
    *,
    new: bool,
) -> Receipt | Refusal:
    """Of several at once the last counts; but nobody's own vote gives way to one cast for them."""
    before = named.get(vote.pair)
    if vote.through and (vote.pair in mine or (before and not before.through)):
        return _own()
    named[vote.pair] = vote
    return Receipt(vote.poll.id, again=not new)


def _own() -> Conflict:
    return Conflict(_("This person has voted themselves: that counts, and not what others cast."))


def _secret_answer(
    vote: Vote, used: Collection[tuple[int, int]], held: Collection[tuple[int, str]]
) -> Receipt | Refusal:
    """A retry gets its receipt again; another vote, or another's random number, is refused."""
    if vote.pair in used:
        if vote.key in held:
            return ballots.receipt(*vote.key, again=True)
        if vote.through:
            return Conflict(_("For this person a ballot is in the box already. It stays as it is."))
        return Conflict(_("You have voted already. A secret ballot cannot be changed."))
    if vote.key in held:
        return Conflict(_("Another ballot bears this random number. Please load the page again."))
    return ballots.receipt(*vote.key)


def _late(tx: Db, votes: Sequence[Vote], answers: Answers) -> None:
    """What comes after the closing is refused, but for the retry of a vote that is counted."""
    if not votes:
        return
    used = boxes.parts(tx, [vote.pair for vote in votes], live=False)
    given = boxes.choices(tx, [vote.pair for vote in votes if not vote.poll.secret])
    held = boxes.boxed(tx, [vote.key for vote in votes if vote.poll.secret], live=False)
    for vote in votes:
        if vote.pair in used and vote.key in held:
            answers[vote.at] = ballots.receipt(*vote.key, again=True)
        elif not vote.poll.secret and given.get(vote.pair) == (vote.ballot["vote"], vote.through):
            answers[vote.at] = Receipt(vote.poll.id, again=True)
        elif vote.poll.state == PollState.CREATED:
            answers[vote.at] = Conflict(_("The vote has not been opened yet."))
        else:
            answers[vote.at] = Conflict(_("The vote is closed."))


def _write(
    tx: Db,
    first: Sequence[Vote],
    secret: Sequence[Vote],
    named: Sequence[Vote],
    answers: Answers,
) -> None:
    online = Channel.ONLINE.value
    fresh = box.take_part(tx, [(*vote.pair, online) for vote in first])
    put = box.put(tx, [(*vote.key, vote.canonical) for vote in secret if vote.pair in fresh])
    lost = box.put_named(
        tx,
        [
            {
                "poll_id": vote.poll.id,
                "voter_id": vote.pair[1],
                "choice": vote.ballot["vote"],
                "weight": vote.weight,
                "reason": vote.ballot.get("reason", ""),
                "through_id": vote.through,
                "share": vote.share,
            }
            for vote in named
        ],
    )
    answers |= {vote.at: _own() for vote in named if vote.pair in lost}
    if len(put) < len(secret):
        _lost(tx, [vote for vote in secret if vote.key not in put], fresh, answers)
    _turnout(tx, [*first, *named])


def _turnout(tx: Db, votes: Sequence[Vote]) -> None:
    soon = clock.now() + TURNOUT_AFTER
    for poll in sorted({vote.poll.id for vote in votes}):
        ticker.soon(tx, TURNOUT, soon, f"poll:{poll}")


def _lost(
    tx: Db, votes: Sequence[Vote], fresh: Collection[tuple[int, int]], answers: Answers
) -> None:
    """Another process was quicker at the same instant: with the same voter, or the same number."""
    held = boxes.boxed(tx, [vote.key for vote in votes], live=True)
    for vote in votes:
        used = () if vote.pair in fresh else (vote.pair,)
        answers[vote.at] = _secret_answer(vote, used, held)
    box.withdraw(tx, [vote.pair for vote in votes if vote.pair in fresh])
