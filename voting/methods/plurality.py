"""Plurality: each voter chooses one option, and who has the most votes is elected."""

from collections.abc import Mapping, Sequence
from typing import Any

from forum.base.i18n import N_
from voting.methods.common import support
from voting.methods.common.election import NOBODY, Election, Found, names
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import LOT, SEATS, fill, seats
from voting.methods.common.words import Words
from voting.methods.majority import ABSTAIN, ABSTENTION
from voting.methods.method import Choice, Option, Rule


class Plurality(Election):
    """One vote each, also where several are elected (the single non-transferable vote)."""

    name = "plurality"
    version = 1
    label = N_("Most votes (plurality)")
    hint = N_("Each voter chooses one option; the most votes win, even if they are few.")
    narrows = True
    aggregates = True
    settings = (SEATS, support.SUPPORT, ABSTENTION)

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """No more are elected than there are."""
        rule = seats(super().rule(support.settings(typed), options))
        share = support.asked(typed)
        return {**rule, "threshold": share, "abstain": rule["abstain"] == "yes"}

    def choices(self, rule: Rule) -> tuple[Choice, ...]:
        """The options, and whether to abstain is offered."""
        asked = self.answers(rule)
        return (*asked, Choice(ABSTAIN, N_("Abstain"))) if rule["abstain"] else asked

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """What is chosen, how many win, what abstaining does, ties."""
        elected = N_("The option with the most votes is elected; it need not be more than half.")
        if rule["seats"] > 1:
            elected = N_("The %(seats)s options with the most votes are elected.")
        abstaining = N_("Abstentions do not count.")
        if not rule["abstain"]:
            abstaining = N_("Abstention is not asked.")
        return (
            Words(N_("Each voter chooses one option.")),
            Words(elected, {"seats": rule["seats"]}),
            Words(N_("An option that nobody chose is not elected, even if a seat stays empty.")),
            *support.described(rule),
            Words(abstaining),
            Words(LOT),
        )

    def decide(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Found:
        """One step, so one round."""
        called = names(rule)
        if not counts.keys() <= {*called, ABSTAIN}:
            raise ValueError("a vote is for an option")
        votes = {ident: counts.get(ident, 0) for ident in called}
        valid = sum(votes.values())
        figures = {"valid": valid}
        if rule["abstain"]:
            figures[ABSTAIN] = counts.get(ABSTAIN, 0)
        if not valid:
            return Found((), said=(Words(NOBODY),), figures=figures)
        having, needs, needed = support.enough(votes, valid, rule)
        filled = fill(having, rule["seats"], called, frame.lot)
        said = (*needs, *filled.said)
        if needs and len(having) < rule["seats"]:
            said = (*said, Words(support.EMPTY, {"left": rule["seats"] - len(having)}))
        step = Round(votes, elected=filled.chosen, said=said)
        return Found(filled.chosen, filled.tied, (step,), said, figures | needed)


METHOD = Plurality()
