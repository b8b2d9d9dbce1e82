"""Participatory budgets: a real one, textbook cases, a slow count of equal shares beside ours."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.base.errors import Invalid
from voting.methods.common import lots, marks
from voting.methods.common.amounts import hundredths, written
from voting.methods.common.result import Frame, Result
from voting.methods.method import Method, Option
from voting.methods.pb_equal_shares import METHOD as SHARES
from voting.methods.pb_greedy import METHOD as GREEDY

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "ballots"
BIELANY = "poland_warszawa_2020_bielany.pb"

# What pabutools 1.2.3 buys there with the Method of Equal Shares, cost utilities and fractions:
# with a share of 4321791/8003, and with 190 more (191 more would cost 4351304).
PLAIN = """576 2063 1902 814 357 2129 863 162 383 778 731 606 161 1551 147 1837 593 777 1092 148
116 2081 1237 1746 1224 344 1850 544 1112 393 397 707 2141 1507 529 130 408 1766 779 657 744 1734
353 2082 1774 2084 1326 703""".split()
RAISED = """576 2063 1902 2129 814 357 863 606 383 162 971 731 778 1837 1551 161 1092 593 978 147
777 802 1746 148 116 1112 2081 1237 707 1568 1507 544 1224 130 344 393 779 126 397 2141 744 1850
657 1734 1766 408 560 529 353 1215 181 2143 2082 2084 1264 1003 171 592 747 1774 1326 703
2107""".split()


class Case(NamedTuple):
    options: list[Option]
    counts: Mapping[str, int]
    budget: str
    selected: frozenset[str]


def case(costs: Sequence[str], ballots: Mapping[str, int], budget: str) -> Case:
    """Projects a, b, c, … and ballots as their letters."""
    options = [Option(f"o{n}", "abcdefghij"[n - 1], cost) for n, cost in enumerate(costs, 1)]
    ids = {one.name: one.id for one in options}
    counts = {marks.write_picks(ids[x] for x in text): n for text, n in ballots.items()}
    return Case(options, counts, budget, frozenset())


def real() -> Case:
    path = DATA / BIELANY
    if not path.is_file():
        pytest.skip(f"{BIELANY} is not there")
    parts: dict[str, list[list[str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line in ("META", "PROJECTS", "VOTES"):
            rows = parts[line] = []
        else:
            rows.append(line.split(";"))
    heads, *projects = parts["PROJECTS"]
    known = [dict(zip(heads, row, strict=False)) for row in projects]
    ids = {one["project_id"]: f"o{n}" for n, one in enumerate(known, 1)}
    column = parts["VOTES"][0].index("vote")
    votes = [[ids[x] for x in row[column].split(",")] for row in parts["VOTES"][1:]]
    return Case(
        [Option(ids[one["project_id"]], one["project_id"], one["cost"]) for one in known],
        Counter(map(marks.write_picks, votes)),
        {row[0]: row[1] for row in parts["META"]}["budget"],
        frozenset(one["project_id"] for one in known if one["selected"] == "1"),
    )


def count(way: Method, of: Case, lot: str = "", **typed: str) -> Result:
    rule = way.rule({"budget": of.budget, **typed}, of.options)
    return way.tally(of.counts, rule, Frame(10**9, lot=lot))


def called(of: Case, idents: Sequence[str]) -> list[str]:
    names = {one.id: one.name for one in of.options}
    return [names[ident] for ident in idents]


def test_warsaw_pays_for_the_projects_that_it_paid_for() -> None:
    bielany = real()
    found = count(GREEDY, bielany)
    assert len(found.winners) == 26
    assert {*called(bielany, found.winners)} == bielany.selected
    assert found.ties == ()
    assert found.figures["valid"] == 8003


def test_warsaw_by_equal_shares() -> None:
    bielany = real()
    assert called(bielany, count(SHARES, bielany, completion="none").winners) == PLAIN
    found = count(SHARES, bielany)
    assert called(bielany, found.winners) == RAISED
    assert [one.elected for one in found.rounds] == [(ident,) for ident in found.winners]


def test_greedy_passes_over_what_does_not_fit() -> None:
    street = case(["60", "50", "40", "0.01"], {"abd": 5, "ab": 4, "a": 1, "c": 3}, "100.00")
    found = count(GREEDY, street)
    assert called(street, found.winners) == ["a", "d"]
    assert [called(street, one.eliminated) for one in found.rounds] == [[], ["b"], ["c"]]
    assert found.rounds[0].counts == {"o1": 10, "o2": 9, "o3": 3, "o4": 5}


def test_greedy_takes_the_cheaper_of_two_with_as_many_votes() -> None:
    pair = case(["70", "60", "30"], {"abc": 4}, "100")
    assert called(pair, count(GREEDY, pair).winners) == ["c", "b"]


def test_greedy_draws_a_lot_only_where_it_matters() -> None:
    three = case(["30", "30", "30", "10"], {"abc": 4, "d": 1}, "70")
    tied = count(GREEDY, three)
    assert tied.carried is None
    assert tied.ties == ("o1", "o2", "o3")
    assert tied.winners == ()
    drawn = count(GREEDY, three, lot="7 21")
    order = lots.drawn("7 21", "project 1", ["o1", "o2", "o3"])
    assert drawn.winners == (*order[:2], "o4")
    assert drawn.rounds[0].elected == order[:1]
    enough, little = three._replace(budget="100"), three._replace(budget="29")
    assert count(GREEDY, enough).winners == ("o1", "o2", "o3", "o4")
    assert called(little, count(GREEDY, little).winners) == ["d"]


def test_lackner_and_skowrons_example() -> None:
    """Approval-Based Committee Voting, example 11: {a, b, c} with d or with e.

    a and b cost each of 12 supporters 1/12 of the 4/15 they have; c takes the last 1/10 of its
    ten. Then d and e have two supporters with 1/10 and three with 4/15: exactly 1.
    """
    survey = case(["1"] * 5, {"abc": 6, "abcde": 4, "abde": 2, "de": 3}, "4")
    found = count(SHARES, survey, completion="none")
    assert called(survey, found.winners) == ["a", "b", "c"]
    assert called(survey, found.ties) == ["d", "e"]
    for lot in map(str, range(9)):
        ended = count(SHARES, survey, lot=lot)
        assert called(survey, ended.winners)[:3] == ["a", "b", "c"]
        assert ended.winners[3] == lots.drawn(lot, "project 4", found.ties)[0]


def test_two_halves_of_a_town() -> None:
    """51 of 100 want ten red projects, 49 want ten blue ones; there is money for ten.

    From the introduction to the method at equalshares.net: by votes alone all ten are red; by
    equal shares five and five. The blue shares pay for four; raised by 1 each, for a fifth.
    """
    red, blue = (tuple(f"o{n}" for n in range(at, at + 10)) for at in (1, 11))
    town = Case(
        [Option(ident, f"project {ident}", "100") for ident in (*red, *blue)],
        {marks.write_picks(red): 51, marks.write_picks(blue): 49},
        "1000",
        frozenset(),
    )
    assert {*count(GREEDY, town).winners} == {*red}
    first = count(SHARES, town, lot="9", completion="none").winners
    assert (len({*red} & {*first}), len({*blue} & {*first})) == (5, 4)
    found = count(SHARES, town, lot="9").winners
    assert (len({*red} & {*found}), len({*blue} & {*found})) == (5, 5)
    assert count(SHARES, town).ties == red


def test_no_lot_where_the_order_changes_nothing() -> None:
    apart = case(["50", "50"], {"a": 5, "b": 5}, "100")
    assert called(apart, count(SHARES, apart).winners) == ["a", "b"]
    other = apart._replace(options=apart.options[::-1])
    assert count(SHARES, other).winners == count(SHARES, apart).winners


def test_shares_are_raised_while_it_can_be_paid_for() -> None:
    """Ten voters have 10 each. b needs 15 of each of its four: raised by 5 they have it."""
    raised = case(["36", "60"], {"a": 6, "b": 4}, "100")
    assert called(raised, count(SHARES, raised, completion="none").winners) == ["a"]
    assert called(raised, count(SHARES, raised).winners) == ["a", "b"]
    bounded = raised._replace(budget="95")
    assert called(bounded, count(SHARES, bounded).winners) == ["a"]


def test_a_lonely_costly_project_is_reached_in_no_time() -> None:
    lonely = case(["10", "80000"], {"a": 999, "b": 1}, "100000")
    assert called(lonely, count(SHARES, lonely).winners) == ["a", "b"]
    both = case(["10", "80000", "79000"], {"a": 999, "bc": 1}, "200000")
    assert called(both, count(SHARES, both).winners) == ["a", "c", "b"]
    two = case(["80000", "79999.99", "150000"], {"abc": 1, "c": 999}, "200000")
    assert called(two, count(SHARES, two).winners) == ["c"]


def test_nothing_that_can_be_paid_for() -> None:
    poor = case(["90", "80"], {"a": 3, "b": 2}, "50")
    for way in (GREEDY, SHARES):
        found = count(way, poor)
        assert found.carried is False
        assert (found.figures["o1"], found.figures["o2"]) == (3, 2)


@pytest.mark.parametrize("cost", ["", "0", "0.00", "-1", "1.234", "1e3", "ten", "1,000", "٣"])
def test_a_project_says_what_it_costs(cost: str) -> None:
    with pytest.raises(Invalid) as refused:
        GREEDY.rule({}, [Option("o1", "a", cost), Option("o2", "b", "1")])
    assert "options" in refused.value.fields


@pytest.mark.parametrize("typed", ["0", "0.000", "-5", "1e9", "lots", "1234567890123"])
@pytest.mark.parametrize("name", ["budget", "step"])
def test_amounts_that_are_none(name: str, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        SHARES.rule({name: typed}, [Option("o1", "a", "1"), Option("o2", "b", "1")])
    assert name in refused.value.fields


@settings(deadline=None)
@given(st.integers(0, 10**14 - 1))
def test_amounts_are_read_as_they_are_written(amount: int) -> None:
    assert hundredths(written(amount)) == amount
    assert hundredths(f"{amount // 100}.{amount % 100:02}") == amount


def slowly(costs: Sequence[int], ballots: Sequence[frozenset[int]], share: Fraction) -> list[int]:
    """Equal shares voter by voter, as the rule is written; the first of those that are equal."""
    money = [share] * len(ballots)
    bought: list[int] = []
    while True:
        prices: dict[int, Fraction] = {}
        for at, cost in enumerate(costs):
            fans = sorted(money[n] for n, ballot in enumerate(ballots) if at in ballot)
            if at in bought or sum(fans) < cost:
                continue
            rest = Fraction(cost)
            for n, have in enumerate(fans):
                if have * (len(fans) - n) >= rest:
                    prices[at] = rest / (len(fans) - n)
                    break
                rest -= have
        if not prices:
            return bought
        support = Counter(at for ballot in ballots for at in ballot)
        best = min(prices, key=lambda at: (prices[at] / costs[at], -support[at], costs[at]))
        for n, ballot in enumerate(ballots):
            if best in ballot:
                money[n] -= min(money[n], prices[best])
        bought.append(best)


COSTS = st.lists(st.integers(1, 60), min_size=2, max_size=6)


@settings(deadline=None)
@given(data=st.data(), costs=COSTS, budget=st.integers(1, 150), lot=st.sampled_from(["", "9"]))
def test_equal_shares_as_the_rule_is_written(
    data: st.DataObject, costs: list[int], budget: int, lot: str
) -> None:
    picks = st.frozensets(st.integers(0, len(costs) - 1), min_size=1)
    ballots = data.draw(st.lists(picks, min_size=1, max_size=12))
    options = [Option(f"o{n}", f"p{n}", str(cost)) for n, cost in enumerate(costs)][::-1]
    options = [one._replace(id=f"o{int(one.id[1:]) + 1}") for one in options]
    counts = Counter(marks.write_picks(f"o{at + 1}" for at in ballot) for ballot in ballots)
    of = Case(options, counts, str(budget), frozenset())
    share = Fraction(budget, len(ballots))
    plain, full = (count(SHARES, of, lot, completion=way) for way in ("none", "add1"))
    for found in (plain, full):
        assert sum(costs[int(ident[1:]) - 1] for ident in found.winners) <= budget
    if plain.ties or (lot and any("equal" in w.text for r in plain.rounds for w in r.said)):
        return
    assert {*plain.winners} == {f"o{at + 1}" for at in slowly(costs, ballots, share)}
    wanted = frozenset[int]().union(*ballots)
    last = slowly(costs, ballots, share)
    for raised in range(1, 200):
        spent = sum(costs[at] for at in last)
        if all(spent + costs[at] > budget for at in wanted - {*last}):
            break
        more = slowly(costs, ballots, share + raised)
        if sum(costs[at] for at in more) > budget:
            break
        last = more
    if full.carried is not None and not lot:
        assert {*full.winners} == {f"o{at + 1}" for at in last}


@settings(deadline=None)
@given(
    counts=st.dictionaries(
        st.sets(st.sampled_from(["o1", "o2", "o3", "o4"]), min_size=1).map(marks.write_picks),
        st.integers(1, 10**9),
        min_size=1,
    ),
    budget=st.integers(1, 10**6),
)
def test_greedy_leaves_nothing_out_that_fits(counts: dict[str, int], budget: int) -> None:
    costs = {"o1": 120, "o2": 4000, "o3": 70_000, "o4": 650_000}
    options = [Option(ident, f"p{ident}", str(cost)) for ident, cost in costs.items()]
    found = count(GREEDY, Case(options, counts, str(budget), frozenset()), "7")
    left = budget - sum(costs[ident] for ident in found.winners)
    assert left >= 0
    wanted = {ident for text in counts for ident in marks.picks(text)}
    assert all(costs[ident] > left for ident in wanted - {*found.winners})
