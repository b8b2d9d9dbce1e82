"""From sealed ballots and confirmed venues to a tally and a result. Reads only; all exact.

One way for a closing that counts at once and for a large box that is counted beside it: what may
take long is in `read`, and needs no transaction.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.canonical import canonical, sha256hex
from forum.base.db import Db
from voting.boxes import queries, unboxing
from voting.boxes.unboxing import Box, Commits, Source
from voting.methods.common import late, lots
from voting.methods.common.result import Frame, Result
from voting.methods.method import Form, Rule, method
from voting.polls import rules, small, weighing
from voting.polls.models import Entitlement, Poll, PollRevision, Secrecy, TallyState, VenueTally
from voting.polls.rules import Count, Quorum

APART = "apart"  # where a poll's rule keeps how many are represented without making a quorum


class Tally(NamedTuple):
    """Everything that was counted: the ballots in the tree, and the venues beside it."""

    votes: Mapping[str, int]
    blank: int
    invalid: int
    size: int
    venues: tuple[dict[str, Any], ...]
    whole: bool = True  # what is counted are answers, not whole ballots
    second: Mapping[str, int] | None = None  # by exact weight, where the poll counts it
    through: int = 0  # how many of the ballots were cast by another
    secret: bool = False

    @property
    def apart(self) -> small.Apart:
        """What may be shown beside the whole."""
        halls = small.returned((one["state"], one["counted"]) for one in self.venues)
        return small.apart(secret=self.secret, size=self.size, halls=halls)

    def pack(self) -> dict[str, Any]:
        """As the closing record holds it: public, so without the ballots; the root stands for them.

        The sums of answers tell of nobody alone. An order or a set of grades is a ballot itself.
        """
        return self.raw() | {"venues": self._told()}

    def _told(self) -> list[dict[str, Any]]:
        """The venues with what may be told of each."""
        shown = self.apart
        return [
            one | {"counted": small.told(one["counted"], one["state"], shown, secret=self.secret)}
            for one in self.venues
        ]

    def raw(self) -> dict[str, Any]:
        """As records held it before small halls were left out of those of secret polls."""
        beside: dict[str, Any] = {} if self.second is None else {"second": dict(self.second)}
        beside |= {"through": self.through} if self.through else {}
        return beside | {
            "votes": dict(self.votes) if self.whole else {},
            "blank": self.blank,
            "invalid": self.invalid,
            "venues": list(self.venues),
        }


class Whole(NamedTuple):
    """A closed poll, counted: over all channels, and the root of its ballots."""

    tally: Tally
    root: str


def read(
    poll: Poll,
    source: Source,
    *,
    commits: Commits = unboxing.as_kept,
    tell: Callable[[int], None] | None = None,
) -> Box:
    """Open the box of a closed poll and read every ballot, as `unboxing` does."""
    secret = poll.secrecy == Secrecy.SECRET
    method = method_id(poll)
    return unboxing.read(source, poll.id, method, secret=secret, commits=commits, tell=tell)


def whole(db: Db, poll: Poll) -> Whole:
    """Read and count, all from this one snapshot."""
    box = read(poll, unboxing.inside(db))
    return Whole(tally(db, poll, box), box.root)


def recorded(db: Db, poll: Poll) -> Whole | None:
    """The same count once more, from its signed record; None where that holds no ballots."""
    known = queries.closing(db, poll.id)
    if known is None or method(poll.method).form is not Form.CHOICE:
        return None
    told = known.facts["tally"]
    tally = Tally(
        told["votes"],
        told["blank"],
        told["invalid"],
        known.facts["size"],
        tuple(told["venues"]),
        True,
        told.get("second"),
        told.get("through", 0),
        secret=poll.secrecy == Secrecy.SECRET,
    )
    return Whole(tally, known.facts["root"])


def tally(db: Db, poll: Poll, box: Box) -> Tally:
    """Count a closed poll over all channels: what was read out of its box, and the venues."""
    way = method(poll.method)
    votes: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for equal in box.equal():
        key = way.key(equal.choice)
        votes[key] += equal.votes
        second[key] += equal.shares
    blank = invalid = 0
    lines = venues(db, poll.id)
    for venue in lines:
        if venue["state"] == TallyState.CONFIRMED:
            count = Count.unpack(venue["counted"])
            votes.update(count.votes)
            blank += count.blank
            invalid += count.invalid
    return Tally(
        +votes,
        blank,
        invalid,
        box.size,
        tuple(lines),
        way.form is Form.CHOICE,
        +second if weighing.wanted(poll.rule) else None,
        box.through,
        secret=poll.secrecy == Secrecy.SECRET,
    )


def venues(db: Db, poll: int) -> list[dict[str, Any]]:
    """The lines of halls and boxes, as they go into the count."""
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


def method_id(poll: Poll) -> str:
    """The method and version that a poll was opened under."""
    return f"{poll.method}/{poll.version}"


def text(db: Db, poll: Poll) -> str:
    """The question and its explanation as they were last written before the opening."""
    query = select(col(PollRevision.body)).where(col(PollRevision.poll_id) == poll.id)
    last = query.order_by(col(PollRevision.id).desc()).limit(1)
    found = db.execute(last).scalar_one_or_none()
    return poll.body if found is None else found


def frozen(db: Db, poll: Poll) -> str:
    """The digest of all by which the poll is decided: question, rule, roll and figures."""
    return rules.rules_hash(terms(db, poll))


def terms(db: Db, poll: Poll) -> dict[str, Any]:
    """All by which the poll is decided; of the roll and the whole text their digests."""
    names = ("member_id", "weight", "share", "holder_id")
    roll = db.execute(
        select(*(col(getattr(Entitlement, name)) for name in names))
        .where(col(Entitlement.poll_id) == poll.id)
        .order_by(col(Entitlement.member_id))
    )
    return {
        "poll": poll.id,
        "text": sha256hex(text(db, poll).encode()),
        "question": poll.question,
        "method": method_id(poll),
        "rule": poll.rule,
        "secrecy": str(poll.secrecy),
        "quorum": poll.quorum,
        "heads": poll.heads,
        "eligible": poll.eligible,
        "present": poll.present,
        "roll": sha256hex(canonical([_line(*row) for row in roll])),
    }


def _line(member: int, weight: int, share: int | None, holder: int | None) -> list[int | None]:
    """A line of the roll; what it does not have is not written."""
    return [member, weight] if share is None and holder is None else [member, weight, share, holder]


def result(poll: Poll, counted: Tally, root: str) -> dict[str, Any]:
    """The result as the poll keeps it: the method's own, the quorum's, and the outcome of both.

    `root` is that of the sealed ballots; it goes into the seed of a lot.
    """
    frame = Frame(
        eligible=poll.eligible or 0,
        present=poll.present,
        blank=counted.blank,
        invalid=counted.invalid,
        casting=poll.casting,
        lot=lots.seed(poll.lot or poll.rule.get("lot", ""), root),
    )
    way = method(poll.method)
    found: Result = weighing.tally(way, counted.votes, counted.second or {}, poll.rule, frame)
    if poll.lot:  # what was announced before stands in the rule
        found = late.told(found)
    if poll.secrecy == Secrecy.SECRET and not counted.whole and counted.size < rules.SMALL:
        found = first_only(found)
    among = not way.choices_fixed
    return judged(found, poll.rule, poll.quorum, frame, among=among, through=counted.through)


def judged(
    found: Result,
    rule: Rule,
    asked: Mapping[str, str] | None,
    frame: Frame,
    *,
    among: bool,
    through: int = 0,
) -> dict[str, Any]:
    """What was counted, the quorum that was `asked` for, and what both come to. Pure."""
    met: bool | None = None
    quorum: dict[str, Any] | None = None
    if asked:
        needs = Quorum.read(asked)
        cast = found.figures["cast"]
        # Who is represented votes; whether that makes a quorum, the kind of meeting says.
        there = frame.present and frame.present - rule.get(APART, 0)
        met = needs.met(frame.eligible, there, cast)
        quorum = {
            **asked,
            "needed": needs.needed(frame.eligible),
            "reached": needs.reached(there, cast),
            "met": met,
        }
    outcome = rules.outcome(found.carried, met, among=among)
    passed = {"through": through} if through else {}
    return {**found.pack(), "quorum": quorum, "outcome": outcome.value, **passed}


def first_only(found: Result) -> Result:
    """Of very few secret ballots what each option had at first: the rest would tell them."""
    rounds = tuple(replace(one, said=()) for one in found.rounds[:1])
    return replace(found, rounds=rounds, pairs={}, explanation=())
