"""Minimax: elected is whose worst defeat is the smallest."""

from collections.abc import Mapping

import numpy as np

from forum.base.i18n import N_
from voting.methods.common.pairwise import (
    MARGINS,
    Duels,
    PairElection,
    Standing,
    measure,
    tiers,
)
from voting.methods.common.result import Frame
from voting.methods.common.words import Words
from voting.methods.method import Rule

WORST = N_(
    "The worst defeat of %(name)s is against %(other)s, %(against)s to %(votes)s; no "
    "other option has a smaller one."
)


class Minimax(PairElection):
    """Simpson and Kramer; who never loses has a worst defeat of nothing."""

    name = "minimax"
    version = 1
    fewest = True
    label = N_("Smallest worst defeat (minimax)")
    hint = N_("Voters order the options; who loses least badly against any other one wins.")
    settings = (measure(MARGINS),)
    way = (
        N_(
            "Who wins against every other option is elected. Where there is none, it is the one "
            "whose worst defeat is the weakest."
        ),
    )

    def compare(
        self, duels: Duels, rule: Rule, frame: Frame, called: Mapping[str, str]
    ) -> Standing:
        """Each option's worst defeat; the smaller the better."""
        strengths = duels.strengths(rule["measure"])
        worst = dict(zip(duels.ids, strengths.max(axis=0).tolist(), strict=True))
        found = tiers(duels.ids, lambda ident: worst[ident])
        said: tuple[Words, ...] = ()
        if len(found[0]) == 1 and worst[found[0][0]]:
            at = duels.ids.index(found[0][0])
            other = int(np.argmax(strengths[:, at]))
            values = {"name": called[duels.ids[at]], "other": called[duels.ids[other]]}
            votes = {
                "votes": int(duels.table[other, at]),
                "against": int(duels.table[at, other]),
            }
            said = (Words(WORST, {**values, **votes}),)
        return Standing(found[0], worst, 1, found, said)


METHOD = Minimax()
