"""Instant run-off: real elections to the vote, ties in each way, odd ballots by their rules."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rankings import Real, known, real
from slowly import IDS, Runoff

from forum.base.errors import Invalid
from voting.methods.common import lots, marks
from voting.methods.common.result import Frame, Result
from voting.methods.irv import METHOD
from voting.methods.method import Option

REAL = [
    "burlington_2009_mayor.toi",
    "oakland_2010_mayor.toi",
    "debian_2010_dpl.soi",
    "aspen_2009_mayor.toi",
    "dublin_west_2002_3seats.soi",
    "alaska_2022_special.soi",
    *(f"{ward}-2007.blt" for ward in ("Baillieston", "Govan", "Hillhead", "Langside")),
    "Partick-West-2007.blt",
    "42.blt",
    "513.blt",
    "SC.blt",
    "weak-defeat.blt",
    "weak-surplus.blt",
]


def tally(votes: Mapping[str, int], lot: str = "", overvote: str = "exhaust") -> Result:
    ids = sorted({one for mark in votes for tier in marks.ranks(mark) for one in tier} | {*IDS})
    rule = METHOD.rule({"overvote": overvote}, [Option(one, f"name of {one}") for one in ids])
    return METHOD.tally(votes, rule, Frame(10**9, lot=lot))


def count(election: Real, lot: str = "", overvote: str = "wait") -> Result:
    rule = METHOD.rule({"overvote": overvote}, election.options)
    return METHOD.tally(election.votes, rule, Frame(10**9, lot=lot))


@pytest.mark.parametrize("name", REAL)
def test_real_elections_end_as_known(name: str) -> None:
    election, expected = real(name), known(name)
    called = {one.id: one.name for one in election.options}
    for lot in ("", *map(str, range(8))):
        found = count(election, lot)
        if found.ties:
            assert not lot
            assert expected["irv_ties"]
            continue
        assert election.named(found.winners) == expected["irv"]
        last = {called[one]: votes for one, votes in found.rounds[-1].counts.items()}
        assert last == expected["irv_final"]


def test_burlington_by_the_rule_it_had() -> None:
    """The city's own last round: 4313 to 4061, as two ballots each stopped at an overvote."""
    found = count(real("burlington_2009_mayor.toi"), overvote="exhaust")
    assert sorted(found.rounds[-1].counts.values()) == [4061, 4313]


def test_alaska_takes_two_rounds() -> None:
    first, last = count(real("alaska_2022_special.soi")).rounds
    assert first.eliminated == ("o1",)
    assert last.elected == ("o3",)
    assert first.exhausted == 0
    assert last.exhausted == 11291


def test_tennessee() -> None:
    """The capital of Tennessee, as every textbook has it: Knoxville wins in the third round."""
    memphis, nashville, chattanooga, knoxville = IDS[:4]
    votes = {
        f"{memphis}>{nashville}>{chattanooga}>{knoxville}": 42,
        f"{nashville}>{chattanooga}>{knoxville}>{memphis}": 26,
        f"{chattanooga}>{knoxville}>{nashville}>{memphis}": 15,
        f"{knoxville}>{chattanooga}>{nashville}>{memphis}": 17,
    }
    rule = METHOD.rule({}, [Option(one, one) for one in IDS[:4]])
    found = METHOD.tally(votes, rule, Frame(100))
    assert found.winners == (knoxville,)
    assert [dict(one.counts) for one in found.rounds] == [
        {memphis: 42, nashville: 26, chattanooga: 15, knoxville: 17},
        {memphis: 42, nashville: 26, knoxville: 32},
        {memphis: 42, knoxville: 58},
    ]


def test_everybody_for_one() -> None:
    found = tally({"o3": 7})
    assert (found.winners, len(found.rounds)) == (("o3",), 1)


def test_only_blank() -> None:
    rule = METHOD.rule({}, [Option(one, one) for one in IDS])
    found = METHOD.tally({"": 5}, rule, Frame(9, blank=1))
    assert (found.winners, found.carried, found.figures["blank"]) == ((), False, 6)


