"""Ranked pairs where comparisons are equally strong: every order of them, and the lot."""

from itertools import permutations, product

import numpy as np
import pytest
from comparing import IDS, MEASURES, counted, lettered, strengths
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.base import i18n
from voting.methods import ranked_pairs
from voting.methods.common.pairwise import Duels
from voting.methods.common.result import Frame

TABLES = st.lists(st.integers(0, 4), min_size=12, max_size=12).map(
    lambda votes: dict(zip(permutations(IDS, 2), votes, strict=True))
)


def every_order(table: dict[tuple[str, str], int], measure: str) -> set[str]:
    """Who can win: each order of equal pairs, one after the other."""
    links = strengths(table, measure)
    strong = {
        pair: (strength, table[pair] if measure == "margins" else -table[pair[1], pair[0]])
        for pair, strength in links.items()
    }
    levels = [
        [pair for pair, its in strong.items() if its == one]
        for one in sorted(set(strong.values()), reverse=True)
    ]
    found: set[str] = set()
    for orders in product(*map(permutations, levels)):
        above: set[tuple[str, str]] = set()
        for one, other in (pair for level in orders for pair in level):
            if (other, one) not in above:
                over = {one} | {a for a, b in above if b == one}
                under = {other} | {b for a, b in above if a == other}
                above |= set(product(over, under))
        found |= set(IDS) - {b for _a, b in above}
    return found


@given(table=TABLES, measure=st.sampled_from(MEASURES))
@settings(deadline=None, max_examples=300)
def test_every_order_of_equal_pairs(table: dict[tuple[str, str], int], measure: str) -> None:
    duels = Duels(IDS, np.zeros((4, 4), dtype=np.int64), 9)
    for (one, other), votes in table.items():
        duels.table[IDS.index(one), IDS.index(other)] = votes
    called = dict(zip(IDS, "ABCD", strict=True))
    wanted = every_order(table, measure)
    rule = {"measure": measure}
    found = ranked_pairs.METHOD.compare(duels, rule, Frame(9), called)
    assert set(found.best) == wanted
    drawn = ranked_pairs.METHOD.compare(duels, rule, Frame(9, lot="7 21 33"), called)
    assert set(drawn.best) <= wanted


def test_equal_leads_by_the_winning_votes() -> None:
    """A beats B 4:1, B beats C 6:3, C beats A 5:2: by more votes first, A over B is left out."""
    table = np.array([[0, 4, 2], [1, 0, 6], [5, 3, 0]])
    duels = Duels(("o1", "o2", "o3"), table, 9)
    called = {"o1": "A", "o2": "B", "o3": "C"}
    found = ranked_pairs.METHOD.compare(duels, {"measure": "margins"}, Frame(9), called)
    assert found.tiers == [["o2"], ["o3"], ["o1"]]


def test_equal_winning_votes_by_the_votes_against() -> None:
    """A beats B 5:3, B beats C 5:1, C beats A 5:2: the fewest against first."""
    table = np.array([[0, 5, 2], [3, 0, 5], [5, 1, 0]])
    duels = Duels(("o1", "o2", "o3"), table, 9)
    called = {"o1": "A", "o2": "B", "o3": "C"}
    found = ranked_pairs.METHOD.compare(duels, {"measure": "winning"}, Frame(9), called)
    assert found.tiers == [["o2"], ["o3"], ["o1"]]


# A beats B, B beats C, C beats A, each by two of the three groups, and all of them beat D
CIRCLE = {"ABCD": 3, "BCAD": 3, "CABD": 3}


def test_equal_pairs_in_a_circle_tie_all_three() -> None:
    counts = lettered(CIRCLE)
    found = counted("ranked_pairs", counts, list("ABCD"))
    assert (found.winners, found.ties) == ((), ("o1", "o2", "o3"))
    drawn = {
        counted("ranked_pairs", counts, list("ABCD"), lot=str(seed)).winners for seed in range(40)
    }
    assert drawn == {("o1",), ("o2",), ("o3",)}


def test_equal_pairs_that_do_not_matter_need_no_lot() -> None:
    """A beats all; B, C and D beat one another in a circle, each by the same."""
    counts = lettered({"ABCD": 3, "ACDB": 3, "ADBC": 3})
    one, other = (counted("ranked_pairs", counts, list("ABCD"), lot=lot) for lot in ("", "7 21"))
    assert one.winners == ("o1",)
    assert one == other
    with i18n.using("en"):
        assert not any("lot" in words.say() for words in one.explanation)


def test_more_orders_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then everybody is named who could not be ruled out, and the lot still finds one of them."""
    monkeypatch.setattr(ranked_pairs, "WORK", 0)
    counts = lettered(CIRCLE)
    found = counted("ranked_pairs", counts, list("ABCD"))
    assert found.ties == ("o1", "o2", "o3")
    assert len(counted("ranked_pairs", counts, list("ABCD"), lot="7").winners) == 1


def test_few_voters_and_many_options() -> None:
    """Almost all comparisons are equal: the orders are many, and still it ends soon."""
    ids = [f"o{place}" for place in range(1, 31)]
    rng = np.random.default_rng(7)
    counts = {">".join(rng.permutation(ids)): 1 for _voter in range(3)}
    names = [f"option {ident}" for ident in ids]
    found = counted("ranked_pairs", counts, names)
    drawn = counted("ranked_pairs", counts, names, lot="7 21 33")
    assert set(drawn.winners) <= {*found.winners, *found.ties}
