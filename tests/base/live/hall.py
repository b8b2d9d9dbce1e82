"""A small meeting hall for the hub's tests: a stream, a live page, and servers of the whole app.

As a program it is a server of its own process: `python hall.py PORT`, with FOLKMOOT_* set.
"""

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import uvicorn

ROOT = Path(__file__).resolve().parents[3]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from sqlalchemy import select
from sqlmodel import col

from forum.base import events, registry, web
from forum.base.auth import Actor
from forum.base.db import Db, transaction
from forum.base.events import Audience, Event, EventRow, Stored
from forum.base.live.protocol import OPTIONS
from forum.base.registry import View
from forum.base.settings import settings

HALL = "hall:1"


@dataclass(frozen=True)
class Rang(Event):
    """A bell rang."""

    kind: ClassVar[str] = "hall:bell:rang"

    n: int


@dataclass(frozen=True)
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


def render(template: str, block: str, lang: str, data: Mapping[str, Any]) -> str:
    """What the template of the board would be."""
    return f'<p id="{block}" lang="{lang}">{data[block]}</p>'


def ring(n: int = 0, *, audience: Audience | None = None, stream: str = HALL) -> Stored:
    """One event, committed."""
    with transaction() as tx:
        return events.record(tx, None, Rang(n), stream=stream, subject=stream, audience=audience)


class Server:
    """The whole application on a port of its own, in a thread of this process."""

    def __init__(self, app: Any, port: int = 0) -> None:
        options = {**OPTIONS, "host": "127.0.0.1", "port": port, "log_config": None}
        self.server = uvicorn.Server(uvicorn.Config(app, **options))
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.server.servers[0].sockets[0].getsockname()[1]
        return port

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
        return self

    def stop(self) -> None:
        """Stop as on a signal."""
        self.server.should_exit = True
        self.thread.join(20)


@contextmanager
def serving(app: Any, port: int = 0) -> Iterator[Server]:
    """A server for the length of a block."""
    server = Server(app, port).start()
    try:
        yield server
    finally:
        server.stop()


def main(port: int) -> None:
    """Serve the hall in this process, over the data that the environment names."""
    from forum.base import pages  # noqa: PLC0415

    registry.events.update(EVENTS)
    registry.streams["hall"] = reader
    registry.views.update(VIEWS)
    pages.render_block = render
    app = web.create_app(settings())
    print("serving", flush=True)  # noqa: T201
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", **OPTIONS)


if __name__ == "__main__":
    main(int(sys.argv[1]))
