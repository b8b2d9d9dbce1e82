"""`run.py tally`: any method on any file that says enough; else one line and exit code 2."""

import itertools
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from forum.base.commands import line
from voting.formats.counting import counted, dumped, number
from voting.formats.election import Election, identified
from voting.formats.format import formats
from voting.formats.turning import Unfit, turned
from voting.methods.method import Form, methods

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "ballots"
Run = Callable[..., tuple[int, str, str]]

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"{DATA} is not there")
TENNESSEE = "42:M/5>N/2>C/1>K/0\n26:N/5>C/3>K/2>M/0\n15:C/5>K/3>N/2>M/0\n17:K/5>C/3>N/1>M/0\n"
MOTION = "choice\n" + "For\n" * 4 + "against\n" * 3 + "弃权\n" + '""\n'
NAMES = ["Ann", "Bo", "Cy"]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def command(*words: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = line.main(["tally", *map(str, words)])
        return (code, *capfd.readouterr())

    return command


def said(run: Run, *words: object) -> dict[str, Any]:
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def tally(form: Form, counts: dict[str, int], method: str, seed: str = "", **given: str) -> Any:
    election = Election(identified(NAMES, ["1", "1", "1"]), form, counts)
    return counted(election, methods()[method], given, seed)


@needs_data
@pytest.mark.parametrize(
    ("file", "method", "winners"),
    [
        ("burlington_2009_mayor.toi", "plurality", ["Kurt Wright"]),
        ("burlington_2009_mayor.toi", "irv", ["Bob Kiss"]),
        ("burl2009.abif", "ranked-pairs", ["Andy Montroll (Democrat)"]),
        ("Govan-2007.blt", "schulze", ["John Flanagan"]),
        ("alaska_2022_special.soi", "minimax", ["Begich"]),
        (
            "Govan-2007.blt",
            "stv-scottish",
            ["Allison Hunter", "John Flanagan", "Stephen Dornan", "Shaukat Butt"],
        ),
        ("tennessee-example-STAR.abif", "score", ["Nashville, TN"]),
        ("tennessee-example-approval.abif", "approval", ["Nashville, TN"]),
        ("tennessee-example-STAR-score-difference.abif", "schulze", ["Nashville, TN"]),
    ],
)
def test_known_winners(run: Run, file: str, method: str, winners: list[str]) -> None:
    found = said(run, DATA / file, "--method", method)
    assert found["winners"] == winners
    assert found["ties"] == []
    assert found["method"] == method
    assert {*found["winners"]} <= {*found["options"]}
    assert found["explanation"]


@needs_data
def test_seats_and_rounds(run: Run) -> None:
    file = DATA / "dublin_west_2002_3seats.soi"
    code, out, _err = run(file, "--method", "stv_scottish", "--seats", "3", "--json")
    assert code == 0
    found = json.loads(out, parse_float=Decimal)
    assert found["winners"] == ["Brian Lenihan F.F.", "Joe Higgins S.P.", "Joan Burton Lab"]
    assert found["figures"]["quota"] == 7498
    rounds = found["rounds"]
    assert rounds[0]["counts"]["Brian Lenihan F.F."] == 8086
    numbers = [value for one in rounds for value in (*one["counts"].values(), one["exhausted"])]
    assert {n.as_tuple().exponent for n in numbers if isinstance(n, Decimal)} <= {-5}
    assert any(isinstance(n, Decimal) for n in numbers)
    elected = [name for one in rounds for name in one["elected"]]
    assert elected == found["winners"]


def test_a_page_for_people(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ballots.txt"
    file.write_text("3:桂花>竹\n2:竹\n1:\n")
    code, out, err = run(file, "--method", "irv")
    assert (code, err) == (0, "")
    assert "irv: 2 options, 6 ballots (1 blank, 0 invalid)" in out
    assert "  桂花  3  elected" in out
    assert "  竹    2" in out
    assert out.endswith("Elected: 桂花\n")


def test_a_tie_waits_for_its_lot(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "even.csv"
    file.write_text("count,choice\n2,a\n2,b\n")
    found = said(run, file, "--method", "plurality")
    assert (found["winners"], sorted(found["ties"]), found["carried"]) == ([], ["a", "b"], None)
    assert "--seed" in run(file, "--method", "plurality")[1]
    drawn = said(run, file, "--method", "plurality", "--seed", "7 21 33 4 18 40")
    assert len(drawn["winners"]) == 1
    assert drawn["ties"] == []


def test_a_proposal(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "motion.csv"
    file.write_text(MOTION)
    found = said(run, file, "--method", "majority")
    assert (found["winners"], found["carried"]) == (["For"], True)
    assert found["figures"]["yes"] == 4
    assert found["blank"] == 1
    two_thirds = said(run, file, "--method", "majority", "--set", "threshold=>=2/3")
    assert (two_thirds["winners"], two_thirds["carried"]) == (["against"], False)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--method", "coin-toss"], 2, "there is no method coin-toss: choose one of"),
        (["--method", "irv", "--set", "seats"], 2, "--set takes NAME=VALUE"),
        (["--method", "irv", "--set", "mood=good"], 2, "irv has no setting mood"),
        (["--method", "irv", "--seats", "2"], 2, "irv has no setting seats"),
        (["--method", "pb-greedy"], 2, "the file has no budget"),
        (["--method", "plurality", "--seats", "9"], 2, "(seats=9)"),
        (["--method", "majority"], 2, "one of For, Against, Abstain; the file has M, N, C, K"),
        (["--method", "irv", "--format", "blt"], 1, "line 1: "),
        (["--method", "approval"], 2, "the file holds grades, and approval needs picks"),
        (["--method", "dots", "--set", "dots=1"], 2, "the file has grades from 0 to 5"),
    ],
)
def test_what_does_not_fit(
    run: Run, tmp_path: Path, words: list[str], code: int, says: str
) -> None:
    file = tmp_path / "tennessee.abif"
    file.write_text(TENNESSEE)
    found = run(file, *words)
    assert found[:2] == (code, "")
    assert found[2].startswith("run.py: ")
    assert found[2].count("\n") == 1
    assert says in found[2]


def test_files_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "none.blt", "--method", "irv")[0] == 2
    broken = tmp_path / "broken.blt"
    broken.write_bytes(b"\x89PNG\r\n\0\0")
    code, out, err = run(broken, "--method", "irv")
    assert (code, out) == (1, "")
    assert "broken.blt: line 1: this is not text" in err


class TestTurning:
    def test_a_first_place_is_a_choice(self) -> None:
        found = tally(Form.RANKS, {"o1>o2": 3, "o2": 4, "o1=o2>o3": 2, "": 1}, "plurality")
        assert found["winners"] == ["Bo"]
        assert (found["invalid"], found["blank"]) == (2, 1)
        assert found["rounds"][0]["counts"] == {"Ann": 3, "Bo": 4, "Cy": 0}
        assert tally(Form.GRADES, {"o1:5,o2:4": 1}, "plurality")["winners"] == ["Ann"]
        assert tally(Form.PICKS, {"o2": 1, "o1,o3": 5}, "plurality")["invalid"] == 5

    def test_grades_are_an_order(self) -> None:
        found = tally(Form.GRADES, {"o1:5,o2:0": 2, "o2:3,o3:3": 3, "": 1}, "schulze")
        assert found["pairs"]["Ann"]["Bo"] == 2
        assert found["pairs"]["Bo"]["Ann"] == 3
        assert found["pairs"]["Bo"]["Cy"] == 2  # what has no grade has no place
        assert found["notes"]

    def test_picks_stand_together(self) -> None:
        found = tally(Form.PICKS, {"o1,o2": 2, "o3": 1}, "schulze")
        assert found["pairs"]["Ann"] == {"Bo": 0, "Cy": 2}

    def test_picks_are_ones(self) -> None:
        assert tally(Form.PICKS, {"o1,o2": 2, "o2": 1}, "score")["rounds"][0]["counts"] == {
            "Ann": 2,
            "Bo": 3,
            "Cy": 0,
        }

    def test_ones_are_picks(self) -> None:
        assert tally(Form.GRADES, {"o1:1,o2:0": 2, "o2:1": 1}, "approval")["winners"] == ["Ann"]
        with pytest.raises(Unfit, match="holds grades"):
            tally(Form.GRADES, {"o1:2": 1}, "approval")

    @pytest.mark.parametrize(
        ("form", "counts", "method"),
        [
            (Form.RANKS, {"o1>o2": 1}, "approval"),
            (Form.RANKS, {"o1>o2": 1}, "score"),
            (Form.CHOICE, {"o1": 1}, "star"),
            (Form.PICKS, {"o1": 1}, "consensing"),
        ],
    )
    def test_no_words_in_mouths(self, form: Form, counts: dict[str, int], method: str) -> None:
        with pytest.raises(Unfit, match=f"and {method} needs"):
            tally(form, counts, method)

    def test_withdrawn_options_leave_the_ballots(self) -> None:
        election = Election(
            identified(NAMES), Form.RANKS, {"o2>o1": 2, "o2": 1}, withdrawn=frozenset({"o2"})
        )
        found = counted(election, methods()["irv"], {}, "")
        assert (found["options"], found["withdrawn"]) == (["Ann", "Cy"], ["Bo"])
        assert (found["winners"], found["blank"]) == (["Ann"], 1)

    def test_what_a_method_refuses_is_invalid(self) -> None:
        counts = {"o1:5": 2, "o1:5,o2:5": 3}
        election = Election(identified(NAMES), Form.GRADES, counts)
        way = methods()["dots"]
        found = turned(election, way, way.rule({"dots": "5"}, election.options))
        assert (found.counts, found.invalid) == ({"o1:5": 2}, 3)
        assert found.notes[0].startswith("Invalid ballots: 3.")


@pytest.mark.parametrize(
    ("units", "scale", "said"),
    [
        (1200000, 100000, "12"),
        (1250000, 100000, "12.50000"),
        (1, 100000, "0.00001"),
        (-150000, 100000, "-1.50000"),
        (3, 2, "1.5"),
        (10**24 + 1, 10**9, "1000000000000000.000000001"),
    ],
)
def test_numbers_have_all_their_digits(units: int, scale: int, said: str) -> None:
    assert dumped({"n": [number(units, scale)]}) == f'{{"n": [{said}]}}'


@pytest.mark.parametrize("name", ["blt", "preflib", "csv", "abif"])
def test_a_long_file_takes_no_more_than_its_length(name: str) -> None:
    """Ten times as many ballots take about ten times as long, not a hundred times."""
    took = []
    for size in (1000, 10000):
        counts = {f"o{a}>o{b}>o{c}": 1 + a % 3 for a, b, c in _orders(size)}
        names = [f"n{at}" for at in range(1, 30)]
        text = formats()[name].write(Election(identified(names), Form.RANKS, counts))
        started = process_time()
        assert formats()[name].read(text).counts == counts
        took.append(process_time() - started)
    assert took[1] < 40 * took[0] + 0.5


def _orders(size: int) -> list[tuple[int, int, int]]:
    return list(itertools.islice(itertools.permutations(range(1, 30), 3), size))
