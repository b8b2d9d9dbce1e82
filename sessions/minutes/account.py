"""What an outcome says, as one value: packed, it is the text that its seal covers. Pure."""

import json
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import NamedTuple

from forum.base.canonical import canonical


class Fate(StrEnum):
    """What became of an argument."""

    TAKEN_UP = "taken_up"
    ANSWERED = "answered"
    DECLINED = "declined"
    DEFERRED = "deferred"


# Whoever is told no, or not now, is told why.
REASONED = frozenset({Fate.ANSWERED, Fate.DECLINED, Fate.DEFERRED})


class Reply(NamedTuple):
    """What the outcome says to one argument."""

    argument: int
    fate: Fate
    words: str


class Account(NamedTuple):
    """The whole of an outcome: what was decided, why, and what every argument came to."""

    title: str
    summary: str
    reasons: str
    decisions: tuple[int, ...] = ()
    replies: tuple[Reply, ...] = ()

    def pack(self) -> str:
        """As the text that is kept and sealed."""
        return canonical(
            {
                "title": self.title,
                "summary": self.summary,
                "reasons": self.reasons,
                "decisions": list(self.decisions),
                "replies": [[r.argument, r.fate.value, r.words] for r in self.replies],
            }
        ).decode()


def unpack(kept: str) -> Account:
    """What `pack` packed."""
    loaded = json.loads(kept)
    return Account(
        loaded["title"],
        loaded["summary"],
        loaded["reasons"],
        tuple(loaded["decisions"]),
        tuple(Reply(a, Fate(fate), words) for a, fate, words in loaded["replies"]),
    )


def unanswered(account: Account, leading: Collection[int]) -> list[int]:
    """The leading arguments that the outcome passes over; a full account has none."""
    said = {reply.argument for reply in account.replies}
    return [argument for argument in leading if argument not in said]


def without_reason(replies: Sequence[Reply]) -> list[int]:
    """The arguments that are told no without being told why."""
    return [r.argument for r in replies if r.fate in REASONED and not r.words]
