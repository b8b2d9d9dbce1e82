"""Who comes in first when everybody knocks at once: desks and moderators, then the others in turn.

After a restart a hall's thousand phones stand before the door. Hearing each out takes a moment;
whoever leads the meeting must not wait for all of them, and knocks somewhere among them. So once
a crowd has gathered it waits until nobody new knocks.
"""

import asyncio
from collections import deque
from typing import NamedTuple

from forum.base.live.reader import Reader

HEARD_AT_ONCE = 128  # of whom more knock, they wait
CROWD = 32  # so many waiting are one
QUIET = 0.005  # seconds without a knock
LONGEST = 3.0  # seconds that anybody waits at the door, however many come
AT_A_TIME = 8  # of the crowd, until whoever knocked meanwhile has been heard


class _Knock(NamedTuple):
    at: float
    turn: asyncio.Future[None]


class Doorway:
    """The way in to one hub."""

    def __init__(self) -> None:
        self._hearing: set[Reader] = set()
        self._waiting: deque[_Knock] = deque()
        self._last = 0.0
        self._kept = False  # somebody looks after those who wait

    async def enter(self, reader: Reader, *, first: bool) -> None:
        """Return when it is one's turn: at once for those who go first."""
        loop = asyncio.get_running_loop()
        self._last = loop.time()
        if not first and (self._waiting or len(self._hearing) >= HEARD_AT_ONCE):
            knock = _Knock(self._last, loop.create_future())
            self._waiting.append(knock)
            if not self._kept:
                self._kept = True
                loop.call_soon(self._let_in, loop)
            await knock.turn
        self._hearing.add(reader)

    def heard(self, reader: Reader) -> None:
        """Somebody who entered has been answered, or has gone."""
        self._hearing.discard(reader)

    def _let_in(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        room = HEARD_AT_ONCE - len(self._hearing) if len(self._waiting) < CROWD else 0
        if now - self._last >= QUIET:
            room = max(room, AT_A_TIME)
        let = 0
        while self._waiting and (let < room or now - self._waiting[0].at >= LONGEST):
            turn = self._waiting.popleft().turn
            if not turn.done():  # or whoever stood here has gone
                turn.set_result(None)
                let += 1
        self._kept = bool(self._waiting)
        if self._kept:
            loop.call_later(0 if let else QUIET, self._let_in, loop)
