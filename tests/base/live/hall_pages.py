"""Open pages, as the hub's tests play them."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from base.live import hall
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from forum.base import auth

PATIENCE = 60.0  # seconds


class Page:
    """An open page: a socket, and what live.js knows about each stream."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def hello(self, stream: str = hall.HALL, **said: Any) -> None:
        """Ask for a stream."""
        self.socket.send(json.dumps({"type": "hello", "stream": stream, **said}))

    def next(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """The next message."""
        message: dict[str, Any] = json.loads(self.socket.recv(timeout))
        return message

    def until(self, seq: int, timeout: float = PATIENCE) -> list[dict[str, Any]]:
        """The messages up to an event."""
        found = [self.next(timeout)]
        while found[-1].get("seq", -1) < seq:
            found.append(self.next(timeout))
        return found

    def silent(self) -> bool:
        """Whether nothing was sent up to now: a hello's answer comes first."""
        self.hello("hall:99")
        return bool(self.next()["stream"] == "hall:99")

    def end(self) -> list[dict[str, Any]]:
        """What is said until the socket closes."""
        found = []
        try:
            while True:
                found.append(self.next())
        except ConnectionClosed:
            return found

    def close(self) -> None:
        """Go."""
        self.socket.close()


Opener = Callable[..., Page]
# A test, not the line, says how long a silence is too long.
connected = partial(connect, open_timeout=PATIENCE, ping_interval=None)


@contextmanager
def opened(
    url: str, token: str | None = None, headers: Mapping[str, str] | None = None
) -> Iterator[Page]:
    """A page of whoever this token stands for."""
    sent = {"accept-language": "en", **(headers or {})}
    if token:
        sent["cookie"] = f"{auth.COOKIE}={token}"
    with connected(url, additional_headers=sent, compression=None) as socket:
        yield Page(socket)
