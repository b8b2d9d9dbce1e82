"""Systemic consensing: the least resistance, tens, the status quo."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.base import i18n
from forum.base.errors import Invalid
from voting.methods.common import lots, marks
from voting.methods.common.result import Frame, Result
from voting.methods.consensing import METHOD
from voting.methods.method import Option

OPTIONS = [Option("o1", "Lift"), Option("o2", "Ramp"), Option("o3", "Stay as it is")]


def rule(**typed: str) -> dict[str, Any]:
    return METHOD.rule(typed, OPTIONS)


def tally(*ballots: tuple[int, int, int], lot: str = "", **typed: str) -> Result:
    counts: dict[str, int] = {}
    for ballot in ballots:
        text = marks.write_grades(dict(zip(("o1", "o2", "o3"), ballot, strict=True)))
        counts[text] = counts.get(text, 0) + 1
    return METHOD.tally(counts, rule(**typed), Frame(100, lot=lot))


def said(found: Result) -> list[str]:
    with i18n.using("en"):
        return [words.say() for words in (*found.explanation, *found.rounds[0].said)]


def test_the_least_resisted_wins_against_the_most_loved() -> None:
    """Three of five love the lift, two cannot bear it; the ramp troubles nobody much."""
    found = tally((0, 2, 8), (0, 2, 8), (0, 3, 7), (10, 2, 5), (10, 1, 5))
    assert found.winners == ("o2",)
    assert found.rounds[0].counts == {"o1": 20, "o2": 10, "o3": 33}
    assert found.figures["tens_o1"] == 2
    assert found.figures["worst"] == 50
    assert "Lift: resistance 20, which is 40.0% of the worst; tens: 2." in said(found)


def test_what_is_worse_than_the_status_quo_loses() -> None:
    found = tally((9, 8, 2), (7, 2, 3))
    assert found.winners == ("o3",)
    assert found.rounds[0].eliminated == ("o1", "o2")
    assert "So everything stays as it is." in said(found)
    assert "Worse than leaving everything as it is: Lift and Ramp." in said(found)


def test_the_status_quo_is_the_last_option_unless_another_is_named() -> None:
    assert rule()["status_quo"] == "o3"
    assert rule(status_quo="1")["status_quo"] == "o1"
    assert tally((2, 5, 9), status_quo="1").rounds[0].eliminated == ("o2", "o3")
    for wrong in ("4", "0", "o1", "-1"):
        with pytest.raises(Invalid) as refused:
            rule(status_quo=wrong)
        assert "status_quo" in refused.value.fields


def test_fewer_tens_break_a_tie() -> None:
    found = tally((10, 5, 9), (0, 5, 9))
    assert found.winners == ("o2",)
    assert "Lift and Ramp meet the same resistance; Ramp has the fewest tens." in said(found)


def test_a_tie_with_as_many_tens_waits_for_a_new_round_or_the_lot() -> None:
    even = ((4, 6, 9), (6, 4, 9))
    found = tally(*even)
    assert found.carried is None
    assert found.ties == ("o1", "o2")
    assert found.winners == ()
    for lot in "abcdef":
        drawn = tally(*even, lot=lot)
        assert drawn.winners == lots.drawn(lot, "winner", ["o1", "o2"])[:1]
        assert drawn.carried


def test_every_option_is_graded_or_none() -> None:
    assert METHOD.ballot(rule(), "o3:1,o1:0,o2:10") == {"vote": "o1:0,o2:10,o3:1"}
    assert METHOD.ballot(rule(), "") == {"vote": ""}
    for wrong in ("o1:3,o2:4", "o1:1,o2:11,o3:0"):
        with pytest.raises(Invalid) as refused:
            METHOD.ballot(rule(), wrong)
        assert "grades" in refused.value.fields


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 10)] * 3), min_size=1, max_size=9))
def test_nothing_that_is_chosen_meets_more_resistance_than_the_status_quo(
    ballots: list[tuple[int, int, int]],
) -> None:
    found = tally(*ballots, lot="4 18 40")
    sums = found.rounds[0].counts
    (winner,) = found.winners
    assert sums[winner] == min(sums.values()) <= sums["o3"]
    assert {*found.rounds[0].eliminated} == {i for i in sums if sums[i] > sums["o3"]}
    assert sums == {f"o{n + 1}": sum(one[n] for one in ballots) for n in range(3)}
