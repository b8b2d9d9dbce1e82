"""How the chair runs the meeting: from its opening through every item to its close."""

import asyncio
from collections.abc import Mapping
from typing import Any

from simulations.line import Answer, Tally
from simulations.people import Person
from simulations.world import World

TRIES = 20


class Chair(Person):
    """Alone at the console; whatever is refused to the chair is a fault of the meeting."""

    def __init__(self, world: World, port: int, tally: Tally, seed: str) -> None:
        super().__init__(world.chair, world, port, tally, seed, view="console")
        self.polls: list[int] = []
        self.heard = 0  # speeches

    async def must(self, path: str, fields: Mapping[str, Any] | None = None) -> Answer:
        """A verb that has to succeed."""
        answer = await self.does(path, fields, twice=self.dice.random() < 0.1)
        if not answer.done:
            self.tally.fault(f"the chair was told {answer.status} by {path}: {answer.data}")
        return answer

    async def presides(self, seconds: float) -> None:
        """Hold the whole meeting in about so many seconds."""
        await self.must(f"{self.here}/step", {"act": "start"})
        await self.must(f"{self.here}/quorum")
        for item in self.world.items:
            await self._takes(item, seconds / len(self.world.items))
        await self.must(f"{self.here}/step", {"act": "adjourn"})

    async def _takes(self, item: int, seconds: float) -> None:
        await self.must(f"{self.here}/items/open", {"item": item})
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds / 2
        await asyncio.sleep(min(2.0, seconds / 6))
        while loop.time() < until and await self._hears_one(seconds / 20):
            pass
        asked = {"question": "Shall we?", "channel": "online", "method": "majority", "now": "1"}
        held = await self.must(f"{self.here}/polls", asked)
        # Where the answer was lost with the server, the console tells.
        shown = held.data.get("id") or (await self.line.get(f"{self.here}/console")).data["poll"]
        poll = shown["id"] if isinstance(shown, dict) else shown
        self.polls.append(poll)
        await asyncio.sleep(max(2.0, seconds / 4))
        for step in ("close", "publish"):
            await self.must(f"{self.here}/polls/{poll}/{step}")
        await self.must(f"{self.here}/items/close")

    async def _hears_one(self, seconds: float) -> bool:
        """Give the floor to whoever is first; False when nobody waits."""
        for _try in range(TRIES):
            waiting = (await self.line.get(f"{self.here}/console")).data["speakers"]["waiting"]
            if not waiting:
                return False
            first = waiting[0]["id"]
            given = await self.does(f"/speakers/{first}/recognize")
            if given.done:
                await asyncio.sleep(seconds)
                await self.must(f"/speakers/{first}/finish")
                self.heard += 1
                return True
        self.tally.fault("nobody of those who wait could be given the floor")
        return False
