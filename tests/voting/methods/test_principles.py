"""What a fair count keeps to: no option and no voter is favoured, and support never harms."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forum.base.errors import Invalid
from voting.methods.common import marks
from voting.methods.common.election import GradeElection, RankElection
from voting.methods.common.result import Frame, Result
from voting.methods.method import Method, Option, methods

COSTS = {"o1": "300", "o2": "120.50", "o3": "80", "o4": "500"}
IDS = [*COSTS]
AMONG = [way for way in methods().values() if not way.choices_fixed]
# Where options are struck out one by one, more support can harm; equal shares buys with money
# that may then be missing elsewhere. This is known of them, and no fault of the count.
HARMED = {"irv", "stv_scottish", "stv_meek", "pb_equal_shares"}
ROUNDED = {"stv_scottish", "stv_meek"}  # whole quotas, and decimals that are cut off
FRAME = Frame(eligible=10**9)
Voice = dict[str, int]  # how high each option stands with a voter, 0 to 3


def rule_of(way: Method, costs: dict[str, str] = COSTS) -> dict[str, Any]:
    return way.rule({}, [Option(ident, ident, cost) for ident, cost in costs.items()])


def mark(way: Method, rule: dict[str, Any], voice: Voice) -> str | None:
    """What such a voter writes; None where this method takes no such ballot."""
    if isinstance(way, RankElection):
        tiers = [[one for one in IDS if voice[one] == height] for height in (3, 2, 1, 0)]
        if not way.equal:
            tiers = [[one] for tier in tiers for one in tier]
        text = marks.write_ranks(tiers)
    elif isinstance(way, GradeElection):
        allowed = way.grades(rule)
        # Of a few dots nobody can give every option three; and some know but yes and no.
        downward = way.name in ("consensing", "questions")  # the lowest number is the best
        coarse = way.name == "dots" or len(allowed) < 4
        stuck = {one: height // 3 if coarse else height for one, height in voice.items()}
        text = marks.write_grades(
            {
                one: allowed[-1] - height if downward else allowed[0] + height
                for one, height in stuck.items()
                if height or downward
            }
        )
    else:
        text = marks.write_picks(one for one, height in voice.items() if height == 3)
    try:
        return way.key(way.ballot(rule, text)) if text else None
    except Invalid:
        return None


def count(way: Method, crowd: list[tuple[Voice, int]], rule: dict[str, Any]) -> Result:
    """What comes out; whatever the method does not take as a ballot is no example."""
    counts: Counter[str] = Counter()
    for voice, votes in crowd:
        text = mark(way, rule, voice)
        assume(text is not None)
        counts[text or ""] += votes
    return way.tally(+counts, rule, FRAME)


VOICES = st.fixed_dictionaries(dict.fromkeys(IDS, st.integers(0, 3)))
# Where one option alone is picked, and where orders are strict, one way of standing is a ballot.
STRICT = st.permutations(range(4)).map(lambda heights: dict(zip(IDS, heights, strict=True)))
CROWDS = st.lists(st.tuples(VOICES | STRICT, st.integers(1, 40)), min_size=1, max_size=7)
STRICT_CROWDS = st.lists(st.tuples(STRICT, st.integers(1, 40)), min_size=1, max_size=7)


def crowds(way: Method) -> st.SearchStrategy[list[tuple[Voice, int]]]:
    strict = way.name == "plurality" or (isinstance(way, RankElection) and not way.equal)
    return STRICT_CROWDS if strict else CROWDS


@pytest.mark.parametrize("way", AMONG, ids=lambda way: way.name)
class TestPrinciples:
    @settings(deadline=None, max_examples=15)
    @given(data=st.data(), turned=st.permutations(IDS))
    def test_no_option_is_favoured(
        self, way: Method, data: st.DataObject, turned: list[str]
    ) -> None:
        """Whatever the options are called among themselves, the same one is chosen."""
        new = dict(zip(IDS, turned, strict=True))
        crowd = data.draw(crowds(way))
        renamed = [({new[one]: height for one, height in voice.items()}, n) for voice, n in crowd]
        rule = rule_of(way)
        other = rule_of(way, {new[one]: cost for one, cost in COSTS.items()})
        for name in {"status_quo"} & rule.keys():
            other[name] = new[rule[name]]
        before, after = count(way, crowd, rule), count(way, renamed, other)
        assert {new[one] for one in before.winners} == set(after.winners)
        assert {new[one] for one in before.ties} == set(after.ties)

    @settings(deadline=None, max_examples=15)
    @given(data=st.data(), times=st.integers(2, 50))
    def test_no_voter_is_favoured(self, way: Method, data: st.DataObject, times: int) -> None:
        """In which order and heaps ballots come is nothing; nor that all of them are many more."""
        crowd, rule = data.draw(crowds(way)), rule_of(way)
        found = count(way, crowd, rule)
        single = [(voice, 1) for voice, votes in crowd for _vote in range(votes)]
        assert count(way, data.draw(st.permutations(single)), rule) == found
        if way.name not in ROUNDED:
            many = count(way, [(voice, votes * times) for voice, votes in crowd], rule)
            assert (many.winners, many.ties) == (found.winners, found.ties)

    @settings(deadline=None, max_examples=20)
    @given(data=st.data())
    def test_support_never_harms(self, way: Method, data: st.DataObject) -> None:
        """Whoever is chosen is still chosen when a voter puts them higher."""
        if way.name in HARMED:
            return
        crowd, rule = data.draw(crowds(way)), rule_of(way)
        found = count(way, crowd, rule)
        assume(found.winners and not found.ties)
        best = data.draw(st.sampled_from(found.winners))
        at = data.draw(st.integers(0, len(crowd) - 1))
        voice, votes = crowd[at]
        higher = {one: 3 if one == best else min(2, height) for one, height in voice.items()}
        if isinstance(way, GradeElection):
            higher = {**voice, best: 3}  # the others keep what they had
        elif sorted(voice.values()) == [0, 1, 2, 3]:
            rest = sorted((one for one in IDS if one != best), key=lambda one: voice[one])
            higher = {one: height for height, one in enumerate([*rest, best])}
        raised = count(way, [*crowd[:at], (voice, votes - 1), (higher, 1), *crowd[at + 1 :]], rule)
        assert best in raised.winners
