"""Of a secret vote nothing stands apart that fewer than five made up. Pure; every outlet asks here.

What is shown beside each other adds up: whoever knows the whole and all parts but one knows that
one. So a part that is too small takes others with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from voting.polls.models import TallyState
from voting.polls.rules import SMALL, Count

K = TypeVar("K", int, str)


class Apart(NamedTuple):
    """What may stand beside the figures of the whole."""

    ballots: bool  # each single one that lies in the box
    venues: bool  # what each hall and each paper box counted


def apart(*, secret: bool, size: int, halls: Sequence[int]) -> Apart:
    """What may be shown of a vote with so many ballots in its box, and so many in each hall.

    Single ballots lay open what the halls have together, so these must be enough as well.
    """
    if not secret:
        return Apart(ballots=True, venues=True)
    venues = all(map(_enough, (size, *halls)))
    return Apart(ballots=_enough(size) and _enough(sum(halls)), venues=venues)


def shielded(parts: Mapping[K, int], rest: int = 0) -> set[K]:
    """Which of these may be told apart: none so small, nor what is left out, to betray anybody.

    `rest` is what is known of the others as a whole and not told by itself.
    """
    told = {name for name, size in parts.items() if _enough(size)}
    rest += sum(size for name, size in parts.items() if name not in told)
    while not _enough(rest) and (left := [name for name in told if parts[name]]):
        least = min(sorted(left), key=lambda name: parts[name])
        told.discard(least)
        rest += parts[least]
    return told


def _enough(number: int) -> bool:
    return number == 0 or number >= SMALL


KEYED = "ballots"  # stands in what was counted of a box whose papers lie among the ballots
OF = "of:"  # and there before an answer: what these papers say of it in sum


def returned(counts: Iterable[tuple[str, Mapping[str, int] | None]]) -> list[int]:
    """How many votes each confirmed hall has beside the box, from (state, what was counted)."""
    return [
        Count.unpack(counted).returned
        for state, counted in counts
        if counted is not None and state == TallyState.CONFIRMED and KEYED not in counted
    ]


def told(counted: Any, state: str, shown: Apart, *, secret: bool) -> Any:
    """What a hall counted, or None: what was left out of the count is nobody's to read.

    Papers that lie among the ballots tell nothing apart (`papers` has seen to their sums), but for
    what became of few: then only how many there are.
    """
    if secret and counted is not None and KEYED in counted:
        there = Count.unpack(counted).returned
        # Beside halls too small to be told, these sums and the whole would tell them.
        return counted if _enough(there) and shown.ballots else {KEYED: there}
    if not secret or (shown.venues and state == TallyState.CONFIRMED):
        return counted
    return None
