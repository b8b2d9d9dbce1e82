"""Approval: a vote for each option that somebody can support; the most votes win."""

from collections.abc import Mapping, Sequence
from typing import Any

from forum.base.i18n import N_, _
from voting.methods.common import support
from voting.methods.common.election import MOST, Found, PickElection, names
from voting.methods.common.profile import Graded
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import LOT, SEATS, fill, seats
from voting.methods.common.words import Words
from voting.methods.method import Option, Rule, Setting

PICKS = Setting(
    "most",
    N_("Most that one may pick"),
    "",
    hint=N_("Leave empty for no limit."),
    optional=True,
    least=1,
    most=MOST,
)


class Approval(PickElection):
    """Brams and Fishburn, "Approval Voting", 1978; with several places the most votes get them."""

    name = "approval"
    version = 1
    label = N_("All that one supports (approval)")
    hint = N_("Voters pick every option that they can support; the most votes win.")
    narrows = True
    settings = (SEATS, PICKS, support.SUPPORT)

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """No more are elected than there are."""
        kept = super().rule(support.settings(typed), options)
        return seats({**kept, "threshold": support.asked(typed)})

    def refuses(self, chosen: Sequence[str], rule: Rule) -> str:
        """Too many."""
        if rule["most"] is None or len(chosen) <= rule["most"]:
            return ""
        return _("At most %(most)s can be picked.") % {"most": rule["most"]}

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The ballot, the places, the support that is needed."""
        most = rule["most"]
        said = [
            Words(N_("Voters pick as many options as they like."))
            if most is None
            else Words(
                N_("Voters pick at most so many options: %(most)s. More are not taken."),
                {"most": most},
            ),
            Words(
                N_("The options with the most votes are elected, as many as: %(seats)s."),
                {"seats": rule["seats"]},
            ),
            Words(N_("An option without a vote is never elected.")),
        ]
        return (*said, *support.described(rule), Words(LOT))

    def count(self, votes: Graded, rule: Rule, frame: Frame) -> Found:
        """At most the sum of all votes for each, which 64 bits hold (`profile`)."""
        counts = dict(zip(votes.ids, (votes.counts @ votes.grades).tolist(), strict=True))
        valid = int(votes.counts.sum())
        having, needs, figures = support.enough(counts, valid, rule)
        filled = fill(having, rule["seats"], names(rule), frame.lot)
        said = (*needs, *filled.said)
        if len(having) < rule["seats"]:
            said = (*said, Words(support.EMPTY, {"left": rule["seats"] - len(having)}))
        step = Round(counts, elected=filled.chosen, said=said)
        return Found(filled.chosen, filled.tied, (step,), said, figures)


METHOD = Approval()
