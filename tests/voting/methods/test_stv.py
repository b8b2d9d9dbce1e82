"""STV, Scottish and Meek: what passes on, ties, odd ballots, and that no vote is made or lost."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slowly import Scottish

from forum.base.errors import Invalid
from voting.methods import stv_meek, stv_scottish
from voting.methods.common import lots, marks
from voting.methods.common.election import RankElection
from voting.methods.common.result import Frame, Result
from voting.methods.method import Option

SCOTTISH, MEEK = stv_scottish.METHOD, stv_meek.METHOD
BOTH = pytest.mark.parametrize("way", [SCOTTISH, MEEK], ids=lambda way: way.name)
SEED = "2 7 1 8 2 8"


def tally(
    way: RankElection,
    votes: Mapping[str, int],
    seats: int,
    *,
    size: int = 5,
    lot: str = "",
    overvote: str = "exhaust",
) -> Result:
    options = [Option(f"o{n}", f"name {n}") for n in range(1, size + 1)]
    rule = way.rule({"seats": str(seats), "overvote": overvote}, options)
    return way.tally(votes, rule, Frame(10**9, lot=lot))


@BOTH
def test_what_to_eat(way: RankElection) -> None:
    """Twenty guests, three kinds of food: the example that Wikipedia had for many years."""
    oranges, pears, chocolate, strawberries, sweets = (f"o{n}" for n in range(1, 6))
    votes = {
        oranges: 4,
        f"{pears}>{oranges}": 2,
        f"{chocolate}>{strawberries}": 8,
        f"{chocolate}>{sweets}": 4,
        strawberries: 1,
        sweets: 1,
    }
    found = tally(way, votes, 3)
    assert {*found.winners} == {chocolate, oranges, strawberries}
    gone = [one.eliminated for one in found.rounds if one.eliminated]
    assert gone[0] == (pears,)
    if way is SCOTTISH:
        assert gone == [(pears,), (sweets,)]
        assert found.winners == (chocolate, oranges, strawberries)
        half = {oranges: 400000, pears: 200000, chocolate: 600000}
        assert found.rounds[1].counts == {**half, strawberries: 500000, sweets: 300000}


def test_a_surplus_passes_at_part_of_its_value() -> None:
    """Quota 6 of 17: o1 has 10, of which 4 pass on, each of ten ballots at 0.4."""
    found = tally(SCOTTISH, {"o1>o2": 7, "o1": 3, "o2": 3, "o3": 4}, 2, size=3)
    assert found.figures["quota"] == 6
    assert found.rounds[0].elected == ("o1",)
    assert found.rounds[1].counts == {"o1": 600000, "o2": 580000, "o3": 400000}
    assert found.rounds[1].exhausted == 120000
    assert found.winners == ("o1", "o2")


def test_what_is_cut_off_is_nobodys() -> None:
    """A surplus of 1 on 3 ballots: each passes at 0.33333."""
    found = tally(SCOTTISH, {"o1>o2": 3, "o2": 1, "o3": 1}, 2, size=3)
    assert found.rounds[1].counts == {"o1": 200000, "o2": 199999, "o3": 100000}
    assert found.rounds[1].exhausted == 0


@BOTH
def test_as_many_options_as_seats(way: RankElection) -> None:
    found = tally(way, {"o1>o2": 2, "o3": 1}, 5)
    assert set(found.winners) == {"o1", "o2", "o3", "o4", "o5"}
    assert found.winners[:2] == ("o1", "o3")
    assert len(found.rounds) == 1


@BOTH
def test_nobody_says_who_comes_after(way: RankElection) -> None:
    """All for one: who else is elected, only a lot can say."""
    found = tally(way, {"o2": 9}, 2)
    assert (found.winners, found.ties) == (("o2",), ("o1", "o3", "o4", "o5"))
    drawn = tally(way, {"o2": 9}, 2, lot=SEED)
    assert drawn.winners[0] == "o2"
    assert len(drawn.winners) == 2


@BOTH
def test_nothing_but_blank_or_overvoted(way: RankElection) -> None:
    assert tally(way, {"": 4}, 2).carried is False
    found = tally(way, {"o1=o2": 4}, 2)
    assert (found.winners, found.ties, found.carried) == ((), (), False)


@BOTH
def test_places_that_several_share(way: RankElection) -> None:
    votes = {"o1": 5, "o2": 5, "o4": 3, "o3>o1=o2>o4": 2}
    _first, stopped, *_rest = tally(way, votes, 2, size=4, lot=SEED).rounds
    _first, passed, *_rest = tally(way, votes, 2, size=4, lot=SEED, overvote="skip").rounds
    assert stopped.exhausted == 2 * stopped.scale
    assert stopped.counts["o4"] == 3 * stopped.scale
    assert passed.exhausted == 0
    assert passed.counts["o4"] == 5 * passed.scale


@BOTH
def test_no_more_seats_than_options(way: RankElection) -> None:
    with pytest.raises(Invalid) as refused:
        tally(way, {}, 6)
    assert "seats" in refused.value.fields


def test_equal_surpluses_that_meet_nobody_go_together() -> None:
    votes = {"o1>o3": 6, "o2>o4": 6, "o3": 2, "o4": 1, "o5": 3}
    found = tally(SCOTTISH, votes, 3)
    assert found.figures["quota"] == 5
    assert found.rounds[1].counts["o3"] == 299996  # six ballots at 0.16666
    assert found.rounds[1].counts["o4"] == 199996
    assert found.ties == ()


def test_equal_surpluses_whose_order_matters() -> None:
    """Whoever goes first lifts o3 over the quota, and the other's ballots then pass to o4 or o5."""
    votes = {"o1>o3>o4": 8, "o2>o3>o5": 8, "o3": 4, "o4": 2, "o5": 2}
    found = tally(SCOTTISH, votes, 4)
    assert (found.winners, found.ties) == (("o1", "o2"), ("o3", "o4", "o5"))
    for seed in map(str, range(9)):
        first = lots.drawn(seed, "surplus 1", ("o1", "o2"))[0]
        second = tally(SCOTTISH, votes, 4, lot=seed).rounds[1]
        assert second.counts[first] == found.figures["quota"] * 100000 < second.counts["o3"]


