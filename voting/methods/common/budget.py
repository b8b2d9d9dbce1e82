"""Sharing out a budget among projects that cost something: what such methods do alike."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from forum.base.errors import Invalid
from forum.base.i18n import N_, _
from voting.methods.common import late, marks
from voting.methods.common.amounts import hundredths, written
from voting.methods.common.election import PickElection, checked, names
from voting.methods.common.profile import Graded
from voting.methods.common.words import Words, listed
from voting.methods.method import Option, Rule, Setting, invalid, read

BUDGET = Setting(
    "budget",
    N_("Budget"),
    "100000",
    hint=N_("In the same unit as the costs, with at most two decimals."),
    decimal=True,
)


class Purse(NamedTuple):
    """What is shared out, and what each project costs, in hundredths; nothing costs nothing."""

    budget: int
    costs: Mapping[str, int]

    @classmethod
    def of(cls, rule: Rule) -> "Purse":
        """From a rule."""
        return cls(
            hundredths(rule["budget"]),
            {one["id"]: hundredths(one["cost"]) for one in rule["options"]},
        )


def amount(setting: Setting, typed: Mapping[str, str]) -> str:
    """A setting that is an amount over nothing, as a rule keeps it."""
    try:
        found = hundredths(typed.get(setting.name, "") or setting.default)
    except ValueError:
        raise invalid(setting) from None
    if not found:
        raise invalid(setting)
    return written(found)


def priced(found: Sequence[Option]) -> list[dict[str, str]]:
    """The options as a rule keeps them; Invalid where one does not say what it costs."""
    kept = checked(found)
    for one in kept:
        try:
            cost = hundredths(one["cost"])
        except ValueError:
            cost = 0
        if not cost:
            problem = _("Each option needs its cost: a number over 0 with at most two decimals.")
            raise Invalid(problem, fields={"options": problem})
        one["cost"] = written(cost)
    return kept


class BudgetElection(PickElection):
    """Voters pick the projects that they want; some of them are paid for."""

    costs = True

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """The projects with their costs, the budget, and what the method sets besides."""
        others = [one for one in self.settings if one is not BUDGET]
        return {
            "options": priced(options),
            "budget": amount(BUDGET, typed),
            **read(others, typed),
        }


def support(votes: Graded) -> dict[str, int]:
    """How many picked each project; at most the sum of all votes, so it fits 64 bits."""
    return dict(zip(votes.ids, (votes.counts @ votes.grades).tolist(), strict=True))


def order(idents: Sequence[str], rule: Rule) -> "str | Words":
    """Projects by name, as one value of a sentence."""
    called = names(rule)
    return listed([called[ident] for ident in sorted(idents, key=marks.order)])


def account(spent: int, purse: Purse) -> Words:
    """What was spent and what is left."""
    return Words(
        N_("Of the budget of %(budget)s, %(spent)s is spent and %(left)s is left."),
        {
            "budget": written(purse.budget),
            "spent": written(spent),
            "left": written(purse.budget - spent),
        },
    )


COUNTED = N_("Each picked project counts one vote; a blank ballot counts for none.")
SHARED = N_("A budget of %(budget)s is shared out.")
TIED = N_(
    "Between equal projects the one with more votes goes first, then the cheaper one, then the lot."
)
DRAWN = late.either(
    N_("%(names)s are equal; the lot drawn from the announced seed puts %(first)s first."),
    N_("%(names)s are equal; the lot drawn after the count puts %(first)s first."),
)
NUMBER = N_("Projects that are paid for: %(number)s.")
UNDECIDED = N_(
    "%(names)s are equal and not all of them can be paid for. A lot has to decide; no seed was "
    "announced."
)
