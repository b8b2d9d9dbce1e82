"""The end of a count: at once for a small box, and beside everything else for a large one.

A closing holds the one write lock of SQLite. What takes longer than a moment is therefore counted
by `ticker.long` work, outside of any transaction; a short one at the end looks whether everything
still stands as it was counted, and signs.
"""

import time
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.canonical import sha256hex
from forum.base.db import Db, reading, transaction
from forum.base.refs import parse
from voting.boxes import queries as boxes
from voting.boxes import service as box
from voting.boxes import unboxing
from voting.polls import counting, events, rules
from voting.polls.counting import Whole
from voting.polls.models import Poll, PollState, Secrecy, TallyState, VenueTally
from voting.polls.progress import COUNT, PUBLISH
from voting.polls.service.common import tell

AT_ONCE = 20_000  # ballots that a closing counts itself: about a fifth of a second
EVERY = 1.0  # seconds between two words about how far it is
LEASE = timedelta(minutes=1)  # after so long without a word somebody else begins anew
# By what a result is found, beside the ballots and the lines of halls and boxes.
DECIDED_BY = (
    "state",
    "method",
    "version",
    "rule",
    "secrecy",
    "quorum",
    "eligible",
    "present",
    "casting",
    "lot",
    "rules_hash",
)


class OverError(Exception):
    """The vote was declared void, or counted by somebody else: nothing is left to do."""


class Seen(NamedTuple):
    """All that a count went by: if any of it is another, the count is another."""

    facts: tuple[Any, ...]
    venues: tuple[dict[str, Any], ...]
    size: int


def finish_if_counted(tx: Db, actor: Actor | None, row: Poll, *, at_once: bool = False) -> None:
    """Where every venue is confirmed or excepted: count and sign, or have a large box counted.

    `at_once` is for records that are played: nobody waits for their transaction.
    """
    tx.flush()
    states = tx.execute(select(col(VenueTally.state)).where(col(VenueTally.poll_id) == row.id))
    if not rules.all_counted(TallyState(state) for state in states.scalars()):
        return
    if large(tx, row) and not at_once:
        count_later(tx, actor, row)
    else:
        found = counting.whole(tx, row)
        _finish(tx, actor, row, found, counting.result(row, found.tally, found.root))


def large(db: Db, row: Poll) -> bool:
    """Whether nobody should have to wait for this count."""
    return unboxing.more_than(db, row.id, AT_ONCE, secret=row.secrecy == Secrecy.SECRET)


def count_later(tx: Db, actor: Actor | None, row: Poll) -> None:
    """Have a large box counted; once, however often it is asked for."""
    if ticker.scheduled(tx, COUNT, row.ref) is not None:
        return
    ticker.soon(tx, COUNT, clock.now(), row.ref)
    total = unboxing.size(tx, row.id, secret=row.secrecy == Secrecy.SECRET)
    tell(tx, actor, row, events.BallotsCounted(poll=row.id, counted=0, total=total))


def _finish(tx: Db, actor: Actor | None, row: Poll, found: Whole, result: dict[str, Any]) -> None:
    """Sign the closing record; one that was signed before a lot was drawn stays as it is."""
    known = boxes.closing(tx, row.id)
    if known is None:
        number, statement = box.record(
            tx,
            poll=row.id,
            size=found.tally.size,
            root=found.root,
            tally=found.tally.pack(),
            rules=row.rules_hash or "",
        )
    else:
        number, statement = known.number, known.record
    row.result, row.state = result, PollState.FINISHED
    # Named ballots have nothing random in them: their root would tell how a few people voted.
    told = found.root if row.secrecy == Secrecy.SECRET else ""
    finished = events.PollFinished(
        poll=row.id, closing=number, root=told, record=sha256hex(statement.encode())
    )
    tell(tx, actor, row, finished)


@ticker.long(COUNT)
def count(subject: str) -> None:
    """Count a large box from its beginning; again where something changed meanwhile."""
    poll = parse(subject)[1]
    try:
        while not _count(poll, _Telling(poll)):
            pass
    except OverError:
        return


def _count(poll: int, telling: "_Telling") -> bool:
    """Whether it is done: False where what was counted is not what stands there now."""
    with reading() as db:
        row = db.get(Poll, poll)
        if row is None or row.state != PollState.COUNTING:
            raise OverError
        seen = _seen(db, row)
    with transaction() as tx:
        box.measure(tx, secret=row.secrecy == Secrecy.SECRET)
    telling.total = seen.size
    telling.say(0)
    opened = counting.read(row, reading, tell=telling)
    telling.say(seen.size, lease=ticker.LEASE)  # the method says nothing while it works
    with reading() as db:
        tally = counting.tally(db, row, opened)
    found = Whole(tally, opened.root)
    result = counting.result(row, tally, opened.root)
    with transaction() as tx:
        # Due work comes before what it is about: whoever publishes or voids holds it first, too.
        ticker.hold(tx, (COUNT, PUBLISH), f"poll:{poll}")
        now = tx.get(Poll, poll, with_for_update=True, populate_existing=True)
        if now is None or now.state != PollState.COUNTING:
            raise OverError
        if _seen(tx, now) != seen or (tally.size, tally.venues) != (seen.size, seen.venues):
            return False
        _finish(tx, None, now, found, result)
        if ticker.scheduled(tx, PUBLISH, now.ref) is not None:
            ticker.schedule(tx, PUBLISH, clock.now(), now.ref)
    return True


def _seen(db: Db, row: Poll) -> Seen:
    facts = tuple(getattr(row, name) for name in DECIDED_BY)
    size = unboxing.size(db, row.id, secret=row.secrecy == Secrecy.SECRET)
    return Seen(facts, tuple(counting.venues(db, row.id)), size)


class _Telling:
    """Says about once a second how far a count is; so it keeps others from beginning it."""

    def __init__(self, poll: int) -> None:
        self.poll = poll
        self.total = 0
        self._last = 0.0

    def __call__(self, counted: int) -> None:
        if counted < self.total and time.monotonic() - self._last >= EVERY:
            self.say(counted)

    def say(self, counted: int, lease: timedelta = LEASE) -> None:
        """Say it now; OverError where the vote is not being counted any more."""
        self._last = time.monotonic()
        with transaction() as tx:
            ticker.hold(tx, (COUNT,), f"poll:{self.poll}")
            row = tx.get(Poll, self.poll)
            if row is None or row.state != PollState.COUNTING:
                raise OverError
            ticker.schedule(tx, COUNT, clock.now() + lease, row.ref)
            said = events.BallotsCounted(poll=self.poll, counted=counted, total=self.total)
            tell(tx, None, row, said)
