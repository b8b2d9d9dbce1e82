"""Schulze, ranked pairs, minimax and Borda: real elections, textbook cases, invariants."""

from itertools import pairwise, permutations, product
from typing import Any

import numpy as np
import pytest
from comparing import (
    FORTY_FIVE,
    IDS,
    MEASURES,
    PROFILES,
    brute,
    counted,
    lettered,
    options,
    smith,
    strengths,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from rankings import known, real

from forum.base import i18n
from voting.methods.common import pairwise as compared
from voting.methods.common import profile
from voting.methods.common.pairwise import Duels
from voting.methods.common.result import Frame
from voting.methods.method import method
from voting.methods.schulze import METHOD as SCHULZE
from voting.methods.schulze import strongest

ELECTIONS = [
    *("burlington_2009_mayor.toi", "oakland_2010_mayor.toi", "aspen_2009_mayor.toi"),
    *("debian_2010_dpl.soi", "dublin_west_2002_3seats.soi", "alaska_2022_special.soi"),
    *("42.blt", "513.blt", "SC.blt", "Baillieston-2007.blt", "Govan-2007.blt"),
    *("Hillhead-2007.blt", "Langside-2007.blt", "Partick-West-2007.blt"),
    *("weak-defeat.blt", "weak-surplus.blt"),
]
EXPECTED = {
    "schulze": "schulze",
    "ranked_pairs": "ranked_pairs",
    "minimax": "minimax_margins",
    "borda": "borda_from_pairwise",
}
CONDORCET = ("schulze", "ranked_pairs", "minimax")


@pytest.mark.parametrize("file", ELECTIONS)
def test_real_elections(file: str) -> None:
    wanted_of, counts = known(file), real(file).votes
    names = wanted_of["candidates"]
    assert sum(counts.values()) == wanted_of["ballots"]
    for name, key in EXPECTED.items():
        found = counted(name, counts, names)
        wanted = wanted_of[key] if isinstance(wanted_of[key], list) else [wanted_of[key]]
        assert [names[int(ident[1:]) - 1] for ident in found.winners] == wanted
        assert found.ties == ()
        table = [
            [found.pairs[one.id].get(other.id, 0) for other in options(names)]
            for one in options(names)
        ]
        assert table == wanted_of["pairwise"]
    if wanted_of["condorcet"] is not None:
        for name, measure in product(CONDORCET, MEASURES):
            first = counted(name, counts, names, measure=measure).winners[0]
            assert names[int(first[1:]) - 1] == wanted_of["condorcet"]


def test_the_measure_decides_in_govan() -> None:
    names, counts = known("Govan-2007.blt")["candidates"], real("Govan-2007.blt").votes
    first = {"winning": "John Flanagan", "margins": "Stephen Dornan"}
    for name, measure in product(CONDORCET, MEASURES):
        found = counted(name, counts, names, measure=measure)
        assert names[int(found.winners[0][1:]) - 1] == first[measure]


def test_forty_five_voters() -> None:
    counts, names = lettered(FORTY_FIVE), list("ABCDE")
    with i18n.using("en"):
        found = counted("schulze", counts, names)
        assert found.winners == ("o5",)
        said = [words.say() for words in found.explanation]
        assert (
            "One against one C leads against E by 24 to 21. But the strongest chain from E to C "
            "has 28, the one back only 24."
        ) in said
        assert "From the first to the last: E, then A, then C, then B, then D." in said
        found = counted("ranked_pairs", counts, names)
        assert found.winners == ("o1",)
        said = [words.say() for words in found.explanation]
        assert sum(text.startswith("Left out") for text in said) == 3
        assert "From the first to the last: A, then C, then E, then B, then D." in said
    assert counted("minimax", counts, names).winners == ("o5",)


def test_strongest_chains_of_the_forty_five() -> None:
    """The table p[i, j] of the same page."""
    table = profile.ranked(lettered(FORTY_FIVE), ["o1", "o2", "o3", "o4", "o5"])
    duels = Duels(table.ids, compared.matrix(table), 45)
    paths = strongest(duels.strengths("winning"))
    np.fill_diagonal(paths, 0)
    assert paths.tolist() == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]


def test_left_out_counts_below_and_equal() -> None:
    found = counted("borda", {"o2": 3, "o1=o3": 1}, list("ABC"))
    assert found.pairs == {
        "o1": {"o2": 1, "o3": 0},
        "o2": {"o1": 3, "o3": 3},
        "o3": {"o1": 0, "o2": 1},
    }
    # halves: B 3·4 + 0; A and C 3·1 + 1·3 each
    assert found.rounds[0].counts == {"o1": 6, "o2": 12, "o3": 6}
    assert found.rounds[0].scale == 2


def test_borda_can_pass_over_whom_a_majority_prefers() -> None:
    """Three of five put A before B, but B stands high with everybody."""
    counts = lettered({"ABCD": 3, "BCDA": 2})
    assert counted("borda", counts, list("ABCD")).winners == ("o2",)
    assert counted("schulze", counts, list("ABCD")).winners == ("o1",)


