"""`run.py bench tally`: how long a million ballots take, and how long they take others.

The same ballots by turns: as real ones fall (a few thousand different ones, some noise), and at
worst (nearly all different). Our methods are timed from the table of stored unique counts, and
reading the same ballots from BLT, PrefLib and CSV apart from that; pyrankvote and votelib get
objects of theirs, made before their time begins.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from time import perf_counter
from typing import Any, TypeVar

import numpy as np

from benchmarks.common import machine, report
from voting.formats.election import Election, identified
from voting.formats.format import formats
from voting.methods.common import profile
from voting.methods.common.election import RankElection
from voting.methods.common.result import Frame
from voting.methods.method import Form, Method, Option, methods

SEED = 20261122
TIMED = ("irv", "stv_scottish", "stv_meek", "schulze", "ranked_pairs", "minimax", "borda")
WITHIN = ("irv", "stv_scottish", "schulze")  # in two seconds, from unique counts
FASTER = 5
SEATS = 3

Ballots = Mapping[str, int]
Found = TypeVar("Found")


def as_they_fall(number: int, options: int) -> Ballots:
    """Voters of some camps, who know a few options well and go off the camp's order now and then.

    Two in a thousand are blank, and few rank everybody.
    """
    dice = random.Random(SEED)
    idents = [f"o{at}" for at in range(1, options + 1)]
    camps = [dice.sample(idents, options) for _camp in range(6)]
    weights = [30, 25, 18, 12, 9, 6]
    found: Counter[str] = Counter()
    for camp in dice.choices(camps, weights, k=number):
        length = min(options, 1 + int(dice.expovariate(0.45)))
        order = list(camp[: length + 1])
        if dice.random() < 0.3 and len(order) > 1:
            at = dice.randrange(len(order) - 1)
            order[at], order[at + 1] = order[at + 1], order[at]
        if dice.random() < 0.05:
            order = dice.sample(idents, length)
        found["" if dice.random() < 0.002 else ">".join(order[:length])] += 1
    return found


def at_worst(number: int, options: int) -> Ballots:
    """Nearly all different: noise alone, complete orders."""
    dice = np.random.default_rng(SEED)
    names = np.array([f"o{at}" for at in range(1, options + 1)])
    orders = np.argsort(dice.random((number, options)), axis=1)
    return Counter(">".join(row) for row in names[orders].tolist())


def timed(count: Callable[[], Found]) -> tuple[float, Found]:
    """Seconds, and what came of it."""
    started = perf_counter()
    found = count()
    return round(perf_counter() - started, 3), found


def ours(ballots: Ballots, options: Sequence[Option]) -> tuple[dict[str, float], dict[str, Any]]:
    """Seconds by method, from the table; and who wins."""
    seconds: dict[str, float] = {}
    winners: dict[str, Any] = {}
    full = {mark: number for mark, number in ballots.items() if mark}
    seconds["table"], table = timed(lambda: profile.ranked(full, [one.id for one in options]))
    frame = Frame(eligible=sum(ballots.values()), lot="bench")
    for name in TIMED:
        way = methods().get(name)
        if isinstance(way, RankElection):
            rule = way.rule(_seats(way), options)
            seconds[name], found = timed(partial(way.count, table, rule, frame))
            winners[name] = [*found.winners]
    return seconds, winners


def _seats(way: Method) -> dict[str, str]:
    return {"seats": str(SEATS)} if any(one.name == "seats" for one in way.settings) else {}


def reading(ballots: Ballots, options: tuple[Option, ...]) -> dict[str, float]:
    """Seconds to read them from text, a line for each different one."""
    election = Election(options, Form.RANKS, ballots)
    seconds = {}
    for name in ("blt", "preflib", "csv"):
        text = formats()[name].write(election)
        seconds[name], found = timed(partial(formats()[name].read, text))
        if found.counts != ballots:
            raise RuntimeError(f"{name} reads other ballots than it wrote")
    return seconds


def pyrankvote(ballots: Ballots, options: Sequence[Option]) -> Iterator[tuple[str, float, Any]]:
    """IRV and STV of pyrankvote: a ballot is an object each."""
    library: Any = import_module("pyrankvote")
    people = {one.id: library.Candidate(one.id) for one in options}
    cast = [
        ballot
        for mark, number in ballots.items()
        if mark
        for ballot in [library.Ballot([people[one] for one in mark.split(">")])] * number
    ]
    everybody = [*people.values()]
    for name, count in (
        ("irv", partial(library.instant_runoff_voting, everybody, cast)),
        ("stv_scottish", partial(library.single_transferable_vote, everybody, cast, SEATS)),
    ):
        seconds, found = timed(count)
        yield name, seconds, [one.name for one in found.get_winners()]


def votelib(ballots: Ballots, options: Sequence[Option]) -> Iterator[tuple[str, float, Any]]:
    """The same of votelib, from its profile of unique ballots; it raises at a tie."""
    convert: Any = import_module("votelib.convert")
    condorcet: Any = import_module("votelib.evaluate.condorcet")
    stv: Any = import_module("votelib.evaluate.sequential").TransferableVoteSelector
    cast = {tuple(mark.split(">")): number for mark, number in ballots.items() if mark}
    pairs = convert.RankedToCondorcetVotes()
    counts: dict[str, Callable[[], Any]] = {
        "irv": lambda: stv(quota_function="droop").evaluate(cast, 1),
        "stv_scottish": lambda: stv(quota_function="droop").evaluate(cast, SEATS),
        "schulze": lambda: condorcet.Schulze().evaluate(pairs.convert(cast), 1),
        "ranked_pairs": lambda: condorcet.RankedPairs().evaluate(pairs.convert(cast), 1),
        "minimax": lambda: condorcet.MinimaxCondorcet().evaluate(pairs.convert(cast), 1),
    }
    for name, count in counts.items():
        try:
            seconds, found = timed(count)
        except Exception as error:  # noqa: BLE001
            yield name, 0.0, f"raised {type(error).__name__}"
        else:
            yield name, seconds, [str(one) for one in found]


def measure(number: int, options: int) -> dict[str, Any]:
    """Both kinds of ballots."""
    people = identified([f"Option {at}" for at in range(1, options + 1)])
    result: dict[str, Any] = {}
    for kind, make in (("as they fall", as_they_fall), ("at worst", at_worst)):
        ballots = make(number, options)
        seconds, winners = ours(ballots, people)
        result[kind] = {"unique": len(ballots), **seconds}
        result[f"{kind}: winners"] = winners
        result[f"{kind}: reading"] = reading(ballots, people)
        for name, library in (("pyrankvote", pyrankvote), ("votelib", votelib)):
            theirs: dict[str, Any] = {}
            for way, took, found in library(ballots, people):
                theirs[way] = took or None
                theirs[f"{way} found"] = found
                if took and seconds.get(way):
                    theirs[f"{way} ratio"] = round(took / seconds[way], 1)
            result[f"{kind}: {name}"] = theirs
    return result


def targets(result: Mapping[str, Any]) -> dict[str, bool]:
    """What is promised, of what was counted by both."""
    found = {}
    for kind in ("as they fall", "at worst"):
        for name in WITHIN:
            found[f"{kind}: {name} within 2 s"] = result[kind].get(name, 99.0) <= 2
        for library in ("pyrankvote", "votelib"):
            for key, ratio in result[f"{kind}: {library}"].items():
                if key.endswith(" ratio"):
                    way = key.removesuffix(" ratio")
                    found[f"{kind}: {way} {FASTER} x {library}"] = ratio >= FASTER
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, report, and say by the exit code whether the targets are met."""
    parser = argparse.ArgumentParser(prog="run.py bench tally")
    parser.add_argument("--ballots", type=int, default=1_000_000)
    parser.add_argument("--options", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    wishes = parser.parse_args(arguments)
    result: dict[str, Any] = {"bench": "tally", **vars(wishes), "machine": machine()}
    del result["json"]
    result |= measure(wishes.ballots, wishes.options)
    result["targets"] = targets(result)
    return report(result, as_json=wishes.json)


if __name__ == "__main__":
    sys.exit(main())
