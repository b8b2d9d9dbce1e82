"""A small meeting hall for the hub's tests: a stream, a live page, and servers of the whole app.

As a program it is a server of its own process, which says at which port it listens: `python
hall.py`, with FOLKMOOT_* set and the project on PYTHONPATH.
"""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

import uvicorn
from sqlalchemy import select
from sqlmodel import col
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from forum.base import events, pages, registry, web
from forum.base.auth import Actor
from forum.base.db import Db, transaction
from forum.base.events import Audience, Event, EventRow, Stored
from forum.base.live import hub
from forum.base.live.protocol import OPTIONS
from forum.base.registry import View
from forum.base.settings import settings

HALL = "hall:1"


class Rang(Event):
    """A bell rang."""

    kind: ClassVar[str] = "hall:bell:rang"

    n: int
    words: str = ""


class Entered(Event):
    """Somebody came in: a burst of these shares a frame."""

    kind: ClassVar[str] = "hall:guest:entered"
    coalesce: ClassVar[bool] = True

    n: int


EVENTS = {Rang.kind: Rang, Entered.kind: Entered}
for kind in EVENTS:  # they are nobody's but these tests'
    del registry.events[kind]


def reader(db: Db, actor: Actor | None, hall: int) -> Audience | None:
    """Hall 1 is public; whoever's name says so stands higher; hall 2 is for members."""
    if actor is None:
        return Audience.PUBLIC if hall == 1 else None
    if "chair" in actor.name:
        return Audience.MODERATOR
    return Audience.DESK if "clerk" in actor.name else Audience.MEMBER


def board(db: Db, hall: int) -> Mapping[str, Any]:
    """How often each bell rang, hidden ones counted too."""
    stream = col(EventRow.stream) == f"hall:{hall}"
    rows = db.execute(select(col(EventRow.kind), col(EventRow.audience)).where(stream)).all()
    rings = [audience for kind, audience in rows if kind == Rang.kind]
    return {"rings": len(rings), "guests": sum(kind == Entered.kind for kind, _ in rows)}


VIEWS = {
    ("hall", name): View(name, "hall", audience, "hall/board.html", ("rings", "guests"), board)
    for name, audience in (("board", Audience.PUBLIC), ("console", Audience.MODERATOR))
}


def render(name: str, block: str, lang: str, data: Mapping[str, Any]) -> str:
    """What the template of the board would be."""
    return f'<p id="{block}" lang="{lang}">{data[block]}</p>'


def ring(
    n: int = 0, *, audience: Audience | None = None, stream: str = HALL, words: str = ""
) -> Stored:
    """One event, committed."""
    rang = Rang(n, words)
    with transaction() as tx:
        return events.record(tx, None, rang, stream=stream, subject=stream, audience=audience)


def enter(n: int = 0) -> Stored:
    """One of a burst, committed."""
    with transaction() as tx:
        return events.record(tx, None, Entered(n), stream=HALL, subject=HALL)


class Server:
    """The whole application on a port of its own, in a thread of this process."""

    def __init__(self, app: Any, port: int = 0) -> None:
        options = {**OPTIONS, "host": "127.0.0.1", "port": port, "log_config": None}
        self.server = uvicorn.Server(uvicorn.Config(app, **options))
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    @property
    def url(self) -> str:
        """The socket's address."""
        return f"ws://127.0.0.1:{self.port}/live"

    def start(self) -> "Server":
        """Start, and come back when it answers."""
        self.thread.start()
        while not self.server.started:
            if not self.thread.is_alive():
                raise RuntimeError("the server did not start")
            self.thread.join(0.01)
        self.port: int = self.server.servers[0].sockets[0].getsockname()[1]
        return self

    def stop(self) -> None:
        """Stop as on a signal."""
        self.server.should_exit = True
        self.thread.join(60)


@contextmanager
def serving(app: Any, port: int = 0) -> Iterator[Server]:
    """A server for the length of a block."""
    server = Server(app, port).start()
    try:
        yield server
    finally:
        server.stop()


def main() -> None:
    """Serve the hall in this process, over the data that the environment names."""
    registry.rooms = lambda: ["forum.members"]  # what else stands in the house is not needed here
    registry.events.update(EVENTS)
    registry.streams["hall"] = reader
    registry.views.update(VIEWS)
    pages.render_block = render
    hub.LOOK_EVERY = float(os.environ.get("HALL_LOOKS_EVERY", hub.LOOK_EVERY))
    app = web.create_app(settings())

    def ring_here(_request: Request) -> Response:
        return Response(str(ring().seq))

    app.router.routes.insert(0, Route("/ring", ring_here, methods=["POST"]))
    server = Server(app).start()
    print(server.port, flush=True)  # noqa: T201 - whoever started us waits for it
    server.thread.join()


if __name__ == "__main__":
    main()
