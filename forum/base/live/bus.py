"""The line between processes: which streams have advanced. A hint only, the log is the truth.

Redis or Valkey where FOLKMOOT_BUS_URL names one, else PostgreSQL's NOTIFY, else nothing (one
process on SQLite). A line that is down is tried again; meanwhile the hub's look once a second
finds everything.
"""

import asyncio
import logging
import secrets
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable

from forum.base.settings import Settings

CHANNEL = "folkmoot"
MOST_IN_ONE = 100  # streams; PostgreSQL takes 8,000 bytes in one notification
RETRY_FIRST, RETRY_MOST = 0.5, 10.0

Wake = Callable[[Iterable[str]], None]
log = logging.getLogger(__name__)


class Bus:
    """No line: there is one process, or the look once a second is all there is."""

    def publish(self, streams: Iterable[str]) -> None:
        """Tell the other processes; never waits, never fails."""

    async def listen(self, wake: Wake) -> None:
        """Hear the other processes until cancelled."""


class Line(Bus, ABC):
    """A line with one connection to hear on and one to speak on, each made again when lost."""

    lost: type[Exception]  # what its library raises then

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = secrets.token_hex(4)
        self._unsent: set[str] = set()
        self._more = asyncio.Event()

    def publish(self, streams: Iterable[str]) -> None:
        """Tell the others from the task that speaks; what is said at once is said in one."""
        self._unsent.update(streams)
        self._more.set()

    async def listen(self, wake: Wake) -> None:
        """Hear and speak until cancelled."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._kept_up(lambda: self.hear(wake)))
            both.create_task(self._kept_up(self.speak))

    async def _kept_up(self, work: Callable[[], Awaitable[None]]) -> None:
        wait = RETRY_FIRST
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            try:
                await work()
            except (OSError, self.lost) as error:
                log.warning("the bus is down, trying again: %s", error)
            wait = min(wait * 2, RETRY_MOST) if loop.time() - started < RETRY_MOST else RETRY_FIRST
            await asyncio.sleep(wait)

    @abstractmethod
    async def hear(self, wake: Wake) -> None:
        """Connect and hear the others; raises when the connection is lost."""

    @abstractmethod
    async def speak(self) -> None:
        """Connect and send what is published; raises when the connection is lost."""

    async def words(self) -> str:
        """Wait for something to say: our name, which tells our own words, and the streams."""
        if not self._unsent:
            self._more.clear()
            await self._more.wait()
        names = [self._unsent.pop() for _ in range(min(MOST_IN_ONE, len(self._unsent)))]
        return " ".join([self.name, *names])

    def heard(self, words: str, wake: Wake) -> None:
        """Wake the hub, unless these were our own words."""
        name, *streams = words.split()
        if name != self.name:
            wake(streams)


class Postgres(Line):
    """LISTEN and NOTIFY of the database that holds the log."""

    def __init__(self, url: str) -> None:
        import psycopg  # noqa: PLC0415 - most installations never need it, and it is slow to load

        super().__init__(url)
        self.connect = psycopg.AsyncConnection.connect
        self.lost = psycopg.Error

    async def hear(self, wake: Wake) -> None:
        """Hear notifications."""
        async with await self.connect(self.url, autocommit=True) as line:
            await line.execute(f"LISTEN {CHANNEL}")
            async for note in line.notifies():
                self.heard(note.payload, wake)

    async def speak(self) -> None:
        """Send notifications."""
        async with await self.connect(self.url, autocommit=True) as line:
            while True:
                await line.execute("SELECT pg_notify(%s, %s)", (CHANNEL, await self.words()))


class Valkey(Line):
    """Publish and subscribe of Redis or Valkey."""

    def __init__(self, url: str) -> None:
        from redis.asyncio import Redis  # noqa: PLC0415 - as above
        from redis.exceptions import RedisError  # noqa: PLC0415

        super().__init__(url)
        self.connect = Redis.from_url
        self.lost = RedisError

    async def hear(self, wake: Wake) -> None:
        """Hear messages."""
        async with self.connect(self.url, decode_responses=True) as line, line.pubsub() as ear:
            await ear.subscribe(CHANNEL)
            async for message in ear.listen():
                if message["type"] == "message":
                    self.heard(message["data"], wake)

    async def speak(self) -> None:
        """Send messages."""
        async with self.connect(self.url) as line:
            while True:
                await line.publish(CHANNEL, await self.words())


def choose(config: Settings) -> Bus:
    """The line that the settings ask for."""
    if config.bus_url:
        return Valkey(config.bus_url)
    if not config.sqlite:
        return Postgres(config.url.replace("postgresql+psycopg://", "postgresql://", 1))
    return Bus()
