"""Where given votes go: pure, against a plain walk, and whatever the order of the rows."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from voting.delegations.models import Fate, Scope
from voting.delegations.rules import Way, Word, resolve, specific

PEOPLE = st.integers(1, 12)
GIVEN = st.dictionaries(PEOPLE, PEOPLE, max_size=12).map(
    lambda found: {giver: to for giver, to in found.items() if giver != to}
)
VOTED = st.dictionaries(PEOPLE, st.booleans(), max_size=12)


def walked(given: dict[int, int], voted: dict[int, bool], giver: int) -> Way:
    """The rule as one would do it by hand."""
    here, met, steps, abstained = giver, {giver}, 0, None
    while here in given:
        here, steps = given[here], steps + 1
        if voted.get(here):
            return Way(Fate.CAST, here, steps)
        if here in voted and abstained is None:
            abstained = Way(Fate.ABSTAINED, here, steps)
        if here in met:
            return abstained or Way(Fate.CYCLE, None, steps)
        met.add(here)
    return abstained or Way(Fate.NOBODY, None, steps)


@settings(max_examples=300)
@given(GIVEN, VOTED)
def test_it_is_the_plain_walk(gives: dict[int, int], voted: dict[int, bool]) -> None:
    found = resolve(gives, voted)
    assert found.keys() == gives.keys() - voted.keys()
    for giver, way in found.items():
        by_hand = walked(gives, voted, giver)
        assert way[:2] == by_hand[:2]
        if way.holder is not None:
            assert way.steps == by_hand.steps


@settings(max_examples=300)
@given(GIVEN, VOTED, st.integers(1, 4), st.randoms(use_true_random=False))
def test_no_order_decides_and_the_cap_holds(
    gives: dict[int, int], voted: dict[int, bool], cap: int, rng: random.Random
) -> None:
    found = resolve(gives, voted, cap)
    rows, votes = list(gives.items()), list(voted.items())
    rng.shuffle(rows)
    rng.shuffle(votes)
    assert resolve(dict(rows), dict(votes), cap) == found
    free = resolve(gives, voted)
    for holder in {way.holder for way in free.values() if way.holder}:
        coming = {one: way.steps for one, way in free.items() if way.holder == holder}
        carried = {one for one in coming if found[one].holder == holder}
        assert len(carried) <= cap
        # whoever is as near as one who is carried is carried as well
        far = max((coming[one] for one in carried), default=0)
        assert carried == {one for one, steps in coming.items() if steps <= far}
        left = [steps for one, steps in coming.items() if one not in carried]
        if left:  # the next distance would have been too many
            nearest = min(left)
            assert len(carried) + left.count(nearest) > cap
            assert all(found[one].fate is Fate.TOO_MANY for one in coming.keys() - carried)
    others = {one for one, way in free.items() if way.holder is None}
    assert {one: found[one] for one in others} == {one: free[one] for one in others}


def test_one_after_another() -> None:
    gives = {1: 2, 2: 3, 3: 4, 5: 4}
    assert resolve(gives, {4: True}) == {
        1: Way(Fate.CAST, 4, 3),
        2: Way(Fate.CAST, 4, 2),
        3: Way(Fate.CAST, 4, 1),
        5: Way(Fate.CAST, 4, 1),
    }
    assert resolve(gives, {2: True, 4: True})[1].holder == 2
    assert resolve(gives, {2: False, 4: True})[1] == Way(Fate.CAST, 4, 3)
    assert resolve(gives, {2: False, 4: False})[1] == Way(Fate.ABSTAINED, 2, 1)
    assert resolve(gives, {2: False})[1] == Way(Fate.ABSTAINED, 2, 1)
    assert resolve(gives, {})[1].fate is Fate.NOBODY


def test_a_ring_represents_nobody_unless_somebody_in_it_votes() -> None:
    ring = {1: 2, 2: 3, 3: 1, 4: 1}
    assert {way.fate for way in resolve(ring, {}).values()} == {Fate.CYCLE}
    assert {way.holder for way in resolve(ring, {2: True}).values()} == {2}
    assert resolve(ring, {2: False})[4] == Way(Fate.ABSTAINED, 2, 2)


def test_the_nearer_fill_the_cap_by_whole_distances() -> None:
    gives = {2: 1, 3: 1, 4: 2, 5: 2, 6: 4}
    found = resolve(gives, {1: True}, cap=3)
    assert {one for one, way in found.items() if way.fate is Fate.CAST} == {2, 3}
    assert {one for one, way in found.items() if way.fate is Fate.TOO_MANY} == {4, 5, 6}
    assert all(way.fate is Fate.CAST for way in resolve(gives, {1: True}, cap=4).values()) is False
    assert all(way.fate is Fate.CAST for way in resolve(gives, {1: True}, cap=5).values())


@given(st.permutations(range(100)))
def test_a_hundred_in_any_order(order: list[int]) -> None:
    gives = {n: n // 3 for n in range(1, 100)}
    votes = {0: True, 5: False, 11: True}
    assert resolve({n: gives[n] for n in order if n}, votes, 20) == resolve(gives, votes, 20)


@given(st.lists(st.tuples(PEOPLE, PEOPLE, st.sampled_from(Scope)), max_size=30))
def test_the_most_specific_word_counts(rows: list[tuple[int, int, Scope]]) -> None:
    words = {(giver, scope): Word(giver, to, scope) for giver, to, scope in rows}
    found = specific(words.values())
    assert found == specific(reversed(list(words.values())))
    for giver, to in found.items():
        mine = [scope for one, scope in words if one == giver]
        best = next(scope for scope in Scope if scope in mine)
        assert words[giver, best].delegate == to


def test_five_thousand_in_one_line() -> None:
    gives = {n: n - 1 for n in range(1, 5000)}
    found = resolve(gives, {0: True})
    assert found[4999] == Way(Fate.CAST, 0, 4999)
