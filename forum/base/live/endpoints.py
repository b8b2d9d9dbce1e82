"""Where pages come to listen: the socket, and the polling route that gives the same messages."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.types import Receive, Scope, Send

from forum.base import auth, events, guard, i18n, kiosk
from forum.base.db import reading
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.live import hub as hubs
from forum.base.live.channel import urgent
from forum.base.live.frames import EXTENSION
from forum.base.live.reader import Reader
from forum.base.live.snapshots import Hello, audience_of, greet, place_of
from forum.base.request import Request
from forum.base.routing import Routes

polling = Routes(__name__)


@polling.get("/live/{stream}/events")
def poll(request: Request, stream: str) -> Response:
    """What a socket would be sent in answer to a hello, for pages that have none."""
    after = request.query.integer("after", optional=True)
    view = request.query.text("view", max=64, optional=True) or None
    request.query.check()
    with reading() as db:
        audience = audience_of(db, request.actor, stream)
        place = place_of(stream, audience, view, request.lang)
        if place is None:
            raise NotFound(_("There is nothing to follow at this address."))
        messages = greet(db, stream, place.group, after, events.head(db, stream))
    return JSONResponse({"messages": messages}, headers={"cache-control": "no-store"})


class LiveSocket:
    """The websocket at /live: hellos come in, everything else goes out."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket from handshake to farewell."""
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        hub = hubs.current()
        socket = scope.get("extensions", {}).get(EXTENSION)
        await receive()
        scheme = "https" if scope["scheme"] == "wss" else "http"
        foreign = guard.same_origin(headers, scheme) is False
        if hub is None or socket is None or hub.crowded or foreign:
            await send({"type": "websocket.close"})
            return
        reader = _reader(headers, socket)
        await hub.doorway.enter(reader, first=_urgent(scope, reader))
        await send({"type": "websocket.accept"})
        hub.readers.add(reader)
        try:
            while (message := await receive())["type"] == "websocket.receive":
                said = _hello(message.get("text"))
                if said is None:
                    hub.part(reader, "misuse")
                    return
                stream, view, after = said
                await hub.join(reader, stream, Hello(reader.credential, reader.wish, view, after))
        finally:
            hub.leave(reader)


def _reader(headers: Mapping[str, str], socket: Any) -> Reader:
    cookies = cookie_parser(headers.get("cookie", ""))
    scheme, _space, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        # On a kiosk nobody is anybody.
        token = "" if kiosk.read(cookies.get(kiosk.COOKIE, "")) else cookies.get(auth.COOKIE, "")
    wish = i18n.choose(cookies.get("lang"), accept=headers.get("accept-language", ""))
    return Reader(socket, auth.digest(token) if token else None, wish)


def _urgent(scope: Scope, reader: Reader) -> bool:
    """Whether a desk's or a moderator's page is at the door; the hello will have to prove it."""
    said = dict(parse_qsl(scope["query_string"][:400].decode("latin-1")))
    hello = Hello(reader.credential, reader.wish, said.get("view"), None)
    return urgent(said.get("stream", ""), hello)


def _hello(text: str | None) -> tuple[str, str | None, int | None] | None:
    """Stream, view and cursor of a hello; None for what is none."""
    try:
        said = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("type") != "hello":
        return None
    stream, view, after = said.get("stream"), said.get("view"), said.get("after")
    if not isinstance(stream, str) or not isinstance(view, str | None):
        return None
    if after is not None and (type(after) is not int or not 0 <= after < 2**53):
        return None
    return stream, view, after


def routes() -> list[BaseRoute]:
    """The websocket's route (the polling route stands among the others)."""
    return [WebSocketRoute("/live", LiveSocket(), name="live")]
