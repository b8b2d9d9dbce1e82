"""Participatory budget by equal shares: every voter has the same part of the money to give."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any, NamedTuple

from forum.base.i18n import N_
from voting.methods.common import budget, lots, shares
from voting.methods.common.amounts import hundredths, written
from voting.methods.common.budget import BudgetElection, Purse
from voting.methods.common.election import Found, names
from voting.methods.common.profile import Graded
from voting.methods.common.result import Frame, Round
from voting.methods.common.shares import Bought, Offer
from voting.methods.common.words import Words
from voting.methods.method import Option, Rule, Setting

COMPLETION = Setting(
    "completion",
    N_("What becomes of the rest"),
    "add1",
    (
        ("add1", N_("Shares are raised step by step while the budget bears it")),
        ("none", N_("It stays unspent")),
    ),
)
STEP = Setting(
    "step",
    N_("Raise of a share at each step"),
    "1",
    hint=N_("Choose less than 1 where the amounts stand for thousands or more."),
    decimal=True,
)
# A step is at least this part of the first share, and doubles after so many counts; else one voter
# who alone wants something costly could make a count take days.
FINEST = 1000


class Attempt(NamedTuple):
    """What is bought with one share, and what it costs."""

    share: Fraction
    bought: Bought
    spent: int


class EqualShares(BudgetElection):
    """The Method of Equal Shares with cost utilities, completed by raising the shares (add1).

    The completion is that of pabutools (`voter_budget_increment`): the count is made anew with
    each voter's share raised by one step more, until what is bought leaves no room for any
    further project with supporters, or until it would cost more than the budget; then what was
    bought before stands. The raised shares only measure: the sum that is spent never exceeds the
    budget. Where pabutools would raise a share more than a thousand times, steps are larger here
    (see `FINEST`). D. Peters, P. Skowron and others, see `common/shares.py`; equalshares.net.
    """

    name = "pb_equal_shares"
    version = 1
    label = N_("Participatory budget: equal shares")
    hint = N_(
        "Gives every voter the same share of the budget for the projects that they picked, so "
        "that smaller groups have their part."
    )
    settings = (budget.BUDGET, COMPLETION, STEP)

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """The step is an amount as well."""
        kept = super().rule({**typed, "step": ""}, options)
        return {**kept, "step": budget.amount(STEP, typed)}

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The shares, the price, ties, what becomes of the rest."""
        said = [
            Words(budget.SHARED, {"budget": rule["budget"]}),
            Words(budget.COUNTED),
            Words(
                N_(
                    "Everybody who picked something gets the same share of the budget, and only "
                    "the supporters of a project pay for it, all the same; who has less left "
                    "gives all of it."
                )
            ),
            Words(
                N_(
                    "The project goes first whose supporters pay least for each unit of its "
                    "cost. A project whose supporters have too little together is not paid for."
                )
            ),
            Words(budget.TIED),
        ]
        if rule["completion"] == "none":
            said.append(Words(N_("What nobody can pay for any more stays unspent.")))
            return tuple(said)
        return (
            *said,
            Words(
                N_(
                    "While money is left for another project that somebody picked, all shares "
                    "are raised by %(step)s (or by a thousandth of the first share, in whole "
                    "steps, where that is more) and the count starts anew; after every thousand "
                    "counts the raise doubles. It ends before the projects would cost more than "
                    "the budget."
                ),
                {"step": rule["step"]},
            ),
        )

    def count(self, votes: Graded, rule: Rule, frame: Frame) -> Found:
        """An equal pair in an attempt that a lot must decide leaves everything open after it."""
        purse = Purse.of(rule)
        offer = Offer.of(votes, purse.costs)

        def draw(purchase: int, tied: Sequence[int]) -> int:
            named = {offer.ids[at]: at for at in tied}
            return named[lots.drawn(frame.lot, f"project {purchase}", named)[0]]

        def attempt(share: Fraction) -> Attempt:
            bought = shares.buy(offer, share, draw if frame.lot else None)
            return Attempt(share, bought, sum(offer.costs[one.option] for one in bought.purchases))

        last = attempt(Fraction(purse.budget, int(votes.counts.sum())))
        if rule["completion"] == "add1" and not last.bought.ties:
            last = _completed(last, attempt, offer, purse, hundredths(rule["step"]))
        return _found(last, offer, rule)


