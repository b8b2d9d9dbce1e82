"""Coming back: nothing is missed and nothing comes twice, whatever happens in between."""

import asyncio
import json
import random
import socket
import threading
import time
from typing import Any

import pytest
from base.live import hall
from base.live.hall import HALL, enter, ring
from base.live.hall_pages import PATIENCE, Opener, opened
from starlette.applications import Starlette
from websockets.asyncio.client import connect

from forum.base import events
from forum.base.db import reading, transaction
from forum.base.events import Audience
from forum.base.live import channel, protocol, snapshots
from forum.base.live import hub as hubs


def seqs(messages: list[dict[str, Any]]) -> list[int]:
    """The events among messages."""
    return [message["seq"] for message in messages if "seq" in message]


def test_what_was_missed_is_replayed(page: Opener) -> None:
    for n in range(5):
        ring(n)
    bob = page("bob")
    bob.hello(after=2, view="board")
    welcome, *frames = bob.until(5)
    assert (welcome["head"], welcome["after"]) == (5, 2)
    assert welcome["html"]["rings"] == '<p id="rings" lang="en">5</p>'
    assert [(frame["prev"], frame["seq"]) for frame in frames] == [(2, 3), (3, 4), (4, 5)]
    assert bob.silent()


def test_too_much_missed_is_everything_as_it_is(
    page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "MOST_REPLAYED", 3)
    for n in range(5):
        ring(n)
    bob = page("bob")
    bob.hello(after=1, view="board")
    welcome = bob.next()
    assert (welcome["head"], welcome["after"], "html" in welcome) == (5, 5, True)
    assert bob.silent()


def test_a_cursor_of_another_history_starts_anew(page: Opener) -> None:
    ring()
    bob = page("bob")
    bob.hello(after=40, view="board")
    welcome = bob.next()
    assert (welcome["head"], welcome["after"], "html" in welcome) == (1, 1, True)


