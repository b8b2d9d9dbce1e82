"""What stands on a ballot, as short texts that are stored, compared and counted.

Ranks "o3>o1=o2", grades "o1:3,o2:0", picks "o1,o4"; a blank ballot is the empty text. Equal ranks
and what was left out survive. Ballots that say the same are the same text, whatever was typed.
"""

import re
from collections.abc import Iterable, Mapping

Ranks = tuple[tuple[str, ...], ...]  # from the first place down; equal places together

OPTION = re.compile(r"o[1-9]\d{0,5}", re.ASCII)


def order(ident: str) -> tuple[int, str]:
    """The order in which options stand in a mark: o2 before o10. No count goes by it."""
    return len(ident), ident


def ranks(text: str) -> Ranks:
    """Read a ranking; raises ValueError for what is none, and where an option stands twice."""
    tiers = tuple(tuple(tier.split("=")) for tier in text.split(">")) if text else ()
    _known([ident for tier in tiers for ident in tier])
    return tiers


def write_ranks(tiers: Iterable[Iterable[str]]) -> str:
    """A ranking as it is stored; empty places (a rank that was skipped) close up."""
    return ">".join("=".join(sorted(tier, key=order)) for tier in map(list, tiers) if tier)


def grades(text: str) -> dict[str, int]:
    """Read grades; raises ValueError for what are none, and where an option stands twice."""
    pairs = [pair.partition(":") for pair in text.split(",")] if text else []
    _known([ident for ident, _colon, _grade in pairs])
    if not all(grade.isascii() and grade.isdigit() and len(grade) <= 9 for *_x, grade in pairs):
        raise ValueError(f"no grades: {text!r}")
    return {ident: int(grade) for ident, _colon, grade in pairs}


def write_grades(given: Mapping[str, int]) -> str:
    """Grades as they are stored."""
    return ",".join(f"{ident}:{given[ident]}" for ident in sorted(given, key=order))


def picks(text: str) -> tuple[str, ...]:
    """Read picks; raises ValueError for what are none, and where an option stands twice."""
    found = text.split(",") if text else []
    _known(found)
    return tuple(found)


def write_picks(chosen: Iterable[str]) -> str:
    """Picks as they are stored."""
    return ",".join(sorted(chosen, key=order))


def _known(idents: list[str]) -> None:
    if len(set(idents)) != len(idents) or not all(map(OPTION.fullmatch, idents)):
        raise ValueError("a mark names each option at most once")
