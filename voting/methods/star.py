"""STAR: the two with the most stars, and of them who is preferred by more voters."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from forum.base.i18n import N_
from voting.methods.common import lots, marks
from voting.methods.common.election import Found, GradeElection, names
from voting.methods.common.pairwise import Duels, matrix
from voting.methods.common.profile import Graded, Ranked
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import DRAWN, LOT, SEATS, TIED, elected, named, seats, split
from voting.methods.common.words import Words
from voting.methods.method import Option, Rule
from voting.methods.score import sums

TOP = 5
ADVANCE = N_("The most stars go on to the run-off: %(names)s.")
PREFERRED = N_("Level in stars, preferred one against one by more voters: %(names)s.")
FIVES = N_("Still level, given five stars more often: %(names)s.")
WHOEVER = N_("%(names)s are level for the run-off, but whoever goes on, %(winner)s wins.")
UNDECIDED = N_("%(names)s are level for the run-off, and the winner depends on it.")
RUNOFF = N_("%(votes)s prefer %(name)s, %(against)s prefer %(other)s, %(same)s neither.")
MORE_STARS = N_("Level in the run-off; %(name)s has more stars.")
MORE_FIVES = N_("Level in the run-off and in stars; %(name)s has five stars more often.")
EVERYBODY = N_("As many options as places: all are elected.")


class Star(GradeElection):
    """Score, then automatic run-off; several places one after the other (bloc STAR).

    Ties as the program starvote by Larry Hastings breaks them. For the run-off: more voters who
    prefer it one against one, summed over all who are level; then more often five stars. In the
    run-off: more stars, then more often five stars. Then the lot.
    """

    name = "star"
    version = 1
    label = N_("Stars, then a run-off (STAR)")
    hint = N_(
        "Voters give up to five stars; of the best two, the one that more voters prefer wins."
    )
    settings = (SEATS,)

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """No more places than options."""
        return seats(super().rule(typed, options))

    def grades(self, rule: Rule) -> range:
        """From no star to five."""
        return range(TOP + 1)

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """Both steps, the ties of both, more places."""
        said = [
            N_("Voters give each option up to five stars. One that is left out gets none."),
            N_(
                "The two options with the most stars go on to a run-off. There each ballot counts "
                "for the one to which it gives more stars; with as many for both it counts for "
                "neither."
            ),
            N_(
                "Where options are level in stars, those that more voters prefer one against one "
                "go on, then those with five stars more often. In the run-off more stars win, then "
                "five stars more often."
            ),
        ]
        if rule["seats"] > 1:
            said.append(N_("Who is elected is taken out, and the next place is filled likewise."))
        return tuple(map(Words, (*said, LOT)))

    def count(self, votes: Graded, rule: Rule, frame: Frame) -> Found:
        """A place after the other."""
        stars, called = sums(votes), names(rule)
        orders = Ranked(votes.ids, TOP + 1 - np.maximum(votes.grades, 0), votes.counts)
        duels = Duels(votes.ids, matrix(orders), int(votes.counts.sum()))
        fives = (votes.counts @ (votes.grades == TOP)).tolist()
        counted = dict(zip(votes.ids, fives, strict=True))
        contest = Contest(stars, counted, duels.pairs(), duels.votes, called)
        if rule["seats"] == len(stars):
            everybody, _nobody = split(stars, len(stars))
            step = Round(stars, elected=everybody, said=(Words(EVERYBODY),))
            return Found(everybody, (), (step,), step.said, pairs=contest.pairs)
        winners: tuple[str, ...] = ()
        tied: tuple[str, ...] = ()
        rounds: list[Round] = []
        while len(winners) < rule["seats"] and not tied:
            left = [ident for ident in votes.ids if ident not in winners]
            best, steps = contest.seat(left, len(winners) + 1, frame.lot)
            rounds += steps
            if len(best) > 1:
                tied = best
            else:
                winners += best
        said = tuple(words for step in rounds for words in step.said if rule["seats"] == 1)
        said += elected(winners, called)
        if tied:
            missing = rule["seats"] - len(winners)
            said += (Words(TIED, {"names": named(tied, called), "places": missing}),)
        return Found(winners, tied, tuple(rounds), said, pairs=contest.pairs)


class Contest(NamedTuple):
    """What the places are filled from."""

    stars: Mapping[str, int]
    fives: Mapping[str, int]  # how often five stars
    pairs: Mapping[str, Mapping[str, int]]
    votes: int
    called: Mapping[str, str]

    def seat(
        self, left: Sequence[str], place: int, seed: str
    ) -> tuple[tuple[str, ...], list[Round]]:
        """Who gets one place; several, where that cannot be told."""
        stars = {ident: self.stars[ident] for ident in left}
        two, level, said = self.advance(stars)
        if level:
            best = self.possible(two, level, stop=bool(seed))
            values: dict[str, int | str | Words] = {"names": named(level, self.called)}
            if len(best) == 1:
                said += (Words(WHOEVER, {**values, "winner": self.called[best[0]]}),)
                return best, [Round(stars, elected=best, said=said)]
            if not seed:
                return best, [Round(stars, said=(*said, Words(UNDECIDED, values)))]
            drawn = lots.drawn(seed, f"run-off {place}", level)[: 2 - len(two)]
            said += (Words(DRAWN, {**values, "drawn": named(drawn, self.called)}),)
            two = (*two, *drawn)
        said += (Words(ADVANCE, {"names": named(two, self.called)}),)
        best, why = self.runoff(*two)
        if len(best) > 1 and seed:
            values = {"names": named(best, self.called)}
            best = lots.drawn(seed, f"winner {place}", best)[:1]
            why += (Words(DRAWN, {**values, "drawn": self.called[best[0]]}),)
        one, other = two
        had = {one: self.pairs[one][other], other: self.pairs[other][one]}
        same = self.votes - sum(had.values())
        won = best if len(best) == 1 else ()
        return best, [Round(stars, said=said), Round(had, elected=won, exhausted=same, said=why)]

    def advance(
        self, stars: Mapping[str, int]
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Words, ...]]:
        """Who goes on for certain, and who is level for what is left of the two places."""
        two, level = split(stars, 2)
        said: tuple[Words, ...] = ()
        for text, strengths in ((PREFERRED, self.preferred(level)), (FIVES, self.fives)):
            more, level = split({ident: strengths[ident] for ident in level}, 2 - len(two))
            if more:
                said += (Words(text, {"names": named(more, self.called)}),)
            two = (*two, *more)
        return two, level, said

    def preferred(self, level: Sequence[str]) -> dict[str, int]:
        """How often each is preferred one against one, summed over all who are level with it."""
        return {
            one: sum(self.pairs[one][other] for other in level if other != one) for one in level
        }

    def possible(self, two: Sequence[str], level: Sequence[str], *, stop: bool) -> tuple[str, ...]:
        """Who could win, whoever of those who are level goes on; `stop` where two are enough."""
        found: set[str] = set()
        for more in combinations(level, 2 - len(two)):
            found.update(self.runoff(*two, *more)[0])
            if stop and len(found) > 1:
                break
        return tuple(sorted(found, key=marks.order))

    def runoff(self, one: str, other: str) -> tuple[tuple[str, ...], tuple[Words, ...]]:
        """Who of two wins, and why; both where nothing tells them apart."""
        votes = {one: self.pairs[one][other], other: self.pairs[other][one]}
        values: dict[str, int | str | Words] = {
            "name": self.called[one],
            "other": self.called[other],
            "votes": votes[one],
            "against": votes[other],
            "same": self.votes - sum(votes.values()),
        }
        said = (Words(RUNOFF, values),)
        for text, strengths in (("", votes), (MORE_STARS, self.stars), (MORE_FIVES, self.fives)):
            if strengths[one] != strengths[other]:
                best = one if strengths[one] > strengths[other] else other
                why = (Words(text, {"name": self.called[best]}),) if text else ()
                return (best,), said + why
        return (one, other), said


METHOD = Star()
