"""The three servers that `benchmarks.pages` compares, each a child: "hello", "orm" or "real"."""

import sys
import threading
import time
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from benchmarks.common import commands, pin_child, reply


def hello() -> Starlette:
    """The least that Starlette can do."""

    async def page(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("hello")

    return Starlette(routes=[Route("/hello", page)])


def app_of(name: str, data: Path) -> Any:
    """The application of this name."""
    if name == "hello":
        return hello()
    if name == "orm":
        from benchmarks.pages_orm import create_app  # noqa: PLC0415
        from forum.base import registry, settings  # noqa: PLC0415

        settings.configure(data=data)
        registry.load()
        return create_app(data)
    from forum.base import log, settings, web  # noqa: PLC0415

    log.quiet = True
    return web.create_app(settings.configure(data=data))


def serve(app: Any, port: int) -> None:
    """Run uvicorn as `run.py serve` does, until the parent says no more."""
    config = uvicorn.Config(
        app,
        port=port,
        interface="asgi3",
        lifespan="on" if hasattr(app, "router") else "auto",
        loop="auto",
        http="auto",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=60,
    )
    server = uvicorn.Server(config)

    def listen() -> None:
        while not server.started:
            time.sleep(0.01)
        reply(ready=True)
        for _command in commands():
            pass
        server.should_exit = True

    threading.Thread(target=listen, daemon=True).start()
    server.run()


if __name__ == "__main__":
    pin_child()
    serve(app_of(sys.argv[1], Path(sys.argv[3])), int(sys.argv[2]))
