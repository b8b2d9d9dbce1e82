"""Ladders of agreement: the share, the lowest grade, and the distribution as the result."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.base import i18n
from forum.base.errors import Invalid
from voting.methods.common.ladder import Ladder
from voting.methods.common.result import Frame
from voting.methods.five_finger import METHOD as FINGERS
from voting.methods.gradients import METHOD as GRADIENTS

BOTH = pytest.mark.parametrize("way", [FINGERS, GRADIENTS], ids=lambda way: way.name)


def test_the_ladders() -> None:
    assert [one.value for one in FINGERS.ladder] == ["f5", "f4", "f3", "f2", "f1", "f0"]
    assert [one.value for one in GRADIENTS.ladder] == [f"g{n}" for n in range(1, 9)]


@pytest.mark.parametrize(
    ("counts", "carried"),
    [
        ({"f5": 3, "f3": 3, "f1": 2}, True),  # exactly three quarters
        ({"f5": 3, "f3": 2, "f1": 2}, False),
        ({"f5": 90, "f0": 1}, False),  # one fist is one too many
        ({"f2": 9}, False),
    ],
)
def test_fist_to_five(counts: dict[str, int], carried: bool) -> None:
    found = FINGERS.tally(counts, FINGERS.rule({}), Frame(100, blank=2))
    assert found.carried is carried
    assert {name: found.figures[name] for name in counts} == counts
    assert found.figures["base"] == sum(counts.values())


def test_a_mean_says_nothing() -> None:
    """All in the middle and two camps have the same mean of 3; only one of them agrees."""
    rule = FINGERS.rule({"threshold": ">=1/1", "vetoes": "9"})
    assert FINGERS.tally({"f3": 6}, rule, Frame(6)).carried
    assert not FINGERS.tally({"f5": 3, "f1": 3}, rule, Frame(6)).carried


def test_gradients_with_vetoes_that_are_borne() -> None:
    rule = GRADIENTS.rule({"support": "g4", "threshold": ">2/3", "vetoes": "1"})
    assert GRADIENTS.tally({"g1": 4, "g4": 3, "g6": 2, "g8": 1}, rule, Frame(10)).carried
    assert not GRADIENTS.tally({"g1": 5, "g4": 3, "g8": 2}, rule, Frame(10)).carried
    assert not GRADIENTS.tally({"g1": 4, "g5": 2}, rule, Frame(10)).carried
    assert not GRADIENTS.tally({"g1": 3, "g4": 1, "g5": 2}, rule, Frame(10)).carried


@BOTH
def test_what_is_set_and_said(way: Ladder) -> None:
    lowest = way.ladder[-1].value
    for name, wrong in (("support", lowest), ("threshold", ">3/2"), ("vetoes", "-1")):
        with pytest.raises(Invalid) as refused:
            way.rule({name: wrong})
        assert name in refused.value.fields
    with pytest.raises(Invalid):
        way.ballot(way.rule({}), "3")
    found = way.tally({lowest: 2, way.ladder[0].value: 7}, way.rule({}), Frame(9))
    with i18n.using("en"):
        said = [words.say() for words in found.explanation]
    assert f"“{way.ladder[-1].label}” was given 2 times; borne are 0." in said
    assert len([text for text in said if text.endswith((": 0.", ": 2.", ": 7."))]) == len(
        way.ladder
    )


@BOTH
@settings(deadline=None)
@given(
    numbers=st.lists(st.integers(0, 10**9), min_size=8, max_size=8),
    num=st.integers(1, 99),
    strict=st.booleans(),
    place=st.integers(0, 4),
    vetoes=st.integers(0, 10**9),
)
def test_the_share_is_exact(
    way: Ladder, numbers: list[int], num: int, strict: bool, place: int, vetoes: int
) -> None:
    counts = {one.value: number for one, number in zip(way.ladder, numbers, strict=False)}
    sign = ">" if strict else ">="
    typed = {"threshold": f"{sign}{num}/100", "vetoes": str(min(vetoes, 10**9 - 1))}
    rule = way.rule({**typed, "support": way.ladder[place].value})
    found = way.tally(counts, rule, Frame(10**10))
    given_, total = list(counts.values()), sum(counts.values())
    support, need = Fraction(sum(given_[: place + 1])), Fraction(num, 100) * total
    enough = support > need if strict else support >= need
    assert found.carried == (enough and support > 0 and given_[-1] <= rule["vetoes"])
    assert found.figures["support"] == support
