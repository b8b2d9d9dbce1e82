"""Casting: a set of ballots in one transaction, each with an answer of its own.

It never interleaves with closing: each batch shares a lock on the rows of its polls, closing takes
them alone (on SQLite there is one writer anyway). No event, no time, no sequence is written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, ticker
from forum.base.auth import Actor, actors_for
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, SignInNeeded
from forum.base.i18n import _
from forum.base.writer import batch
from voting.boxes import ballots
from voting.boxes import queries as boxes
from voting.boxes import service as box
from voting.boxes.ballots import Receipt
from voting.boxes.models import Channel
from voting.methods.method import Method, method
from voting.polls.models import Entitlement, Poll, PollState, Secrecy
from voting.polls.service.common import TURNOUT

TURNOUT_AFTER = timedelta(milliseconds=500)


class Cast(NamedTuple):
    """A vote as it came in: by whom (the digest of their sign-in), in which poll, for what."""

    credential: str | None
    poll: int
    value: str
    reason: str = ""
    nonce: str = ""


class NotOnRoll(Forbidden):
    """Not on the frozen roll; whether they may even know of the poll is for the caller to say."""


class _Open(NamedTuple):
    """What casting needs to know of a poll."""

    id: int
    way: Method
    method_id: str
    rule: Mapping[str, Any]
    secret: bool
    state: PollState
    closes_at: datetime | None
    presence: bool

    def shut(self, now: datetime) -> bool:
        """Whether nothing can be cast now, even if the closing has yet to be carried out."""
        late = self.closes_at is not None and self.closes_at <= now
        return late or self.state != PollState.STARTED


class _Line(NamedTuple):
    """A line of the roll."""

    weight: int
    channel: str
    present: bool


class _Vote(NamedTuple):
    """A vote whose caster may cast it."""

    at: int  # its place in the batch
    poll: _Open
    voter: int
    weight: int
    ballot: dict[str, str]
    canonical: str = ""
    commit: str = ""

    @property
    def pair(self) -> tuple[int, int]:
        """The key of the participation."""
        return (self.poll.id, self.voter)

    @property
    def key(self) -> tuple[int, str]:
        """The key of the secret ballot."""
        return (self.poll.id, self.commit)


Answers = dict[int, Receipt | Refusal]


@batch
def cast_batch(tx: Db, items: list[Cast]) -> list[Receipt | Refusal]:
    """Cast many votes; acknowledged is exactly what counts."""
    actors = actors_for(tx, {item.credential for item in items if item.credential})
    polls = _polls(tx, {item.poll for item in items})
    roll = _roll(tx, polls, [actor.id for actor in actors.values()])
    answers: Answers = {}
    votes = []
    for at, item in enumerate(items):
        actor = actors.get(item.credential or "")
        found = _admit(at, item, actor, polls, roll)
        if isinstance(found, _Vote):
            votes.append(found)
        else:
            answers[at] = found
    _take(tx, votes, answers)
    return [answers[at] for at in range(len(items))]


def _polls(tx: Db, idents: Iterable[int]) -> dict[int, _Open]:
    columns = ("id", "method", "version", "rule", "secrecy", "state", "closes_at", "present")
    found = tx.execute(
        select(*(col(getattr(Poll, name)) for name in columns))
        .where(col(Poll.id).in_(idents))
        .order_by(col(Poll.id))
        .with_for_update(read=True)
    )
    return {
        row.id: _Open(
            row.id,
            method(row.method),
            f"{row.method}/{row.version}",
            row.rule,
            row.secrecy == Secrecy.SECRET,
            PollState(row.state),
            row.closes_at,
            row.present is not None,
        )
        for row in found
    }


def _roll(tx: Db, polls: Iterable[int], members: Iterable[int]) -> dict[tuple[int, int], _Line]:
    found = tx.execute(
        select(
            col(Entitlement.poll_id),
            col(Entitlement.member_id),
            col(Entitlement.weight),
            col(Entitlement.channel),
            col(Entitlement.present),
        ).where(col(Entitlement.poll_id).in_(polls), col(Entitlement.member_id).in_(members))
    )
    return {(poll, member): _Line(*rest) for poll, member, *rest in found}


def _admit(
    at: int,
    item: Cast,
    actor: Actor | None,
    polls: Mapping[int, _Open],
    roll: Mapping[tuple[int, int], _Line],
) -> _Vote | Refusal:
    """The vote, if this person may cast it in this poll at all; else why not."""
    if actor is None:
        return SignInNeeded(_("Please sign in first."))
    poll = polls.get(item.poll)
    if poll is None:
        return NotFound(_("There is no such poll."))
    line = roll.get((item.poll, actor.id))
    if line is None:
        return NotOnRoll(_("You are not on the roll of this vote."))
    if poll.presence and not line.present:
        return Forbidden(_("Only those who were present at the opening vote here."))
    if line.channel != Channel.ONLINE:
        return Conflict(_("You vote at your venue, so not online."))
    try:
        ballot = poll.way.ballot(poll.rule, item.value, item.reason)
    except Invalid as refusal:
        return refusal
    vote = _Vote(at, poll, actor.id, line.weight, ballot)
    if not poll.secret:
        return vote
    if not ballots.is_nonce(item.nonce):
        return Invalid(_("The ballot has no valid random number. Please load the page again."))
    text = ballots.secret_ballot(poll.id, poll.method_id, ballot, item.nonce)
    return vote._replace(canonical=text.decode(), commit=ballots.commitment(text))


def _take(tx: Db, votes: Sequence[_Vote], answers: Answers) -> None:
    """Write what can be written; every vote gets its answer."""
    now = clock.now()
    _late(tx, [vote for vote in votes if vote.poll.shut(now)], answers)
    votes = [vote for vote in votes if vote.at not in answers]
    used = set(boxes.parts(tx, *_pairs(votes), live=True))
    held = boxes.boxed(tx, [vote.key for vote in votes if vote.poll.secret], live=True)
    named: dict[tuple[int, int], _Vote] = {}
    secret: list[_Vote] = []
    first: list[_Vote] = []
    for vote in votes:
        if vote.poll.secret:
            answers[vote.at] = _secret_answer(vote, used, held)
            if vote.pair not in used and vote.key not in held:
                secret.append(vote)
                held.add(vote.key)
        else:
            answers[vote.at] = Receipt(vote.poll.id, again=vote.pair in used)
            named[vote.pair] = vote  # of several at once, the last
        if vote.pair not in used and (not vote.poll.secret or vote in secret[-1:]):
            first.append(vote)
            used.add(vote.pair)
    _write(tx, first, secret, list(named.values()), answers)


def _pairs(votes: Sequence[_Vote]) -> tuple[list[int], list[int]]:
    return sorted({vote.poll.id for vote in votes}), sorted({vote.voter for vote in votes})


def _secret_answer(
    vote: _Vote, used: Collection[tuple[int, int]], held: Collection[tuple[int, str]]
) -> Receipt | Refusal:
    """A retry gets its receipt again; another vote, or another's random number, is refused."""
    if vote.pair in used:
        if vote.key in held:
            return ballots.receipt(*vote.key, again=True)
        return Conflict(_("You have voted already. A secret ballot cannot be changed."))
    if vote.key in held:
        return Conflict(_("Another ballot bears this random number. Please load the page again."))
    return ballots.receipt(*vote.key)


