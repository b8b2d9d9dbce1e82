"""A bad line between people and the server: it holds bytes back, and cuts connections."""

import asyncio
import random

CHUNK = 65_536


class Proxy:
    """Passes loopback connections on to `target`, as a poor hall's router would."""

    def __init__(self, target: int, seed: int, *, holds: float = 0.3, cuts: float = 0.002) -> None:
        self.target = target
        self.holds = holds  # seconds at most for which bytes are gathered before they go on
        self.cuts = cuts  # how likely a piece is the last one of its connection
        self.cut = 0
        self._dice = random.Random(seed)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self) -> int:
        """Listen on a free port, which is returned."""
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0, backlog=2048)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def stop(self) -> None:
        """Close everything."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            beyond, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        both = (writer, back)
        self._open.update(both)
        try:
            await asyncio.gather(self._carry(reader, back, both), self._carry(beyond, writer, both))
        except (OSError, asyncio.CancelledError):
            pass  # an end is gone, or all is over
        finally:
            for each in both:
                self._open.discard(each)
                each.close()

    async def _carry(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        both: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
    ) -> None:
        while data := await source.read(CHUNK):
            await asyncio.sleep(self.holds * self._dice.random() ** 3)
            if self._dice.random() < self.cuts:
                self.cut += 1
                for each in both:
                    each.transport.abort()
                return
            target.write(data)
            await target.drain()
        target.close()
