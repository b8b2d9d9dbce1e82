"""The commitment tree against RFC 6962's own test vectors, and every proof against every leaf."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.boxes import tree
from voting.boxes.tree import Proof

# The leaves and roots of the reference implementation (certificate-transparency, merkletree tests).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_roots_are_those_of_the_reference() -> None:
    leaves = [tree.leaf(data) for data in LEAVES]
    assert [tree.root(leaves[:n]) for n in range(1, 9)] == ROOTS
    assert tree.root([]) == sha256(b"").hexdigest()


@pytest.mark.parametrize("size", range(1, 34))
def test_every_leaf_is_proved_and_nothing_else(size: int) -> None:
    leaves = [tree.leaf(bytes([n])) for n in range(size)]
    root = tree.root(leaves)
    for place, leaf in enumerate(leaves):
        proof = tree.prove(leaves, place)
        assert tree.includes(root, leaf, proof)
        assert not tree.includes(root, tree.leaf(b"another"), proof)
        assert not tree.includes(tree.leaf(b"another root"), leaf, proof)
        for wrong in (
            Proof(place, size + 1, proof.path) if size & (size - 1) == 0 else None,
            Proof(size, size, proof.path),
            Proof(place, size, (*proof.path, leaf)),
            Proof(place, size, proof.path[:-1]) if proof.path else None,
        ):
            assert wrong is None or not tree.includes(root, leaf, wrong)


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=40, unique=True), st.data())
def test_any_change_changes_the_root(texts: list[bytes], data: st.DataObject) -> None:
    leaves = sorted(tree.leaf(text) for text in texts)
    root = tree.root(leaves)
    at = data.draw(st.integers(0, len(leaves) - 1))
    assert tree.root(leaves[:at] + leaves[at + 1 :]) != root
    assert tree.root([*leaves, leaves[at]]) != root
    assert tree.root([*leaves[:at], tree.leaf(b"changed"), *leaves[at + 1 :]]) != root
