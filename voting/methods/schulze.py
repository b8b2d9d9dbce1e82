"""Schulze: comparisons that contradict one another are settled by the strongest chains."""

from collections.abc import Mapping

import numpy as np

from forum.base.i18n import N_
from voting.methods.common.pairwise import (
    WINNING,
    Duels,
    PairElection,
    Standing,
    measure,
    peeled,
)
from voting.methods.common.profile import Whole
from voting.methods.common.result import Frame
from voting.methods.common.words import Words
from voting.methods.method import Rule

CHAIN = N_(
    "One against one %(other)s leads against %(name)s by %(votes)s to %(against)s. But the "
    "strongest chain from %(name)s to %(other)s has %(strong)s, the one back only %(weak)s."
)


class Schulze(PairElection):
    """The beat-path heuristic of Markus Schulze, with the lot for those who are level.

    M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
    single-winner election method", Social Choice and Welfare 36, 2011.
    """

    name = "schulze"
    version = 1
    label = N_("Comparison by strongest chains (Schulze)")
    hint = N_("Voters order the options; every two are compared, and the strongest chains count.")
    settings = (measure(WINNING),)
    way = (
        N_(
            "Who wins against every other option is elected. Where comparisons go in a circle, "
            "chains of won comparisons decide; a chain is as strong as its weakest link."
        ),
        N_(
            "An option is elected if its strongest chain to each other one is at least as strong "
            "as the strongest chain back."
        ),
    )

    def compare(
        self, duels: Duels, rule: Rule, frame: Frame, called: Mapping[str, str]
    ) -> Standing:
        """Several can be level, each with no stronger chain against it."""
        paths = strongest(duels.strengths(rule["measure"]))
        found = peeled(duels.ids, paths > paths.T)
        return Standing(found[0], duels.won(), 2, found, _chains(found[0], duels, paths, called))


def strongest(links: Whole) -> Whole:
    """Of all chains from the row to the column the strength of the strongest (Floyd, Warshall)."""
    paths = links.copy()
    for between in range(len(paths)):
        through = np.minimum(paths[:, between, None], paths[None, between, :])
        np.maximum(paths, through, out=paths)
    return paths


def _chains(
    best: list[str], duels: Duels, paths: Whole, called: Mapping[str, str]
) -> tuple[Words, ...]:
    """Why those who win one against one against the winner are not elected all the same."""
    if len(best) > 1:
        return ()
    at = duels.ids.index(best[0])
    return tuple(
        Words(
            CHAIN,
            {
                "name": called[best[0]],
                "other": called[duels.ids[other]],
                "votes": int(duels.table[other, at]),
                "against": int(duels.table[at, other]),
                "strong": int(paths[at, other]),
                "weak": int(paths[other, at]),
            },
        )
        for other in np.flatnonzero(duels.table[:, at] > duels.table[at]).tolist()
    )


METHOD = Schulze()
