"""Real ballots: names, ballots and unique counts are those that are known to be right."""

import json
from pathlib import Path

import pytest

from voting.formats.counting import taken
from voting.methods.method import Form

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "ballots"
FILES = sorted(DATA.glob("*.*[!n]")) if DATA.is_dir() else []
KNOWN = json.loads((DATA / "expected.json").read_text()) if FILES else {}

if not FILES:
    pytest.skip(f"{DATA} is not there", allow_module_level=True)


@pytest.mark.parametrize("name", [name for name in KNOWN if (DATA / name).is_file()])
def test_what_is_known(name: str) -> None:
    found, known = taken(DATA / name), KNOWN[name]
    assert found.ballots == known["ballots"]
    assert [*found.names.values()] == known["candidates"]
    assert found.form is Form.RANKS
    if name == "SC.blt":  # each of its ballots has a line, equal ones too
        assert found.counts["o7>o8>o9>o11>o12"] > 1
    else:
        assert len(found.counts) == known["unique"]
    if name.endswith(".blt"):
        assert found.seats == known["seats"]
    else:
        assert found.seats is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_read(path: Path) -> None:
    assert taken(path).ballots > 5


def test_govan() -> None:
    found = taken(DATA / "Govan-2007.blt")
    assert found.title == "GOVAN Ward"
    assert found.counts["o1"] == 369
    assert found.counts["o1>o10>o2>o7>o3>o4>o9>o6"] == 1


def test_equal_ranks_of_prelib() -> None:
    aspen = taken(DATA / "aspen_2009_mayor.toi")
    assert aspen.title == "Aspen Mayor 2009"
    assert aspen.counts["o4>o1=o2=o3"] == 1


def test_bielany() -> None:
    found = taken(DATA / "poland_warszawa_2020_bielany.pb")
    assert (len(found.options), found.ballots, found.budget) == (108, 8003, "4321791")
    assert found.form is Form.PICKS
    first = found.options[0]
    assert first.name == "Zielone podwórko ul. Wrzeciono 7/Przytyk 3"
    assert first.cost == "413900"
    picked = sum(n for mark, n in found.counts.items() if first.id in mark.split(","))
    assert picked == 573  # as the file itself counts


def test_burlington_is_the_same_in_two_formats() -> None:
    one, other = taken(DATA / "burl2009.abif"), taken(DATA / "burlington_2009_mayor.toi")
    assert one.counts == other.counts
    assert one.title == "2009 Burlington mayoral election"


@pytest.mark.parametrize(
    ("name", "form", "most", "counts"),
    [
        ("STAR", Form.GRADES, 5, {"o1:5,o2:2,o3:1,o4:0": 42}),
        ("approval", Form.GRADES, 1, {"o1:1,o2:1": 21, "o3:1,o4:1": 12, "o2:1,o3:1": 16}),
        ("blank-prefstr", Form.GRADES, None, {"": 500, "o1:5,o2:0,o3:0,o4:0": 210}),
        ("nested-quote", Form.GRADES, None, {"o1:5,o2:0": 420, "o2:5,o3:4,o4:4": 260}),
        ("irv-tie", Form.RANKS, None, {"o1>o2>o3>o4": 42}),
        ("overvote-01", Form.RANKS, None, {"o2>o3=o4>o1": 26}),
        ("scores", Form.GRADES, None, {"o1:133,o2:290,o3:400,o4:296": 15}),
        ("simple", Form.RANKS, None, {"o3>o4>o2>o1": 15}),
    ],
)
def test_tennessee(name: str, form: Form, most: int | None, counts: dict[str, int]) -> None:
    found = taken(DATA / f"tennessee-example-{name}.abif")
    assert (found.form, found.most) == (form, most)
    assert {mark: found.counts.get(mark) for mark in counts} == counts


def test_names_in_nested_quotes() -> None:
    found = taken(DATA / "tennessee-example-nested-quote.abif")
    assert [*found.names.values()] == ['"Memph" Memphis', '"Nash" Nash', "Chat", "Knox"]


def test_an_order_beside_equal_grades_is_kept() -> None:
    found = taken(DATA / "tennessee-example-STAR-score-difference.abif")
    assert found.counts["o1:5,o2:0,o3:0,o4:0"] == 42
    assert found.orders["o1>o2>o3>o4"] == 42
    assert not taken(DATA / "tennessee-example-STAR.abif").orders


def test_star_vote() -> None:
    found = taken(DATA / "starvote" / "starvote_ballots_eurovision_song_contest_2023.csv")
    assert found.form is Form.GRADES
    assert found.ballots == 6
    assert found.options[0].name == 'Norway - "Queen of Kings"'
