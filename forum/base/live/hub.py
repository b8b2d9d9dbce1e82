"""The hub of one process: which sockets read which streams, and what wakes them.

It keeps nothing that a restart would lose: whoever returns says how far they were, and the log
has the rest. Waking is a hint (a commit in this process, the bus); once a second the heads of the
streams that are read are compared with the log, which finds what the command line wrote.
"""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import cache, partial
from typing import TypeVar

from forum.base import events, refs
from forum.base.db import on_commit, reading
from forum.base.live import bus, snapshots
from forum.base.live.channel import Channel, urgent
from forum.base.live.doorway import Doorway
from forum.base.live.reader import Reader
from forum.base.live.snapshots import Answer, Hello, Look
from forum.base.settings import Settings

LOOK_EVERY = 1.0  # seconds between looks at the heads of the streams that are read
RECHECK_EVERY = 60  # looks between checks that everybody may still see what they see
AT_ONCE = 100  # readers checked, or streams looked at, in one go
PLACES = 2  # looks at once for those who come in; as many again are kept for those at work
MOST_STREAMS = 16  # for one socket

T = TypeVar("T")
log = logging.getLogger(__name__)


class Hub:
    """All open sockets of one event loop."""

    def __init__(self, config: Settings, line: bus.Bus) -> None:
        self.config = config
        self.loop = asyncio.get_running_loop()
        self.doorway = Doorway()
        self.readers: set[Reader] = set()
        self.channels: dict[str, Channel] = {}
        self._bus = line
        self._people: dict[str, set[Reader]] = {}  # by the person's own stream
        self._heads: dict[str, int] = {}  # of those streams
        self._suspects: set[Reader] = set()
        self._checking: asyncio.Task[None] | None = None
        self._newcomers = asyncio.Semaphore(PLACES)
        self._at_work = asyncio.Semaphore(PLACES)
        self._threads = ThreadPoolExecutor(2 * PLACES + 1, thread_name_prefix="live")

    @property
    def crowded(self) -> bool:
        """Whether no more sockets are taken; pages then poll."""
        return len(self.readers) >= self.config.max_sockets

    async def join(self, reader: Reader, stream: str, hello: Hello) -> None:
        """Answer a hello; said again for a stream, it starts that stream anew."""
        channel = self.channels.get(stream)
        if channel is None:
            channel = self.channels[stream] = Channel(self, stream)
        channel.leave(reader)
        if len(reader.places) >= MOST_STREAMS or len(stream) > 64:
            reader.admitted(stream, Answer(reader.actor, None))
            self.forget(channel)
            return
        channel.welcome(reader, hello)
        await reader.answer(stream)
        self.doorway.heard(reader)

    def met(self, reader: Reader, answer: Answer) -> None:
        """Watch the own stream of somebody who came in: what befalls them stands there."""
        if answer.actor is not None:
            own = refs.ref("member", answer.actor.id)
            self._people.setdefault(own, set()).add(reader)
            self._heads.setdefault(own, answer.watch)

    def leave(self, reader: Reader) -> None:
        """Forget a socket."""
        self.doorway.heard(reader)
        self.readers.discard(reader)
        self._suspects.discard(reader)
        for stream in [*reader.places, reader.awaits]:
            if channel := self.channels.get(stream):
                channel.leave(reader)
                self.forget(channel)
        if reader.actor is not None:
            own = refs.ref("member", reader.actor.id)
            others = self._people.get(own, set())
            others.discard(reader)
            if not others:
                self._people.pop(own, None)
                self._heads.pop(own, None)
        reader.settle()

    def part(self, reader: Reader, code: str) -> None:
        """Close a socket with a reason."""
        reader.socket.part(code)
        self.leave(reader)

    def forget(self, channel: Channel) -> None:
        """Drop a channel that nobody reads any more."""
        if channel.empty and self.channels.get(channel.stream) is channel:
            del self.channels[channel.stream]

    async def look(
        self, channel: Channel, arrivals: dict[Reader, Hello], *, hold: bool
    ) -> Look | None:
        """One look at a stream in a worker thread; a storm of newcomers leaves places free."""
        hellos = list(arrivals.values())
        working = channel.groups or any(urgent(channel.stream, hello) for hello in hellos)
        async with self._at_work if working else self._newcomers:
            groups = list(channel.groups)
            here = (channel.stream, channel.cursor, groups, hellos, channel.shown)
            return await self._in_thread(partial(snapshots.look, *here, hold=hold))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await self.loop.run_in_executor(self._threads, work)

    def committed(self, streams: Iterable[str]) -> None:
        """This process wrote: look, and tell the others."""
        names = list(streams)
        self.wake(names)
        self._bus.publish(names)

    def wake(self, streams: Iterable[str]) -> None:
        """These streams may have advanced."""
        for stream in streams:
            if channel := self.channels.get(stream):
                channel.nudge()
            if stream in self._people:
                self.suspect(self._people[stream])

    def suspect(self, readers: Iterable[Reader]) -> None:
        """Look again at who these are and what they may see."""
        self._suspects.update(readers)
        if self._suspects and self._checking is None:
            self._checking = asyncio.create_task(self._check())

    async def _check(self) -> None:
        try:
            while self._suspects:
                some = [self._suspects.pop() for _ in range(min(AT_ONCE, len(self._suspects)))]
                subjects = [reader.subject() for reader in some]
                found = await self._in_thread(partial(snapshots.verdicts, subjects))
                for reader, verdict in zip(some, found, strict=True):
                    if verdict is not None and reader in self.readers:
                        self.part(reader, verdict)
                await asyncio.sleep(0.01)  # two thousand checks must not delay a frame
        except Exception:  # the database is away; the next round of checks comes by itself
            log.exception("open sockets could not be checked")
        finally:
            self._checking = None

    async def watch(self) -> None:
        """Once a second, see whether the log moved on unnoticed; now and then, who may stay."""
        rounds = 0
        while True:
            await asyncio.sleep(LOOK_EVERY)
            rounds += 1
            try:
                names = list({*self.channels, *self._heads})
                for start in range(0, len(names), AT_ONCE):
                    self._compare(await self._look_at_heads(names[start : start + AT_ONCE]))
            except Exception:  # tried again in a second
                log.exception("the heads of the streams could not be read")
            if rounds % RECHECK_EVERY == 0:
                self.suspect(self.readers)

    async def _look_at_heads(self, names: Sequence[str]) -> dict[str, int]:
        def look() -> dict[str, int]:
            with reading() as db:
                return dict.fromkeys(names, 0) | events.heads(db, names)

        return await self._in_thread(look)

    def _compare(self, heads: dict[str, int]) -> None:
        for stream, head in heads.items():
            channel = self.channels.get(stream)
            if channel is not None and channel.cursor not in (None, head):
                channel.nudge()
            if self._heads.get(stream, head) != head:
                self._heads[stream] = head
                self.suspect(self._people[stream])

    def close(self) -> None:
        """Let go of the streams and the threads."""
        for channel in list(self.channels.values()):
            channel.stop()
        self._threads.shutdown(wait=False, cancel_futures=True)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def current() -> Hub | None:
    """The hub of the running loop, if the application has started one."""
    return _hubs.get(asyncio.get_running_loop())


def wake(streams: Iterable[str]) -> None:
    """Tell the hubs of this process, from any thread, that these streams have advanced."""
    for hub in list(_hubs.values()):
        with suppress(RuntimeError):  # its loop has just closed
            hub.loop.call_soon_threadsafe(hub.committed, streams)


on_commit(wake)


@asynccontextmanager
async def running(config: Settings) -> AsyncIterator[Hub]:
    """Run a hub while the application runs."""
    line = bus.choose(config)
    hub = Hub(config, line)
    _hubs[hub.loop] = hub
    tasks = [asyncio.create_task(hub.watch()), asyncio.create_task(line.listen(hub.wake))]
    settle_memory()
    try:
        yield hub
    finally:
        del _hubs[hub.loop]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        hub.close()


@cache
def settle_memory() -> None:
    """Take what start-up made out of the collector's sight, and let it look less often.

    Five thousand sockets are half a million live objects: the default thresholds would walk all
    of them again and again while more connect.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
