"""Spending a limited number of points on options: what such methods do alike."""

from forum.base.i18n import N_
from voting.methods.common import marks
from voting.methods.common.election import Found, GradeElection, names
from voting.methods.common.profile import NONE, Graded
from voting.methods.common.result import Frame, Round
from voting.methods.common.seats import fill
from voting.methods.common.words import Words
from voting.methods.method import Rule


class Credits(GradeElection):
    """Voters spend what they have on options; the option that gets most wins."""

    narrows = True

    def ballot(self, rule: Rule, value: str, reason: str = "") -> dict[str, str]:
        """Who spends nothing at all hands in a blank ballot."""
        said = super().ballot(rule, value, reason)
        return said if any(marks.grades(said["vote"]).values()) else {**said, "vote": ""}

    def count(self, votes: Graded, rule: Rule, frame: Frame) -> Found:
        """One step, so one round; an option that got nothing does not win.

        No voter gives an option more than 1000, so a million ballots stay far within 64 bits.
        """
        given = votes.grades * (votes.grades != NONE)
        counts = dict(zip(votes.ids, (votes.counts @ given).tolist(), strict=True))
        some = {ident: have for ident, have in counts.items() if have}
        filled = fill(some, 1, names(rule), frame.lot)
        total = Words(N_("Points that were given: %(total)s."), {"total": sum(counts.values())})
        step = Round(counts, elected=filled.chosen, said=filled.said)
        return Found(filled.chosen, filled.tied, (step,), (total, *filled.said))


EMPTY = N_("What is left unspent is lost. An option that is left out gets nothing.")
MOST = N_("The option with the most points wins; one without a point never does.")
