"""Rankings that pass from option to option: next preferences, who has the fewest, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from forum.base.i18n import N_
from voting.methods.common import late, lots
from voting.methods.common.profile import Ranked
from voting.methods.common.result import Round
from voting.methods.common.seats import named
from voting.methods.common.words import Words
from voting.methods.method import Setting

Rows = NDArray[np.intp]

NOBODY, SEVERAL = "", "="  # where a ballot goes that ranks none of the options, or several alike
COLUMN = 10  # bits for an option's column, of which there are at most a thousand
FAR = (2**20) << COLUMN  # behind every place
BLOCK = 2**15  # papers looked at in one go, few enough for the processor's cache

EXHAUST, WAIT, SKIP = "exhaust", "wait", "skip"
OVERVOTE = Setting(
    "overvote",
    N_("When a ballot gives several options the same place"),
    EXHAUST,
    (
        (EXHAUST, N_("It stops counting there")),
        (SKIP, N_("That place is passed over")),
    ),
)
OVERVOTES = {
    EXHAUST: N_(
        "A ballot that gives several options the same place stops counting when it comes to "
        "that place while more than one of them is still in the count."
    ),
    WAIT: N_(
        "A ballot that gives several options the same place waits there until only one of them "
        "is still in the count, and then counts for that one."
    ),
    SKIP: N_("Where a ballot gives several options the same place, that place is passed over."),
}
ORDERED = N_("Voters put the options in an order, as many of them as they like.")
QUOTA = N_(
    "The quota is the smallest number of votes that no more options can reach than there are "
    "seats. Who reaches it is elected."
)
REMAIN = N_("When no more options are left than seats, they are elected.")
REMAINING = N_("No more options are left than seats, so these are elected: %(names)s.")
ODD = (
    N_("Where a place is left out on a ballot, those below it move up."),
    N_("A ballot whose options have all left the count stops counting: it is exhausted."),
)
TIES = N_(
    "Of options that are level at the bottom, the one goes that had the fewest votes in the "
    "latest round that tells them apart. If none does and all of them together have fewer votes "
    "than the next, so that their order plays no part, they go together."
)


class Papers:
    """Ballot papers that are sorted by the next preference, many at a time.

    The places of a ballot follow on each other, as `profile.ranked` makes them.
    """

    def __init__(self, votes: Ranked, *, skip: bool) -> None:
        self.counts = votes.counts
        self.all: Rows = np.arange(len(votes.counts))
        self._ids = votes.ids
        self._column = {ident: at for at, ident in enumerate(votes.ids)}
        # a row for each option, as lookups run along options
        places = np.ascontiguousarray(votes.places.T, dtype=np.int16)
        given = (places > 0).sum(axis=0, dtype=np.int16)
        # as many options as places, unless several share one
        shared = np.flatnonzero(given != places.max(axis=0, initial=0))
        if skip:
            _pass_over(places, shared)
        self._several = shared.size > 0 and not skip
        # place and column in one number: the least of several says what comes first, and where
        self._keys = places.astype(np.int32) << COLUMN
        self._keys[places == 0] = FAR
        self._keys += np.arange(len(votes.ids), dtype=np.int32)[:, np.newaxis]

    def weight(self, rows: Rows) -> int:
        """How many votes these papers are."""
        return int(self.counts[rows].sum())

    def deal(self, rows: Rows, among: Sequence[str]) -> dict[str, Rows]:
        """These papers by the option that each ranks highest among some; else NOBODY, SEVERAL."""
        columns = [self._column[ident] for ident in among]
        goes = np.empty(rows.size, dtype=np.int16)
        for start in range(0, rows.size, BLOCK):
            part = slice(start, start + BLOCK)
            goes[part] = self._first(rows[part], columns)
        order = np.argsort(goes, kind="stable")
        ends = np.cumsum(np.bincount(goes, minlength=len(self._ids) + 2))
        parts = np.split(rows[order], ends[:-1])
        dealt = zip((*self._ids, NOBODY, SEVERAL), parts, strict=True)
        return {ident: part for ident, part in dealt if part.size}

    def _first(self, rows: Rows, columns: Sequence[int]) -> NDArray[np.int32]:
        """The column that each paper ranks highest; one more for none, two more for several."""
        best = np.full(rows.size, FAR, dtype=np.int32)
        for column in columns:
            np.minimum(best, self._keys[column].take(rows), out=best)
        first = best & ((1 << COLUMN) - 1)
        best >>= COLUMN
        if self._several:
            level = np.zeros(rows.size, dtype=np.int16)
            for column in columns:
                level += self._keys[column].take(rows) >> COLUMN == best
            first[level > 1] = len(self._ids) + 1
        first[best == FAR >> COLUMN] = len(self._ids)
        return first


def _pass_over(places: NDArray[np.int16], rows: Rows) -> None:
    """Take out every place that several options share, on these ballots."""
    some = places[:, rows]
    kept = some.copy()
    for place in range(1, int(some.max(initial=0)) + 1):
        here = some == place
        kept[here & (here.sum(axis=0) > 1)] = 0
    places[:, rows] = kept


class Leaving(NamedTuple):
    """Who leaves the count; nobody where only a lot could say that, and there is none."""

    idents: tuple[str, ...]
    said: Words
    tied: tuple[str, ...] = ()  # those whom nothing but a lot could tell apart


def apart(
    tied: Iterable[str], rounds: Sequence[Round], best: Callable[[Iterable[int]], int]
) -> tuple[tuple[str, ...], int]:
    """Those who stay level when rounds are asked from the last one back; the round asked last.

    Each round leaves only its lowest (with `min`) or highest (with `max`).
    """
    left = tuple(tied)
    for number in range(len(rounds), 0, -1):
        had = rounds[number - 1].counts
        bound = best(had[ident] for ident in left)
        left = tuple(ident for ident in left if had[ident] == bound)
        if len(left) == 1:
            return left, number
    return left, 0


def lowest(
    tied: Sequence[str],
    rounds: Sequence[Round],
    called: Mapping[str, str],
    lot: str,
    *,
    safe: bool,
) -> Leaving:
    """Which of those with the fewest votes leave the count after this round, and why.

    `rounds` are those before this one. `safe`: all of them leave before anybody else does, and
    in whatever order they go, the outcome is the same.
    """
    names = {"names": named(tied, called)}
    if len(tied) == 1:
        return Leaving(tuple(tied), Words(N_("Fewest votes, so out: %(names)s."), names))
    left, number = apart(tied, rounds, min)
    if len(left) == 1:
        said = N_(
            "%(names)s are level with the fewest votes. %(name)s had the fewest of them in "
            "round %(round)s, so it is out."
        )
        return Leaving(left, Words(said, {**names, "name": called[left[0]], "round": number}))
    if safe:
        said = N_("%(names)s have the fewest votes, even all together, so they are out together.")
        return Leaving(tuple(tied), Words(said, names))
    names = {"names": named(left, called)}
    if not lot:
        said = N_(
            "%(names)s are level with the fewest votes, and no earlier round tells them apart. A "
            "lot must decide who is out."
        )
        return Leaving((), Words(said, names), left)
    drawn = lots.drawn(lot, f"elimination {len(rounds) + 1}", left)[0]
    return Leaving((drawn,), Words(DRAWN, {**names, "name": called[drawn]}))


DRAWN = late.either(
    N_(
        "%(names)s are level with the fewest votes, and no earlier round tells them apart. The lot "
        "from the announced seed fell on %(name)s, so it is out."
    ),
    N_(
        "%(names)s are level with the fewest votes, and no earlier round tells them apart. The lot "
        "drawn after the count fell on %(name)s, so it is out."
    ),
)


def decimal(units: int, scale: int) -> str:
    """Units of 1/scale in figures, without noughts at the end; scale is a power of ten."""
    whole, rest = divmod(units, scale)
    digits = str(scale + rest)[1:].rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)
