"""Rankings of a few options, and their comparisons made a ballot after the other."""

import re
from itertools import permutations, product

from hypothesis import strategies as st

from voting.methods.common import marks
from voting.methods.common.result import Frame, Result
from voting.methods.method import Option, method

MEASURES = ("winning", "margins")
IDS = ("o1", "o2", "o3", "o4")

# https://en.wikipedia.org/wiki/Schulze_method#Example: 45 voters, five options
FORTY_FIVE = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2}
FORTY_FIVE |= {"DCEBA": 7, "EBADC": 8}


def options(names: list[str]) -> list[Option]:
    return [Option(f"o{place}", name) for place, name in enumerate(names, 1)]


def lettered(ballots: dict[str, int]) -> dict[str, int]:
    """Rankings of letters: A is o1, "AB=C" has B and C level."""

    def mark(text: str) -> str:
        tiers = re.findall(r"\w(?:=\w)*", text)
        return marks.write_ranks([[f"o{ord(c) - 64}" for c in tier if c != "="] for tier in tiers])

    return {mark(text): count for text, count in ballots.items()}


def counted(
    name: str, counts: dict[str, int], names: list[str], lot: str = "", **typed: str
) -> Result:
    way = method(name)
    rule = way.rule(typed, options(names))
    return way.tally(counts, rule, Frame(eligible=10**9, lot=lot))


def prefers(text: str, one: str, other: str) -> bool:
    places = {ident: at for at, tier in enumerate(marks.ranks(text)) for ident in tier}
    return places.get(one, 99) < places.get(other, 99)


def brute(counts: dict[str, int]) -> dict[tuple[str, str], int]:
    """The comparisons, a ballot after the other."""
    return {
        (one, other): sum(number for text, number in counts.items() if prefers(text, one, other))
        for one, other in permutations(IDS, 2)
    }


def strengths(table: dict[tuple[str, str], int], measure: str) -> dict[tuple[str, str], int]:
    return {
        (one, other): votes - (table[other, one] if measure == "margins" else 0)
        for (one, other), votes in table.items()
        if votes > table[other, one]
    }


def smith(table: dict[tuple[str, str], int]) -> set[str]:
    for size in range(1, len(IDS)):
        for chosen in permutations(IDS, size):
            rest = set(IDS) - set(chosen)
            if all(table[a, b] > table[b, a] for a, b in product(chosen, rest)):
                return set(chosen)
    return set(IDS)


@st.composite
def rankings(draw: st.DrawFn) -> str:
    order = draw(st.permutations(IDS))[: draw(st.integers(1, len(IDS)))]
    tiers: list[list[str]] = []
    for ident in order:
        if tiers and draw(st.integers(0, 3)) == 0:
            tiers[-1].append(ident)
        else:
            tiers.append([ident])
    return marks.write_ranks(tiers)


PROFILES = st.dictionaries(rankings(), st.integers(1, 4), min_size=1, max_size=7)
