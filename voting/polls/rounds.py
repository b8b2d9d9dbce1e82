"""The rounds of a count as the page of a vote shows them."""

from collections.abc import Mapping
from typing import NamedTuple

from forum.base.i18n import _, number, pgettext
from voting.methods.common.result import Result, Round
from voting.methods.majority import ABSTAIN
from voting.polls import marking
from voting.polls.queries import PollRow


class Step(NamedTuple):
    """A round of a count: (option, what it has, what became of it) and why, in words."""

    lines: list[tuple[str, str, str]]
    exhausted: str
    said: list[str]


def counted(figures: Mapping[str, int]) -> list[tuple[str, str]]:
    """How many votes there were of each kind; the option's own stand in the rounds."""
    shown = (
        ("cast", _("Votes handed in")),
        ("valid", pgettext("vote", "Valid")),
        (ABSTAIN, _("Abstain")),
        ("blank", pgettext("vote", "Blank")),
        ("invalid", pgettext("vote", "Invalid")),
    )
    return [(label, number(figures[name])) for name, label in shown if figures.get(name)]


def explained(row: PollRow, result: Result) -> list[str]:
    """Why it came out so; and what a lot was drawn from."""
    said = [sentence.say() for sentence in result.explanation]
    if row.lot:
        said.append(_("What all saw when the lot was drawn: %(seed)s") % {"seed": row.lot})
    return said


def step(one: Round, called: Mapping[str, str], *, fewest: bool) -> Step:
    """A round by what its options are called; `fewest`: the smallest figure stands first."""

    def shown(units: int) -> str:
        return marking.units(units, one.scale)

    became = dict.fromkeys(one.eliminated, _("Eliminated"))
    became |= dict.fromkeys(one.elected, _("Elected"))
    order = sorted(one.counts, key=lambda ident: one.counts[ident], reverse=not fewest)
    return Step(
        [(called[ident], shown(one.counts[ident]), became.get(ident, "")) for ident in order],
        shown(one.exhausted) if one.exhausted else "",
        [sentence.say() for sentence in one.said],
    )
