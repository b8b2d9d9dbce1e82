"""The ways of taking a ballot that `benchmarks.ballots` compares, each a child.

"orm": a route in the thread pool that adds one object and commits, as one writes it at first.
"tuned": the same behind our own write lock and with our tuning of memory, so that one sees how
much of the difference is that. "writer": the same request through the group commit, nothing else.
"app": a secret poll in the whole application.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Engine, create_engine
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarks.common import allow_files, pin_child
from benchmarks.live_servers import serve
from forum.base import settings
from forum.base.db import Db, transaction
from forum.base.live.hub import settle_memory
from forum.base.tables import Field, Table
from forum.base.writer import batch, submit


class BenchBallot(Table, table=True):
    """A bare ballot."""

    __tablename__ = "bench_ballot"

    vote: int = Field(primary_key=True)
    member: int = Field(primary_key=True)
    choice: str


class Bare(NamedTuple):
    """A bare ballot on its way."""

    vote: int
    member: int
    choice: str


@batch
def put(tx: Db, items: list[Bare]) -> list[int]:
    """All of them in one statement."""
    table = BenchBallot.__table__
    tx.connection().execute(table.insert(), [item._asdict() for item in items])
    return [item.member for item in items]


@cache
def stock() -> Engine:
    """The engine as it comes, over the same file: WAL lasts in it, FULL is SQLite's own."""
    file = settings.settings().data / "folkmoot.sqlite3"
    return create_engine(f"sqlite:///{file}", connect_args={"timeout": 60})


def add(item: Bare) -> None:
    """One of them, as one writes it at first."""
    with Session(stock()) as session:
        session.add(BenchBallot(**item._asdict()))
        session.commit()


def add_in_turn(item: Bare) -> None:
    """One of them behind our own lock, so that no writer waits for SQLite to look again."""
    with transaction() as tx:
        tx.add(BenchBallot(**item._asdict()))


async def orm(request: Request) -> Response:
    """One commit a ballot."""
    item = Bare(**await request.json())
    await run_in_threadpool(add, item)
    return JSONResponse({"commit": str(item.member)})


async def tuned(request: Request) -> Response:
    """One commit a ballot, with all that we know."""
    item = Bare(**await request.json())
    await run_in_threadpool(add_in_turn, item)
    return JSONResponse({"commit": str(item.member)})


async def writer(request: Request) -> Response:
    """One commit for all that wait."""
    item = Bare(**await request.json())
    await submit(put, item)
    return JSONResponse({"commit": str(item.member)})


@asynccontextmanager
async def settled(_app: Starlette) -> AsyncIterator[None]:
    """The collector of memory looks as seldom here as in the whole application."""
    settle_memory()
    yield


def app_of(which: str, data: Path) -> Any:
    """The application of a variant, over a prepared data folder."""
    config = settings.configure(data=data)
    if which == "app":
        from forum.base import log, web  # noqa: PLC0415

        log.quiet = True
        return web.create_app(config)
    endpoint = {"orm": orm, "tuned": tuned, "writer": writer}[which]
    routes = [Route("/ballot", endpoint, methods=["POST"])]
    return Starlette(routes=routes, lifespan=None if which == "orm" else settled)


if __name__ == "__main__":
    pin_child()
    allow_files(10_000)
    name, port, folder = sys.argv[1:]
    app = app_of(name, Path(folder))
    # As run.py serve starts uvicorn.
    quiet = {"access_log": False, "proxy_headers": False, "server_header": False, "ws": "none"}
    serve(app, int(port), lambda _loop: None, timeout_keep_alive=30, **quiet)
