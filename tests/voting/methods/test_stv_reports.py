"""STV in real elections: as other programs report them, stage by stage and to the last decimal."""

import re
from typing import NamedTuple

import pytest
from rankings import BALLOTS, known, real

from voting.methods import stv_meek, stv_scottish
from voting.methods.common import lots
from voting.methods.common.election import RankElection
from voting.methods.common.result import Frame, Result
from voting.methods.method import Option

WARDS = ["Baillieston", "Govan", "Hillhead", "Langside", "Partick-West"]
SMALL = ["42", "513", "SC", "weak-defeat", "weak-surplus"]
COUNTED = [*(f"{ward}-2007" for ward in WARDS), *SMALL]
SCOTTISH, MEEK = stv_scottish.METHOD, stv_meek.METHOD
SEED = "2 7 1 8 2 8"


def count(way: RankElection, name: str, lot: str = SEED) -> tuple[Result, dict[str, str]]:
    election, expected = real(name), known(name)
    rule = way.rule({"seats": str(expected["seats"])}, election.options)
    found = way.tally(election.votes, rule, Frame(10**9, lot=lot))
    return found, {one.id: one.name for one in election.options}


class Stage(NamedTuple):
    """A stage of a report, in units of 10⁻⁵ votes."""

    counts: dict[str, int]
    exhausted: int
    residual: int
    out: frozenset[str]  # who is excluded at its beginning


def units(text: str) -> int:
    return int(text.replace(".", ""))


def stages(name: str) -> tuple[int, list[Stage]]:
    """The quota and the stages of a report; without surpluses of nought, which pass nothing on."""
    path = BALLOTS / "droop_reports" / f"{name}-scotland-fixed-p5-d5.txt"
    if not path.exists():
        pytest.skip(f"{path.name} is not there")
    text = path.read_text(encoding="utf-8")
    quota = re.search(r"Quota: (\d+)\.00000", text)
    assert quota
    made: list[Stage] = []
    out: set[str] = set()
    for action in text.split("\nAction: ")[1:]:
        said, _newline, body = action.partition("\n")
        if said.startswith("Defeat low candidate: "):
            out.add(said.removeprefix("Defeat low candidate: "))
        ends = ("Begin Count", "Surplus transferred", "Transfer defeated")
        if not said.startswith(ends) or said.endswith("(0.00000)"):
            continue
        having = r"(?:Elected|Pending|Hopeful): +(.+) \((\d+\.\d{5})\)"
        counts = {who: units(had) for who, had in re.findall(having, body)}
        rest = re.search(r"Nontransferable votes: (\S+)\n\s+Residual: (\S+)", body)
        assert rest
        if said.startswith("Begin Count") or made:
            made.append(Stage(counts, units(rest[1]), units(rest[2]), frozenset(out)))
            out = set()
    return int(quota[1]), made


@pytest.mark.parametrize("name", COUNTED)
def test_every_stage_is_as_reported(name: str) -> None:
    """Those that we let go together stand there one after the other."""
    quota, reported = stages(name)
    election = real(f"{name}.blt")
    rule = SCOTTISH.rule({"seats": str(election.seats)}, election.options)
    called = {one.id: one.name for one in election.options}
    lot = _lot_of(name, election.options)
    found = SCOTTISH.tally(election.votes, rule, Frame(10**9, lot=lot))
    assert found.figures["quota"] == quota
    valid = found.figures["valid"] * stv_scottish.SCALE
    stage = iter(reported)
    for at, one in enumerate(found.rounds):
        theirs = next(stage)
        out = set(theirs.out)
        while at and len(out) < len(found.rounds[at - 1].eliminated):
            theirs = next(stage)
            out |= theirs.out
        assert {called[ident]: had for ident, had in one.counts.items()} == theirs.counts
        assert one.exhausted == theirs.exhausted
        assert valid - sum(one.counts.values()) - one.exhausted == theirs.residual
        assert out == {called[ident] for ident in (found.rounds[at - 1].eliminated if at else ())}
    assert list(stage) == []


def _lot_of(name: str, options: list[Option]) -> str:
    """A seed that lets the lot fall as in the report: on E of E and F."""
    if name != "weak-surplus":
        return SEED
    ids = {one.name: one.id for one in options}
    pair = (ids["E"], ids["F"])
    return next(
        seed
        for seed in map(str, range(99))
        if lots.drawn(seed, "elimination 3", pair)[0] == pair[0]
    )


@pytest.mark.parametrize("name", ["dublin_west_2002_3seats.soi", *(f"{n}.blt" for n in COUNTED)])
def test_who_is_elected(name: str) -> None:
    expected = known(name)
    found, called = count(SCOTTISH, name)
    assert [called[one] for one in found.winners] == expected["stv_wig_scottish"]
    assert found.figures["quota"] == expected["quota"]
    found, called = count(MEEK, name)
    assert {called[one] for one in found.winners} == set(expected["meek"])
    assert [called[one] for one in found.winners][:2] == expected["meek"][:2]


@pytest.mark.parametrize("name", ["dublin_west_2002_3seats.soi", *(f"{n}.blt" for n in COUNTED)])
def test_what_only_a_lot_can_decide(name: str) -> None:
    """SC has three such ties, of options without a vote: their order plays no part here."""
    found, called = count(SCOTTISH, name, lot="")
    if name == "weak-surplus.blt":
        assert known(name)["unresolved_ties"] == 1
        assert {called[one] for one in found.ties} == {"E", "F"}
        assert [called[one] for one in found.winners] == ["A", "B", "C"]
        assert found.carried is None
    else:
        assert found.ties == ()
        assert known(name)["unresolved_ties"] == (3 if name == "SC.blt" else 0)


def test_meek_as_the_reference_counts_it() -> None:
    """The end of the count of SC.blt in Droop 0.14, rule meek-prf: nine decimals, quota included.

    https://github.com/jklundell/droop, test/ref/dump/SC-meek-prf-o6-fixed-p9-d9.txt
    """
    found, called = count(MEEK, "SC.blt")
    rounds = [
        {called[ident]: had for ident, had in one.counts.items()} | {"": one.exhausted}
        for one in found.rounds
    ]
    ninth = {"Pat LaMarche": 18799133460, "Rebecca Rotzler": 18799133416}
    ninth |= {"Steve Kramer": 18799133497, "Kristen Olsen": 14666479770, "": 4333472}
    assert ninth.items() <= rounds[-3].items()
    assert rounds[-1] == {
        "Tom Sevigny": 16482212783,
        "Pat LaMarche": 19087429756,
        "Rebecca Rotzler": 19073682122,
        "Kristen Olsen": 19085721549,
        "Steve Kramer": 19202438090,
        "": 1068515700,
    }
    assert "18.586296861" in found.rounds[-1].said[0].say()
