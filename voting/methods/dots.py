"""Dots: everybody has a few to stick on, and may pile them up."""

from collections.abc import Mapping

from forum.base.i18n import N_, _
from voting.methods.common.credits import EMPTY, MOST, Credits
from voting.methods.common.seats import LOT
from voting.methods.common.words import Words
from voting.methods.method import Rule, Setting

DOTS = Setting("dots", N_("Dots for each voter"), "5", least=1, most=1000)
PILE = Setting(
    "pile",
    N_("Most dots on one option"),
    "",
    hint=N_("Leave empty for no limit."),
    optional=True,
    least=1,
    most=1000,
)


class Dots(Credits):
    """Cumulative voting, as with coloured dots on a wall."""

    name = "dots"
    version = 1
    label = N_("Dots")
    hint = N_("Gives every voter a few dots to share out among the options.")
    settings = (DOTS, PILE)

    def grades(self, rule: Rule) -> range:
        """All dots on one option, unless piling is bounded."""
        return range(min(rule["dots"], rule["pile"] or rule["dots"]) + 1)

    def refuses(self, given: Mapping[str, int], rule: Rule) -> str:
        """Nothing but more dots than one has."""
        if sum(given.values()) <= rule["dots"]:
            return ""
        values = {"given": sum(given.values()), "most": rule["dots"]}
        return _("These are %(given)s dots, and there are only %(most)s.") % values

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The dots, piling, what is left."""
        said = [
            Words(N_("Everybody has %(dots)s dots to share out."), {"dots": rule["dots"]}),
            Words(N_("All of them may go to one option."))
            if rule["pile"] is None
            else Words(N_("At most %(pile)s may go to one option."), {"pile": rule["pile"]}),
            Words(N_("A ballot with more dots than that is not taken.")),
        ]
        return (*said, Words(EMPTY), Words(MOST), Words(LOT))


METHOD = Dots()
