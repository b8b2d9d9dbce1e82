"""Borda: a point for each option that is ranked below, half a point for each that is level."""

from collections.abc import Mapping

from forum.base.i18n import N_
from voting.methods.common.pairwise import Duels, PairElection, Standing, tiers
from voting.methods.common.result import Frame
from voting.methods.method import Rule


class Borda(PairElection):
    """The tournament count: whole for equal places and for options that were left out.

    Half a point for each option that is held equal makes every ballot give the same sum of
    points, however many options it orders.
    """

    name = "borda"
    version = 1
    label = N_("Points by place (Borda)")
    hint = N_("Voters order the options; each gets a point for every option that it stands above.")
    settings = ()
    way = (
        N_(
            "On each ballot an option gets one point for every option that it stands above, and "
            "half a point for every other one that is held equal to it."
        ),
        N_("The most points win. An option that wins against every other one need not have them."),
    )

    def compare(
        self, duels: Duels, rule: Rule, frame: Frame, called: Mapping[str, str]
    ) -> Standing:
        """Points in halves.

        At most twice the votes for each of a thousand options: 10⁶ ballots in units of 10⁻⁹ make
        2·10¹⁸, which 64 bits hold.
        """
        # against each other option: 2·preferred + equal, and equal = votes - preferred - less
        everyone = duels.votes * (len(duels.ids) - 1)
        points = (everyone + duels.table.sum(axis=1) - duels.table.sum(axis=0)).tolist()
        counts = dict(zip(duels.ids, points, strict=True))
        found = tiers(duels.ids, lambda ident: -counts[ident])
        return Standing(found[0], counts, 2, found)


METHOD = Borda()
