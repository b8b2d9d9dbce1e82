"""Approval, score, majority judgment: places, what is left out, ties, exact shares."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forum.base import i18n
from forum.base.errors import Invalid
from voting.methods.common import marks
from voting.methods.common.profile import graded
from voting.methods.common.result import Frame, Result
from voting.methods.majority_judgment import distribution, judged
from voting.methods.method import Option, method

NAMES = {"o1": "Memphis", "o2": "Nashville", "o3": "Chattanooga", "o4": "Knoxville"}
OPTIONS = [Option(ident, name) for ident, name in NAMES.items()]


def counted(
    name: str, counts: dict[str, int], typed: dict[str, str] | None = None, lot: str = ""
) -> Result:
    way = method(name)
    return way.tally(counts, way.rule(typed or {}, OPTIONS), Frame(eligible=10**9, lot=lot))


def said(found: Result) -> str:
    with i18n.using("en"):
        return " ".join(words.say() for words in found.explanation)


def stripped(grades: list[int]) -> list[int]:
    """The lower medians, one vote after the other taken away."""
    left = sorted(grades)
    return [left.pop((len(left) - 1) // 2) for _vote in grades]


def full(grades: dict[str, int]) -> str:
    return marks.write_grades(grades)


# which city becomes the capital: each one's voters support it, some also what is near
SUPPORT = {"o1": 42, "o2": 26, "o3,o4": 15, "o3,o4,o2": 17}
# https://en.wikipedia.org/wiki/Majority_judgment: the same with excellent 3, good 2, fair 1, poor 0
GRADES = {
    "o1:3,o2:1,o3:0,o4:0": 42,
    "o1:0,o2:3,o3:1,o4:1": 26,
    "o1:0,o2:1,o3:3,o4:2": 15,
    "o1:0,o2:1,o3:2,o4:3": 17,
}


class TestApproval:
    def test_the_most_votes(self) -> None:
        found = counted("approval", SUPPORT)
        assert found.rounds[0].counts == {"o1": 42, "o2": 43, "o3": 32, "o4": 32}
        assert found.winners == ("o2",)
        assert counted("approval", SUPPORT, {"seats": "2"}).winners == ("o2", "o1")

    def test_level_at_the_last_place(self) -> None:
        found = counted("approval", SUPPORT, {"seats": "3"})
        assert (found.winners, found.ties, found.carried) == (("o2", "o1"), ("o3", "o4"), None)
        drawn = {
            counted("approval", SUPPORT, {"seats": "3"}, lot=str(seed)).winners
            for seed in range(20)
        }
        assert drawn == {("o2", "o1", "o3"), ("o2", "o1", "o4")}
        # level, but both have places
        every = counted("approval", SUPPORT, {"seats": "4"})
        assert (set(every.winners), every.ties) == (set(NAMES), ())

    @pytest.mark.parametrize(
        ("share", "winners"), [(">=1/2", ("o1",)), (">1/2", ()), (">=1/3", ("o1", "o2"))]
    )
    def test_the_support_is_exact(self, share: str, winners: tuple[str, ...]) -> None:
        """Five of ten are half; a third of ten is four; blank ballots are not valid."""
        counts = {"o1": 5, "o2": 4, "o3": 1, "": 7}
        found = counted("approval", counts, {"threshold": share, "seats": "3"})
        assert found.winners == winners
        assert found.carried is bool(winners)
        assert "Places that stay empty" in said(found)

    def test_a_share_of_ones_own(self) -> None:
        counts = {"o1": 2, "o2": 5}
        found = counted("approval", counts, {"threshold": ">=2/7", "seats": "2"})
        assert found.winners == ("o2", "o1")
        assert found.figures["needed"] == 2
        with pytest.raises(Invalid):
            counted("approval", counts, {"threshold": ">7/2"})

    def test_nobody_is_elected_without_a_vote(self) -> None:
        found = counted("approval", {"o1": 1}, {"seats": "2"})
        assert (found.winners, found.ties) == (("o1",), ())

    def test_too_many_picks(self) -> None:
        way = method("approval")
        rule = way.rule({"most": "2"}, OPTIONS)
        assert way.ballot(rule, "o4,o1") == {"vote": "o1,o4"}
        with pytest.raises(Invalid):
            way.ballot(rule, "o1,o2,o3")

    @pytest.mark.parametrize("name", ["approval", "score", "star"])
    def test_more_places_than_options(self, name: str) -> None:
        with pytest.raises(Invalid) as refused:
            method(name).rule({"seats": "5"}, OPTIONS)
        assert "seats" in refused.value.fields


class TestScore:
    def test_sums(self) -> None:
        counts = {"o1:5,o2:4": 2, "o2:3,o3:5": 1, "o4:1": 4}
        found = counted("score", counts)
        assert found.rounds[0].counts == {"o1": 10, "o2": 11, "o3": 5, "o4": 4}
        assert found.winners == ("o2",)

    def test_what_is_left_out_is_nothing(self) -> None:
        """Not the mean of those who graded it, which would be 5 for the second."""
        found = counted("score", {"o1:4,o2:5": 1, "o1:4": 9})
        assert found.winners == ("o1",)
        assert counted("score", {"o1:1,o2:0": 1}, {"seats": "2"}).winners == ("o1",)

    def test_the_top(self) -> None:
        way = method("score")
        assert way.ballot(way.rule({"top": "100"}, OPTIONS), "o1:100") == {"vote": "o1:100"}
        for typed, mark in (({}, "o1:6"), ({"top": "100"}, "o1:101")):
            with pytest.raises(Invalid):
                way.ballot(way.rule(typed, OPTIONS), mark)
        with pytest.raises(Invalid):
            way.rule({"top": "101"}, OPTIONS)

    def test_all_nothing(self) -> None:
        found = counted("score", {"o1:0,o2:0": 3})
        assert (found.winners, found.ties, found.carried) == ((), (), False)

    def test_level(self) -> None:
        counts = {"o1:3,o2:1": 1, "o1:1,o2:3": 1}
        assert counted("score", counts).ties == ("o1", "o2")
        assert "the lot from the announced seed" in said(counted("score", counts, lot="4"))

    @given(
        counts=st.dictionaries(
            st.dictionaries(st.sampled_from(list(NAMES)), st.integers(0, 5), min_size=1).map(full),
            st.integers(1, 10**12),
            min_size=1,
            max_size=8,
        ),
        seats=st.integers(1, 4),
    )
    @settings(deadline=None)
    def test_who_is_elected_has_more(self, counts: dict[str, int], seats: int) -> None:
        found = counted("score", counts, {"seats": str(seats)})
        points = {
            ident: sum(marks.grades(text).get(ident, 0) * many for text, many in counts.items())
            for ident in NAMES
        }
        assert found.rounds[0].counts == points
        out = set(NAMES) - {*found.winners, *found.ties}
        assert all(points[one] > points[other] for one in found.winners for other in found.ties)
        assert all(points[one] >= points[other] for one in found.winners for other in out)
        assert len({points[ident] for ident in found.ties}) <= 1
        assert not found.ties or len(found.winners) + len(found.ties) > seats


class TestMajorityJudgment:
    def test_the_median(self) -> None:
        found = counted("majority_judgment", GRADES)
        assert found.rounds[0].counts == {"o1": 0, "o2": 1, "o3": 1, "o4": 1}
        # Nashville has 26 above fair and none below; the other two have more below than above
        assert found.winners == ("o2",)
        assert "Nashville, Chattanooga and Knoxville have the same best grade." in said(found)

    def test_the_lower_median(self) -> None:
        """Of 1, 1, 5, 5 it is 1: half of the voters are not more than half."""
        found = counted("majority_judgment", {"o1:5,o2:2": 2, "o1:1,o2:2": 2})
        assert found.rounds[0].counts == {"o1": 1, "o2": 2, "o3": 0, "o4": 0}
        assert found.winners == ("o2",)

    def test_what_is_left_out_is_the_lowest(self) -> None:
        found = counted("majority_judgment", {"o1:5": 1, "o2:1": 2})
        assert found.winners == ("o2",)

    def test_the_same_grades_are_tied(self) -> None:
        counts = {"o1:5,o2:1": 1, "o1:1,o2:5": 1}
        assert counted("majority_judgment", counts).ties == ("o1", "o2")
        assert len(counted("majority_judgment", counts, lot="7").winners) == 1

    @pytest.mark.parametrize("size", [5, 6, 7])
    def test_words(self, size: int) -> None:
        way: Any = method("majority_judgment")
        rule = way.rule({"grades": str(size)}, OPTIONS)
        assert way.grades(rule) == range(size)
        words = way.labels(rule)
        assert list(words) == list(range(size))
        assert len(set(words.values())) == size
        with i18n.using("en"):
            spoken = " ".join(one.say() for one in way.describe(rule))
        top = {5: "Very good, Good", 6: "Excellent, Very good", 7: "Excellent, Very good"}[size]
        assert top in spoken
        with pytest.raises(Invalid):
            way.ballot(rule, f"o1:{size}")

    def test_the_distribution_is_said(self) -> None:
        found = counted("majority_judgment", {"o1:5": 2, "o1:4": 1})
        with i18n.using("en"):
            first = found.rounds[0].said[0].say()
        assert first == "Memphis: Excellent (2 × Excellent, 1 × Very good)."

    @given(
        counts=st.dictionaries(
            st.dictionaries(st.sampled_from(list(NAMES)), st.integers(0, 5), min_size=1).map(full),
            st.integers(1, 6),
            min_size=1,
            max_size=8,
        )
    )
    @settings(deadline=None)
    def test_one_ballot_after_the_other(self, counts: dict[str, int]) -> None:
        """The table of counts finds what stripping single votes finds."""
        values = {
            ident: stripped(
                [marks.grades(text).get(ident, 0) for text in counts for _ in range(counts[text])]
            )
            for ident in NAMES
        }
        best = max(values.values())
        found = counted("majority_judgment", counts)
        assert {*found.winners, *found.ties} == {i for i in NAMES if values[i] == best}
        table = distribution(graded(counts, list(NAMES)), 6)
        whole = dict(zip(NAMES, judged(table), strict=True))
        assert sorted(NAMES, key=lambda i: whole[i]) == sorted(NAMES, key=lambda i: values[i])

    @given(
        columns=st.integers(1, 9).flatmap(
            lambda votes: st.lists(
                st.lists(st.integers(0, 2), min_size=votes, max_size=votes), min_size=2, max_size=3
            )
        )
    )
    @example(columns=[[0, 1, 1, 1, 2, 2], [1, 1, 1, 1, 1, 1]])  # up on the right, then down
    @settings(deadline=None, max_examples=300)
    def test_few_grades_and_long_ties(self, columns: list[list[int]]) -> None:
        table = np.array([[column.count(grade) for grade in range(3)] for column in columns])
        found, wanted = judged(table), [stripped(column) for column in columns]
        for one, other in product(range(len(columns)), repeat=2):
            assert (found[one] < found[other]) == (wanted[one] < wanted[other])

    def test_a_great_many_votes(self) -> None:
        """Nothing is done a vote at a time."""
        half = 10**14
        counts = {"o1:5,o2:5": half, "o1:2,o2:2": half, "o1:3,o2:1": 1, "o1:3,o2:4": 1}
        counts |= {"o1:2,o2:2,o3:1": 1}
        found = counted("majority_judgment", counts)
        assert found.winners == ("o1",)
