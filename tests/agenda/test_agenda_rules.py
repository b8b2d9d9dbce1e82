"""The life of items and their places in the tree: pure."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.agenda import rules
from forum.agenda.models import ItemState
from forum.agenda.rules import Node


@st.composite
def trees(draw: st.DrawFn) -> list[Node]:
    """A tree of up to twelve items, in any order of ids and positions."""
    nodes: list[Node] = []
    for ident in range(1, draw(st.integers(1, 12)) + 1):
        parents = st.sampled_from([None, *(node.id for node in nodes)])
        nodes.append(Node(ident, draw(parents), draw(st.integers(0, 5))))
    return nodes


@given(trees())
def test_an_agenda_reads_in_the_order_of_its_paths(nodes: list[Node]) -> None:
    placed = rules.arranged(nodes)
    assert set(placed) == {node.id for node in nodes}
    assert len({spot.path for spot in placed.values()}) == len(nodes)
    for node in nodes:
        spot = placed[node.id]
        assert spot.depth == len(spot.path) // 4 - 1
        if node.parent_id is not None:
            assert spot.path.startswith(placed[node.parent_id].path)


@given(trees(), st.data())
def test_moving_keeps_every_item_and_never_makes_a_ring(
    nodes: list[Node], data: st.DataObject
) -> None:
    idents = [node.id for node in nodes]
    item = data.draw(st.sampled_from(idents))
    parent = data.draw(st.sampled_from([None, *idents]))
    position = data.draw(st.integers(1, 14))
    before = rules.arranged(nodes)
    moved = rules.moved(nodes, item, parent, position)
    under_itself = parent is not None and before[parent].path.startswith(before[item].path)
    assert (moved is None) == under_itself
    if moved is not None:
        after = rules.arranged(moved)
        assert set(after) == set(before)
        siblings = sum(1 for node in moved if node.parent_id == parent)
        assert after[item].position == min(position, siblings)


def test_the_life_of_the_reference() -> None:
    life = "proposed planned open debate voting decided closed".split()
    for state, target in pairwise(map(ItemState, life)):
        assert rules.may_become(state, target)
        assert not rules.needs_reason(state, target)


@pytest.mark.parametrize("state", ItemState)
def test_no_item_is_stuck_and_none_stays_by_a_step(state: ItemState) -> None:
    assert rules.NEXT[state]
    assert state not in rules.NEXT[state]


@pytest.mark.parametrize("state", ItemState)
def test_ends_that_disappoint_say_why(state: ItemState) -> None:
    for target in rules.NEXT[state] & {
        ItemState.DECLINED,
        ItemState.WITHDRAWN,
        ItemState.POSTPONED,
    }:
        assert rules.needs_reason(state, target)


def test_numbers_are_as_people_say_them() -> None:
    assert rules.number("000200010012") == "2.1.12"