def test_a_leap_of_the_log_welcomes_everybody_again(
    page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = page("bob")
    bob.hello(view="board")
    bob.next()
    monkeypatch.setattr(snapshots, "MOST_REPLAYED", 3)
    with transaction() as tx:
        for n in range(10):
            events.record(tx, None, hall.Rang(n), stream=HALL, subject=HALL)
    again = bob.next()
    assert (again["type"], again["head"], again["after"]) == ("welcome", 10, 10)
    assert again["html"]["rings"] == '<p id="rings" lang="en">10</p>'
    ring()
    assert bob.next()["prev"] == 10


def test_bursts_share_frames_and_lose_nothing(page: Opener) -> None:
    bob = page("bob")
    bob.hello(view="board", after=0)
    bob.next()
    began = time.monotonic()
    for n in range(40):
        enter(n)
    frames = bob.until(40)
    assert seqs(frames) == list(range(1, 41))
    drawn = [frame["html"]["guests"] for frame in frames if "html" in frame]
    assert drawn[-1] == '<p id="guests" lang="en">40</p>'
    # A spacing lies between two, however long the writing takes: the loop's clock, which is set
    # once a turn, may cut the first one short.
    assert (len(drawn) - 2) * channel.SPACING <= time.monotonic() - began


def test_a_burst_does_not_hold_up_what_is_no_burst(
    page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.base.live.channel.SPACING", 3600.0)
    bob = page("bob")
    bob.hello(after=0)
    bob.next()
    enter()
    assert bob.next()["seq"] == 1
    enter()
    ring()
    assert seqs(bob.until(3)) == [2, 3]


def test_a_slow_reader_is_sent_away_and_holds_up_nobody(
    server: hall.Server, page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "PATIENCE", 0.2)
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect(("127.0.0.1", server.port))
    with slow:
        slow.sendall(
            b"GET /live HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert b" 101 " in slow.recv(4096)
        said = json.dumps({"type": "hello", "stream": HALL}).encode()
        slow.sendall(bytes((0x81, 0x80 | len(said))) + bytes(4) + said)
        assert b"welcome" in slow.recv(4096)
        quick = page()
        quick.hello(after=0)
        quick.next()
        for n in range(1, 81):
            ring(n, words="x" * 100_000)
            assert quick.next()["seq"] == n
        slow.settimeout(PATIENCE)
        got = b""
        try:
            while part := slow.recv(65_536):
                got += part
        except ConnectionResetError:
            pass
        assert got.count(b'"type":"hall:bell:rang"') < 80


def test_a_restart_in_the_middle_loses_nothing(app: Starlette, in_hall: None) -> None:
    with hall.serving(app) as server:
        with opened(server.url) as bob:
            bob.hello(after=0, view="board")
            bob.next()
            ring(1)
            assert bob.next()["seq"] == 1
            server.stop()
            (bye,) = bob.end()
            assert (bye["type"], bye["code"]) == ("bye", "restart")
            assert 0.5 <= bye["retry_after"] <= 3
        ring(2)
        port = server.port
    with hall.serving(app, port) as server, opened(server.url) as bob:
        bob.hello(after=1, view="board")
        welcome, frame = bob.until(2)
        assert welcome["html"]["rings"] == '<p id="rings" lang="en">2</p>'
        assert (frame["prev"], frame["seq"]) == (1, 2)


class Wanderer:
    """A page on a bad line: it comes and goes, and remembers what live.js would."""

    def __init__(self, url: str, chance: random.Random, last: int) -> None:
        self.url = url
        self.last = last
        self.chance = chance
        self.cursor = 0
        self.seen: list[int] = []
        self.blocks: dict[str, str] = {}
        self.asked = False

    def take(self, message: dict[str, Any]) -> None:
        """What live.js does with a message, and complains of what it should never see."""
        if message["type"] == "welcome":
            self.cursor = message["after"]
            self.asked = False
        elif self.asked:
            return
        else:
            assert message["prev"] <= self.cursor, "a gap"
            if message["type"] != "refresh":
                assert message["seq"] > self.cursor, "twice"
                self.seen.append(message["seq"])
                self.cursor = message["seq"]
        self.blocks |= message.get("html", {})

    async def visit(self, patience: int) -> None:
        """One connection, until so many messages have come, or the last of all events."""
        async with connect(self.url, compression=None, open_timeout=PATIENCE) as line:
            said = {"type": "hello", "stream": HALL, "view": "board", "after": self.cursor}
            await line.send(json.dumps(said))
            self.asked = True
            while patience and self.cursor < self.last:
                patience -= 1
                self.take(json.loads(await line.recv()))
                if not self.asked and self.chance.random() < 0.1:
                    self.asked = True
                    await line.send(json.dumps(said | {"after": self.cursor}))
            if self.chance.random() < 0.5:
                line.transport.abort()

    async def wander(self, writing: threading.Thread) -> None:
        """Come and go while things happen, then stay to the end."""
        while writing.is_alive():
            await asyncio.wait_for(self.visit(self.chance.randrange(12)), PATIENCE)
        await asyncio.wait_for(self.visit(10_000), PATIENCE)


@pytest.mark.parametrize("seed", range(3))
def test_whoever_comes_and_goes_misses_nothing(server: hall.Server, seed: int) -> None:
    chance = random.Random(seed)
    plan = [(chance.random() < 0.3, chance.choice([0, 0, 0, 1, 3])) for _ in range(250)]
    plan.append((False, 0))

    def write() -> None:
        for n, (burst, audience) in enumerate(plan):
            if burst:
                enter(n)
            else:
                ring(n, audience=Audience(audience))

    async def play() -> list[Wanderer]:
        writing = threading.Thread(target=write)
        chances = [random.Random(f"{seed}.{n}") for n in range(6)]
        wanderers = [Wanderer(server.url, chance, len(plan)) for chance in chances]
        writing.start()
        await asyncio.gather(*(one.wander(writing) for one in wanderers))
        writing.join()
        return wanderers

    wanderers = asyncio.run(play())
    with reading() as db:
        log = [event.seq for event in events.history(db, HALL)]
        fresh = hall.board(db, 1)
    for one in wanderers:
        assert one.seen == log
        if one.blocks:
            assert {name: text.split(">")[1][:-3] for name, text in one.blocks.items()} == {
                name: str(count) for name, count in fresh.items()
            }


def test_a_closed_page_is_forgotten(server: hall.Server, page: Opener) -> None:
    bob, guest = page("bob"), page()
    bob.hello(view="board")
    bob.next()
    bob.close()
    guest.hello(after=0)
    guest.next()
    (hub,) = hubs._hubs.values()
    assert len(hub.readers) == 1
    assert [len(members) for members in hub.channels[HALL].groups.values()] == [1]
    guest.hello("hall:2")
    assert guest.next()["code"] == "gone"
    until = time.monotonic() + PATIENCE
    while list(hub.channels) != [HALL]:  # the server forgets a moment after it has said so
        assert time.monotonic() < until
        time.sleep(0.02)
