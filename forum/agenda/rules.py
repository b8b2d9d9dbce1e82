"""The life of an item, and where items stand in the tree: pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from forum.agenda.models import ItemState
from forum.consultations.models import Stage

S = ItemState

# Everything that may happen to an item's state; what is not here is refused.
NEXT: Mapping[ItemState, frozenset[ItemState]] = {
    S.PROPOSED: frozenset({S.PLANNED, S.DECLINED, S.WITHDRAWN}),
    S.PLANNED: frozenset({S.OPEN, S.POSTPONED, S.WITHDRAWN}),
    S.OPEN: frozenset({S.DEBATE, S.VOTING, S.CLOSED, S.POSTPONED, S.WITHDRAWN}),
    S.DEBATE: frozenset({S.VOTING, S.CLOSED, S.POSTPONED, S.WITHDRAWN}),
    S.VOTING: frozenset({S.DECIDED, S.DEBATE, S.POSTPONED}),
    S.DECIDED: frozenset({S.CLOSED, S.VOTING}),
    S.CLOSED: frozenset({S.OPEN}),
    S.POSTPONED: frozenset({S.PLANNED, S.OPEN, S.WITHDRAWN}),
    S.WITHDRAWN: frozenset({S.PLANNED}),
    S.DECLINED: frozenset({S.PLANNED}),
}

# Where an item ends, or goes back, everybody is told why.
REASONED = frozenset({S.DECLINED, S.WITHDRAWN, S.POSTPONED})
# In these states there is something to argue about.
ARGUABLE = frozenset({S.PROPOSED, S.PLANNED, S.OPEN, S.DEBATE})
# Only in these is an item's text still in hand: what has been voted on stays as it was.
EDITABLE = frozenset({S.PROPOSED, S.PLANNED, S.OPEN, S.DEBATE, S.POSTPONED})

# What does not stand on a printed agenda: not yet, or no longer.
OFF_AGENDA = frozenset({S.PROPOSED, S.WITHDRAWN, S.DECLINED})

DEPTH_MOST = 4
ITEMS_MOST = 500
SIBLINGS_MOST = 9999


class Node(NamedTuple):
    """What an item's place in the tree is made of."""

    id: int
    parent_id: int | None
    position: int


class Place(NamedTuple):
    """An item's place: `path` sorts as the agenda reads."""

    path: str
    depth: int
    position: int


def may_become(state: ItemState, target: ItemState) -> bool:
    """Whether the state machine has this step."""
    return target in NEXT[state]


def may_return(state: ItemState, target: ItemState) -> bool:
    """Whether an ending that was found wrong is taken back: it is again what it was before."""
    return state in (S.WITHDRAWN, S.DECLINED) and may_become(target, state)


def needs_reason(state: ItemState, target: ItemState) -> bool:
    """Whether the step must say why: endings, and going back behind a vote or an ending."""
    back = (S.VOTING, S.DEBATE), (S.DECIDED, S.VOTING), (S.CLOSED, S.OPEN)
    return target in REASONED or (state, target) in back or state in (S.WITHDRAWN, S.DECLINED)


def may_arrange(stage: Stage) -> bool:
    """Whether moderators may still add, edit and move items."""
    return stage is not Stage.CLOSED


def arranged(nodes: Iterable[Node]) -> dict[int, Place]:
    """The place of every item, siblings numbered from 1 without gaps."""
    children: dict[int | None, list[Node]] = {}
    for node in nodes:
        children.setdefault(node.parent_id, []).append(node)
    placed: dict[int, Place] = {}
    waiting: list[tuple[int | None, str, int]] = [(None, "", 0)]
    while waiting:
        parent, prefix, depth = waiting.pop()
        siblings = sorted(children.get(parent, ()), key=lambda node: (node.position, node.id))
        for position, node in enumerate(siblings, 1):
            path = f"{prefix}{position:04d}"
            placed[node.id] = Place(path, depth, position)
            waiting.append((node.id, path, depth + 1))
    return placed


def moved(nodes: Sequence[Node], item: int, parent: int | None, position: int) -> list[Node] | None:
    """The nodes with one item put elsewhere; None where it would stand under itself or nowhere."""
    by_id = {node.id: node for node in nodes}
    above = parent
    while above is not None:
        if above == item or above not in by_id:
            return None
        above = by_id[above].parent_id
    rest = sorted(
        (node for node in nodes if node.parent_id == parent and node.id != item),
        key=lambda node: (node.position, node.id),
    )
    place = max(0, min(position - 1, len(rest)))
    order = [*rest[:place], by_id[item], *rest[place:]]
    numbered = {node.id: Node(node.id, parent, at) for at, node in enumerate(order, 1)}
    return [numbered.get(node.id, node) for node in nodes]


def number(path: str) -> str:
    """An item's number as people say it: 2.1.3."""
    return ".".join(str(int(path[at : at + 4])) for at in range(0, len(path), 4))
