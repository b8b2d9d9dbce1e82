"""Roll calls and results in council minutes: who voted how, and what is said to have come of it."""

import re
from enum import StrEnum
from typing import NamedTuple

from sessions.exchange.council_read import Moved
from sessions.exchange.script import Stated
from voting.methods.majority import ABSTAIN, NO, YES

_LABELS = {
    YES: "yea yeas aye ayes yes for infavour infavor",
    NO: "nay nays no noes against opposed",
    ABSTAIN: "abstain abstains abstained abstention abstentions",
    "absent": "absent",
    "aside": "recuse recused recusal conflict conflicts",
}
LABELS = {word: label for label, words in _LABELS.items() for word in words.split()}
_COUNT = re.compile(r"\((\d{1,4})\s*(?:to|-|\u2013|:)\s*(\d{1,4})\)")
_PASSED = re.compile(r"\b(?:passed|carried|approved|adopted)\b", re.IGNORECASE)
_FAILED = re.compile(r"\b(?:failed|lost|defeated|not (?:passed|carried|approved))\b", re.IGNORECASE)
_ELECTED = re.compile(r"\bwinner\b", re.IGNORECASE)


class Fate(StrEnum):
    """What became of a motion, as the minutes say."""

    PASSED = "passed"
    FAILED = "failed"
    ELECTION = "election"
    SUPERSEDED = "superseded"


class Call(NamedTuple):
    """A roll call: names by how they voted; `others` are the candidates of an election."""

    votes: dict[str, list[str]]
    others: dict[str, list[str]]

    @property
    def named(self) -> bool:
        """Whether anybody stands in it with a vote."""
        return any(self.votes.get(choice) for choice in (YES, NO, ABSTAIN)) or bool(self.others)


def call(moved: Moved) -> Call:
    """The roll call of a motion."""
    found = Call({}, {})
    for label, names in moved.rows:
        known = LABELS.get(re.sub(r"[^a-z]", "", label.casefold()))
        here = [name for name in names if name.casefold() != "none"]
        if known:
            found.votes.setdefault(known, []).extend(here)
        elif here or label:
            found.others.setdefault(label.strip(" :"), []).extend(here)
    return found


def stated(result: str) -> Stated | None:
    """A result as the minutes state it; the figures alone say it as well."""
    count = _COUNT.search(result)
    yes, no = (int(count[1]), int(count[2])) if count else (None, None)
    if _FAILED.search(result):
        return Stated(False, yes, no)
    if _PASSED.search(result):
        return Stated(True, yes, no)
    return Stated(yes > no, yes, no) if yes is not None and no is not None else None


def fate(moved: Moved, rolled: Call) -> Fate:
    """What became of a motion. Without a result it was taken back for what followed it."""
    if _ELECTED.search(moved.result) or (rolled.others and stated(moved.result) is None):
        return Fate.ELECTION
    found = stated(moved.result)
    if found is None:
        return Fate.SUPERSEDED
    return Fate.PASSED if found.carried else Fate.FAILED
