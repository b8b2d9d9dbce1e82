"""Drawing: exact places, nothing lost by rounding, nothing over anything else, words for all."""

import re
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from forum.base import geometry, pictures
from forum.base.geometry import FINE
from forum.base.pictures import Bar, Event, Lane, Mark, Tick

SHEET = Path(__file__).resolve().parents[2] / "static/css/components/pictures.css"
counts = st.lists(st.integers(0, 10**6), min_size=1, max_size=8)
intervals = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 200)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=20,
)


@given(counts)
def test_pieces_fill_the_bar(parts: list[int]) -> None:
    """They begin at the left edge, follow each other and end at the right one."""
    whole = sum(parts)
    edges = geometry.cuts(parts, whole)
    assert edges[0] == 0
    assert edges == sorted(edges)
    assert edges[-1] == (FINE if whole else 0)
    for part, left, right in zip(parts, edges, edges[1:], strict=False):
        if whole:
            assert abs((right - left) * whole - part * FINE) <= whole  # off by a position at most


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_place_is_rounded_to_the_nearest(part: int, whole: int) -> None:
    assert abs(2 * (geometry.place(part, whole) * whole - part * FINE)) <= whole


def test_what_is_no_more_reaches_no_further() -> None:
    """A vote below the line is drawn below it, one that reaches it at it."""
    needed, base = 14, 21
    assert geometry.place(13, base) < geometry.place(needed, base) == geometry.place(14, base)


@given(intervals)
def test_rows_keep_things_apart_and_are_few(extents: list[tuple[int, int]]) -> None:
    rows = geometry.packed(extents)
    for at, (start, end) in enumerate(extents):
        for other in range(at):
            if rows[other] == rows[at]:
                assert extents[other][1] < start or end < extents[other][0]
    # As many rows as lie over one point, no more.
    over = [sum(a <= point <= b for a, b in extents) for point, _end in extents]
    assert max(rows, default=-1) + 1 == max(over, default=0)


@given(st.text(max_size=60), st.integers(20, 300))
def test_a_shortened_text_fits(text: str, most: int) -> None:
    short = geometry.shortened(text, most)
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
    assert geometry.tenths(short) <= most


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 20_000))
def test_ticks_are_few_and_lie_between(first: date, days: int) -> None:
    last = first + timedelta(days)
    found = geometry.ticks(first, last)
    assert len(found) <= 8
    assert all(first.replace(day=1) <= day <= last for day in found)
    assert found == sorted(set(found))
    assert found or days >= 14  # weeks and less are never without one


def drawn(svg: Markup) -> ET.Element:
    """The picture as XML; it is whole, and says nothing that the page's policy forbids."""
    assert not re.search(r"\sstyle=|\son\w+=|\sid=|<script|<style", svg)
    return ET.fromstring(svg)


def test_a_vote_is_drawn_with_its_line_and_its_words() -> None:
    rows = [Bar("For <b>", 17, "for", "17"), Bar("Against", 2, "against", "2")]
    beside = [Bar("Abstain", 2, "neutral", "2")]
    root = drawn(pictures.bars("Votes", rows, 21, mark=Mark(14, "needed: 14"), apart=beside))
    assert root.attrib["role"] == "img"
    assert root.findtext("title") == "Votes"
    assert root.findtext("desc") == "For <b> 17; Against 2; Abstain 2; needed: 14"
    widths = {box.attrib["class"]: box.attrib["width"] for box in root.iter("rect")}
    assert widths["fill-for"] == "80.95%"
    assert widths["fill-against"] == widths["fill-neutral"] == "9.52%"
    line = next(it for it in root.iter("line") if it.attrib["class"] == "picture-mark")
    assert line.attrib["x1"] == line.attrib["x2"] == "66.67%"
    neutral = next(box for box in root.iter("rect") if box.attrib["class"] == "fill-neutral")
    # What is not measured stands below the line.
    assert float(neutral.attrib["y"][:-2]) > float(line.attrib["y2"][:-2])


def test_black_and_white_tells_the_pieces_apart() -> None:
    """One is full, every other one is hatched in a way of its own."""
    parts = [Bar(tone, 1, tone, "1") for tone in ("for", "against", "neutral", "question")]
    root = drawn(pictures.stack("Balance", parts))
    hatches = [line.attrib["class"] for line in root.iter("line")]
    assert hatches == [f"picture-hatch hatch-{t}" for t in ("against", "neutral", "question")]
    ways = re.findall(r"\.hatch-(\w+) \{ (stroke-dasharray: [^;]+)", SHEET.read_text())
    assert len({way for _tone, way in ways}) == len(ways) == 3


def test_nothing_is_drawn_of_nothing() -> None:
    root = drawn(pictures.stack("Balance", [Bar("For", 0, "for", "0")]))
    assert [box.attrib["class"] for box in root.iter("rect")] == ["fill-none"]
    drawn(pictures.bars("Votes", [Bar("For", 0, "for", "0")], 1))


@pytest.mark.parametrize("start", [0, 50, 99, 100])
def test_a_name_at_the_edge_stays_inside(start: int) -> None:
    lane = Lane("Tasks", "warn", [Event("三年分期协议", start, 100, ahead=True)])
    root = drawn(pictures.timeline("Life", [lane], 0, 100, [Tick(0, "Jan")], Tick(60, "Today")))
    name = next(it for it in root.iter("text") if it.text == "三年分期协议")
    at = float(name.attrib["x"][:-1]) * 100
    wide = geometry.tenths("三年分期协议") * FINE // pictures.WIDE
    left = at - wide if name.attrib.get("text-anchor") == "end" else at
    assert left >= 0
    assert left + wide <= FINE


def test_an_address_becomes_a_code() -> None:
    root = drawn(pictures.qr("https://hall.example/minutes/7"))
    assert root.attrib["class"] == "qr"
