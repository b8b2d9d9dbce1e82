"""uvicorn's websocket protocol with a quicker handshake and a door for ready-made frames.

`run.py` starts uvicorn with `OPTIONS`. A broadcast then costs one write per reader: no message
objects, no queue, no encoding, no task. After a restart thousands come back at once: the head of
their requests, which uvicorn has parsed and checked, is not parsed and checked a second time.
"""

import asyncio
import os
import random
from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast
from urllib.parse import unquote

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State
from websockets.utils import accept_key

from forum.base.live import frames
from forum.base.live.frames import EXTENSION

# Deflate costs a reader 30 kB and a broadcast three times the processor; hellos are small.
OPTIONS: dict[str, Any] = {
    "ws": "forum.base.live.protocol:HubProtocol",
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
    "ws_max_size": 4096,
    "ws_per_message_deflate": False,
}
BACKLOG = 262_144  # bytes that may wait for one reader
PATIENCE = 5.0  # seconds for the last words to a reader who does not read
RETURNS_PER_SECOND = 1_000  # how fast readers are asked back after a restart

# A connection, and the socket's own number where bytes can go out as they are.
Door = tuple[asyncio.Transport, int | None]
T = TypeVar("T")


def push(doors: Iterable[tuple[T, Door]], data: bytes) -> list[T]:
    """Write whole frames to each; returns those who have gone or lag too far behind.

    One loop over what it needs and nothing more: with thousands of readers, each object that is
    touched on the way costs as much as a tenth of the system call.
    """
    left = []
    for reader, (transport, line) in doors:
        waiting = transport.get_write_buffer_size()
        if transport.is_closing() or waiting > BACKLOG:
            left.append(reader)
        elif line is None or waiting:
            transport.write(data)
        else:  # nothing waits before it: the transport's own work is a tenth of a broadcast
            try:
                sent = os.write(line, data)
            except BlockingIOError:
                sent = 0
            except OSError:
                left.append(reader)
                continue
            if sent < len(data):
                transport.write(data[sent:])
    return left


class HubProtocol(WebSocketsSansIOProtocol):
    """Gives the application itself in the scope's extensions, as a door for ready-made frames."""

    _key: str | None = None  # of a plain handshake that awaits the application's word
    door: Door

    def connection_made(  # type: ignore[override]  # narrower than asyncio's, as uvicorn has it
        self, transport: asyncio.Transport
    ) -> None:
        """Learn whether frames can go straight to the socket: not through TLS."""
        super().connection_made(transport)
        plain = transport.get_extra_info("sslcontext") is None
        socket = transport.get_extra_info("socket")
        direct = plain and os.name == "posix" and socket is not None
        self.door = (transport, socket.fileno() if direct else None)

    def data_received(self, data: bytes) -> None:
        """Take a plain handshake the short way; everything else goes the way of the library."""
        if self.handshake_initiated or not self._greeted(data):
            super().data_received(data)

    def handle_connect(self, event: Request) -> None:
        """Take a handshake the long way; the application's task has not run yet."""
        super().handle_connect(event)
        if not self.close_sent:
            cast("dict[str, Any]", self.scope["extensions"])[EXTENSION] = self

    def _greeted(self, data: bytes) -> bool:
        head, _end, rest = data.partition(b"\r\n\r\n")
        line, *lines = head.split(b"\r\n")
        headers = [cast("tuple[bytes, bytes]", tuple(each.split(b": ", 1))) for each in lines]
        facts = dict(headers)
        key = facts.get(b"sec-websocket-key", b"")
        if rest or len(facts) != len(headers) or not _plain(facts):
            return False
        self.handshake_initiated = True
        self._key = key.decode()
        # The library's state machine reads frames from here on: its handshake is behind it.
        self.conn.state = State.OPEN
        self.conn.parser = self.conn.parse()
        next(self.conn.parser)
        target = line.split(b" ")[1]
        path, _mark, query = target.partition(b"?")
        self.scope = {
            "type": "websocket",
            "asgi": {"version": self.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": self.scheme,
            "server": self.server,
            "client": self.client,
            "root_path": self.root_path,
            "path": self.root_path + unquote(path.decode("ascii")),
            "raw_path": self.root_path.encode("ascii") + path,
            "query_string": query,
            "headers": headers,
            "subprotocols": [],
            "state": self.app_state.copy(),
            "extensions": cast("dict[str, Any]", {EXTENSION: self}),
        }
        self.queue.put_nowait({"type": "websocket.connect"})
        task = self.loop.create_task(self.run_asgi())
        task.add_done_callback(self.on_task_complete)
        self.tasks.add(task)
        return True

    async def send(self, message: ASGISendEvent) -> None:
        """Answer a plain handshake; what comes later goes the way of the library."""
        answers = ("websocket.accept", "websocket.close")
        if self._key is None or self.disconnected or message["type"] not in answers:
            await super().send(message)
            return
        key, self._key = self._key, None
        self.handshake_complete = True
        if message["type"] == "websocket.accept":
            accept = accept_key(key)
            self.transport.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                b"Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n" % accept.encode()
            )
            self.start_keepalive()
        else:
            self.close_sent = True
            self.queue.put_nowait({"type": "websocket.disconnect", "code": 1006})
            self.transport.write(
                b"HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            )
            self.transport.close()

    def push(self, data: bytes) -> bool:
        """Write whole frames; False if the reader has gone or lags too far behind."""
        return not push([(self, self.door)], data)

    def part(self, code: str) -> None:
        """Say bye and close; one who does not even read that is cut off."""
        if self.transport.is_closing() or self.close_sent:
            return
        self.close_sent = True
        self.stop_keepalive()
        self.transport.write(frames.bye(code) + frames.closing_frame(code))
        self.transport.close()
        self.loop.call_later(PATIENCE, self.transport.abort)

    def shutdown(self) -> None:
        """The server stops: ask the readers back, spread over the time that a return takes."""
        if self.handshake_complete and not self.close_sent and not self.transport.is_closing():
            spread = 1 + len(self.connections) / RETURNS_PER_SECOND
            after = 0.5 + random.random() * spread  # noqa: S311 - jitter
            self.transport.write(frames.bye("restart", retry_after=after))
            self.loop.call_later(PATIENCE, self.transport.abort)
        super().shutdown()


def _plain(headers: Mapping[bytes, bytes]) -> bool:
    """Whether these headers ask for a websocket of today, and for nothing besides."""
    try:
        nonce = b64decode(headers[b"sec-websocket-key"], validate=True)
    except (KeyError, ValueError):
        return False
    return (
        len(nonce) == 16
        and headers.get(b"sec-websocket-version") == b"13"
        and headers.get(b"upgrade", b"").lower() == b"websocket"
        and b"upgrade" in headers.get(b"connection", b"").lower()
        and b"sec-websocket-protocol" not in headers
    )
