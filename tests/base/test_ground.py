"""Canonical bytes, clock, references, languages, links, limits."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cast import Cast
from hypothesis import given
from hypothesis import strategies as st

from forum.base import clock, i18n, links, refs
from forum.base.canonical import canonical
from forum.base.db import Db, reading, transaction
from forum.base.links import Relation, link, linked

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(values, st.randoms())
def test_canonical_bytes_do_not_depend_on_the_order_of_names(value: object, random: object) -> None:
    def shuffled(node: object) -> object:
        if isinstance(node, dict):
            names = list(node)
            random.shuffle(names)  # type: ignore[attr-defined]
            return {name: shuffled(node[name]) for name in names}
        return [shuffled(item) for item in node] if isinstance(node, list) else node

    assert canonical(shuffled(value)) == canonical(value)


def test_canonical_form_is_the_standards() -> None:
    # RFC 8785, 3.2.3: names sort by UTF-16 code units.
    assert canonical({"\u20ac": 1, "\r": 2, "\U0001f600": 3, "1": 4}) == (
        '{"\\r":2,"1":4,"€":1,"😀":3}'.encode()
    )
    with pytest.raises(TypeError):
        canonical({"share": 0.5})


@pytest.mark.parametrize("bad", ["", "item", "item:", ":3", "item:x", "it em:3", "item:-3"])
def test_what_is_no_reference_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="not a reference"):
        refs.parse(bad)


def test_times_travel_and_print() -> None:
    moment = datetime(2026, 3, 5, 11, 2, tzinfo=UTC)
    with clock.at(moment):
        assert clock.now() == moment
    assert clock.parse(clock.iso(moment)) == moment
    with i18n.using("zh_Hans_CN"):
        assert i18n.datetime_(moment, "Asia/Shanghai").startswith("2026年3月5日 19:02（")
    with i18n.using("en"):
        assert "19:02" in i18n.datetime_(moment, "Asia/Shanghai")


@pytest.mark.parametrize(
    ("accept", "lang"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh_Hans_CN"),
        ("fr,en;q=0.5,zh;q=0.7", "zh_Hans_CN"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh_Hant_TW"),
        ("zh-HK", "zh_Hant_TW"),
        ("zh-Hant-MO, en;q=0.9", "zh_Hant_TW"),
        ("zh-Hans-HK, zh-TW;q=0.5", "zh_Hans_CN"),
        ("zh-SG", "zh_Hans_CN"),
        ("en-XA, ar-XB;q=0.9", "en"),
        ("fr;q=abc,;;;,en;q=0.1", "en"),
    ],
)
def test_the_browsers_language_is_taken(accept: str, lang: str) -> None:
    assert i18n.choose(None, accept=accept) == lang


def test_links_are_read_both_ways_and_once(tx: Db) -> None:
    link(tx, "task:1", Relation.FULFILS, "decision:1")
    link(tx, "task:1", Relation.FULFILS, "decision:1")
    assert linked(tx, "task:1") == ["decision:1"]
    assert linked(tx, "decision:1", Relation.FULFILS, "in") == ["task:1"]


def test_a_chain_goes_up_and_down_but_not_sideways(cast: Cast, data: Path) -> None:
    item, place = f"item:{cast.item}", cast.place
    with transaction() as tx:
        link(tx, "item:77", Relation.PART_OF, place)  # another item of the same consultation
    with reading() as db:
        assert [step.ref for step in links.chain(db, cast.bob, item)] == [place, item]
        assert [step.ref for step in links.chain(db, cast.bob, place)] == [place]
