"""What changed between two wordings: pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

# A word of an alphabetic script, a number, or one sign (so one Chinese character), each with the
# blank before it: a blank that stays between two words that go would tear a change to shreds.
_PIECE = re.compile(r"\s*(?:[^\W\d_\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+|\d+|\S)|\s+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# The time grows with the product of the two.
PIECES_MOST, EDITS_MOST = 3000, 300


class Change(StrEnum):
    """What happened to a piece of text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    """A run of text and what happened to it."""

    change: Change
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces from one wording to the next; what was removed stands before what was added.

    Where word by word too much differs, lines are compared; where these differ as much, it is
    another text. So the longest texts take a bounded time, whatever they say.
    """
    return list(_differences(before, after))


@lru_cache(maxsize=500)
def _differences(before: str, after: str) -> tuple[Piece, ...]:
    for cut in (_PIECE, _LINE):
        old, new = cut.findall(before), cut.findall(after)
        if max(len(old), len(new)) <= PIECES_MOST and (kept := _kept(old, new)) is not None:
            return tuple(_joined(old, new, kept))
    return tuple(_joined([before], [after], [(0, 0)] if before == after else []))


def _kept(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where the pieces stand that stay, in both wordings; None after EDITS_MOST edits (Myers)."""
    reach = {1: 0}  # how far into the old wording each diagonal has come
    trail: list[dict[int, int]] = []
    for edits in range(min(EDITS_MOST, len(old) + len(new)) + 1):
        trail.append(reach.copy())
        for diagonal in range(-edits, edits + 1, 2):
            at = _step(reach, diagonal, edits)
            while at < len(old) and at - diagonal < len(new) and old[at] == new[at - diagonal]:
                at += 1
            reach[diagonal] = at
            if at >= len(old) and at - diagonal >= len(new):
                return _walked(trail, len(old), len(new))
    return None


def _step(reach: Mapping[int, int], diagonal: int, edits: int) -> int:
    """One edit on: a piece is added (from the diagonal above), or one is removed."""
    if _adds(reach, diagonal, edits):
        return reach[diagonal + 1]
    return reach[diagonal - 1] + 1


def _adds(reach: Mapping[int, int], diagonal: int, edits: int) -> bool:
    if diagonal in (-edits, edits):
        return diagonal == -edits
    return reach[diagonal - 1] < reach[diagonal + 1]


def _walked(trail: Sequence[Mapping[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    """The way back from the end: every step along a diagonal is a piece that stays."""
    kept: list[tuple[int, int]] = []
    for edits in range(len(trail) - 1, -1, -1):
        reach, diagonal = trail[edits], x - y
        start = _step(reach, diagonal, edits) if edits else 0
        while x > start:
            x, y = x - 1, y - 1
            kept.append((x, y))
        if edits and _adds(reach, diagonal, edits):
            y -= 1
        elif edits:
            x -= 1
    return kept[::-1]


def _joined(
    old: Sequence[str], new: Sequence[str], kept: Sequence[tuple[int, int]]
) -> Iterator[Piece]:
    """Runs of pieces that stay, and between them what went and what came."""
    x = y = 0
    run = ""
    for a, b in (*kept, (len(old), len(new))):
        if (a > x or b > y) and run:
            yield Piece(Change.KEPT, run)
            run = ""
        if a > x:
            yield Piece(Change.REMOVED, "".join(old[x:a]))
        if b > y:
            yield Piece(Change.ADDED, "".join(new[y:b]))
        run += old[a] if a < len(old) else ""
        x, y = a + 1, b + 1
    if run:
        yield Piece(Change.KEPT, run)
