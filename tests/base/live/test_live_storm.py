"""Everybody comes back at once: one rendering serves them, and those at work go first."""

import json
import threading
from collections import Counter
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest
from base.live import hall
from base.live.hall import HALL, ring
from base.live.hall_pages import Opener

from forum.base import registry
from forum.base.live import channel as channels
from forum.base.live import hub as hubs
from forum.base.live.channel import Channel
from forum.base.live.reader import Reader
from forum.base.live.snapshots import Hello
from forum.base.registry import View


def test_a_storm_is_drawn_once(
    server: hall.Server, page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring()
    drawn: Counter[str] = Counter()

    def draw(name: str, block: str, lang: str, data: Any) -> str:
        drawn[block] += 1
        return hall.render(name, block, lang, data)

    monkeypatch.setattr("forum.base.pages.render_block", draw)
    pages = [page() for _ in range(60)]
    for one in pages:
        one.hello(view="board", after=0)
    for one in pages:
        welcome, frame = one.until(1)
        assert welcome["html"]["rings"].endswith(">1</p>")
        assert frame["seq"] == 1
    assert drawn == {"rings": 1, "guests": 1}
    ring()
    assert all("2</p>" in json.dumps(one.next()["html"]) for one in pages)
    assert drawn == {"rings": 2, "guests": 2}


@pytest.mark.usefixtures("in_hall")
def test_those_at_work_are_welcomed_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "MOST_WELCOMED", 2)
    channel = Channel(SimpleNamespace(), HALL)  # type: ignore[arg-type]
    said = {
        "guest": Hello(None, "en", "board", 0),
        "member": Hello("digest", "en", "board", 0),
        "pretender": Hello(None, "en", "console", 0),
        "chair": Hello("digest", "en", "console", 0),
    }
    readers = {name: Reader(SimpleNamespace(), None, "en") for name in said}
    channel.arrivals = {readers[name]: hello for name, hello in said.items()}
    names = [name for reader in channel._next() for name in said if readers[name] is reader]
    assert names == ["chair", "guest"]


def test_those_at_work_find_a_place_in_a_storm(
    server: hall.Server, page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slow pages take all places for newcomers; the chair's page and an event get through."""
    slow = ExitStack()
    stuck, go_on = threading.Event(), threading.Event()
    slow.callback(go_on.set)

    def dawdle(db: Any, ident: int) -> dict[str, int]:
        stuck.set()
        go_on.wait(60)
        return {"rings": 0, "guests": 0}

    board = hall.VIEWS["hall", "board"]
    dawdling = View("dawdle", "hall", board.audience, board.template, board.blocks, dawdle)
    monkeypatch.setitem(registry.views, ("hall", "dawdle"), dawdling)
    watching = page()
    watching.hello("hall:1", after=0)
    watching.next()
    with slow:
        newcomers = [page("bob") for _ in range(2 * hubs.PLACES)]
        for n, one in enumerate(newcomers, 10):
            one.hello(f"hall:{n}", view="dawdle")
        assert stuck.wait(60)
        chair = page("alice")
        chair.hello("hall:3", view="console")
        assert chair.next()["type"] == "welcome"
        ring()
        assert watching.next()["seq"] == 1
    for one in newcomers:
        assert one.next()["type"] == "welcome"