def _completed(
    last: Attempt,
    attempt: Callable[[Fraction], Attempt],
    offer: Offer,
    purse: Purse,
    step: int,
) -> Attempt:
    """The last attempt that the budget bears, or the first that leaves no room for a project."""
    step *= max(1, int(last.share) // FINEST // step)
    counts = 0
    while not last.bought.ties:
        bought = {one.option for one in last.bought.purchases}
        rest = [at for at, votes in enumerate(offer.support) if votes and at not in bought]
        if all(last.spent + offer.costs[at] > purse.budget for at in rest):
            return last
        # Up to the raise at which the supporters of one of these have its cost together, nothing
        # can be bought that was not bought now: those attempts would end nothing.
        needed = min(Fraction(offer.costs[at], offer.support[at]) for at in rest)
        raised = attempt(last.share + step * max(1, ceil((needed - last.share) / step) - 1))
        if raised.spent > purse.budget:
            return last
        last = raised
        counts += 1
        step *= 1 if counts % FINEST else 2
    return last


def _found(last: Attempt, offer: Offer, rule: Rule) -> Found:
    purse, called, ids = Purse.of(rule), names(rule), offer.ids
    voters = int(offer.counts.sum())
    first = Fraction(purse.budget, voters)
    said = [
        Words(
            N_("%(voters)s voters share the budget; the share of each is about %(share)s."),
            {"voters": voters, "share": written(int(first))},
        )
    ]
    if last.share > first:
        raised = N_("To use the rest, the count was made with shares raised to about %(share)s.")
        said.append(Words(raised, {"share": written(int(last.share))}))
    waiting = {ids[at]: votes for at, votes in enumerate(offer.support)}
    rounds: list[Round] = []
    certain = rule["completion"] == "none" or not last.bought.ties
    for one in last.bought.purchases if certain else ():
        ident = ids[one.option]
        words = _paid(one.price, offer.costs[one.option], waiting[ident], called[ident])
        if one.equal:
            equal = {"names": budget.order([ids[at] for at in one.equal], rule)}
            words = (Words(budget.DRAWN, {**equal, "first": called[ident]}), *words)
        rounds.append(Round(dict(waiting), 1, (ident,), said=words))
        del waiting[ident]
    winners = tuple(one.elected[0] for one in rounds)
    ties = tuple(ids[at] for at in last.bought.ties)
    if ties:
        said.append(Words(budget.UNDECIDED, {"names": budget.order(ties, rule)}))
        rounds.append(Round(dict(waiting), said=(said[-1],)))
    elif not winners:
        rounds.append(Round(waiting))
    if certain:
        said.append(Words(budget.NUMBER, {"number": len(winners)}))
        said.append(budget.account(last.spent, purse))
    return Found(winners, ties, tuple(rounds), tuple(said))


def _paid(price: Fraction, cost: int, votes: int, name: str) -> tuple[Words, ...]:
    values: dict[str, int | str | Words] = {
        "name": name,
        "votes": votes,
        "cost": written(cost),
        "price": written(ceil(price)),
        "effective": written(int(100 * cost / price)),
    }
    return (
        Words(
            N_(
                "%(votes)s voters support %(name)s, which costs %(cost)s; nobody pays more than "
                "%(price)s."
            ),
            values,
        ),
        Words(
            N_(
                "That is as if %(effective)s of them shared it evenly (ρ = 1/%(effective)s): the "
                "least of all projects that can be paid for."
            ),
            values,
        ),
    )


METHOD = EqualShares()
