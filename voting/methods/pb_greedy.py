"""Participatory budget, greedily: the project with most votes first, as long as it fits."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from forum.base.i18n import N_
from voting.methods.common import budget, lots, marks
from voting.methods.common.amounts import written
from voting.methods.common.budget import BudgetElection, Purse
from voting.methods.common.election import Found, names
from voting.methods.common.profile import Graded
from voting.methods.common.result import Frame, Round
from voting.methods.common.words import Words
from voting.methods.method import Rule


class Greedy(BudgetElection):
    """What most cities do; a project that no longer fits is passed over and the next is tried."""

    name = "pb_greedy"
    version = 1
    label = N_("Participatory budget: most votes first")
    hint = N_(
        "Pays for the projects with most votes until the money is used; larger groups can take "
        "all of it."
    )
    settings = (budget.BUDGET,)

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The order, what is passed over, ties."""
        return (
            Words(budget.SHARED, {"budget": rule["budget"]}),
            Words(budget.COUNTED),
            Words(N_("Projects are paid for in the order of their votes.")),
            Words(N_("One that costs more than what is left is passed over; the next is tried.")),
            Words(N_("A project that nobody picked is not paid for.")),
            Words(budget.TIED),
        )

    def count(self, votes: Graded, rule: Rule, frame: Frame) -> Found:
        """Equal projects need no lot where all of them fit, or none."""
        walk = _Walk(budget.support(votes), rule)
        for cost, group in walk.groups():
            places = min(walk.left // cost, len(group))
            queue: Sequence[str] = group
            said: tuple[Words, ...] = ()
            if 0 < places < len(group):
                equal = budget.order(group, rule)
                if not frame.lot:
                    undecided = Words(budget.UNDECIDED, {"names": equal})
                    walk.end(undecided)
                    return walk.found((undecided,), tuple(group))
                queue = lots.drawn(frame.lot, f"project {len(walk.chosen) + 1}", group)
                drawn = budget.order(queue[:places], rule)
                said = (Words(budget.DRAWN, {"names": equal, "first": drawn}),)
            for ident in queue[:places]:
                walk.pay(ident, cost, said)
                said = ()
            walk.passed += queue[places:]
        if walk.passed:
            walk.end()
        return walk.found((Words(budget.NUMBER, {"number": len(walk.chosen)}),))


class _Walk:
    """One way through the projects, from the most votes down."""

    def __init__(self, support: Mapping[str, int], rule: Rule) -> None:
        self.support, self.rule = support, rule
        self.purse = Purse.of(rule)
        self.left = self.purse.budget
        self.waiting = dict(support)
        self.chosen: list[str] = []
        self.passed: list[str] = []  # since the last one that was paid for
        self.rounds: list[Round] = []

    def groups(self) -> Iterator[tuple[int, list[str]]]:
        """Projects with as many votes and the same cost together, the first in turn first."""

        def turn(ident: str) -> tuple[int, int]:
            return -self.support[ident], self.purse.costs[ident]

        wanted = [i for i in sorted(self.support, key=marks.order) if self.support[i]]
        for (_votes, cost), group in groupby(sorted(wanted, key=turn), turn):
            yield cost, list(group)

    def pay(self, ident: str, cost: int, said: tuple[Words, ...]) -> None:
        """A round that ends with a project paid for."""
        before = self._passing()
        self.left -= cost
        fits = Words(
            N_("%(name)s has %(votes)s votes, costs %(cost)s and fits; %(left)s is left."),
            {
                "name": names(self.rule)[ident],
                "votes": self.support[ident],
                "cost": written(cost),
                "left": written(self.left),
            },
        )
        self._close((ident,), (*before, *said, fits))
        self.chosen.append(ident)

    def end(self, *said: Words) -> None:
        """A round in which nothing is paid for any more."""
        self._close((), (*self._passing(), *said))

    def found(self, said: tuple[Words, ...], ties: tuple[str, ...] = ()) -> Found:
        """What came of it."""
        account = budget.account(self.purse.budget - self.left, self.purse)
        return Found(tuple(self.chosen), ties, tuple(self.rounds), (*said, account))

    def _passing(self) -> tuple[Words, ...]:
        if not self.passed:
            return ()
        said = N_("Passed over, for they cost more than the %(left)s that is left: %(names)s.")
        gone = budget.order(self.passed, self.rule)
        return (Words(said, {"left": written(self.left), "names": gone}),)

    def _close(self, elected: tuple[str, ...], said: tuple[Words, ...]) -> None:
        gone = tuple(sorted(self.passed, key=marks.order))
        self.rounds.append(Round(dict(self.waiting), 1, elected, gone, said=said))
        for ident in (*elected, *gone):
            del self.waiting[ident]
        self.passed = []


METHOD = Greedy()
