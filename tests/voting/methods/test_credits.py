"""Dots and quadratic votes: what may be spent, and what it makes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.base.errors import Invalid
from voting.methods.common import lots, marks
from voting.methods.common.result import Frame
from voting.methods.dots import METHOD as DOTS
from voting.methods.method import Method, Option
from voting.methods.quadratic import METHOD as QUADRATIC

IDS = ["o1", "o2", "o3"]
OPTIONS = [Option(ident, f"option {ident}") for ident in IDS]
GIVEN = st.dictionaries(st.sampled_from(IDS), st.integers(0, 12))


def taken(way: Method, given: dict[str, int], **typed: str) -> bool:
    try:
        way.ballot(way.rule(typed, OPTIONS), marks.write_grades(given))
    except Invalid as refusal:
        return "grades" not in refusal.fields
    return True


@settings(deadline=None)
@given(GIVEN, st.integers(1, 20))
def test_no_more_dots_than_there_are(given: dict[str, int], dots: int) -> None:
    assert taken(DOTS, given, dots=str(dots)) == (sum(given.values()) <= dots)


@settings(deadline=None)
@given(GIVEN, st.integers(1, 6))
def test_piles_of_dots_are_bounded(given: dict[str, int], pile: int) -> None:
    fits = all(number <= pile for number in given.values())
    assert taken(DOTS, given, dots="36", pile=str(pile)) == fits


@settings(deadline=None)
@given(GIVEN, st.integers(1, 300))
def test_votes_cost_their_square(given: dict[str, int], credits: int) -> None:
    fits = sum(number**2 for number in given.values()) <= credits
    assert taken(QUADRATIC, given, credits=str(credits)) == fits


def test_a_hundred_credits_buy_ten_votes_or_a_spread_of_more() -> None:
    assert taken(QUADRATIC, {"o1": 10})
    assert not taken(QUADRATIC, {"o1": 10, "o2": 1})
    assert taken(QUADRATIC, {"o1": 6, "o2": 8})
    assert not taken(QUADRATIC, {"o1": 6, "o2": 8, "o3": 1})
    assert taken(QUADRATIC, {"o1": 5, "o2": 5, "o3": 7})


def test_few_who_care_much_outweigh_many_who_care_little() -> None:
    """Six of ten put option 1 first, yet the four to whom option 2 is everything have their way."""
    rule = QUADRATIC.rule({}, OPTIONS)
    found = QUADRATIC.tally({"o1:5,o3:4": 6, "o2:9": 4}, rule, Frame(20))
    assert found.rounds[0].counts == {"o1": 30, "o2": 36, "o3": 24}
    assert found.winners == ("o2",)


@pytest.mark.parametrize("way", [DOTS, QUADRATIC])
class TestBoth:
    def test_sums(self, way: Method) -> None:
        rule = way.rule({}, OPTIONS)
        counts = {"o1:2,o2:1": 3, "o2:3": 2, "o3:0": 4, "": 5}
        found = way.tally(counts, rule, Frame(20, invalid=1))
        assert found.rounds[0].counts == {"o1": 6, "o2": 9, "o3": 0}
        assert found.winners == ("o2",)
        assert (found.figures["valid"], found.figures["blank"], found.figures["cast"]) == (9, 5, 15)

    def test_ties(self, way: Method) -> None:
        rule = way.rule({}, OPTIONS)
        counts = {"o1:2": 3, "o2:1": 6}
        assert way.tally(counts, rule, Frame(20)).ties == ("o1", "o2")
        for lot in "abcdef":
            found = way.tally(counts, rule, Frame(20, lot=lot))
            assert found.winners == lots.drawn(lot, "last places", ["o1", "o2"])[:1]

    def test_nothing_wins_with_nothing(self, way: Method) -> None:
        found = way.tally({"o1:0": 3, "o2:0": 6}, way.rule({}, OPTIONS), Frame(20))
        assert found.carried is False
        assert found.winners == found.ties == ()
