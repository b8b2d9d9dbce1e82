"""STV as Scotland counts it: surpluses pass on from all ballots, each at part of its value.

The rules 45 to 52 of the Scottish Local Government Elections Order 2007 (SSI 2007/42), known as
the weighted inclusive Gregory method. One thing is added: where the order of equals plays no part,
they go together, and no lot is drawn.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from forum.base.i18n import N_
from voting.methods.common import late, lots, marks
from voting.methods.common.election import NOBODY as NO_VOTES
from voting.methods.common.election import Found, names
from voting.methods.common.profile import Ranked
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import ELECTED, named
from voting.methods.common.transferable import TransferableVote
from voting.methods.common.transfers import (
    ORDERED,
    QUOTA,
    REMAIN,
    REMAINING,
    SKIP,
    Leaving,
    Papers,
    Rows,
    apart,
    decimal,
    lowest,
)
from voting.methods.common.words import Words
from voting.methods.method import Rule

SCALE = 10**5  # a vote is counted to five decimal places; any remainder is ignored (rule 48)

WAY = (
    ORDERED,
    QUOTA,
    N_(
        "What somebody elected has above the quota is the surplus. All ballots that lie there pass "
        "to the next option on them, each at the same share of its value, cut off after five "
        "decimal places. The largest surplus goes first."
    ),
    N_(
        "When no surplus is left, the option with the fewest votes is out, and its ballots pass to "
        "the next option on them at the value they have."
    ),
    REMAIN,
    N_(
        "Of equal surpluses, the one goes first that had more votes in the latest round that tells "
        "them apart. If none does and their order plays no part, they go together."
    ),
    N_("The rules are those of the Scottish Local Government Elections Order 2007."),
)
MEASURE = N_("Votes: %(votes)s. Seats: %(seats)s. Quota: %(quota)s.")
REACHED = N_("%(name)s has %(votes)s votes: the quota is reached, elected.")
SURPLUS = N_("A surplus of %(surplus)s votes passes on from %(names)s.")
SURPLUS_DRAWN = late.either(
    N_(
        "%(names)s have equal surpluses, and no earlier round tells them apart. The lot from the "
        "announced seed lets %(name)s go first."
    ),
    N_(
        "%(names)s have equal surpluses, and no earlier round tells them apart. The lot drawn "
        "after the count lets %(name)s go first."
    ),
)
SURPLUS_TIED = N_(
    "%(names)s have equal surpluses, and no earlier round tells them apart. Whose goes first "
    "matters, so a lot must decide."
)


class Move(NamedTuple):
    """Papers of one value that pass on together."""

    to: str
    value: int
    rows: Rows
    votes: int  # how many votes these papers are, at their full value


class ScottishSTV(TransferableVote):
    """Several are elected, each by about as many voters.

    The papers of the last one who is out still pass on, as counts in Scotland show them, although
    rule 52 lets that be left out: it can elect nobody else.
    """

    name = "stv_scottish"
    version = 1
    label = N_("Single transferable vote (Scottish rules)")
    hint = N_(
        "Voters order the options; every large enough group of them gets seats by its size. Can "
        "be counted by hand."
    )
    way = WAY

    def count(self, votes: Ranked, rule: Rule, frame: Frame) -> Found:
        """Stage by stage; a round is what stands at the end of a stage, and what follows."""
        papers = Papers(votes, skip=rule["overvote"] == SKIP)
        return _Count(papers, votes.ids, rule, frame.lot).found()


class _Count:
    """A count under way; votes in units of 1/SCALE, as whole numbers of any length."""

    def __init__(self, papers: Papers, ids: Sequence[str], rule: Rule, lot: str) -> None:
        self.papers, self.lot, self.called = papers, lot, names(rule)
        self.hopeful = sorted(ids, key=marks.order)
        self.elected: list[str] = []
        self.seats: int = rule["seats"]
        self.votes = dict.fromkeys(self.hopeful, 0)
        self.held: dict[str, dict[int, list[Rows]]] = {ident: {} for ident in self.hopeful}
        self.exhausted = 0
        self.rounds: list[Round] = []
        self._take(self._moves([(SCALE, papers.all)]))
        # a ballot without a first preference is none of the valid ones (rules 45, 46)
        self.valid = sum(self.votes.values()) // SCALE
        self.quota = self.valid // (self.seats + 1) + 1

    def found(self) -> Found:
        """The whole count."""
        if not self.valid:
            return Found((), said=(Words(NO_VOTES),))
        first = {"quota": self.quota, "votes": self.valid, "seats": self.seats}
        said = [Words(MEASURE, first)]
        ties: tuple[str, ...] = ()
        while True:
            chosen = self._elect(said)
            if len(self.elected) == self.seats:
                self._record(said, chosen)
                break
            bound = self.quota * SCALE
            over = [ident for ident in self.elected if self.votes[ident] > bound]
            if over:
                ties = self._surplus(said, chosen, over)
            else:
                ties = self._exclude(said, chosen)
            if ties:
                break
            said = []
        end = [Words(ELECTED, {"names": self._named(self.elected)})] if self.elected else []
        if ties:
            end += self.rounds[-1].said[-1:]
        figures = {"quota": self.quota, "seats": self.seats}
        return Found(
            tuple(self.elected), ties, tuple(self.rounds), (Words(MEASURE, first), *end), figures
        )

    def _elect(self, said: list[Words]) -> tuple[str, ...]:
        """Who is elected at the end of a stage: with the quota, or as no more remain (47, 52)."""
        reached = [one for one in self.hopeful if self.votes[one] >= self.quota * SCALE]
        left = self.seats - len(self.elected) - len(reached)
        rest = [one for one in self.hopeful if one not in reached]
        for ident in self._down(reached):
            values = {"name": self.called[ident], "votes": decimal(self.votes[ident], SCALE)}
            said.append(Words(REACHED, values))
        if 0 < len(rest) <= left:
            said.append(Words(REMAINING, {"names": self._named(self._down(rest))}))
            chosen = self._down(self.hopeful)
        else:
            chosen = self._down(reached)
        self.elected += chosen
        self.hopeful = [one for one in self.hopeful if one not in chosen]
        return chosen

    def _surplus(
        self, said: list[Words], chosen: Sequence[str], over: Sequence[str]
    ) -> tuple[str, ...]:
        """Pass on the largest surplus (48, 49); else who may win, where a lot is wanted."""
        most = max(self.votes[ident] for ident in over)
        first = [ident for ident in over if self.votes[ident] == most]
        left, _number = apart(first, self.rounds, max)
        bound = self.quota * SCALE
        moves = {one: self._moves(self._lowered(one, most - bound)) for one in first}
        if len(left) > 1 and self._reaches(move for one in first for move in moves[one]):
            values = {"names": self._named(left)}
            if not self.lot:
                said.append(Words(SURPLUS_TIED, values))
                self._record(said, chosen)
                return tuple(self.hopeful)
            left = lots.drawn(self.lot, f"surplus {len(self.rounds) + 1}", left)[:1]
            said.append(Words(SURPLUS_DRAWN, {**values, "name": self.called[left[0]]}))
        elif len(left) > 1:
            left = tuple(first)
        surplus = {"names": self._named(left), "surplus": decimal(most - bound, SCALE)}
        said.append(Words(SURPLUS, surplus))
        self._record(said, chosen)
        for ident in left:
            self.held[ident] = {}
            self.votes[ident] = bound
            self._take(moves[ident])
        return ()

    def _exclude(self, said: list[Words], chosen: Sequence[str]) -> tuple[str, ...]:
        """Pass on the votes of the fewest (50, 51); else those who are tied."""
        leaving = self._last()
        said.append(leaving.said)
        self._record(said, chosen, leaving.idents)
        self.hopeful = [ident for ident in self.hopeful if ident not in leaving.idents]
        for ident in leaving.idents:
            del self.votes[ident]
            held = self.held.pop(ident).items()
            self._take(self._moves((value, np.concatenate(rows)) for value, rows in held))
        return leaving.tied

    def _last(self) -> Leaving:
        fewest = min(self.votes[ident] for ident in self.hopeful)
        tied = [ident for ident in self.hopeful if self.votes[ident] == fewest]
        rest = [self.votes[ident] for ident in self.hopeful if ident not in tied]
        together = fewest * len(tied)
        # together: before any other, with no quota reached between, and enough remain
        safe = (
            len(rest) >= self.seats - len(self.elected)
            and together < min(rest)
            and max(rest) + together < self.quota * SCALE
        )
        return lowest(tied, self.rounds, self.called, self.lot, safe=safe)

    def _lowered(self, ident: str, surplus: int) -> Iterable[tuple[int, Rows]]:
        """The papers of an elected one, by the value at which they pass on (48)."""
        for value, rows in self.held[ident].items():
            yield value * surplus // self.votes[ident], np.concatenate(rows)

    def _moves(self, parcels: Iterable[tuple[int, Rows]]) -> list[Move]:
        """Where papers pass on to; nothing changes yet."""
        return [
            Move(to, value, rows, self.papers.weight(rows))
            for value, parcel in parcels
            for to, rows in self.papers.deal(parcel, self.hopeful).items()
        ]

    def _reaches(self, moves: Iterable[Move]) -> bool:
        """Whether these moves together let somebody reach the quota."""
        had = {ident: self.votes[ident] for ident in self.hopeful}
        for move in moves:
            if move.to in had:
                had[move.to] += move.value * move.votes
        return any(votes >= self.quota * SCALE for votes in had.values())

    def _take(self, moves: Iterable[Move]) -> None:
        for move in moves:
            if move.to in self.held:
                self.held[move.to].setdefault(move.value, []).append(move.rows)
                self.votes[move.to] += move.value * move.votes
            else:
                self.exhausted += move.value * move.votes

    def _record(self, said: list[Words], chosen: Sequence[str], out: Sequence[str] = ()) -> None:
        had = dict(self.votes)
        step = Round(had, SCALE, tuple(chosen), tuple(out), self.exhausted, tuple(said))
        self.rounds.append(step)

    def _down(self, idents: Iterable[str]) -> tuple[str, ...]:
        """From the most votes down; equals only stand somewhere, nothing goes by it."""
        return tuple(sorted(idents, key=lambda one: (-self.votes[one], marks.order(one))))

    def _named(self, idents: Sequence[str]) -> str | Words:
        return named(idents, self.called)


METHOD = ScottishSTV()
