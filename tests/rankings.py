"""Real rankings, where they are at hand, as the marks that a count reads."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from voting.methods.common import marks
from voting.methods.method import Option

BALLOTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "ballots"


class Real(NamedTuple):
    """An election: options, votes by mark, how many are elected."""

    options: list[Option]
    votes: dict[str, int]
    seats: int

    def named(self, idents: tuple[str, ...]) -> list[str]:
        called = {one.id: one.name for one in self.options}
        return [called[ident] for ident in idents]


def real(name: str) -> Real:
    """An election of the collection; skips the test where it is not there."""
    path = BALLOTS / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    text = path.read_text(encoding="utf-8")
    return _blt(text) if path.suffix == ".blt" else _preflib(text)


def known(name: str) -> dict[str, Any]:
    """What is known of it."""
    path = BALLOTS / "expected.json"
    if not path.exists():
        pytest.skip("expected.json is not there")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))[name]
    return found


def _blt(text: str) -> Real:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    size, seats = map(int, lines[0].split())
    votes: Counter[str] = Counter()
    at = 1
    while lines[at] != "0":
        number, *ranked = map(int, lines[at].split())
        votes[marks.write_ranks([f"o{one}"] for one in ranked if one)] += number
        at += 1
    names = [line.strip('" ') for line in lines[at + 1 : at + 1 + size]]
    return Real([Option(f"o{n}", name) for n, name in enumerate(names, 1)], dict(votes), seats)


def _preflib(text: str) -> Real:
    names = re.findall(r"^# ALTERNATIVE NAME (\d+): (.*)$", text, re.MULTILINE)
    votes: Counter[str] = Counter()
    for number, ranked in re.findall(r"^(\d+): ?(.+)$", text, re.MULTILINE):
        tiers = [
            [f"o{one}" for one in (several or single).split(",")]
            for several, single in re.findall(r"\{([^}]*)\}|(\d+)", ranked)
        ]
        votes[marks.write_ranks(tiers)] += int(number)
    return Real([Option(f"o{n}", name.strip()) for n, name in names], dict(votes), 1)
