"""The hall, in use: its stream, its live page and a running server."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import hall
import pytest
from cast import Cast
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from forum.base import auth, db, pages, registry


class Page:
    """An open page: a socket, and what live.js knows about each stream."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def hello(self, stream: str = hall.HALL, **said: Any) -> None:
        """Ask for a stream."""
        self.socket.send(json.dumps({"type": "hello", "stream": stream, **said}))

    def next(self, timeout: float = 10) -> dict[str, Any]:
        """The next message."""
        message: dict[str, Any] = json.loads(self.socket.recv(timeout))
        return message

    def until(self, seq: int) -> list[dict[str, Any]]:
        """The messages up to an event."""
        found = [self.next()]
        while found[-1].get("seq", -1) < seq:
            found.append(self.next())
        return found

    def silent(self) -> bool:
        """Whether nothing was sent up to now: a hello's answer comes first."""
        self.hello("hall:99")
        return self.next()["stream"] == "hall:99"

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


@contextmanager
def opened(url: str, token: str | None = None) -> Iterator[Page]:
    """A page of whoever this token stands for."""
    headers = {"cookie": f"{auth.COOKIE}={token}"} if token else {}
    headers["accept-language"] = "en"
    with connect(url, additional_headers=headers, compression=None) as socket:
        yield Page(socket)


@pytest.fixture
def in_hall(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hall is one of the house's rooms."""
    for kind, cls in hall.EVENTS.items():
        monkeypatch.setitem(registry.events, kind, cls)
    for key, view in hall.VIEWS.items():
        monkeypatch.setitem(registry.views, key, view)
    monkeypatch.setitem(registry.streams, "hall", hall.reader)
    monkeypatch.setattr(pages, "render_block", hall.render)


@pytest.fixture
def server(app: Starlette, in_hall: None) -> Iterator[hall.Server]:
    """The whole application, listening."""
    with hall.serving(app) as running:
        yield running


@pytest.fixture
def token(cast: Cast) -> Callable[[str], str]:
    """A new sign-in of somebody of the cast."""

    def sign_in(name: str) -> str:
        with db.transaction() as tx:
            return auth.sign_in(tx, cast[name].id, label="test")

    return sign_in


@pytest.fixture
def page(server: hall.Server, token: Callable[[str], str]) -> Iterator[Opener]:
    """`page("bob")` is his open page, `page()` a guest's."""
    with ExitStack() as pages_open:

        def open_page(name: str | None = None) -> Page:
            return pages_open.enter_context(opened(server.url, token(name) if name else None))

        yield open_page
