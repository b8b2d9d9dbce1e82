"""Unique ballots with how often each was cast, as tables that are counted as a whole.

Whole numbers of 64 bits: exact, and wide enough for a million ballots in units of 10⁻⁹.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voting.methods.common import marks

Whole = NDArray[np.int64]

NONE = -1  # no grade was given


class Ranked(NamedTuple):
    """`places[ballot, option]`: 1 is the first place, equal places are equal, 0 is no place."""

    ids: tuple[str, ...]
    places: Whole
    counts: Whole


class Graded(NamedTuple):
    """`grades[ballot, option]`: as given, `NONE` where there is none."""

    ids: tuple[str, ...]
    grades: Whole
    counts: Whole


def ranked(counts: Mapping[str, int], ids: Sequence[str]) -> Ranked:
    """The table of rankings; ValueError for a mark that is none or names another option."""

    def places(text: str) -> dict[str, int]:
        tiers = marks.ranks(text)
        return {ident: at for at, tier in enumerate(tiers, 1) for ident in tier}

    return Ranked(tuple(ids), *_table(counts, ids, places, 0))


def graded(counts: Mapping[str, int], ids: Sequence[str]) -> Graded:
    """The table of grades; ValueError for a mark that is none or names another option."""
    return Graded(tuple(ids), *_table(counts, ids, marks.grades, NONE))


def picked(counts: Mapping[str, int], ids: Sequence[str]) -> Graded:
    """The table of picks: 1 where an option was picked, else 0."""

    def ones(text: str) -> dict[str, int]:
        return dict.fromkeys(marks.picks(text), 1)

    return Graded(tuple(ids), *_table(counts, ids, ones, 0))


def _table(
    counts: Mapping[str, int],
    ids: Sequence[str],
    read: Callable[[str], Mapping[str, int]],
    empty: int,
) -> tuple[Whole, Whole]:
    at = {ident: column for column, ident in enumerate(ids)}
    table = np.full((len(counts), len(ids)), empty, dtype=np.int64)
    for row, text in enumerate(counts):
        for ident, value in read(text).items():
            if ident not in at:
                raise ValueError(f"no option: {ident}")
            table[row, at[ident]] = value
    return table, np.fromiter(counts.values(), dtype=np.int64, count=len(counts))