def test_the_quota_of_meek_falls() -> None:
    """After Hill, Wichmann and Woodall: what is exhausted elects nobody, so the quota falls."""
    found = tally(MEEK, {"o1": 9, "o2": 4, "o3": 3, "o4": 2}, 2, size=4)
    quotas = [Fraction(str(one.said[0].values["quota"])) for one in found.rounds]
    assert quotas[0] == 6 + Fraction(1, 10**9)
    assert quotas[-1] < 6
    assert quotas == sorted(quotas, reverse=True)
    assert found.winners == ("o1", "o2")


@BOTH
def test_numbers_wider_than_the_machines(way: RankElection) -> None:
    """Votes by the square metre can be many: nothing overflows."""
    votes = {"o1>o2": 9, "o2>o3": 4, "o3": 3, "o4>o2>o3": 2, "o5": 1}
    many = {mark: number * 10**14 for mark, number in votes.items()}
    few, found = tally(way, votes, 3), tally(way, many, 3)
    assert found.winners == few.winners
    for one in found.rounds:
        lost = found.figures["valid"] * one.scale - sum(one.counts.values()) - one.exhausted
        assert 0 <= lost <= (0 if way is MEEK else found.figures["valid"] * 3)


RANKINGS = st.lists(st.sampled_from(["o1", "o2", "o3", "o4", "o5"]), unique=True, min_size=1)
VOTES = st.dictionaries(
    RANKINGS.map(lambda order: marks.write_ranks([one] for one in order)),
    st.integers(0, 9),
    max_size=12,
)


@settings(deadline=None, max_examples=200)
@given(votes=VOTES, seats=st.integers(1, 4))
def test_no_vote_is_made_or_lost(votes: dict[str, int], seats: int) -> None:
    found = tally(SCOTTISH, votes, seats, lot=SEED)
    valid, lost = found.figures["valid"] * stv_scottish.SCALE, 0
    for one in found.rounds:
        now = valid - sum(one.counts.values()) - one.exhausted
        assert now >= lost, "fractions that are cut off stay lost"
        lost = now
    assert lost <= found.figures["valid"] * seats
    found = tally(MEEK, votes, seats, lot=SEED)
    for one in found.rounds:
        total = sum(one.counts.values()) + one.exhausted
        assert total == found.figures["valid"] * stv_meek.SCALE


@settings(deadline=None, max_examples=200)
@given(votes=VOTES, seats=st.integers(1, 4), lot=st.sampled_from(["", SEED]))
def test_every_seat_is_filled_or_tied(votes: dict[str, int], seats: int, lot: str) -> None:
    for way in (SCOTTISH, MEEK):
        found = tally(way, votes, seats, lot=lot)
        assert len(found.winners) == (seats if any(votes.values()) else 0) or found.ties
        chosen = [ident for one in found.rounds for ident in one.elected]
        assert tuple(chosen) == found.winners
        gone = [ident for one in found.rounds for ident in one.eliminated]
        assert not {*gone} & {*chosen}


@settings(deadline=None, max_examples=200)
@given(votes=VOTES, seats=st.integers(1, 3))
def test_a_solid_group_gets_its_share(votes: dict[str, int], seats: int) -> None:
    """Droop proportionality: who are k quotas and rank the same options first elect k of them."""
    total = sum(votes.values())
    for way in (SCOTTISH, MEEK):
        found = tally(way, votes, seats, lot=SEED)
        for group in ({"o1", "o2"}, {"o3", "o4", "o5"}, {"o2", "o3"}):
            solid = sum(
                number
                for mark, number in votes.items()
                if {tier[0] for tier in marks.ranks(mark)[: len(group)]} == group
            )
            share = solid // (total // (seats + 1) + 1)
            assert len(group & {*found.winners}) >= min(share, len(group))


@settings(deadline=None, max_examples=200)
@given(votes=VOTES, seats=st.integers(1, 4), lot=st.sampled_from(["", SEED]))
def test_scottish_as_somebody_counts_by_hand(votes: dict[str, int], seats: int, lot: str) -> None:
    found = tally(SCOTTISH, votes, seats, lot=lot)
    assert list(found.winners) == Scottish(votes, seats, lot).winners()
