"""Several questions at once: each is carried or not for itself, by a share of its own votes."""

from collections.abc import Mapping, Sequence
from typing import Any

from forum.base.i18n import N_
from voting.methods.common import marks
from voting.methods.common.election import Found, GradeElection, names
from voting.methods.common.profile import Graded
from voting.methods.common.result import Frame, Round
from voting.methods.common.words import Words
from voting.methods.majority import THRESHOLD, share_words, threshold
from voting.methods.method import Option, Rule, invalid

FOR, AGAINST = 1, 2

EACH = {
    True: N_("%(name)s: %(yes)s for, %(no)s against; needed are %(needed)s: carried."),
    False: N_("%(name)s: %(yes)s for, %(no)s against; needed are %(needed)s: not carried."),
}


class Questions(GradeElection):
    """As ballots of several referendums are: no question plays a part in another's count."""

    name = "questions"
    version = 1
    label = N_("Several questions at once")
    hint = N_("Each question is answered for or against, and carried or not for itself.")
    settings = (THRESHOLD,)
    ungraded = N_("Abstain")
    leaving = N_("Whoever leaves a question out abstains on it.")

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """Any exact share is taken; the offered ones are only the usual."""
        share = typed.get(THRESHOLD.name, "") or THRESHOLD.default
        try:
            threshold(share)
        except ValueError:
            raise invalid(THRESHOLD) from None
        return {**super().rule({}, options), THRESHOLD.name: share}

    def grades(self, rule: Rule) -> range:
        """For is asked first."""
        return range(FOR, AGAINST + 1)

    def labels(self, rule: Rule) -> Mapping[int, str]:
        """The two answers."""
        return {FOR: N_("For"), AGAINST: N_("Against")}

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The share of each, what leaving out means, ties."""
        share = threshold(rule[THRESHOLD.name])
        needs = (
            N_("A question is carried by more than %(share)s of the votes for and against it.")
            if share.strict
            else N_("A question is carried by at least %(share)s of the votes for and against it.")
        )
        return (
            Words(N_("Each question is decided for itself.")),
            Words(needs, {"share": share_words(share.share)}),
            Words(N_("Whoever leaves a question out abstains on it.")),
            *([] if share.carries(1, 2) else [Words(N_("As much for as against is not carried."))]),
        )

    def count(self, votes: Graded, rule: Rule, frame: Frame) -> Found:
        """Nothing can be level: a tie is not carried."""
        share, called = threshold(rule[THRESHOLD.name]), names(rule)
        answers = {
            answer: dict(
                zip(votes.ids, (votes.counts @ (votes.grades == answer)).tolist(), strict=True)
            )
            for answer in (FOR, AGAINST)
        }
        carried, said = [], []
        figures: dict[str, int] = {}
        for ident in sorted(votes.ids, key=marks.order):
            yes, no = answers[FOR][ident], answers[AGAINST][ident]
            passes = share.carries(yes, yes + no)
            needed = share.needed(yes + no)
            figures |= {f"against_{ident}": no, f"needed_{ident}": needed}
            facts = {"name": called[ident], "yes": yes, "no": no, "needed": needed}
            said.append(Words(EACH[passes], facts))
            if passes:
                carried.append(ident)
        step = Round(answers[FOR], said=tuple(said))
        return Found(tuple(carried), (), (step,), tuple(said), figures)


METHOD = Questions()
