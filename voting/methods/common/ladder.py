"""One proposal and a ladder of grades from full support to a veto: what such methods do alike."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from forum.base.i18n import N_
from voting.methods.common.result import Frame, Result
from voting.methods.common.words import Words
from voting.methods.majority import THRESHOLD, share_words, threshold
from voting.methods.method import Choice, Method, Option, Rule, Setting, invalid, select, whole

SHARE = THRESHOLD._replace(label=N_("Share that must support it"), default=">=3/4")
VETOES = Setting("vetoes", N_("Grades at the very bottom that are borne"), "0")


class Ladder(Method):
    """Carried when enough stand on the supporting grades and few enough on the lowest one.

    The figures hold how many gave each grade: that distribution is the result. No mean is made.
    """

    aggregates = True
    ladder: ClassVar[tuple[Choice, ...]]  # from full support down
    support: ClassVar[Setting]  # the lowest grade that supports; its options are values

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """Any exact share is taken; the offered ones are only the usual."""
        share = typed.get(SHARE.name, "") or SHARE.default
        try:
            threshold(share)
        except ValueError:
            raise invalid(SHARE) from None
        return {
            "support": select(self.support, typed),
            "threshold": share,
            "vetoes": whole(VETOES, typed),
        }

    def choices(self, rule: Rule) -> tuple[Choice, ...]:
        """From the top of the ladder down."""
        return self.ladder

    def supporting(self, rule: Rule) -> tuple[Choice, ...]:
        """The grades that support."""
        values = [one.value for one in self.ladder]
        return self.ladder[: values.index(rule["support"]) + 1]

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The share, the grade, the vetoes, and that everybody who gave a grade counts."""
        share = threshold(rule["threshold"])
        needs = (
            N_("Carried when more than %(share)s of all grades are “%(grade)s” or better.")
            if share.strict
            else N_("Carried when at least %(share)s of all grades are “%(grade)s” or better.")
        )
        values = {"share": share_words(share.share), "grade": self._label(rule["support"])}
        lowest = {"grade": self._label(self.ladder[-1].value), "most": rule["vetoes"]}
        return (
            Words(needs, values),
            Words(N_("Not carried when “%(grade)s” is given more often than: %(most)s."), lowest),
            Words(N_("Every grade counts in the whole; blank and invalid ballots do not.")),
            Words(N_("How many gave each grade is the result; no mean is made of it.")),
        )

    def tally(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Result:
        """Silence supports nothing."""
        found = {one.value: counts.get(one.value, 0) for one in self.ladder}
        graded = sum(found.values())
        share = threshold(rule["threshold"])
        supporting = sum(found[one.value] for one in self.supporting(rule))
        lowest = found[self.ladder[-1].value]
        enough = share.carries(supporting, graded)
        carried = enough and lowest <= rule["vetoes"]
        figures = {
            **found,
            "support": supporting,
            "needed": share.needed(graded),
            "base": graded,
            "blank": frame.blank,
            "invalid": frame.invalid,
            "cast": graded + frame.blank + frame.invalid,
        }
        if carried:
            verdict = N_("Enough support, and no more of the lowest grade than is borne: carried.")
        elif enough:
            verdict = N_(
                "Enough support, but more of the lowest grade than are borne: not carried."
            )
        else:
            verdict = N_("Too little support: not carried.")
        each = tuple(
            Words(N_("%(grade)s: %(number)s."), {"grade": Words(one.label), "number": number})
            for one, number in zip(self.ladder, found.values(), strict=True)
        )
        reached = Words(
            N_("%(support)s of %(base)s give “%(grade)s” or better; %(needed)s are needed."),
            {
                **{name: figures[name] for name in ("support", "base", "needed")},
                "grade": self._label(rule["support"]),
            },
        )
        bottom = Words(
            N_("“%(grade)s” was given %(lowest)s times; borne are %(most)s."),
            {
                "grade": self._label(self.ladder[-1].value),
                "lowest": lowest,
                "most": rule["vetoes"],
            },
        )
        return Result(
            carried=carried,
            winners=(),
            ties=(),
            figures=figures,
            explanation=(*each, reached, bottom, Words(verdict)),
        )

    def _label(self, value: str) -> Words:
        return Words({one.value: one.label for one in self.ladder}[value])


def supported(ladder: Sequence[Choice], default: str) -> Setting:
    """The setting of the lowest grade that supports: any but the lowest of all."""
    offered = tuple((one.value, one.label) for one in ladder[:-1])
    return Setting("support", N_("Lowest grade that supports"), default, offered)
