"""A published vote, counted anew from nothing but what was published."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from forum.base import keys
from forum.base.verify import Report
from voting.methods.common import late, lots
from voting.methods.common.result import Frame
from voting.methods.method import Form, Method, methods
from voting.polls import counting, passing, small, weighing
from voting.polls.models import Secrecy, TallyState
from voting.polls.publishing import rows
from voting.polls.publishing.rows import Row, Told
from voting.polls.rules import SMALL, Count

# What reading a file may raise that somebody wrote to do harm.
DAMAGED = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    IndexError,
    ArithmeticError,
    RecursionError,
    AssertionError,
)


class Published(NamedTuple):
    """What a published file says: the closing record, the terms, the ballots, the result.

    `terms` is what was frozen when the vote opened. A row without a text is a commitment alone.
    """

    terms: dict[str, Any]
    record: str
    signature: str
    public_key: str
    rows: list[Row]
    result: dict[str, Any]
    casting: str | None
    lot: str

    @property
    def facts(self) -> dict[str, Any]:
        """What was signed when the vote was counted."""
        found = json.loads(self.record)
        if not isinstance(found, dict):
            raise TypeError(self.record[:20])
        return found

    @property
    def way(self) -> Method | None:
        """The method it was decided by; None where this program does not know that version."""
        name, _slash, version = self.terms["method"].partition("/")
        found = methods().get(name)
        return found if found is not None and str(found.version) == version else None


class Sums(NamedTuple):
    """What was counted: by heads, by exact weight where that counts, and how many by others."""

    votes: dict[str, int]
    second: dict[str, int]
    through: int


def examine(found: Published, report: Report) -> None:
    """Name everything in it that is not as it was signed, or does not follow from it."""
    subject = f"poll:{int(found.terms['poll'])}"
    facts = found.facts
    report.count("polls")
    report.count("ballots", len(found.rows))
    for kind, words in _faults(found, facts):
        report.fault(kind, subject, words)


def _faults(found: Published, facts: dict[str, Any]) -> Iterator[Told]:
    if not keys.verify(found.record.encode(), found.signature, found.public_key):
        yield "closing_broken", "the closing record is not signed by this key"
    if facts["poll"] != found.terms["poll"]:
        yield "closing_broken", "the closing record is that of another poll"
    yield from rows.faults(found.rows, facts["size"], facts["root"])
    way = found.way
    if way is None:
        method = str(found.terms["method"])[:60]
        yield "method_unknown", f"this program cannot count {method}: take the version that did"
        return
    yield from _through(found)
    sums = _counted(found, facts, way)
    if sums is None:
        yield "tally_changed", "the ballots do not add up to the signed tally"
    elif not _leads(found, facts, way, sums):
        yield "result_changed", "the ballots do not lead to the published result"


def _counted(found: Published, facts: dict[str, Any], way: Method) -> Sums | None:
    """The sums; None where ballots and halls do not add up to those that were signed.

    What was too small to be shown apart cannot be added up: then the signed sums stand for it.
    """
    tally = facts["tally"]
    signed = Sums(tally["votes"], tally.get("second", {}), tally.get("through", 0))
    votes: Counter[str] = Counter()
    second: Counter[str] = Counter()
    whole, through = all(text is not None for _commit, text in found.rows), 0
    for _commit, text in found.rows:
        if text is not None:
            ballot = json.loads(text)
            key = way.key(ballot["choice"])
            votes[key] += ballot.get("weight", 1)
            second[key] += ballot.get("share", 0)
            through += "through" in ballot
    for venue in tally["venues"]:
        if venue["state"] == TallyState.CONFIRMED:
            if venue["counted"] is None:
                whole = False
            elif small.KEYED in venue["counted"]:
                continue  # its papers lie among the ballots
            else:
                votes.update(Count.unpack(venue["counted"]).votes)
    weighed = dict(+second) if weighing.wanted(found.terms["rule"]) else {}
    mine = Sums(dict(+votes), weighed, through)
    if way.form is not Form.CHOICE:
        return mine
    if whole:
        return mine if mine == signed else None
    return signed if Counter(signed.votes) >= votes else None


def _leads(found: Published, facts: dict[str, Any], way: Method, sums: Sums) -> bool:
    """Whether counting again gives the published result: rounds, lot, quorum and outcome too."""
    if way.form is not Form.CHOICE and any(text is None for _commit, text in found.rows):
        return True  # too few to be shown: only whoever signed the file answers for the result
    terms = found.terms
    frame = Frame(
        terms["eligible"] or 0,
        terms["present"],
        facts["tally"]["blank"],
        facts["tally"]["invalid"],
        found.casting,
        lots.seed(found.lot, facts["root"]),
    )
    again = weighing.tally(way, sums.votes, sums.second, terms["rule"], frame)
    if found.lot and not terms["rule"].get("lot"):
        again = late.told(again)
    among = not way.choices_fixed
    if terms["secrecy"] == Secrecy.SECRET and way.form is not Form.CHOICE:
        again = counting.first_only(again) if facts["size"] < SMALL else again
    return found.result == counting.judged(
        again, terms["rule"], terms["quorum"], frame, among=among, through=sums.through
    )


def _through(found: Published) -> Iterator[Told]:
    """Whether the votes that were given to others are what those others cast themselves."""
    texts = [json.loads(text) for _commit, text in found.rows if text is not None]
    given = {text["voter"]: text for text in texts if "through" in text}
    own = {text["voter"]: text["choice"] for text in texts if "voter" in text}
    wrong = [
        voter
        for voter, text in sorted(given.items())
        if text["through"] in given or not passing.same(text["choice"], own.get(text["through"]))
    ]
    if wrong and passing.followed(found.terms["rule"]):
        named = ", ".join(f"member:{one}" for one in wrong[:20])
        yield "ballot_changed", f"the votes given away by {named} are not what was cast for them"
