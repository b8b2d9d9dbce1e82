"""The Method of Equal Shares for one given share of money a voter: exact, over unique ballots.

D. Peters, G. Pierczyński, P. Skowron: Proportional Participatory Budgeting with Additive
Utilities (NeurIPS 2021), here with a project's cost as what its supporters have of it. Then ρ, the
payment for each unit of use, is the price over the cost: the most that one supporter pays. Whoever
has less than the price gives all that is left.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voting.methods.common import marks
from voting.methods.common.profile import Graded, Whole

# Sums of money over all voters stay under this, in the units of `Fund.near`.
ROOM = 62


class Purchase(NamedTuple):
    """A project that is paid for: what one supporter pays at most, and what was equal to it."""

    option: int
    price: Fraction
    equal: tuple[int, ...] = ()  # where a lot let it go first


class Bought(NamedTuple):
    """All that one share pays for, in order; with `ties` the count stopped at equal projects."""

    purchases: tuple[Purchase, ...]
    ties: tuple[int, ...] = ()


# Draws the lot of a purchase (1 is the first) among equal projects.
Draw = Callable[[int, Sequence[int]], int]


class Offer(NamedTuple):
    """The projects in the order of their ids, and the ballots that picked them."""

    ids: tuple[str, ...]
    counts: Whole  # of each ballot
    picks: Whole  # picks[project, ballot]: 1 or 0
    costs: tuple[int, ...]
    support: tuple[int, ...]
    fans: tuple[Whole, ...]  # the ballots that picked a project

    @classmethod
    def of(cls, votes: Graded, costs: Mapping[str, int]) -> "Offer":
        """Whatever the order of the options was."""
        ids = sorted(votes.ids, key=marks.order)
        columns = [votes.ids.index(ident) for ident in ids]
        picks = np.ascontiguousarray(votes.grades.T[columns])
        return cls(
            tuple(ids),
            votes.counts,
            picks,
            tuple(costs[ident] for ident in ids),
            tuple((picks @ votes.counts).tolist()),
            tuple(np.flatnonzero(row) for row in picks),
        )


class Fund:
    """The money of the voters while projects are bought one after another.

    A voter who still has money has the share less the prices of all that he picked and that was
    bought; so the exact money of any group follows from a few large integers and from how many of
    it picked what. `near` holds each voter's money in 64 bits: from it follows who can pay a
    price, except within its error of one unit a purchase, where the exact money is asked.
    """

    def __init__(self, offer: Offer, share: Fraction) -> None:
        self.offer = offer
        voters = int(offer.counts.sum())
        self.shift = ROOM - int(share * voters).bit_length()
        self.base = share.denominator  # of all exact amounts
        self.share = share.numerator
        self.bought: Whole = np.array([], dtype=np.int64)
        self.prices: list[int] = []
        near = self.nearly(share)
        self.near = np.full(len(offer.counts), near, dtype=np.int64)
        self.having = offer.counts.copy()  # how many of each ballot still have money
        self.fans = list(offer.fans)

    def copy(self) -> "Fund":
        """The same money, to be spent otherwise."""
        twin = object.__new__(Fund)
        twin.__dict__.update(self.__dict__)
        for name in ("prices", "fans"):
            setattr(twin, name, list(getattr(self, name)))
        twin.near, twin.having = self.near.copy(), self.having.copy()
        return twin

    def bound(self, option: int, least: int) -> int | None:
        """A near price under which a project cannot be had; None where it cannot be paid for.

        What one supporter pays at most never falls while others are bought: `least` is a bound
        that was found before.
        """
        rows = self.fans[option]
        having = self.having[rows]
        if not having.all():
            rows = self.fans[option] = rows[having > 0]
            having = self.having[rows]
        near = self.near[rows]
        voters, cost = int(having.sum()), self.nearly(Fraction(self.offer.costs[option]))
        if int(having @ near) + voters < cost:
            return None
        while True:
            poor = np.flatnonzero(near < least)
            few = having[poor]
            # who holds `near` has less than one unit more
            rest, rich = cost - int(few @ near[poor]), voters - (emptied := int(few.sum()))
            if not rich or (more := (rest - emptied) // rich) <= least:
                return least
            least = more

    def price(self, option: int, least: int) -> Fraction | None:
        """What one supporter pays at most, from a bound; None where it cannot be paid for."""
        rows = self.fans[option]
        near, having = self.near[rows], self.having[rows]
        poor = near < least
        while not poor.all():
            rest = self.offer.costs[option] * self.base - self._money(rows[poor])
            price = Fraction(rest, self.base * int(having[~poor].sum()))
            more = ~poor & self._poorer(rows, near, price)
            if not more.any():
                return price
            poor |= more
        return None

    def buy(self, option: int, price: Fraction) -> None:
        """Let the supporters pay: the price, or all that they have."""
        rows = self.fans[option]
        poor = self._poorer(rows, self.near[rows], price)
        self.having[rows[poor]] = 0
        self.near[rows[~poor]] -= self.nearly(price)
        base = lcm(self.base, price.denominator)
        wider = base // self.base
        self.base, self.share = base, self.share * wider
        self.prices = [one * wider for one in self.prices]
        self.prices.append(price.numerator * (base // price.denominator))
        self.bought = np.append(self.bought, option)

    def nearly(self, amount: Fraction) -> int:
        """An amount in units of `near`, the rest cut off."""
        if self.shift >= 0:
            return (amount.numerator << self.shift) // amount.denominator
        return amount.numerator // (amount.denominator << -self.shift)

    def ratio(self, option: int, near: int) -> int:
        """The ρ of a near price, in units that are small enough to keep most projects apart."""
        return (near << ROOM) // self.offer.costs[option]

    def _money(self, rows: Whole) -> int:
        """The exact money of all with these ballots, in units of 1/base."""
        having = self.having[rows]
        picked: list[int] = (self.offer.picks[np.ix_(self.bought, rows)] @ having).tolist()
        paid = sum(one * times for one, times in zip(self.prices, picked, strict=True))
        return self.share * int(having.sum()) - paid

    def _poorer(self, rows: Whole, near: Whole, price: Fraction) -> NDArray[np.bool_]:
        """Which of these ballots have less than the price."""
        over = near - self.nearly(price)
        poor = over < 0
        close = np.flatnonzero(~poor & (over <= len(self.bought)))
        if len(close):
            # `near` lies up to one unit a purchase over the money
            picked = self.offer.picks[np.ix_(self.bought, rows[close])]
            kinds, kind = np.unique(picked, axis=1, return_inverse=True)
            poor[close] = np.array([self._less(one, price) for one in kinds.T.tolist()])[kind]
        return poor

    def _less(self, picked: Sequence[int], price: Fraction) -> bool:
        paid = sum(one for one, times in zip(self.prices, picked, strict=True) if times)
        return (self.share - paid) * price.denominator < price.numerator * self.base


def buy(offer: Offer, share: Fraction, draw: Draw | None) -> Bought:
    """Buy the project with the least ρ again and again, until none can be paid for.

    No lot is drawn where equal projects leave one another's price as it is, and are therefore all
    bought at the same prices in whatever order.
    """
    fund = Fund(offer, share)
    done: list[Purchase] = []
    queue = [at for at, votes in enumerate(offer.support) if votes]
    bounds = {at: fund.nearly(Fraction(offer.costs[at], offer.support[at])) for at in queue}
    waiting = [(fund.ratio(at, bounds[at]), at) for at in queue]
    heapify(waiting)
    while prices := _least(fund, waiting, bounds):
        best = min(price / offer.costs[at] for at, price in prices.items())
        tied = _first(
            [at for at, price in prices.items() if price == best * offer.costs[at]], offer
        )
        equal: tuple[int, ...] = ()
        if len(tied) > 1 and not _apart(fund.copy(), tied, prices):
            if draw is None:
                return Bought(tuple(done), tuple(tied))
            equal = tuple(tied)
            tied = [draw(len(done) + 1, tied)]
        for at in tied:
            fund.buy(at, prices[at])
            done.append(Purchase(at, prices.pop(at), equal))
        for at, price in prices.items():
            bounds[at] = fund.nearly(price)
            heappush(waiting, (fund.ratio(at, bounds[at]), at))
    return Bought(tuple(done))


def _least(
    fund: Fund, waiting: list[tuple[int, int]], bounds: dict[int, int]
) -> dict[int, Fraction]:
    """The exact prices of the projects that may have the least ρ, taken from those that wait."""
    prices: dict[int, Fraction] = {}
    bounded = set[int]()
    last = 0
    while waiting and (not prices or waiting[0][0] <= last):
        _ratio, at = heappop(waiting)
        if at in bounded:
            price = fund.price(at, bounds[at])
            if price is not None:
                over = fund.ratio(at, fund.nearly(price) + 1)
                last = min(last, over) if prices else over
                prices[at] = price
        elif (bound := fund.bound(at, bounds[at])) is not None:
            bounded.add(at)
            bounds[at] = bound
            heappush(waiting, (fund.ratio(at, bound), at))
    return prices


def _first(tied: list[int], offer: Offer) -> list[int]:
    def turn(option: int) -> tuple[int, int]:
        return -offer.support[option], offer.costs[option]

    first = min(map(turn, tied))
    return [option for option in tied if turn(option) == first]


def _apart(fund: Fund, tied: Sequence[int], prices: Mapping[int, Fraction]) -> bool:
    for at in tied:
        bound = fund.bound(at, fund.nearly(prices[at]))
        if bound is None or fund.price(at, bound) != prices[at]:
            return False
        fund.buy(at, prices[at])
    return True