def test_an_earlier_round_breaks_a_tie() -> None:
    found = tally({"o1>o2": 1, "o2": 2, "o3": 3, "o4": 4, "o5": 5})
    assert found.rounds[1].counts["o2"] == found.rounds[1].counts["o3"] == 3
    assert [one.eliminated for one in found.rounds] == [("o1",), ("o2",), ("o3",), ()]
    assert found.winners == ("o5",)


def test_the_latest_of_the_earlier_rounds_counts() -> None:
    """In the first round o1 had fewer than o2, in the second more: the second decides."""
    found = tally({"o1": 5, "o2": 6, "o3>o1": 2, "o4>o2": 1, "o4": 2, "o5": 13})
    assert [one.eliminated for one in found.rounds] == [("o3",), ("o4",), ("o2",), ()]
    assert found.rounds[2].counts == {"o1": 7, "o2": 7, "o5": 13}


def test_those_without_hope_go_together() -> None:
    found = tally({"o1": 6, "o2": 5, "o3>o2": 1, "o4>o2": 1, "o5": 3})
    assert found.rounds[0].eliminated == ("o3", "o4")
    assert found.rounds[1].counts == {"o1": 6, "o2": 7, "o5": 3}


def test_the_last_two_are_tied() -> None:
    votes = {"o1": 3, "o2": 3}
    found = tally(votes)
    assert (found.carried, found.winners, found.ties) == (None, (), ("o1", "o2"))
    for seed in map(str, range(9)):
        drawn = tally(votes, seed)
        out = lots.drawn(seed, "elimination 2", ("o1", "o2"))[0]
        assert drawn.rounds[1].eliminated == (out,)
        assert {out, *drawn.winners} == {"o1", "o2"}


def test_a_ballot_with_several_at_one_place() -> None:
    """Counted at once for nobody; after o2 is out it could count for o1, or for o3 before."""
    votes = {"o1": 4, "o3": 5, "o4": 3, "o2": 1, "o1=o2>o3": 2, "o5": 0}

    def last(overvote: str) -> dict[str, int]:
        return dict(tally(votes, overvote=overvote).rounds[-2].counts)

    assert tally(votes).rounds[0].exhausted == 2
    assert last("exhaust") == {"o1": 4, "o3": 5, "o4": 3}
    assert last("wait") == {"o1": 6, "o3": 5, "o4": 3}
    assert last("skip") == {"o1": 4, "o3": 7, "o4": 3}


def test_nobody_is_ranked_alone() -> None:
    assert tally({"o1=o2": 3}).carried is False
    assert tally({"o1=o2": 3}, overvote="skip").carried is False


def test_a_voter_gives_each_its_own_place() -> None:
    rule = METHOD.rule({}, [Option(one, one) for one in IDS])
    assert METHOD.ballot(rule, "o3>o1") == {"vote": "o3>o1"}
    with pytest.raises(Invalid):
        METHOD.ballot(rule, "o3=o1")


RANKINGS = st.lists(st.sampled_from(IDS), unique=True, min_size=1).flatmap(
    lambda order: st.lists(st.booleans(), min_size=len(order), max_size=len(order)).map(
        lambda level: marks.write_ranks(_tiers(order, level))
    )
)


def _tiers(order: list[str], level: list[bool]) -> list[list[str]]:
    made: list[list[str]] = []
    for one, beside in zip(order, level, strict=True):
        if beside and made and len(made) > 1:
            made[-1].append(one)
        else:
            made.append([one])
    return made


@settings(deadline=None, max_examples=300)
@given(
    votes=st.dictionaries(RANKINGS, st.integers(0, 4), max_size=9),
    lot=st.sampled_from(["", "3 1 4 1 5"]),
    overvote=st.sampled_from(["exhaust", "wait", "skip"]),
)
def test_as_somebody_counts_by_hand(votes: dict[str, int], lot: str, overvote: str) -> None:
    found = tally(votes, lot, overvote)
    assert list(found.winners) == Runoff(votes, lot, overvote).winners()
    for one in found.rounds:
        assert sum(one.counts.values()) + one.exhausted == found.figures["valid"]
    assert [one.exhausted for one in found.rounds] == sorted(
        one.exhausted for one in found.rounds
    ) or overvote == "wait"
