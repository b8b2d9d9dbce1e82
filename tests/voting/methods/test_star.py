"""STAR against the elections of the program starvote, and its ties."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from forum.base import i18n
from forum.base.errors import Invalid
from voting.methods.common import marks
from voting.methods.common.result import Frame, Result
from voting.methods.method import Option, method

ELECTIONS = Path(__file__).resolve().parents[4] / "shared" / "data" / "ballots" / "starvote"
STAR = method("star")

# who is elected without a lot, in order, and who is tied; where starvote draws or gives up over
# a tie that the winner does not depend on, there is none here
KNOWN: dict[str, tuple[list[str], list[str]]] = {
    "a_space_fabric_odyssey": (["Purple Space Fabric"], []),
    "bloc_star_and_electowiki": ([], ["First", "Condorcet Loser"]),
    "bloc_star_unbreakable_tie_for_first": (["Brian", "Chuck", "David"], []),
    "breakable_tie_for_second_in_score_round": (["Chuck"], []),
    "breakable_tie_in_automatic_runoff_round_using_max_score_count_round": (["Chuck"], []),
    "breakable_tie_in_automatic_runoff_round_using_score_round": (["Chuck"], []),
    "demonstrate_cloneproofness_1": (["Brian"], []),
    "demonstrate_cloneproofness_2": (["Clone Of Amy"], []),
    "explicit_seed": ([], ["Amy", "Brian", "Chuck"]),
    "hashed_ballot_tiebreaker": (
        [],
        ["Amy", "Brian", "Chuck", "David", "Emily", "Fred", "Geraldine", "Hank"],
    ),
    "no_output": (["Brian"], []),
    "no_preference_count_regression": ([], ["Andre", "Blake", "Carmen"]),
    "only_two_candidates_bloc_star": (["Amy", "Becky"], []),
    "unbreakable_three_way_tie_for_first_in_score_round": ([], ["Amy", "Brian", "Chuck"]),
    "unbreakable_three_way_tie_for_second_in_score_round": (["Darcy"], []),
    "unbreakable_tie_for_second_in_score_round": (["Chuck"], []),
    "unbreakable_tie_in_automatic_runoff_round": ([], ["Brian", "Chuck"]),
    "use_just_raise_tiebreaker": ([], ["Amy", "Brian", "Chuck"]),
    "verbosity_2": (["Darcy"], []),
}
POLLS = [
    *("best_akali_skins", "eurovision_song_contest_2023", "presidential_candidates"),
    *("presidential_poll_july_2020", "wa_governor_2020_republican_party_straw_poll"),
]

Votes = list[tuple[int, dict[str, int]]]


def starvote(name: str) -> tuple[Votes, int]:
    """Ballots and places of one of the written elections."""
    path = ELECTIONS / f"test_election_{name}.starvote"
    if not path.exists():
        pytest.skip("the elections are not there")
    lines = [line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines()]
    at = lines.index("[ballots]")
    places = [int(line.partition("=")[2]) for line in lines[:at] if line.startswith("seats")]
    votes: Votes = []
    number, given = 1, dict[str, int]()
    for line in [*lines[at + 1 :], "1 ballot:"]:
        many = re.fullmatch(r"(\d+) ballots?:", line)
        name_, _equals, grade = line.rpartition("=")
        if given and (many or name_.strip() in given):
            votes.append((number, given))
            number, given = 1, {}
        if many:
            number = int(many[1])
        elif name_:
            given[name_.strip()] = int(grade)
    return votes, places[0] if places else 1


def poll(name: str) -> Votes:
    """Ballots of one of the polls of star.vote."""
    path = ELECTIONS / f"starvote_ballots_{name}.csv"
    if not path.exists():
        pytest.skip("the elections are not there")
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    return [
        (1, {name: int(grade or 0) for name, grade in zip(head[3:], row[3:], strict=True)})
        for row in rows
    ]


def counted(votes: Votes, places: int = 1, lot: str = "") -> tuple[Result, dict[str, str]]:
    names = list(dict.fromkeys(name for _number, given in votes for name in given))
    idents = {name: f"o{at}" for at, name in enumerate(names, 1)}
    counts: dict[str, int] = {}
    for number, given in votes:
        mark = marks.write_grades({idents[name]: grade for name, grade in given.items()})
        counts[mark] = counts.get(mark, 0) + number
    rule = STAR.rule({"seats": str(places)}, [Option(idents[name], name) for name in names])
    found = STAR.tally(counts, rule, Frame(eligible=10**6, lot=lot))
    return found, {ident: name for name, ident in idents.items()}


def figures(text: str, title: str) -> dict[str, int]:
    """What stands under the first heading of this title, by name."""
    part = re.split(r"\n *\n", text[text.index(f"{title}]") :])[0]
    return {name.strip(): int(number) for name, number in re.findall(r"\n +(.*?) -- +(\d+)", part)}


def agrees(found: Result, called: dict[str, str], path: Path) -> None:
    """Stars and run-off of the first place are those of the written result."""
    text = path.read_text("utf-8")
    first, second = found.rounds[:2]
    assert {called[one]: had for one, had in first.counts.items()} == figures(text, "Scoring Round")
    votes = {called[one]: had for one, had in second.counts.items()}
    assert {**votes, "No Preference": second.exhausted} == figures(text, "Automatic Runoff Round")


@pytest.mark.parametrize("name", KNOWN)
def test_written_elections(name: str) -> None:
    votes, places = starvote(name)
    found, called = counted(votes, places)
    winners, tied = KNOWN[name]
    assert [called[ident] for ident in found.winners] == winners
    assert sorted(called[ident] for ident in found.ties) == sorted(tied)
    path = ELECTIONS / f"test_election_{name}.txt"
    if len(found.rounds) > 1 and name != "no_output":
        agrees(found, called, path)


@pytest.mark.parametrize("name", POLLS)
def test_polls(name: str) -> None:
    found, called = counted(poll(name))
    path = ELECTIONS / f"starvote_ballots_{name}.txt"
    agrees(found, called, path)
    winner = path.read_text("utf-8").strip().splitlines()[-1].strip()
    assert [called[ident] for ident in found.winners] == [winner]


def test_a_lot_for_the_first_of_several_places() -> None:
    """Who loses it is not elected instead: one against one, all others are preferred to them."""
    votes: Votes = [
        (8, {"First": 3, "Loser": 0, "Second": 1, "Third": 1, "Fourth": 1}),
        (5, {"Loser": 4}),
        (2, {"First": 0, "Loser": 1, "Second": 3, "Third": 2, "Fourth": 1}),
        (1, {"First": 0, "Loser": 2, "Second": 5, "Third": 4, "Fourth": 3}),
    ]
    orders = set()
    for seed in range(20):
        found, called = counted(votes, 4, lot=str(seed))
        assert found.ties == ()
        orders.add(tuple(called[ident] for ident in found.winners))
    assert orders == {
        ("First", "Second", "Third", "Fourth"),
        ("Loser", "First", "Second", "Third"),
    }


def test_the_run_off_turns_the_stars_around() -> None:
    found, called = counted([(3, {"A": 5, "B": 4}), (4, {"A": 1, "B": 2}), (1, {"C": 5})])
    assert [called[ident] for ident in found.winners] == ["B"]
    assert found.rounds[1].counts == {"o1": 3, "o2": 4}
    assert found.rounds[1].exhausted == 1
    assert found.pairs["o2"]["o1"] == 4


def test_five_stars_bring_into_the_run_off() -> None:
    """A and B have six stars each, and as many prefer the one as the other."""
    found, called = counted([(1, {"A": 5, "B": 3, "C": 4}), (1, {"A": 1, "B": 3, "C": 4})])
    assert [called[ident] for ident in found.rounds[1].counts] == ["C", "A"]
    with i18n.using("en"):
        said = " ".join(words.say() for words in found.rounds[0].said)
    assert "Still level, given five stars more often: A." in said


def test_a_tie_that_does_not_matter_is_said() -> None:
    votes: Votes = [(1, {"A": 1, "B": 2, "C": 5}), (1, {"A": 2, "B": 1, "C": 5})]
    (one, _called), (other, _same) = counted(votes), counted(votes, lot="7 21 33")
    assert one == other
    with i18n.using("en"):
        said = " ".join(words.say() for words in one.explanation)
    assert "A and B are level for the run-off, but whoever goes on, C wins." in said


def test_left_out_and_nothing_are_the_same() -> None:
    one, _called = counted([(2, {"A": 3, "B": 0}), (1, {"B": 5, "A": 0})])
    other, _same = counted([(2, {"A": 3}), (1, {"B": 5})])
    assert one == other


@pytest.mark.parametrize("grade", ["6", "-1", "x"])
def test_only_up_to_five(grade: str) -> None:
    rule: dict[str, Any] = STAR.rule({}, [Option("o1", "A"), Option("o2", "B")])
    with pytest.raises(Invalid):
        STAR.ballot(rule, f"o1:{grade}")
