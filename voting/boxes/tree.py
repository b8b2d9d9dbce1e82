"""The commitment tree (RFC 6962): its root, proofs of inclusion, and their check. Pure.

A leaf is SHA-256(0x00 ‖ data), an inner node SHA-256(0x01 ‖ left ‖ right); hashes are hexadecimal.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple


class Proof(NamedTuple):
    """That a leaf stands at a place in a tree of a size: the hashes beside its way to the root."""

    place: int
    size: int
    path: tuple[str, ...]


def leaf(data: bytes) -> str:
    """The hash of a leaf: of a ballot, its commitment."""
    return sha256(b"\0" + data).hexdigest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _up(level: Sequence[bytes]) -> list[bytes]:
    """The level above; a last one without a partner goes up as it is, as RFC 6962 splits."""
    above = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    if len(level) % 2:
        above.append(level[-1])
    return above


class Growing:
    """A tree whose leaves come one after the other: of it only its whole subtrees are kept."""

    def __init__(self) -> None:
        self._whole: list[bytes | None] = []  # by height, at most one of each

    def add(self, leaves: Iterable[str]) -> None:
        """More leaves, after those that there are."""
        whole = self._whole
        for one in leaves:
            node, height = bytes.fromhex(one), 0
            while height < len(whole) and (left := whole[height]) is not None:
                node, whole[height] = _node(left, node), None
                height += 1
            if height == len(whole):
                whole.append(node)
            else:
                whole[height] = node

    def root(self) -> str:
        """The root over what there is, split where RFC 6962 splits."""
        node: bytes | None = None
        for one in self._whole:
            if one is not None:
                node = one if node is None else _node(one, node)
        return sha256(b"").hexdigest() if node is None else node.hex()


def root(leaves: Iterable[str]) -> str:
    """The root over leaves in their order."""
    tree = Growing()
    tree.add(leaves)
    return tree.root()


def prove(leaves: Sequence[str], index: int) -> Proof:
    """The proof for the leaf at an index."""
    level = [bytes.fromhex(one) for one in leaves]
    path: list[str] = []
    place = index
    while len(level) > 1:
        beside = place ^ 1
        if beside < len(level):
            path.append(level[beside].hex())
        level = _up(level)
        place //= 2
    return Proof(index, len(leaves), tuple(path))


def includes(root: str, leaf: str, proof: Proof) -> bool:
    """Whether the proof leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= proof.place < proof.size:
        return False
    place, last = proof.place, proof.size - 1
    node = bytes.fromhex(leaf)
    for step in proof.path:
        if last == 0:
            return False
        beside = bytes.fromhex(step)
        if place % 2 or place == last:
            node = _node(beside, node)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            node = _node(node, beside)
        place, last = place // 2, last // 2
    return last == 0 and node.hex() == root
