"""What makes a box of papers whole, and how two readings become one: pure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from voting.papers.models import BatchState, Kind
from voting.polls.models import NoteKind, PollState

FIRST, SECOND, SETTLED = 1, 2, 3
FOUND_MOST = 100_000
# Boxes that still have to be counted.
WAITING = frozenset({BatchState.ISSUING, BatchState.KEYING, BatchState.SUMS})
# When papers that come are too late.
LATE = frozenset({PollState.COUNTING, PollState.FINISHED, PollState.PUBLISHED})


class Reading(NamedTuple):
    """What somebody read on a paper; `agreed` by whom, where it settles two that differ."""

    kind: Kind
    mark: str
    reason: str
    clerk: int
    agreed: int | None = None

    @property
    def said(self) -> tuple[Kind, str, str]:
        """What is compared."""
        return self.kind, self.mark, self.reason


class Place(NamedTuple):
    """A paper as both clerks read it, and what settles it."""

    first: Reading | None
    second: Reading | None
    settled: Reading | None

    @property
    def differs(self) -> bool:
        """Whether both have read it, and not the same."""
        return bool(self.first and self.second and self.first.said != self.second.said)

    @property
    def final(self) -> Reading | None:
        """What it says for good: read alike twice, or settled by one and confirmed by another."""
        if self.first and self.second and not self.differs:
            return self.first
        if self.differs and self.settled and self.settled.agreed is not None:
            return self.settled
        return None


Pile = Mapping[int, Place]


def pile(rows: Iterable[tuple[int, int, Reading]]) -> dict[int, Place]:
    """Readings (place, turn, what) as papers, in the order of the pile."""
    found: dict[int, dict[int, Reading]] = {}
    for place, turn, reading in rows:
        found.setdefault(place, {})[turn] = reading
    return {
        place: Place(of.get(FIRST), of.get(SECOND), of.get(SETTLED))
        for place, of in sorted(found.items())
    }


def next_place(pile: Pile, turn: int, found: int) -> int | None:
    """The first paper that this clerk has not read; None where all are."""
    for place in range(1, found + 1):
        read = pile.get(place)
        if read is None or read[turn - 1] is None:
            return place
    return None


def open_places(pile: Pile) -> list[int]:
    """The papers that are not certain yet."""
    return [place for place, read in pile.items() if read.final is None]


def adds_up(issued: int, found: int, unreturned: int) -> bool:
    """Whether what was given out is what lay in the box and what is known to be missing."""
    return found + unreturned == issued


def explains(issued: int, found: int, unreturned: int) -> NoteKind | None:
    """What a box needs a reason for before it is closed; None where nothing is missing."""
    if not adds_up(issued, found, unreturned):
        return NoteKind.MISMATCH
    return NoteKind.UNRETURNED if unreturned else None
