"""What a phone has: an HTTP connection and a websocket to the server, on lines that may break."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import h11
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from forum.base.auth import COOKIE

PATIENCE = 20.0  # seconds for one answer
LONGEST = 3.0  # seconds between two tries
BROKEN = (OSError, EOFError, TimeoutError, h11.RemoteProtocolError, WebSocketException)


@dataclass
class Tally:
    """What happened on all lines together."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    retries: int = 0
    sent_twice: int = 0
    sockets: int = 0
    dropped: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, words: str) -> None:
        """Note what must not happen (the first hundred are enough)."""
        if len(self.faults) < 100:
            self.faults.append(words)


class Answer:
    """What the server said: a status and, where it is JSON, its data."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status = status
        self.data: dict[str, Any] = json.loads(body) if body.startswith(b"{") else {}

    @property
    def done(self) -> bool:
        """Whether the deed is done, even where its first answer was lost with the server."""
        return self.status in (200, 201) or self.data.get("error") == "done_already"


class Line:
    """Requests of one person, one after the other, over a connection kept while it holds."""

    def __init__(self, port: int, token: str, tally: Tally, dice: random.Random) -> None:
        self.port = port
        self.token = token
        self.tally = tally
        self.dice = dice
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._state = h11.Connection(h11.CLIENT)
        self._turn = asyncio.Lock()

    async def get(self, path: str) -> Answer:
        """The data of a page."""
        return await self._until_answered("GET", path, {}, "")

    async def post(self, path: str, fields: Mapping[str, Any], key: str) -> Answer:
        """Carry out a verb, again under the same key until it is answered."""
        return await self._until_answered("POST", path, fields, key)

    async def _until_answered(
        self, method: str, path: str, fields: Mapping[str, Any], key: str
    ) -> Answer:
        wait = 0.2
        while True:
            try:
                async with self._turn, asyncio.timeout(PATIENCE):
                    answer = await self._ask(method, path, fields, key)
            except BROKEN:
                self.close()
                self.tally.retries += 1
            else:
                self.tally.requests += 1
                self.tally.statuses[answer.status] += 1
                if answer.status >= 500:
                    self.tally.fault(f"{answer.status} for {method} {path}")
                if answer.status != 429:
                    return answer
            await asyncio.sleep(wait * self.dice.random())
            wait = min(LONGEST, wait * 2)

    async def _ask(self, method: str, path: str, fields: Mapping[str, Any], key: str) -> Answer:
        if self._streams is None:
            self._state = h11.Connection(h11.CLIENT)
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        body = urlencode(fields, doseq=True).encode()
        headers = {
            "host": f"127.0.0.1:{self.port}",
            "accept": "application/json",
            "cookie": f"{COOKIE}={self.token}",
            "sec-fetch-site": "same-origin",
            "content-type": "application/x-www-form-urlencoded",
            "content-length": str(len(body)),
        }
        if key:
            headers["idempotency-key"] = key
        request = h11.Request(method=method, target=path, headers=list(headers.items()))
        parts = (request, h11.Data(data=body), h11.EndOfMessage())
        writer.write(b"".join(self._state.send(part) or b"" for part in parts))
        status, said = 0, b""
        while True:
            event = self._state.next_event()
            if event is h11.NEED_DATA:
                data = await reader.read(65_536)
                if not data and not self._state.they_are_waiting_for_100_continue:
                    raise EOFError
                self._state.receive_data(data)
            elif isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.Data):
                said += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                break
        if self._state.our_state is h11.DONE and self._state.their_state is h11.DONE:
            self._state.start_next_cycle()
        else:
            self.close()
        return Answer(status, said)

    def close(self) -> None:
        """Let the connection go, or find that it has gone."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


class Page:
    """A live page: what it shows, kept up to date by the socket as static/js/live.js does it."""

    def __init__(self, line: Line, stream: str, view: str) -> None:
        self.line = line
        self.stream = stream
        self.view = view
        self.cursor: int | None = None
        self.begun: int | None = None  # the cursor of the first welcome
        self.blocks: dict[str, str] = {}
        self.events: list[int] = []
        self.jumps: list[tuple[int, int]] = []  # too much was missed: all was sent as it is
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._socket: ClientConnection | None = None
        self._asked = False

    async def follow(self) -> None:
        """Stay connected until cancelled; back with jitter whenever the line breaks."""
        tally, dice, wait = self.line.tally, self.line.dice, 0.5
        while True:
            try:
                headers = {
                    "Cookie": f"{COOKIE}={self.line.token}",
                    "Accept-Language": "en",
                }
                place = f"127.0.0.1:{self.line.port}"
                async with connect(
                    f"ws://{place}/live",
                    additional_headers=headers,
                    origin=Origin(f"http://{place}"),
                    open_timeout=PATIENCE,
                    max_size=2**24,
                    compression=None,
                    proxy=None,
                ) as socket:
                    self._socket = socket
                    tally.sockets += 1
                    await self._hello()
                    async for said in socket:
                        await self._take(json.loads(said))
                        wait = 0.5
            except BROKEN:
                pass
            finally:
                self._socket = None
            await asyncio.sleep(wait * dice.random())
            wait = min(LONGEST, wait * 2)

    def drop(self) -> None:
        """The line breaks without a word."""
        if self._socket is not None:
            self.line.tally.dropped += 1
            self._socket.transport.abort()

    async def _hello(self) -> None:
        words: dict[str, Any] = {"type": "hello", "stream": self.stream, "view": self.view}
        if self.cursor is not None:
            words["after"] = self.cursor
        self._asked = True
        if self._socket is not None:
            await self._socket.send(json.dumps(words))

    async def _take(self, said: dict[str, Any]) -> None:
        if said["type"] == "bye":
            if said["code"] not in ("restart", "resync", "crowded"):
                self.line.tally.fault(f"a socket was told {said['code']}")
            return
        if said["type"] == "welcome":
            self._welcomed(said)
        elif self._asked:
            return  # a welcome is under way, and brings this too
        elif self.cursor is not None and said["prev"] > self.cursor:
            await self._hello()
            return
        elif said["type"] != "refresh":
            if self.cursor is not None and said["seq"] <= self.cursor:
                self.line.tally.fault(f"event {said['seq']} came twice on one socket")
                return
            self.cursor = said["seq"]
            self.events.append(said["seq"])
            self.heard.put_nowait(said)
        self.blocks.update(said.get("html") or {})

    def _welcomed(self, said: dict[str, Any]) -> None:
        if self.begun is None:
            self.begun = said["after"]
        elif self.cursor is not None and said["after"] > self.cursor:
            self.jumps.append((self.cursor, said["after"]))
        self.cursor = said["after"]
        self._asked = False