def _late(tx: Db, votes: Sequence[_Vote], answers: Answers) -> None:
    """What comes after the closing is refused, but for the retry of a ballot that is in the box."""
    if not votes:
        return
    used = set(boxes.parts(tx, *_pairs(votes), live=False))
    held = boxes.boxed(tx, [vote.key for vote in votes if vote.poll.secret], live=False)
    for vote in votes:
        if vote.pair in used and vote.key in held:
            answers[vote.at] = ballots.receipt(*vote.key, again=True)
        elif vote.poll.state == PollState.CREATED:
            answers[vote.at] = Conflict(_("The vote has not been opened yet."))
        else:
            answers[vote.at] = Conflict(_("The vote is closed."))


def _write(
    tx: Db,
    first: Sequence[_Vote],
    secret: Sequence[_Vote],
    named: Sequence[_Vote],
    answers: Answers,
) -> None:
    online = Channel.ONLINE.value
    fresh = box.take_part(
        tx,
        [{"poll_id": vote.poll.id, "voter_id": vote.voter, "channel": online} for vote in first],
    )
    put = box.put(
        tx,
        [
            {"poll_id": vote.poll.id, "commitment": vote.commit, "canonical": vote.canonical}
            for vote in secret
            if vote.pair in fresh
        ],
    )
    box.put_named(
        tx,
        [
            {
                "poll_id": vote.poll.id,
                "voter_id": vote.voter,
                "choice": vote.ballot["vote"],
                "weight": vote.weight,
                "reason": vote.ballot.get("reason", ""),
            }
            for vote in named
        ],
    )
    if len(put) < len(secret):
        _lost(tx, [vote for vote in secret if vote.key not in put], fresh, answers)
    soon = clock.now() + TURNOUT_AFTER
    for poll in sorted({vote.poll.id for vote in (*first, *named)}):
        ticker.soon(tx, TURNOUT, soon, f"poll:{poll}")


def _lost(
    tx: Db, votes: Sequence[_Vote], fresh: Collection[tuple[int, int]], answers: Answers
) -> None:
    """Another process was quicker at the same instant: with the same voter, or the same number."""
    held = boxes.boxed(tx, [vote.key for vote in votes], live=True)
    for vote in votes:
        used = () if vote.pair in fresh else (vote.pair,)
        answers[vote.at] = _secret_answer(vote, used, held)
    box.withdraw(tx, [vote.pair for vote in votes if vote.pair in fresh])
