"""Instant run-off: the last one leaves until one has more than half of what still counts."""

from collections.abc import Mapping, Sequence

import numpy as np

from forum.base.i18n import N_
from voting.methods.common import marks
from voting.methods.common.election import NOBODY as NO_VOTES
from voting.methods.common.election import Found, RankElection, names
from voting.methods.common.profile import Ranked
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import LOT
from voting.methods.common.transfers import (
    NOBODY,
    ODD,
    ORDERED,
    OVERVOTE,
    OVERVOTES,
    SEVERAL,
    SKIP,
    TIES,
    WAIT,
    Leaving,
    Papers,
    Rows,
    lowest,
)
from voting.methods.common.words import Words
from voting.methods.method import Rule


class InstantRunoff(RankElection):
    """One winner. The fewest leave one by one, or together where that is the same.

    A ballot that waits at a place with several options is not exhausted for good, but stands
    among the exhausted as long as it waits.
    """

    name = "irv"
    version = 1
    label = N_("Instant run-off")
    hint = N_(
        "Voters order the options; the last one is out and its votes pass on, until one has more "
        "than half."
    )
    equal = False
    settings = (
        OVERVOTE._replace(
            options=(
                *OVERVOTE.options,
                (WAIT, N_("It waits until only one of them is still in the count")),
            )
        ),
    )

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The rounds, odd ballots, ties."""
        said = (
            ORDERED,
            N_("Each ballot counts for the highest option on it that is still in the count."),
            N_("Who has more than half of the votes that still count is elected."),
            N_(
                "Until somebody has, the option with the fewest votes is out, and its ballots pass "
                "to the next option on them."
            ),
            *ODD,
            OVERVOTES[rule["overvote"]],
            TIES,
            LOT,
        )
        return tuple(map(Words, said))

    def count(self, votes: Ranked, rule: Rule, frame: Frame) -> Found:
        """Only the papers of those who leave are looked at again."""
        papers = Papers(votes, skip=rule["overvote"] == SKIP)
        called = names(rule)
        valid = papers.weight(papers.all)
        piles: dict[str, list[Rows]] = {ident: [] for ident in sorted(votes.ids, key=marks.order)}
        had = dict.fromkeys(piles, 0)
        waiting = papers.all[:0]
        moving = papers.all
        rounds: list[Round] = []
        while True:
            dealt = papers.deal(moving, [*piles])
            dealt.pop(NOBODY, None)
            several = dealt.pop(SEVERAL, waiting[:0])
            waiting = several if rule["overvote"] == WAIT else waiting
            for ident, rows in dealt.items():
                piles[ident].append(rows)
                had[ident] += papers.weight(rows)
            total = sum(had.values())
            if not total:
                return Found((), said=(Words(NO_VOTES),))
            first = max(had, key=lambda ident: had[ident])
            if 2 * had[first] > total:
                said = _elected(called[first], had[first], total)
                step = Round(dict(had), elected=(first,), exhausted=valid - total, said=(said,))
                rounds.append(step)
                return Found((first,), (), tuple(rounds), (said, _summary(rounds, valid)))
            leaving = _last(had, rounds, called, frame.lot)
            step = Round(
                dict(had),
                eliminated=leaving.idents,
                exhausted=valid - total,
                said=(leaving.said,),
            )
            rounds.append(step)
            if leaving.tied:
                return Found((), leaving.tied, tuple(rounds), (leaving.said,))
            passed = [rows for ident in leaving.idents for rows in piles.pop(ident)]
            moving = np.concatenate([waiting, *passed])
            had = {ident: had[ident] for ident in piles}


def _last(
    had: Mapping[str, int], rounds: Sequence[Round], called: Mapping[str, str], lot: str
) -> Leaving:
    tied = [ident for ident in had if had[ident] == min(had.values())]
    rest = [had[ident] for ident in had if ident not in tied]
    safe = bool(rest) and sum(had[ident] for ident in tied) < min(rest)
    return lowest(tied, rounds, called, lot, safe=safe)


def _elected(name: str, votes: int, total: int) -> Words:
    said = N_("%(name)s has %(votes)s of %(total)s votes that still count: more than half.")
    return Words(said, {"name": name, "votes": votes, "total": total})


def _summary(rounds: Sequence[Round], valid: int) -> Words:
    said = N_("Rounds: %(rounds)s. Exhausted at the end: %(exhausted)s of %(valid)s votes.")
    exhausted = rounds[-1].exhausted
    return Words(said, {"rounds": len(rounds), "exhausted": exhausted, "valid": valid})


METHOD = InstantRunoff()
