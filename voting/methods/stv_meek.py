"""STV as Meek counts it: each elected option keeps of every vote just what it needs.

The reference Meek rule of the Proportional Representation Foundation
(prfound.org/resources/reference/reference-meek-rule), after Hill, Wichmann and Woodall, "Algorithm
123: Single Transferable Vote by Meek's Method" (The Computer Journal 30, 1987). Whole numbers of
10⁻⁹ votes throughout, so that everybody who counts again finds the same.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from forum.base.i18n import N_
from voting.methods.common import marks
from voting.methods.common.election import NOBODY as NO_VOTES
from voting.methods.common.election import Found, names
from voting.methods.common.profile import Ranked
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import ELECTED, named
from voting.methods.common.transferable import TransferableVote
from voting.methods.common.transfers import (
    NOBODY,
    ORDERED,
    QUOTA,
    REMAIN,
    REMAINING,
    SEVERAL,
    SKIP,
    Leaving,
    Papers,
    Rows,
    decimal,
    lowest,
)
from voting.methods.common.words import Words
from voting.methods.method import Rule

SCALE = 10**9  # a vote is counted to nine decimal places
OMEGA = 10**3  # surpluses of less than 10⁻⁶ votes are none
LARGEST = 2**63 - 1

WAY = (
    ORDERED,
    QUOTA,
    N_(
        "Everybody elected keeps the same share of each vote that comes to it, so that it has just "
        "the quota; the rest passes to the next option on that ballot, even to one that is elected "
        "already. The shares are set anew until all of them fit, to a millionth of a vote."
    ),
    N_(
        "Then the option with the fewest votes is out, and all is counted as if it had never "
        "stood. When ballots are exhausted, the quota falls."
    ),
    REMAIN,
    N_(
        "The rules are the reference Meek rule of the Proportional Representation Foundation, with "
        "nine decimal places."
    ),
)
MEASURE = N_("The quota is %(quota)s votes.")
REACHED = N_("The quota is reached, so these are elected: %(names)s.")


class MeekSTV(TransferableVote):
    """Several are elected, each by as many voters, whatever order they are elected in."""

    name = "stv_meek"
    version = 1
    label = N_("Single transferable vote (Meek)")
    hint = N_(
        "Like the Scottish rules, but votes also pass to options that are elected already. Fairer "
        "to voters, and only a computer can count it."
    )
    way = WAY

    def count(self, votes: Ranked, rule: Rule, frame: Frame) -> Found:
        """Round by round; a round is what stands when the shares fit, and what follows."""
        papers = Papers(votes, skip=rule["overvote"] == SKIP)
        return _Count(papers, votes.ids, rule, frame.lot).found()


class _Piles:
    """Ballots by the options they pass: those elected, then one that is hopeful, or nobody.

    Ballots of one pile share every rounding, so that only piles are counted again and again.
    """

    def __init__(self, papers: Papers, hopeful: Iterable[str]) -> None:
        self.papers = papers
        self.standing = list(hopeful)
        self.elected: list[str] = []
        self.rows: dict[tuple[tuple[str, ...], str], list[Rows]] = {}
        self._spread([((), papers.all)])

    def elect(self, ident: str) -> None:
        """Votes pass on from here, from now on."""
        self.elected.append(ident)
        self._spread([((*path, ident), rows) for path, rows in self._ending(ident)])

    def remove(self, ident: str) -> None:
        """As if it had never stood."""
        self.standing.remove(ident)
        self._spread(self._ending(ident))

    def _ending(self, ident: str) -> list[tuple[tuple[str, ...], Rows]]:
        ending = [key for key in self.rows if key[1] == ident]
        return [(key[0], np.concatenate(self.rows.pop(key))) for key in ending]

    def _spread(self, moving: list[tuple[tuple[str, ...], Rows]]) -> None:
        while moving:
            path, papers = moving.pop()
            among = [ident for ident in self.standing if ident not in path]
            for to, rows in self.papers.deal(papers, among).items():
                if to in self.elected:
                    moving.append(((*path, to), rows))
                else:
                    end = NOBODY if to == SEVERAL else to
                    self.rows.setdefault((path, end), []).append(rows)


class _Table:
    """The piles of one round, as arrays: how often each, what it passes, where it ends."""

    def __init__(self, piles: _Piles, ids: Sequence[str]) -> None:
        self.ids = ids
        column = {ident: at for at, ident in enumerate([*ids, NOBODY])}
        numbers = [sum(map(piles.papers.weight, rows)) for rows in piles.rows.values()]
        # votes in units of 10⁻⁹ add up to 64 bits for nine milliards of votes; beyond, no bound
        kind = np.int64 if sum(numbers) * SCALE <= LARGEST else object
        self.numbers = np.array(numbers, dtype=kind)
        self.ends = np.array([column[end] for _path, end in piles.rows])
        deep = max((len(path) for path, _end in piles.rows), default=0)
        # a path that is shorter passes nobody, who keeps nothing
        self.paths = np.full((deep, len(numbers)), len(ids))
        for at, (path, _end) in enumerate(piles.rows):
            self.paths[: len(path), at] = [column[ident] for ident in path]

    def share(self, keeps: Mapping[str, int]) -> tuple[dict[str, int], int]:
        """Votes by option, and exhausted, where each elected option keeps these shares.

        What is kept of a vote is rounded up; no product is over 10¹⁸.
        """
        shares = np.array([*(keeps[ident] for ident in self.ids), 0], dtype=self.numbers.dtype)
        had = np.zeros(len(self.ids) + 1, dtype=self.numbers.dtype)
        left = np.full_like(self.numbers, SCALE)
        for passed in self.paths:
            kept = -(-left * shares[passed] // SCALE)
            np.add.at(had, passed, kept * self.numbers)
            left -= kept
        np.add.at(had, self.ends, left * self.numbers)
        *votes, exhausted = map(int, had)
        return dict(zip(self.ids, votes, strict=True)), exhausted


class _Count:
    """A count under way; votes and shares in units of 1/SCALE."""

    def __init__(self, papers: Papers, ids: Sequence[str], rule: Rule, lot: str) -> None:
        self.ids = sorted(ids, key=marks.order)
        self.piles = _Piles(papers, self.ids)
        self.hopeful = list(self.ids)
        self.elected: list[str] = []
        self.seats: int = rule["seats"]
        self.called, self.lot = names(rule), lot
        self.keeps = dict.fromkeys(self.ids, SCALE)
        self.votes: dict[str, int] = {}
        self.exhausted = self.quota = self.surplus = 0
        self.rounds: list[Round] = []

    def found(self) -> Found:
        """The whole count."""
        votes, _exhausted = _Table(self.piles, self.ids).share(self.keeps)
        if not any(votes.values()):
            return Found((), said=(Words(NO_VOTES),))
        ties: tuple[str, ...] = ()
        while self._left() and not ties:
            ties = self._round()
        end = [Words(ELECTED, {"names": self._named(self.elected)})] if self.elected else []
        if ties:
            end.append(self.rounds[-1].said[-1])
        figures = {"seats": self.seats}
        return Found(tuple(self.elected), ties, tuple(self.rounds), tuple(end), figures)

    def _left(self) -> int:
        return self.seats - len(self.elected)

    def _round(self) -> tuple[str, ...]:
        """Steps B and C of the reference rule; those who are tied, where a lot is wanted."""
        chosen = self._iterate()
        had = {ident: self.votes[ident] for ident in (*self.elected, *self.hopeful)}
        said = [Words(MEASURE, {"quota": decimal(self.quota, SCALE)})]
        leaving = Leaving((), said[0])
        if chosen:
            said.append(Words(REACHED, {"names": self._named(chosen)}))
            self._elect(chosen)
        elif len(self.hopeful) > self._left():
            leaving = self._last()
            said.append(leaving.said)
            self._remove(leaving.idents)
        if 0 < len(self.hopeful) <= self._left():
            rest = self._down(self.hopeful)
            said.append(Words(REMAINING, {"names": self._named(rest)}))
            self._elect(rest)
            chosen += rest
        step = Round(had, SCALE, chosen, leaving.idents, self.exhausted, tuple(said))
        self.rounds.append(step)
        return leaving.tied

    def _iterate(self) -> tuple[str, ...]:
        """Set the shares anew until they fit, or until somebody reaches the quota: who does (B.2).

        The sum of surpluses falls each time, so this ends.
        """
        table = _Table(self.piles, self.ids)
        before = None
        while True:
            self.votes, self.exhausted = table.share(self.keeps)
            self.quota = sum(self.votes.values()) // (self.seats + 1) + 1
            reached = [one for one in self.hopeful if self.votes[one] >= self.quota]
            surplus = sum(self.votes[ident] - self.quota for ident in self.elected)
            self.surplus = max(surplus, 0)
            settled = self.surplus < OMEGA or (before is not None and self.surplus >= before)
            if reached or settled:
                return self._down(reached)
            before = self.surplus
            for ident in self.elected:
                needed = -(-self.keeps[ident] * self.quota // SCALE)
                share = -(-needed * SCALE // self.votes[ident])
                # rounded up twice, it could be more than the whole vote
                self.keeps[ident] = min(share, SCALE)

    def _last(self) -> Leaving:
        """The fewest; what lies closer together than the surplus that is left is tied (B.3)."""
        fewest = min(self.votes[ident] for ident in self.hopeful)
        tied = [one for one in self.hopeful if self.votes[one] <= fewest + self.surplus]
        rest = [self.votes[ident] for ident in self.hopeful if ident not in tied]
        together = sum(self.votes[ident] for ident in tied) + self.surplus
        # shares only fall, so nobody loses votes, and those who go gain at most what others lose
        safe = len(rest) >= self._left() and together < min(rest)
        return lowest(tied, self.rounds, self.called, self.lot, safe=safe)

    def _elect(self, idents: Sequence[str]) -> None:
        self.elected += idents
        self.hopeful = [ident for ident in self.hopeful if ident not in idents]
        if self._left():
            for ident in idents:
                self.piles.elect(ident)

    def _remove(self, idents: Sequence[str]) -> None:
        self.hopeful = [ident for ident in self.hopeful if ident not in idents]
        for ident in idents:
            self.piles.remove(ident)

    def _down(self, idents: Iterable[str]) -> tuple[str, ...]:
        """From the most votes down; equals only stand somewhere, nothing goes by it."""
        return tuple(sorted(idents, key=lambda one: (-self.votes[one], marks.order(one))))

    def _named(self, idents: Sequence[str]) -> str | Words:
        return named(idents, self.called)


METHOD = MeekSTV()
