"""`run.py verify`: each closed poll against its signed record, and the chain of these records.

Faults are named ballots_changed (changed, removed, added), tally_changed, roll_changed and
closing_broken.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from forum.base import keys
from forum.base.canonical import sha256hex
from forum.base.db import Db
from forum.base.events import EventRow
from forum.base.registry import verifier
from forum.base.verify import Report
from voting.boxes import ballots, service, unboxing
from voting.boxes import queries as boxes
from voting.boxes.queries import ClosingRow
from voting.boxes.unboxing import Box, Leaves
from voting.polls import counting, events, passing, queries, rules
from voting.polls.models import Poll, Secrecy
from voting.polls.rules import Count


@verifier("polls")
def check(db: Db, report: Report) -> None:
    """Look at all closed polls."""
    closings = boxes.closings(db)
    sound = _chain(closings, report)
    by_poll = {closing.poll_id: closing for closing in closings}
    _log(db, by_poll, report)
    drawn = {facts["poll"]: facts["seed"] for facts in _told(db, events.LotDrawn.kind)}
    for poll in db.execute(select(Poll).where(col(Poll.state).in_(rules.COUNTED))).scalars():
        report.count("polls")
        closing = by_poll.get(poll.id)
        if closing is None:
            report.fault("closing_broken", poll.ref, f"the closing record of {poll.ref} is gone")
        elif closing.number in sound:
            _poll(db, poll, closing, drawn, report)


def _chain(closings: list[ClosingRow], report: Report) -> set[int]:
    """The numbers of the records that stand as they were signed."""
    sound: set[int] = set()
    expected, before = 1, service.START
    for closing in closings:
        facts, words = closing.facts, ""
        if not keys.verify(closing.record.encode(), closing.signature):
            words = f"closing record {closing.number} is not signed by this server's key"
        elif (facts["number"], facts["poll"]) != (closing.number, closing.poll_id):
            words = f"closing record {closing.number} is that of another poll"
        else:
            sound.add(closing.number)
            if closing.number != expected:
                words = f"closing records {expected} to {closing.number - 1} were removed"
            elif facts["previous"] != before:
                words = f"closing record {closing.number} does not follow the one before it"
        if words:
            report.fault("closing_broken", f"poll:{closing.poll_id}", words)
        expected, before = closing.number + 1, sha256hex(closing.record.encode())
    return sound


def _log(db: Db, by_poll: dict[int, ClosingRow], report: Report) -> None:
    """Each closing record against the log, which has its digest."""
    for facts in _told(db, events.PollFinished.kind):
        closing = by_poll.get(facts["poll"])
        if closing is None or sha256hex(closing.record.encode()) != facts["record"]:
            subject = f"poll:{facts['poll']}"
            words = f"the closing record of {subject} is not the one in the log"
            report.fault("closing_broken", subject, words)


def _told(db: Db, kind: str) -> Iterator[dict[str, Any]]:
    """What the log says of this, the first first."""
    query = select(col(EventRow.payload)).where(col(EventRow.kind) == kind)
    return map(json.loads, db.execute(query.order_by(col(EventRow.id))).scalars())


def _poll(
    db: Db, poll: Poll, closing: ClosingRow, drawn: Mapping[int, str], report: Report
) -> None:
    facts = closing.facts
    if counting.frozen(db, poll) != facts["rules"]:
        words = f"the question, the rule or the roll of {poll.ref} was changed after the opening"
        report.fault("roll_changed", poll.ref, words)
    box = _box(db, poll, facts["size"], facts["root"], report)
    if box is None:
        return
    tally = counting.tally(db, poll, box)
    if facts["tally"] not in (tally.pack(), tally.raw()):
        report.fault("tally_changed", poll.ref, f"the count of a venue of {poll.ref} was changed")
    elif poll.lot != drawn.get(poll.id):
        report.fault("tally_changed", poll.ref, f"the lot of {poll.ref} is not the one in the log")
    elif counting.result(poll, tally, facts["root"]) != poll.result:
        report.fault("tally_changed", poll.ref, f"the result of {poll.ref} was changed")


def _keyed(db: Db, poll: int) -> int:
    """How many papers were entered one by one into a secret poll's box."""
    counted = [row.counted for row in queries.tallies(db, poll, known=True)]
    return sum(Count.unpack(one).ballots for one in counted if one)


def _box(db: Db, poll: Poll, size: int, root: str, report: Report) -> Box | None:
    """What is in the box; None unless the ballots are those that were closed over."""
    changed = 0

    def anew(leaves: Leaves) -> list[str]:
        nonlocal changed
        commits = [ballots.commitment(text.encode()) for _commit, text in leaves]
        changed += sum(one != told for one, (told, _text) in zip(commits, leaves, strict=True))
        return commits

    secret = poll.secrecy == Secrecy.SECRET
    box = counting.read(poll, unboxing.inside(db), commits=anew if secret else unboxing.as_kept)
    took_part = boxes.turnout(db, poll.id) + _keyed(db, poll.id) if secret else box.size
    followed = not secret and passing.followed(poll.rule)
    if followed and (wrong := passing.changed(boxes.named(db, poll.id))):
        named = ", ".join(f"member:{one}" for one in wrong[:20])
        words = f"in {poll.ref} the votes given away by {named} are not what was cast for them"
        report.fault("ballots_changed", poll.ref, words)
    report.count("ballots", box.size)
    if changed:
        words = f"{changed} ballots of {poll.ref} were changed"
    elif box.size < size:
        words = f"{size - box.size} ballots of {poll.ref} were removed"
    elif box.size > size:
        words = f"{box.size - size} ballots of {poll.ref} were added"
    elif box.root != root:
        words = f"ballots of {poll.ref} were changed or exchanged"
    elif took_part != size:
        words = f"{poll.ref} has {size} ballots, but {took_part} voted"
    else:
        return box
    report.fault("ballots_changed", poll.ref, words)
    return None
