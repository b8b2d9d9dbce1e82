"""uvicorn's websocket protocol with one door more: whole frames, written straight to the transport.

`run.py` starts uvicorn with `OPTIONS`. A broadcast then costs one write per reader: no message
objects, no queue, no encoding, no task.
"""

import random
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from forum.base.live import frames

EXTENSION = "folkmoot.live"
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


class HubProtocol(WebSocketsSansIOProtocol):
    """Gives the application itself in the scope's extensions, as a door for ready-made frames."""

    def handle_connect(self, event: Request) -> None:
        """Take the handshake as ever; the application's task has not run yet."""
        super().handle_connect(event)
        if not self.close_sent:
            cast("dict[str, Any]", self.scope["extensions"])[EXTENSION] = self

    def push(self, data: bytes) -> bool:
        """Write whole frames; False if the reader has gone or lags too far behind."""
        transport = self.transport
        if transport.is_closing() or transport.get_write_buffer_size() > BACKLOG:
            return False
        transport.write(data)
        return True

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
        super().shutdown()
