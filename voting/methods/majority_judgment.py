"""Majority judgment: the grade that a majority gives at least, and nothing about means."""

from collections.abc import Mapping

import numpy as np

from forum.base.i18n import N_
from voting.methods.common.election import Found, GradeElection, names
from voting.methods.common.pairwise import ORDER, order
from voting.methods.common.profile import Graded, Whole
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import LOT, fill, named
from voting.methods.common.words import Words, row
from voting.methods.method import Rule, Setting

REJECT, POOR, ACCEPTABLE = N_("To be rejected"), N_("Poor"), N_("Acceptable")
FAIRLY_GOOD, GOOD, VERY_GOOD = N_("Fairly good"), N_("Good"), N_("Very good")
EXCELLENT = N_("Excellent")
NAMES = {
    "5": (REJECT, POOR, ACCEPTABLE, GOOD, VERY_GOOD),
    "6": (REJECT, POOR, ACCEPTABLE, GOOD, VERY_GOOD, EXCELLENT),
    "7": (REJECT, POOR, ACCEPTABLE, FAIRLY_GOOD, GOOD, VERY_GOOD, EXCELLENT),
}
GRADES = Setting(
    "grades",
    N_("Words for grades"),
    "6",
    (
        ("5", N_("Five, up to “very good”")),
        ("6", N_("Six, up to “excellent”")),
        ("7", N_("Seven, up to “excellent”")),
    ),
)

GIVEN = N_("%(count)s × %(grade)s")
MEDIAN = N_("%(name)s: %(median)s (%(given)s).")
STRIPPED = N_(
    "%(names)s have the same best grade. Median votes are taken away one after the other, from "
    "each as many, until their grades differ."
)


class MajorityJudgment(GradeElection):
    """M. Balinski and R. Laraki, "Majority Judgment", 2010: the lower median of all grades.

    Options with the same median are compared by what their next medians are when one median vote
    after the other is taken away. The lot is left for those with exactly the same grades.
    """

    name = "majority_judgment"
    version = 1
    label = N_("Grades by majority (majority judgment)")
    hint = N_("Voters grade each option in words; the best grade that a majority supports wins.")
    narrows = True
    settings = (GRADES,)

    def grades(self, rule: Rule) -> range:
        """From the lowest word to the highest."""
        return range(len(NAMES[rule["grades"]]))

    def labels(self, rule: Rule) -> Mapping[int, str]:
        """The usual words."""
        return dict(enumerate(NAMES[rule["grades"]]))

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The grades, the median, the ties."""
        scale = [Words(text) for text in reversed(NAMES[rule["grades"]])]
        return (
            Words(N_("Voters give each option a grade: %(grades)s."), {"grades": row(scale)}),
            Words(N_("An option that a voter leaves out gets the lowest grade from them.")),
            Words(
                N_(
                    "The grade of an option is its lower median: the best one such that more than "
                    "half of the voters give it this grade or a better one. The best grade wins."
                )
            ),
            Words(
                N_(
                    "Where options have the same grade, one median vote after the other is taken "
                    "away from each, until their medians differ."
                )
            ),
            Words(LOT),
        )

    def count(self, votes: Graded, rule: Rule, frame: Frame) -> Found:
        """Only how often each grade was given plays a part."""
        called, words = names(rule), NAMES[rule["grades"]]
        table = distribution(votes, len(words))
        values = dict(zip(votes.ids, judged(table), strict=True))
        medians = {ident: value[0] for ident, value in values.items()}
        filled = fill(values, 1, called, frame.lot)
        leading = [ident for ident in votes.ids if medians[ident] == max(medians.values())]
        said = filled.said
        if len(leading) > 1:
            said = (Words(STRIPPED, {"names": named(leading, called)}), *said)
        best_first = sorted(set(values.values()), reverse=True)
        found = [[one for one in votes.ids if values[one] == value] for value in best_first]
        said += (Words(ORDER, {"order": order(found, called)}),)
        step = Round(
            medians,
            elected=filled.chosen,
            said=(
                *(
                    _given(called[ident], medians[ident], given, words)
                    for ident, given in zip(votes.ids, table.tolist(), strict=True)
                ),
                *said,
            ),
        )
        return Found(filled.chosen, filled.tied, (step,), said)


def distribution(votes: Graded, size: int) -> Whole:
    """`found[option, grade]`: how often it was given; what is missing is the lowest grade."""
    given = [votes.counts @ (votes.grades == grade) for grade in range(1, size)]
    lowest = votes.counts.sum() - sum(given)
    return np.stack([lowest, *given], axis=1).astype(np.int64)


def judged(table: Whole) -> list[bytes]:
    """For each option what compares it with the others: its medians as votes are taken away.

    The lower median of n grades in order is the one at (n + 1) // 2; taken away, the next ones lie
    by turns to the left and to the right of where it was. They change only where a grade begins,
    for one option or another: there they are looked up, and between they repeat.
    """
    total = int(table[0].sum())
    # up_to[option, grade]: how many have this grade or a lower one
    up_to = table.cumsum(axis=1)[:, :-1]
    half = total // 2
    right = total - half + 1
    steps = np.unique(np.concatenate([[0], (half - up_to).ravel(), (up_to + 1 - right).ravel()]))
    steps = steps[(steps >= 0) & (steps < half)]
    turns = np.stack([half - steps, right + steps], axis=1).ravel()
    at = np.concatenate([[half + 1] if total % 2 else [], turns]).astype(np.int64)
    return [np.searchsorted(row, at).astype(np.uint8).tobytes() for row in up_to]


def _given(name: str, median: int, given: list[int], words: tuple[str, ...]) -> Words:
    parts = [
        Words(GIVEN, {"count": given[grade], "grade": Words(words[grade])})
        for grade in reversed(range(len(words)))
        if given[grade]
    ]
    return Words(MEDIAN, {"name": name, "median": Words(words[median]), "given": row(parts)})


METHOD = MajorityJudgment()
