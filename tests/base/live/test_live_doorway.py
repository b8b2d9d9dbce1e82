"""The door of the hub: whoever leads is let in before a crowd."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from forum.base.live.doorway import CROWD, HEARD_AT_ONCE, Doorway
from forum.base.live.reader import Reader


class Line:
    """A connection that nothing is sent on."""

    door: Any = None

    def push(self, data: bytes) -> bool:
        """Takes anything."""
        return bool(data)

    def part(self, code: str) -> None:
        """Nothing to close."""


def reader() -> Reader:
    return Reader(Line(), None, "en")


def test_a_few_come_in_as_they_come() -> None:
    async def story() -> None:
        doorway = Doorway()
        for _one in range(HEARD_AT_ONCE):
            step(doorway.enter(reader(), first=False))

    asyncio.run(story())


def test_whoever_leads_passes_a_crowd_and_the_crowd_follows_in_order() -> None:
    async def story() -> list[str]:
        doorway, came = Doorway(), list[str]()

        async def knock(name: str, *, first: bool) -> None:
            one = reader()
            await doorway.enter(one, first=first)
            came.append(name)
            doorway.heard(one)

        for _one in range(HEARD_AT_ONCE):
            await doorway.enter(reader(), first=False)  # and nobody answers them yet
        crowd = [asyncio.create_task(knock(str(n), first=False)) for n in range(4 * CROWD)]
        await asyncio.sleep(0)
        await knock("chair", first=True)
        await asyncio.gather(*crowd)
        return came

    assert asyncio.run(story()) == ["chair", *map(str, range(4 * CROWD))]


def test_whoever_goes_away_keeps_nobody_waiting() -> None:
    async def story() -> None:
        doorway = Doorway()
        inside = [reader() for _one in range(HEARD_AT_ONCE)]
        for one in inside:
            await doorway.enter(one, first=False)
        gone = asyncio.create_task(doorway.enter(reader(), first=False))
        stays = asyncio.create_task(doorway.enter(reader(), first=False))
        await asyncio.sleep(0)
        gone.cancel()
        doorway.heard(inside[0])
        doorway.heard(inside[0])  # once answered, once gone: it is one place
        await stays

    asyncio.run(story())


def step(work: Coroutine[Any, Any, None]) -> None:
    """Run what does not wait for anybody."""
    try:
        work.send(None)
    except StopIteration:
        return
    raise AssertionError("had to wait")