@pytest.mark.parametrize("name", EXPECTED)
def test_even_options_are_tied_and_drawn(name: str) -> None:
    counts = lettered({"ABC": 2, "BAC": 2})
    found = counted(name, counts, list("ABC"))
    assert (found.winners, found.ties, found.carried) == ((), ("o1", "o2"), None)
    seeds = [counted(name, counts, list("ABC"), lot=str(seed)) for seed in range(20)]
    assert {one.winners for one in seeds} == {("o1",), ("o2",)}
    with i18n.using("en"):
        said = " ".join(words.say() for words in seeds[0].rounds[0].said)
    assert "A and B are level: the lot from the announced seed chose" in said


@pytest.mark.parametrize("name", EXPECTED)
def test_edges(name: str) -> None:
    assert counted(name, {"": 4}, list("AB")).carried is False
    assert counted(name, {"": 4}, list("AB")).winners == ()
    alone = counted(name, {"o3": 1, "": 8}, list("ABC"))
    assert alone.winners == ("o3",)
    level = counted(name, {"o1=o2=o3": 5}, list("ABC"))
    assert level.ties == ("o1", "o2", "o3")


@given(counts=PROFILES, cells=st.integers(1, 20))
@settings(deadline=None)
def test_matrix(counts: dict[str, int], cells: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compared, "CELLS", cells)
        found = compared.matrix(profile.ranked(counts, IDS))
    table = brute(counts)
    for (one, other), votes in table.items():
        assert found[IDS.index(one), IDS.index(other)] == votes
    assert found.diagonal().tolist() == [0] * len(IDS)


@given(counts=PROFILES)
@settings(deadline=None)
def test_who_beats_everybody_wins(counts: dict[str, int]) -> None:
    table = brute(counts)
    best = [a for a in IDS if all(table[a, b] > table[b, a] for b in IDS if b != a)]
    for name, measure in product(CONDORCET, MEASURES):
        found = counted(name, counts, list("ABCD"), measure=measure)
        if best:
            assert found.winners == (best[0],)
        if name != "minimax":
            assert {*found.winners, *found.ties} <= smith(table)


@given(counts=PROFILES)
@settings(deadline=None)
def test_smith_set(counts: dict[str, int]) -> None:
    table = profile.ranked(counts, IDS)
    duels = Duels(table.ids, compared.matrix(table), 0)
    assert {IDS[at] for at in duels.smith()} == smith(brute(counts))


@given(
    votes=st.lists(st.integers(0, 9), min_size=12, max_size=12), measure=st.sampled_from(MEASURES)
)
@settings(deadline=None)
def test_schulze_by_all_chains(votes: list[int], measure: str) -> None:
    table = dict(zip(permutations(IDS, 2), votes, strict=True))
    duels = Duels(IDS, np.zeros((4, 4), dtype=np.int64), 9)
    for (one, other), number in table.items():
        duels.table[IDS.index(one), IDS.index(other)] = number
    links = strengths(table, measure)
    best = {
        (one, other): max(
            min(links.get(step, 0) for step in pairwise((one, *between, other)))
            for size in range(3)
            for between in permutations(set(IDS) - {one, other}, size)
        )
        for one, other in permutations(IDS, 2)
    }
    wanted = {a for a in IDS if all(best[a, b] >= best[b, a] for b in IDS if b != a)}
    called = dict(zip(IDS, "ABCD", strict=True))
    found = SCHULZE.compare(duels, {"measure": measure}, Frame(9), called)
    assert set(found.best) == wanted


@given(counts=PROFILES, measure=st.sampled_from(MEASURES))
@settings(deadline=None)
def test_minimax_by_the_worst_defeat(counts: dict[str, int], measure: str) -> None:
    links = strengths(brute(counts), measure)
    worst = {b: max(links.get((a, b), 0) for a in IDS if a != b) for b in IDS}
    found = counted("minimax", counts, list("ABCD"), measure=measure)
    assert {*found.winners, *found.ties} == {a for a in IDS if worst[a] == min(worst.values())}
    assert found.rounds[0].counts == worst


@given(counts=PROFILES)
@settings(deadline=None)
def test_every_ballot_gives_as_many_borda_points(counts: dict[str, int]) -> None:
    found = counted("borda", counts, list("ABCD"))
    assert sum(found.rounds[0].counts.values()) == 12 * sum(counts.values())


def test_the_rule_names_the_measure() -> None:
    said: dict[Any, str] = {}
    for name, measure in product(CONDORCET, MEASURES):
        way = method(name)
        rule = way.rule({"measure": measure}, options(["A", "B"]))
        with i18n.using("en"):
            said[measure] = " ".join(words.say() for words in way.describe(rule))
        assert ("lead of its winning side" in said[measure]) == (measure == "margins")
    assert method("schulze").rule({}, options(["A", "B"]))["measure"] == "winning"
    assert method("ranked_pairs").rule({}, options(["A", "B"]))["measure"] == "margins"
    assert method("minimax").rule({}, options(["A", "B"]))["measure"] == "margins"
