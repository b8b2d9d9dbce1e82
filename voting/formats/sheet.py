"""A count as people read it in a terminal: what was counted, each round, who is elected."""

import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

MOST_ROWS = 20  # of a round, besides those who are elected: the JSON has all
SKIPPED = {"blank", "invalid"}  # they stand in the second line


def page(said: Mapping[str, Any]) -> str:
    """The whole of it."""
    return "\n".join(_lines(said)) + "\n"


def _lines(said: Mapping[str, Any]) -> Iterator[str]:
    if said["title"]:
        yield said["title"]
    odd = f"{_shown(said['blank'])} blank, {_shown(said['invalid'])} invalid"
    count = len(said["options"])
    yield f"{said['method']}: {count} options, {_shown(said['ballots'])} ballots ({odd})"
    if said["withdrawn"]:
        yield f"Withdrawn: {', '.join(said['withdrawn'])}"
    yield from said["notes"]
    many = len(said["rounds"]) > 1
    for at, one in enumerate(said["rounds"], 1):
        yield ""
        if many:
            yield f"Round {at}"
        yield from _round(one)
        if one["explanation"] and many:
            yield one["explanation"]
    if not said["rounds"]:
        yield ""
        yield from _table(
            {
                name: figure
                for name, figure in said["figures"].items()
                if name not in SKIPPED and isinstance(figure, int)
            },
            {},
        )
    yield ""
    yield said["explanation"]
    yield ""
    yield f"Elected: {', '.join(said['winners'])}" if said["winners"] else "Nobody is elected."
    if said["ties"]:
        yield f"Tied: {', '.join(said['ties'])}"
        if said["carried"] is None:
            yield "A lot decides: announce a seed, then name it with --seed."


def _round(one: Mapping[str, Any]) -> Iterator[str]:
    became = dict.fromkeys(one["elected"], "elected") | dict.fromkeys(one["eliminated"], "out")
    counts = dict(sorted(one["counts"].items(), key=lambda pair: -pair[1]))
    yield from _table(counts, became)
    if one["exhausted"]:
        yield from _table({"(exhausted)": one["exhausted"]}, {})


def _table(counts: Mapping[str, int | Decimal], became: Mapping[str, str]) -> Iterator[str]:
    if not counts:
        return
    width = max(map(_width, counts))
    digits = max(len(_shown(value)) for value in counts.values())
    for at, (name, value) in enumerate(counts.items()):
        if at >= MOST_ROWS and became.get(name) != "elected":
            continue
        gap = " " * (width - _width(name))
        yield f"  {name}{gap}  {_shown(value):>{digits}}  {became.get(name, '')}".rstrip()
    if len(counts) > MOST_ROWS:
        yield f"  (the first {MOST_ROWS} of {len(counts)}; --json has all)"


def _shown(value: int | Decimal) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def _width(text: str) -> int:
    """How many columns a terminal needs: Chinese characters take two."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)
