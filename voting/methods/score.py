"""Score: voters give points, and the largest sums win."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from forum.base.i18n import N_
from voting.methods.common.election import Found, GradeElection, names
from voting.methods.common.profile import Graded
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import LOT, SEATS, fill, seats
from voting.methods.common.words import Words
from voting.methods.method import Option, Rule, Setting

TOP = Setting("top", N_("Most points for one option"), "5", least=1, most=100)


class Score(GradeElection):
    """Sums, not means: what somebody leaves out counts as nothing, never as somebody's average."""

    name = "score"
    version = 1
    label = N_("Points for each option (score)")
    hint = N_("Voters give each option points; the largest sums win.")
    narrows = True
    settings = (TOP, SEATS)

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """No more places than options."""
        return seats(super().rule(typed, options))

    def grades(self, rule: Rule) -> range:
        """From nothing to the top."""
        return range(rule["top"] + 1)

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The points, the places, what is left out."""
        return (
            Words(N_("Voters give each option points, from 0 to %(top)s."), {"top": rule["top"]}),
            Words(N_("An option that a voter leaves out gets 0 points from them.")),
            Words(
                N_("The options with the most points are elected, as many as: %(seats)s."),
                {"seats": rule["seats"]},
            ),
            Words(N_("An option without a point is never elected.")),
            Words(LOT),
        )

    def count(self, votes: Graded, rule: Rule, frame: Frame) -> Found:
        """One step, so one round."""
        counts = sums(votes)
        some = {ident: have for ident, have in counts.items() if have}
        filled = fill(some, rule["seats"], names(rule), frame.lot)
        said = filled.said
        if len(some) < rule["seats"]:
            left = {"left": rule["seats"] - len(some)}
            text = N_("Too few options have a point. Places that stay empty: %(left)s.")
            said = (*said, Words(text, left))
        step = Round(counts, elected=filled.chosen, said=said)
        return Found(filled.chosen, filled.tied, (step,), said)


def sums(votes: Graded) -> dict[str, int]:
    """All points of each option.

    At most a hundred times all votes: 10⁶ ballots in units of 10⁻⁹ make 10¹⁷, which 64 bits hold.
    """
    points = votes.counts @ np.maximum(votes.grades, 0)
    return dict(zip(votes.ids, points.tolist(), strict=True))


METHOD = Score()
