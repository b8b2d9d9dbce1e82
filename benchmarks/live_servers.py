"""The three servers that `benchmarks.live` compares, each a child: "bare", "stock" or "hub".

Each answers {"go": true} with the moments of its broadcast: `first`, just before the first send,
and for the hub `commit`, when the event was in the log.
"""

import asyncio
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from benchmarks.common import allow_files, commands, pin_child, reply
from forum.base.live.frames import websocket_frame

STREAM = "bench:1"
TEXT = "x" * 300
FILLING = 165  # with it, a frame of the hub is as long as the others'
ACCEPTED = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
)


def bare(port: int) -> None:
    """The least that Python can do: one send() of the same bytes for each socket."""
    listener = socket.create_server(("127.0.0.1", port), backlog=1024)
    sockets: list[socket.socket] = []

    def accept() -> None:
        while True:
            fresh, _address = listener.accept()
            fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            fresh.recv(4096)
            fresh.sendall(ACCEPTED)
            fresh.setblocking(False)
            sockets.append(fresh)

    threading.Thread(target=accept, daemon=True).start()
    frame = websocket_frame(TEXT.encode())
    reply(ready=True)
    for _command in commands():
        first = time.monotonic()
        for each in sockets:
            each.send(frame)
        reply(first=first)


def serve(
    app: Any, port: int, go: Callable[[asyncio.AbstractEventLoop], None], **options: Any
) -> None:
    """Run uvicorn in this thread and the commands in another."""
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", **options)
    server = uvicorn.Server(config)

    def listen(loop: asyncio.AbstractEventLoop) -> None:
        while not server.started:
            time.sleep(0.01)
        reply(ready=True)
        for _command in commands():
            go(loop)
        os._exit(0)  # a farewell to thousands of sockets is not what is measured

    async def run() -> None:
        loop = asyncio.get_running_loop()
        threading.Thread(target=listen, args=(loop,), daemon=True).start()
        await server.serve()

    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(run())


def stock(port: int) -> None:
    """What one writes at first: Starlette's WebSocket, sent to in a loop."""
    readers: set[WebSocket] = set()

    async def live(reader: WebSocket) -> None:
        await reader.accept()
        readers.add(reader)
        try:
            while True:
                await reader.receive_text()
        except WebSocketDisconnect:
            readers.discard(reader)

    async def broadcast() -> float:
        first = time.monotonic()
        for reader in list(readers):
            await reader.send_text(TEXT)
        return first

    def go(loop: asyncio.AbstractEventLoop) -> None:
        reply(first=asyncio.run_coroutine_threadsafe(broadcast(), loop).result())

    app = Starlette(routes=[WebSocketRoute("/live", live)])
    serve(app, port, go, ws="websockets-sansio", ws_per_message_deflate=False)


def hub(port: int, data: str) -> None:
    """The whole application: an event is recorded and committed, the hub does the rest."""
    from forum.base import events, registry, settings, web  # noqa: PLC0415
    from forum.base.db import transaction  # noqa: PLC0415
    from forum.base.events import Audience, Event  # noqa: PLC0415
    from forum.base.live.channel import Channel  # noqa: PLC0415
    from forum.base.live.protocol import OPTIONS  # noqa: PLC0415
    from forum.base.live.snapshots import Look  # noqa: PLC0415

    class Published(Event):
        kind: ClassVar[str] = "bench:event:published"
        text: str

    @registry.stream("bench")
    def everybody(_db: Any, _actor: Any, _ident: int) -> Audience:
        return Audience.PUBLIC

    moments: dict[str, float] = {}
    sent = threading.Event()
    deliver = Channel.deliver

    async def timed(channel: Channel, look: Look) -> None:
        moments["first"] = time.monotonic()
        await deliver(channel, look)
        if look.sends:
            sent.set()

    Channel.deliver = timed  # type: ignore[method-assign, assignment]

    def go(_loop: asyncio.AbstractEventLoop) -> None:
        sent.clear()
        with transaction() as tx:
            events.record(tx, None, Published("x" * FILLING), stream=STREAM, subject=STREAM)
        commit = time.monotonic()
        sent.wait(60)
        reply(first=moments["first"], commit=commit)

    app = web.create_app(settings.configure(data=Path(data)))
    serve(app, port, go, **OPTIONS)


if __name__ == "__main__":
    pin_child()
    allow_files(60_000)
    which, number, *rest = sys.argv[1:]
    if which == "hub":
        hub(int(number), rest[0])
    else:
        (bare if which == "bare" else stock)(int(number))
