"""One stream's readers, and the task that takes them along as the stream advances.

Everything of a stream happens in turns, one after the other: a turn looks at the log once, sends
what is new to those who are there, then welcomes those who came, who so stand exactly at the head
that the others have reached. Nothing can fall between a welcome and the next frame.
"""

import asyncio
import logging
from typing import TYPE_CHECKING

from forum.base import registry
from forum.base.events import Audience
from forum.base.live.protocol import Door, push
from forum.base.live.snapshots import Answer, Group, Hello, Look, Shown

if TYPE_CHECKING:
    from forum.base.live.hub import Hub
    from forum.base.live.reader import Reader

SPACING = 0.25  # seconds between frames of nothing but presence or turnout
MOST_WELCOMED = 256  # in one turn, so that those who are there need not wait long
BREATH = 500  # sends until other tasks may run
GATHERING = 0.01  # seconds before a turn that only welcomes: a storm needs few looks
RETRY = 1.0  # seconds after a look that failed

log = logging.getLogger(__name__)


class Channel:
    """A stream that somebody reads."""

    def __init__(self, hub: "Hub", stream: str) -> None:
        self.hub = hub
        self.stream = stream
        self.cursor: int | None = None
        self.groups: dict[Group, dict[Reader, Door]] = {}
        self.shown: Shown = {}
        self.arrivals: dict[Reader, Hello] = {}
        self._stirred = False
        self._quiet_until = 0.0
        self._opens_at = 0.0
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody reads this stream or is about to."""
        return not (self.groups or self.arrivals)

    def nudge(self) -> None:
        """The stream may have advanced: look, now or right after the look that is under way."""
        self._stirred = True
        self._start()

    def _start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    def welcome(self, reader: "Reader", hello: Hello) -> None:
        """Take a reader in with the next turn; the latest hello counts."""
        self.arrivals[reader] = hello
        self._start()

    def leave(self, reader: "Reader") -> None:
        """Forget a reader."""
        self.arrivals.pop(reader, None)
        place = reader.places.pop(self.stream, None)
        if place is None:
            return
        members = self.groups[place.group]
        del members[reader]
        if not members:
            del self.groups[place.group]
            self.shown.pop(place.group, None)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._stirred or self.arrivals:
                if not self._stirred and (early := self._opens_at - loop.time()) > 0:
                    await asyncio.sleep(early)
                self._stirred = False
                await self._turn()
                self._opens_at = loop.time() + GATHERING
        except Exception:  # the database is away: the readers wait, the log is still the truth
            log.exception("the stream %s could not be read", self.stream)
            self._later(RETRY)
        finally:
            self._task = None
            if self.empty:
                self.hub.forget(self)

    def _later(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(seconds, self._again)

    def _again(self) -> None:
        self._timer = None
        if not self.empty:
            self.nudge()

    def stop(self) -> None:
        """Let go: the server stops."""
        if self._task is not None:
            self._task.cancel()
        if self._timer is not None:
            self._timer.cancel()

    async def _turn(self) -> None:
        now = asyncio.get_running_loop().time()
        hold = now < self._quiet_until
        arrivals = self._next()
        look = await self.hub.look(self, arrivals, hold=hold)
        if look is None:
            self._later(self._quiet_until - now)
            return
        if look.bursts:
            self._quiet_until = now + SPACING
        await self.deliver(look)
        for (reader, hello), answer in zip(arrivals.items(), look.answers, strict=True):
            if self.arrivals.get(reader) is hello:  # neither gone nor, meanwhile, begun anew
                del self.arrivals[reader]
                self._admit(reader, answer)
        self.cursor = look.head
        # A group that was left meanwhile must not come back to what it saw then.
        self.shown = {group: html for group, html in self.shown.items() if group in self.groups}

    def _next(self) -> "dict[Reader, Hello]":
        if len(self.arrivals) <= MOST_WELCOMED:
            return dict(self.arrivals)
        # A view that residents may not see is a desk or a chair, who work while others watch.
        first = sorted(self.arrivals.items(), key=lambda pair: not urgent(self.stream, pair[1]))
        return dict(first[:MOST_WELCOMED])

    def _admit(self, reader: "Reader", answer: Answer) -> None:
        if reader.actor is not None and answer.actor is None:
            self.hub.part(reader, "signed-out")
            return
        if answer.place is not None:
            self.groups.setdefault(answer.place.group, {})[reader] = reader.socket.door
            self.hub.met(reader, answer)
        if not reader.admitted(self.stream, answer):
            self.hub.part(reader, "resync")

    async def deliver(self, look: Look) -> None:
        """Send what is new, staff first; who does not keep up is sent away, never waited for."""
        for group in sorted(look.sends, key=lambda group: -group.audience):
            data = look.sends[group]
            readers = list(self.groups.get(group, {}).items())
            for start in range(0, len(readers), BREATH):
                for reader in push(readers[start : start + BREATH], data):
                    self.hub.part(reader, "resync")
                await asyncio.sleep(0)


def urgent(stream: str, hello: Hello) -> bool:
    """Whether this asks, signed in, for the page of a desk or a moderator."""
    if hello.view is None or hello.credential is None:
        return False
    view = registry.views.get((stream.partition(":")[0], hello.view))
    return view is not None and view.audience >= Audience.DESK
