"""Plurality: the most votes, however few; abstentions beside them; the last seats tied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rankings import known, real

from forum.base.errors import Invalid
from voting.methods.common import marks
from voting.methods.common.result import Frame
from voting.methods.method import Option
from voting.methods.plurality import METHOD

FOUR = [Option(f"o{n}", name) for n, name in enumerate(("Plum", "Lilac", "竹", "桂花"), 1)]
LOT = Frame(100, lot="4 18 40 7")


def rule(**typed: str) -> dict[str, object]:
    return METHOD.rule(typed, FOUR)


def test_the_most_votes_win_though_they_are_few() -> None:
    found = METHOD.tally({"o1": 4, "o2": 3, "o3": 3, "abstain": 5}, rule(), Frame(20, blank=2))
    assert found.winners == ("o1",)
    assert found.carried is True
    assert {name: found.figures[name] for name in ("o1", "o2", "o3", "o4")} == {
        "o1": 4, "o2": 3, "o3": 3, "o4": 0,
    }  # fmt: skip
    assert (found.figures["valid"], found.figures["abstain"]) == (10, 5)
    assert (found.figures["blank"], found.figures["cast"]) == (2, 17)
    assert found.rounds[0].elected == ("o1",)


def test_a_tie_stays_one_without_a_lot() -> None:
    votes = {"o1": 4, "o2": 4, "o3": 1}
    found = METHOD.tally(votes, rule(), Frame(20))
    assert (found.carried, found.winners, found.ties) == (None, (), ("o1", "o2"))
    drawn = METHOD.tally(votes, rule(), LOT)
    assert drawn.ties == ()
    assert drawn.winners in {("o1",), ("o2",)}
    seeds = {METHOD.tally(votes, rule(), Frame(9, lot=str(n))).winners for n in range(20)}
    assert seeds == {("o1",), ("o2",)}


def test_the_last_seat_is_tied() -> None:
    votes = {"o1": 9, "o2": 4, "o3": 4, "o4": 4}
    found = METHOD.tally(votes, rule(seats="2"), Frame(30))
    assert (found.winners, found.ties) == (("o1",), ("o2", "o3", "o4"))
    drawn = METHOD.tally(votes, rule(seats="3"), LOT)
    assert drawn.winners[0] == "o1"
    assert len(set(drawn.winners)) == 3


def test_nobodys_option_has_no_seat() -> None:
    found = METHOD.tally({"o3": 1}, rule(seats="3"), Frame(30))
    assert (found.winners, found.ties, found.carried) == (("o3",), (), True)
    empty = METHOD.tally({"abstain": 3}, rule(), Frame(30))
    assert (empty.winners, empty.carried, empty.figures["cast"]) == ((), False, 3)


def test_what_can_be_set() -> None:
    assert [one.value for one in METHOD.choices(rule())] == ["o1", "o2", "o3", "o4", "abstain"]
    assert [one.label for one in METHOD.choices(rule(abstain="no"))][-1] == "桂花"
    with pytest.raises(Invalid):
        METHOD.ballot(rule(abstain="no"), "abstain")
    with pytest.raises(Invalid) as refused:
        rule(seats="5")
    assert "seats" in refused.value.fields
    with pytest.raises(ValueError, match="option"):
        METHOD.tally({"o9": 1}, rule(), Frame(30))


def test_burlington_would_have_elected_wright() -> None:
    burlington = real("burlington_2009_mayor.toi")
    votes: dict[str, int] = {}
    for mark, number in burlington.votes.items():
        first = marks.ranks(mark)[0]
        if len(first) == 1:
            votes[first[0]] = votes.get(first[0], 0) + number
    found = METHOD.tally(votes, METHOD.rule({}, burlington.options), Frame(10**5))
    assert burlington.named(found.winners) == ["Kurt Wright"]
    assert known("burlington_2009_mayor.toi")["irv"] == ["Bob Kiss"]


@given(votes=st.fixed_dictionaries({f"o{n}": st.integers(0, 5) for n in range(1, 5)}))
def test_whoever_wins_has_no_fewer_votes(votes: dict[str, int]) -> None:
    for frame in (Frame(100), LOT):
        found = METHOD.tally(votes, rule(seats="2"), frame)
        inside = [votes[one] for one in (*found.winners, *found.ties)]
        outside = [votes[one] for one in votes if one not in {*found.winners, *found.ties}]
        assert min(inside, default=9) >= max(outside, default=0) or not inside
        assert all(votes[one] > votes[two] for one in found.winners for two in found.ties)
        filled = min(2, sum(number > 0 for number in votes.values()))
        assert len(found.winners) == filled or found.ties
