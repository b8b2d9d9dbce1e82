"""From sealed ballots and confirmed venues to a tally and a result. Reads only; all exact."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.canonical import canonical, sha256hex
from forum.base.db import Db
from voting.boxes import queries as boxes
from voting.boxes import tree
from voting.methods.method import Frame, Result, method
from voting.polls import rules
from voting.polls.models import Entitlement, Poll, Secrecy, TallyState, VenueTally
from voting.polls.rules import Count, Quorum


class Tally(NamedTuple):
    """Everything that was counted: the ballots in the tree, and the venues beside it."""

    votes: Mapping[str, int]
    blank: int
    invalid: int
    size: int
    venues: tuple[dict[str, Any], ...]

    def pack(self) -> dict[str, Any]:
        """As the closing record holds it."""
        return {
            "votes": dict(self.votes),
            "blank": self.blank,
            "invalid": self.invalid,
            "venues": list(self.venues),
        }


def tally(db: Db, poll: Poll) -> Tally:
    """Count a closed poll over all channels."""
    way = method(poll.method)
    secret = poll.secrecy == Secrecy.SECRET
    found = boxes.counted(db, poll.id) if secret else boxes.counted_named(db, poll.id)
    votes: Counter[str] = Counter()
    for equal in found:
        votes[way.key(equal.choice)] += equal.votes
    size = sum(equal.ballots for equal in found)
    blank = invalid = 0
    venues = []
    for venue in _venues(db, poll.id):
        venues.append(venue)
        if venue["state"] == TallyState.CONFIRMED:
            count = Count.unpack(venue["counted"])
            votes.update(count.votes)
            blank += count.blank
            invalid += count.invalid
    return Tally(+votes, blank, invalid, size, tuple(venues))


def _venues(db: Db, poll: int) -> list[dict[str, Any]]:
    columns = ("venue", "channel", "issued", "state", "counted")
    found = db.execute(
        select(*(col(getattr(VenueTally, name)) for name in columns))
        .where(col(VenueTally.poll_id) == poll)
        .order_by(col(VenueTally.venue), col(VenueTally.channel))
    )
    return [
        {"venue": venue, "channel": str(channel), "issued": n, "state": str(state), "counted": c}
        for venue, channel, n, state, c in found
    ]


def root(db: Db, poll: Poll) -> str:
    """The root of the commitment tree over a closed poll's ballots."""
    if poll.secrecy == Secrecy.SECRET:
        return tree.root([commit for commit, _text in boxes.sealed(db, poll.id)])
    rows = boxes.named(db, poll.id)
    leaves = boxes.named_leaves(rows, poll.id, method_id(poll))
    return tree.root([commit for commit, _text in leaves])


def method_id(poll: Poll) -> str:
    """The method and version that a poll was opened under."""
    return f"{poll.method}/{poll.version}"


def frozen(db: Db, poll: Poll) -> str:
    """The digest of all by which the poll is decided: question, rule, roll and figures."""
    roll = db.execute(
        select(col(Entitlement.member_id), col(Entitlement.weight))
        .where(col(Entitlement.poll_id) == poll.id)
        .order_by(col(Entitlement.member_id))
    )
    return rules.rules_hash(
        {
            "poll": poll.id,
            "text": sha256hex(poll.body.encode()),
            "question": poll.question,
            "method": method_id(poll),
            "rule": poll.rule,
            "secrecy": str(poll.secrecy),
            "quorum": poll.quorum,
            "heads": poll.heads,
            "eligible": poll.eligible,
            "present": poll.present,
            "roll": sha256hex(canonical([list(row) for row in roll])),
        }
    )


def result(poll: Poll, counted: Tally) -> dict[str, Any]:
    """The result as the poll keeps it: the method's own, the quorum's, and the outcome of both."""
    frame = Frame(
        eligible=poll.eligible or 0,
        present=poll.present,
        blank=counted.blank,
        invalid=counted.invalid,
        casting=poll.casting,
    )
    found: Result = method(poll.method).tally(counted.votes, poll.rule, frame)
    met: bool | None = None
    quorum: dict[str, Any] | None = None
    if poll.quorum:
        needs = Quorum.read(poll.quorum)
        cast = found.figures["cast"]
        met = needs.met(frame.eligible, poll.present, cast)
        quorum = {
            **poll.quorum,
            "needed": needs.needed(frame.eligible),
            "reached": needs.reached(poll.present, cast),
            "met": met,
        }
    return {**found.pack(), "quorum": quorum, "outcome": rules.outcome(found.carried, met).value}
