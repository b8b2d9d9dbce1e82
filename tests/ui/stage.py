"""A small server that plays the application: pages in the real layout, whatever a test wants."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from typing import Any, NamedTuple

import uvicorn
from browsing import SLOW, until
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from forum.base import guard, i18n, pages, scripts, styles

WITHIN = SLOW / 1000  # seconds
SHELL = """{% extends "layout.html" %}{% import "ui/form.html" as f with context %}
{% block title %}{{ path }}{% endblock %}{% block main %}%BODY%{% endblock %}"""


class Reader(NamedTuple):
    """Who looks at the pages."""

    id: int
    name: str


class Posted(NamedTuple):
    """A form that arrived."""

    path: str
    key: str | None
    fields: dict[str, str]


class Stage:
    """Pages by path, answers by path, and both ends of the live line."""

    def __init__(self) -> None:
        self.bodies: dict[str, str] = {}
        self.context: dict[str, Any] = {"actor": Reader(5, "Lin")}
        self.answers: dict[str, Callable[[Request], Response]] = {}
        self.posted: list[Posted] = []
        self.hellos: list[dict[str, Any]] = []
        self.welcomed = 0  # hellos that have been answered
        self.polls: list[dict[str, str]] = []
        self.welcome: dict[str, Any] = {"head": 1, "after": 1}
        self.poll_messages: list[dict[str, Any]] = []
        self.sockets: set[WebSocket] = set()
        self.deaf = False
        self.url = ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: uvicorn.Server | None = None

    def reset(self) -> None:
        """Back to an empty stage (the server, its address and its loop stay)."""
        url, loop, server = self.url, self._loop, self._server
        assert server
        # What the last window said is over, lest it be taken for words of the next one. Who knocked
        # before us has come in when we are answered.
        with closing(HTTPConnection(url.removeprefix("http://"), timeout=WITHIN)) as ours:
            ours.request("GET", "/")
            ours.getresponse().read()
        state = server.server_state
        until(lambda: not (state.connections or state.tasks))
        self.__init__()  # type: ignore[misc]
        self.url, self._loop, self._server = url, loop, server

    def page(self, path: str, status: int = 200, **context: Any) -> Response:
        """A body in the real layout."""
        with i18n.using(self.context.get("lang", "en")):
            known = {**pages.shared_context(), **self.context, "path": path, **context}
            source = SHELL.replace("%BODY%", self.bodies[path])
            found = pages.environment().from_string(source).render(known)
        origin = guard.security_headers("http", self.url.removeprefix("http://"))
        return HTMLResponse(found, status, dict(origin))

    def push(self, message: dict[str, Any]) -> None:
        """Say something to every open page."""
        assert self._loop
        text = json.dumps(message)
        for web in list(self.sockets):
            asyncio.run_coroutine_threadsafe(web.send_text(text), self._loop).result(WITHIN)

    def frame(self, seq: int, prev: int, html: dict[str, str] | None = None, **more: Any) -> None:
        """Send an event of the stream that the page follows."""
        message = {"stream": "meeting:3", "seq": seq, "prev": prev, "type": "a:b:c", "data": {}}
        self.push({**message, **({"html": html} if html else {}), **more})

    async def get(self, request: Request) -> Response:
        """A page."""
        path = request.url.path
        return self.page(path) if path in self.bodies else HTMLResponse("nothing", 404)

    async def post(self, request: Request) -> Response:
        """A form: kept, and answered as the test wishes."""
        form = await request.form()
        fields = {name: str(value) for name, value in form.items()}
        await form.close()
        path = request.url.path
        self.posted.append(Posted(path, request.headers.get("idempotency-key"), fields))
        if path in self.answers:
            return self.answers[path](request)
        return RedirectResponse("/a", 303)

    async def poll(self, request: Request) -> Response:
        """What the socket would have said."""
        self.polls.append(dict(request.query_params))
        stream = request.path_params["stream"]
        first = {"type": "welcome", "stream": stream, **self._now()}
        messages = [one for one in self.poll_messages if one["stream"] == stream]
        self.poll_messages = [one for one in self.poll_messages if one not in messages]
        return JSONResponse({"messages": [first, *messages]})

    def _now(self) -> dict[str, Any]:
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return {"server_time": moment, **self.welcome}

    async def live(self, web: WebSocket) -> None:
        """The socket."""
        self._loop = asyncio.get_running_loop()
        if self.deaf:
            await web.close()
            return
        await web.accept()
        try:
            while True:
                hello = await web.receive_json()
                self.hellos.append(hello)
                await web.send_json({"type": "welcome", "stream": hello["stream"], **self._now()})
                self.sockets.add(web)
                self.welcomed += 1
        except WebSocketDisconnect:
            self.sockets.discard(web)

    def serve(self) -> uvicorn.Server:
        """Listen on a free port of this machine, in a thread."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = Starlette(
            routes=[
                WebSocketRoute("/live", self.live),
                Route("/live/{stream}/events", self.poll),
                *styles.routes(),
                *scripts.routes(),
                Mount("/static", StaticFiles(directory=pages.ROOT / "static")),
                Route("/{path:path}", self.get, methods=["GET"]),
                Route("/{path:path}", self.post, methods=["POST"]),
            ]
        )
        config = uvicorn.Config(app, log_level="error", ws="websockets-sansio", lifespan="off")
        server = self._server = uvicorn.Server(config)
        threading.Thread(target=server.run, args=([listener],), daemon=True).start()
        until(lambda: server.started)
        return server
