"""Every two options against one another: how many voters prefer the one, how many the other."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from forum.base.i18n import N_
from voting.methods.common.election import Found, RankElection, names
from voting.methods.common.profile import Ranked, Whole
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import LOT, fill, named
from voting.methods.common.words import Words
from voting.methods.method import Rule, Setting

Relation = NDArray[np.bool_]  # whether the row stands above the column

CELLS = 1 << 16  # of the table at a time: what a processor keeps at hand

WINNING, MARGINS = "winning", "margins"
MEASURES = {
    WINNING: N_("By how many prefer the winning side"),
    MARGINS: N_("By how many more prefer the winning side than the other"),
}
STRENGTHS = {
    WINNING: N_("A comparison is as strong as those who prefer its winning side are many."),
    MARGINS: N_("A comparison is as strong as the lead of its winning side is large."),
}

TIERS = N_("%(left)s, then %(right)s")
LEVEL = N_("%(names)s (level)")
ORDER = N_("From the first to the last: %(order)s.")
BALLOTS = (
    N_(
        "Voters put the options in an order. Several may have the same place; a place that is "
        "skipped closes up."
    ),
    N_("Options that are left out count below all others, and as equal among themselves."),
    N_(
        "Every two options are compared: how many voters prefer the one, how many the other. "
        "Whoever holds both equal counts for neither."
    ),
)


def measure(default: str) -> Setting:
    """How strong a won comparison is; named in every rule, because the winner can depend on it."""
    return Setting("measure", N_("Strength of a comparison"), default, tuple(MEASURES.items()))


def matrix(votes: Ranked) -> Whole:
    """`matrix[a, b]` is how many prefer a to b.

    Each sum is at most the sum of all votes, which 64 bits hold (`profile`).
    """
    ballots, size = votes.places.shape
    found = np.zeros((size, size), dtype=np.int64)
    step = max(1, CELLS // size)
    for start in range(0, ballots, step):
        part = votes.places[start : start + step].T
        # no place lies below the last; places are at most a thousand, so they fit 16 bits
        places = np.where(part == 0, size + 1, part).astype(np.int16)
        counts = votes.counts[start : start + step]
        for option in range(size):
            found[option] += (places[option] < places) @ counts
    return found


class Duels(NamedTuple):
    """All comparisons of the options."""

    ids: tuple[str, ...]
    table: Whole
    votes: int  # all, also those who hold both options of a comparison equal

    def pairs(self) -> dict[str, dict[str, int]]:
        """As they stand in a result."""
        rows = self.table.tolist()
        return {
            one: {other: votes for other, votes in zip(self.ids, row, strict=True) if other != one}
            for one, row in zip(self.ids, rows, strict=True)
        }

    def strengths(self, measured: str) -> Whole:
        """How strongly the row wins against the column; 0 where it does not."""
        lead = self.table - self.table.T
        return np.where(lead > 0, lead if measured == MARGINS else self.table, 0)

    def condorcet(self) -> str | None:
        """Who wins against every other option."""
        wins = (self.table > self.table.T).sum(axis=1).tolist()
        return self.ids[wins.index(len(self.ids) - 1)] if len(self.ids) - 1 in wins else None

    def won(self) -> dict[str, int]:
        """How many others each wins against, in halves: an even comparison is one half."""
        twice = 2 * (self.table > self.table.T) + (self.table == self.table.T)
        # even with oneself
        return dict(zip(self.ids, (twice.sum(axis=1) - 1).tolist(), strict=True))

    def smith(self) -> list[int]:
        """The fewest options of which each wins against all the others."""
        # who wins most is inside, and so is who is not beaten by somebody inside
        wins = (self.table > self.table.T).sum(axis=1)
        inside = wins == wins.max()
        unbeaten = self.table >= self.table.T
        while True:
            grown = inside | unbeaten[:, inside].any(axis=1)
            if (grown == inside).all():
                return [int(at) for at in np.flatnonzero(inside)]
            inside = grown


class Standing(NamedTuple):
    """What a way to compare found: who could win, and why."""

    best: Sequence[str]  # one: the winner
    counts: Mapping[str, int]
    scale: int = 1
    tiers: Sequence[Sequence[str]] = ()  # from the first down, where there is such an order
    said: tuple[Words, ...] = ()


class PairElection(RankElection):
    """One winner, found from the comparisons alone."""

    equal = True
    narrows = True
    way: tuple[str, ...]  # how, as messages

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The ballots, the comparison, what is made of it."""
        measured = (STRENGTHS[rule["measure"]],) if "measure" in rule else ()
        return tuple(map(Words, (*BALLOTS, *self.way, *measured, LOT)))

    def count(self, votes: Ranked, rule: Rule, frame: Frame) -> Found:
        """One step, so one round."""
        duels = Duels(votes.ids, matrix(votes), int(votes.counts.sum()))
        called = names(rule)
        standing = self.compare(duels, rule, frame, called)
        best = {ident: int(ident in standing.best) for ident in votes.ids}
        filled = fill(best, 1, called, frame.lot)
        said = (*self._beats_all(duels, called), *standing.said, *filled.said)
        if standing.tiers:
            said += (Words(ORDER, {"order": order(standing.tiers, called)}),)
        step = Round(standing.counts, standing.scale, elected=filled.chosen, said=said)
        return Found(filled.chosen, filled.tied, (step,), said, pairs=duels.pairs())

    @abstractmethod
    def compare(
        self, duels: Duels, rule: Rule, frame: Frame, called: Mapping[str, str]
    ) -> Standing:
        """Who wins by these comparisons."""

    def _beats_all(self, duels: Duels, called: Mapping[str, str]) -> tuple[Words, ...]:
        first = duels.condorcet()
        if first is None:
            return (Words(N_("No option wins against every other one.")),)
        return (Words(N_("%(name)s wins against every other option."), {"name": called[first]}),)


def tiers(ids: Sequence[str], key: Callable[[str], int]) -> list[list[str]]:
    """Options from the smallest key up, those with the same together."""
    found: dict[int, list[str]] = {}
    for ident in ids:
        found.setdefault(key(ident), []).append(ident)
    return [found[value] for value in sorted(found)]


def peeled(ids: Sequence[str], above: Relation) -> list[list[str]]:
    """An order from a relation without cycles: who has nobody above is next, all such together."""
    found, left = [], np.ones(len(ids), dtype=bool)
    while left.any():
        free = left & ~above[left].any(axis=0)
        found.append([ids[at] for at in np.flatnonzero(free).tolist()])
        left &= ~free
    return found


def order(found: Sequence[Sequence[str]], called: Mapping[str, str]) -> str | Words:
    """Tiers as one value of a sentence."""
    if len(found) > 1:
        half = len(found) // 2  # halved, so that a thousand nest ten deep
        left, right = order(found[:half], called), order(found[half:], called)
        return Words(TIERS, {"left": left, "right": right})
    one = named(found[0], called)
    return one if len(found[0]) == 1 else Words(LEVEL, {"names": one})
