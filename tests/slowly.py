"""Counts of single ballots, by the letter of the rules and without arrays, to count against."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from voting.methods.common import lots, marks

IDS = ["o1", "o2", "o3", "o4", "o5"]
VOTE = 10**5  # of which a value is a whole number

Had = dict[str, int]


class Level(Exception):
    """Only a lot could decide, and there is none."""


def apart(
    tied: Iterable[str], history: Sequence[Had], best: Callable[[Iterable[int]], int]
) -> list[str]:
    left = list(tied)
    for had in reversed(history):
        left = [one for one in left if had[one] == best(had[two] for two in left)]
    return left


def drawn(lot: str, purpose: str, tied: Iterable[str]) -> list[str]:
    if not lot:
        raise Level
    return [lots.drawn(lot, purpose, tied)[0]]


def out_of(had: Had, history: Sequence[Had], lot: str, *, most: float, enough: int) -> list[str]:
    """Who goes: the fewest, those of earlier rounds, all together below `most`, or the lot."""
    tied = [one for one in had if had[one] == min(had.values())]
    left = apart(tied, history, min)
    if len(left) == 1:
        return left
    rest = [had[one] for one in had if one not in tied]
    together = sum(had[one] for one in tied)
    if len(rest) >= enough and together < min(rest) and together + max(rest) < most:
        return tied
    return drawn(lot, f"elimination {len(history) + 1}", left)


class Runoff:
    """Instant run-off."""

    def __init__(self, votes: Mapping[str, int], lot: str, overvote: str) -> None:
        self.lot, self.overvote = lot, overvote
        self.papers = [(number, list(marks.ranks(mark))) for mark, number in votes.items()]
        self.inside = set(IDS)

    def counts_for(self, tiers: list[tuple[str, ...]]) -> str:
        for tier in tiers:
            live = [one for one in tier if one in self.inside]
            if self.overvote == "skip" and len(tier) > 1:
                continue
            if len(live) > 1:
                if self.overvote == "exhaust":
                    tiers.clear()
                return ""
            if live:
                return live[0]
        return ""

    def winners(self) -> list[str]:
        history: list[Had] = []
        while True:
            had = dict.fromkeys(sorted(self.inside), 0)
            for number, tiers in self.papers:
                if one := self.counts_for(tiers):
                    had[one] += number
            best = max(had, key=lambda one: had[one])
            if 2 * had[best] > sum(had.values()) or not had[best]:
                return [best] if had[best] else []
            try:
                self.inside -= {*out_of(had, history, self.lot, most=float("inf"), enough=1)}
            except Level:
                return []
            history.append(had)


class Paper(NamedTuple):
    order: list[str]
    value: int
    at: str


class Scottish:
    """The rules 45 to 52; elections of one count with ballots that rank each option alone."""

    def __init__(self, votes: Mapping[str, int], seats: int, lot: str) -> None:
        orders = {mark: [tier[0] for tier in marks.ranks(mark)] for mark in votes}
        self.papers = [
            Paper(orders[mark], VOTE, orders[mark][0])
            for mark, number in votes.items()
            for _paper in range(number)
        ]
        self.seats, self.lot = seats, lot
        self.quota = (len(self.papers) // (seats + 1) + 1) * VOTE
        self.hopeful = {*IDS}
        self.elected: list[str] = []
        self.history: list[Had] = []

    def goes(self, paper: Paper) -> str:
        return next((one for one in paper.order if one in self.hopeful), "")

    def had(self) -> Had:
        done = [one for one in self.elected if all(paper.at != one for paper in self.papers)]
        return {
            one: sum(paper.value for paper in self.papers if paper.at == one)
            for one in sorted(self.hopeful) + self.elected
        } | dict.fromkeys(done, self.quota)

    def winners(self) -> list[str]:
        while self.papers:
            had = self.had()
            reached = [one for one in self.hopeful if had[one] >= self.quota]
            if len(self.elected) + len(self.hopeful) <= self.seats:
                reached = [*self.hopeful]
            self.elected += sorted(reached, key=lambda one: (-had[one], one))
            self.hopeful -= {*reached}
            if len(self.elected) == self.seats:
                break
            try:
                self.pass_on(had)
            except Level:
                break
            self.history.append(had)
        return self.elected

    def pass_on(self, had: Had) -> None:
        over = {one: had[one] for one in self.elected if had[one] > self.quota}
        if over:
            left = self.first_of([one for one in over if over[one] == max(over.values())], had)
        else:
            enough = self.seats - len(self.elected)
            hopeful = {one: had[one] for one in sorted(self.hopeful)}
            left = out_of(hopeful, self.history, self.lot, most=self.quota, enough=enough)
            self.hopeful -= {*left}
        self.papers = [
            self.passed(paper, had) if paper.at in left else paper for paper in self.papers
        ]

    def passed(self, paper: Paper, had: Had) -> Paper:
        value = paper.value
        if paper.at in self.elected:
            value = value * (had[paper.at] - self.quota) // had[paper.at]
        return Paper(paper.order, value, self.goes(paper))

    def first_of(self, first: list[str], had: Had) -> list[str]:
        left = apart(first, self.history, max)
        if len(left) == 1:
            return left
        after = {one: had[one] for one in self.hopeful}
        for paper in self.papers:
            if paper.at in first and (one := self.goes(paper)):
                after[one] += self.passed(paper, had).value
        if max(after.values()) < self.quota:
            return first
        return drawn(self.lot, f"surplus {len(self.history) + 1}", left)
