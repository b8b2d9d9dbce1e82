"""Quadratic voting: many votes for one thing cost dear, so that what matters to few can win."""

from collections.abc import Mapping
from math import isqrt

from forum.base.i18n import N_, _
from voting.methods.common.credits import EMPTY, MOST, Credits
from voting.methods.common.seats import LOT
from voting.methods.common.words import Words
from voting.methods.method import Rule, Setting

CREDITS = Setting("credits", N_("Credits for each voter"), "100", least=1, most=1_000_000)


class Quadratic(Credits):
    """Lalley and Weyl, "Quadratic Voting", 2018; here only for options, never against them."""

    name = "quadratic"
    version = 1
    label = N_("Quadratic voting")
    hint = N_("Votes cost their square in credits: 1, 4, 9, 16; so voters spread them.")
    settings = (CREDITS,)

    def grades(self, rule: Rule) -> range:
        """As many votes as all credits buy for one option."""
        return range(isqrt(rule["credits"]) + 1)

    def refuses(self, given: Mapping[str, int], rule: Rule) -> str:
        """Nothing but votes that cost more than one has."""
        cost = sum(votes * votes for votes in given.values())
        if cost <= rule["credits"]:
            return ""
        values = {"cost": cost, "most": rule["credits"]}
        return _("These votes cost %(cost)s credits, and there are only %(most)s.") % values

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The credits and what votes cost."""
        return (
            Words(N_("Everybody has %(credits)s credits."), {"credits": rule["credits"]}),
            Words(N_("So many votes for one option cost their square: 2 cost 4, 3 cost 9.")),
            Words(N_("A ballot that costs more than the credits is not taken.")),
            Words(N_("There are only votes for an option, none against.")),
            Words(EMPTY),
            Words(MOST),
            Words(LOT),
        )


METHOD = Quadratic()
