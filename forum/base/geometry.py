"""Where things lie in a picture: whole numbers and exact rounding, no drawing.

A position is a hundredth of a per cent of the width, a length of text a tenth of an em.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

FINE = 10_000  # positions to a width


def place(part: int, whole: int) -> int:
    """Where a part of a whole ends, in positions; rounded half up, exactly."""
    return (2 * part * FINE + whole) // (2 * whole) if whole else 0


def cuts(parts: Iterable[int], whole: int) -> list[int]:
    """Where the pieces of a bar begin and end: rounded from the left edge, so that none drifts."""
    found, total = [0], 0
    for part in parts:
        total += part
        found.append(place(total, whole))
    return found


def tenths(text: str) -> int:
    """About how wide a text is, in tenths of an em; never less than it is."""
    return sum(10 if unicodedata.east_asian_width(sign) in "WFA" else 6 for sign in text)


def shortened(text: str, most: int) -> str:
    """The beginning of a text that is no wider than so many tenths of an em."""
    if tenths(text) <= most:
        return text
    kept = text
    while kept and tenths(kept) > most - 10:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def packed(extents: Sequence[tuple[int, int]]) -> list[int]:
    """Rows for things that lie side by side, as few as there can be: none touches another."""
    free: list[int] = []
    rows = [0] * len(extents)
    for at in sorted(range(len(extents)), key=lambda one: extents[one]):
        start, end = extents[at]
        row = next((n for n, edge in enumerate(free) if edge < start), len(free))
        free[row:] = [end, *free[row + 1 :]]
        rows[at] = row
    return rows


def ticks(first: date, last: date, most: int = 7) -> list[date]:
    """Round days between two: the finest steps of which there are not too many."""
    days = (last - first).days
    for step in (1, 2, 7):
        if days // step < most:
            return [first + timedelta(n) for n in range(0, days + 1, step)]
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    step = next(
        n for n in (1, 2, 3, 6, 12, 12 * (len(months) // 12 + 1)) if len(months) // n < most
    )
    return [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
