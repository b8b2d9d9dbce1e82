"""How people behave at a meeting: they come, listen, ask to speak, vote, and lose their line."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any

from simulations.line import Answer, Line, Page, Tally
from simulations.world import Hall, Somebody, World

CHOICES = ("yes", "no", "abstain")
TWICE = 0.2  # how often somebody presses twice
SPEAKS = 0.06  # how often somebody asks for the floor when an item is called up
LEAVES = 0.02  # how often somebody goes at the end of a vote
DROPS_EVERY = 20.0  # seconds, on average, between two breaks of somebody's line


class Person:
    """Somebody with a phone. What they do to the server stands under a key of its own."""

    def __init__(
        self, who: Somebody, world: World, port: int, tally: Tally, seed: str, *, view: str
    ) -> None:
        self.who = who
        self.world = world
        self.tally = tally
        self.dice = random.Random(seed)
        self.line = Line(port, who.token, tally, self.dice)
        self.page = Page(self.line, world.stream, view)
        self.here = f"/meetings/{world.meeting}"
        self._keys = 0

    async def does(
        self, path: str, fields: Mapping[str, Any] | None = None, *, twice: bool = False
    ) -> Answer:
        """Carry out a verb; a second press of the same button must change nothing."""
        self._keys += 1
        key, fields = f"{self.who.id}-{self._keys}", fields or {}
        answer = await self.line.post(path, fields, key)
        if twice:
            self.tally.sent_twice += 1
            again = await self.line.post(path, fields, key)
            if again.status != answer.status:
                self.tally.fault(f"{path}: {answer.status}, pressed again {again.status}")
        return answer

    async def lose_the_line(self) -> None:
        """Now and then, until cancelled."""
        while True:
            await asyncio.sleep(self.dice.expovariate(1 / DROPS_EVERY))
            self.page.drop()
            if self.dice.random() < 0.5:
                self.line.close()


class Participant(Person):
    """A resident: in a hall, where the desk checks them in, or online."""

    def __init__(self, who: Somebody, world: World, port: int, tally: Tally, seed: str) -> None:
        super().__init__(who, world, port, tally, seed, view="meeting")
        self.votes: dict[int, str] = {}  # by poll: what the server said it has counted
        self.gone = False

    async def takes_part(self, arrives: float) -> None:
        """Come after so many seconds, then answer to what the page tells, until cancelled."""
        await asyncio.sleep(arrives)
        async with asyncio.TaskGroup() as group:
            group.create_task(self.page.follow())
            group.create_task(self.lose_the_line())
            if self.who.venue == self.world.online:
                await self.does(f"{self.here}/check-in")
            while True:
                heard = await self.page.heard.get()
                group.create_task(self._answers(heard))

    async def _answers(self, heard: Mapping[str, Any]) -> None:
        if self.gone:
            return
        if heard["type"] == "meetings:item:opened" and self.dice.random() < SPEAKS:
            await asyncio.sleep(2 * self.dice.random())
            twice = self.dice.random() < TWICE
            asked = await self.does(f"{self.here}/speakers", {"side": "pro"}, twice=twice)
            if asked.status == 201 and self.dice.random() < 0.3:
                await self.does(f"/speakers/{asked.data['id']}/withdraw")
        elif heard["type"] == "polls:poll:opened":
            await self._votes(int(heard["subject"].removeprefix("poll:")))
        elif heard["type"] == "polls:poll:published" and self.dice.random() < LEAVES:
            left = await self.does(f"{self.here}/check-out")
            self.gone = left.done

    async def _votes(self, poll: int) -> None:
        await asyncio.sleep(1.5 * self.dice.random())
        for choice in self.dice.choices(CHOICES, (6, 3, 1), k=1 + (self.dice.random() < TWICE)):
            counted = await self.does(f"{self.here}/polls/{poll}/ballot", {"choice": choice})
            if counted.status == 200:
                self.votes[poll] = choice


class Desk(Person):
    """The clerk of a hall: checks in who comes, a few at a time."""

    def __init__(self, hall: Hall, world: World, port: int, tally: Tally, seed: str) -> None:
        super().__init__(hall.desk, world, port, tally, seed, view="desk")
        self.hall = hall

    async def works(self, within: float) -> None:
        """Check everybody of this hall in within so many seconds; then stay until cancelled."""
        people = [one.id for one in self.world.people if one.venue == self.hall.venue]
        self.dice.shuffle(people)
        path = f"{self.here}/desk/{self.hall.venue}/check-in"
        async with asyncio.TaskGroup() as group:
            group.create_task(self.page.follow())
            group.create_task(self.lose_the_line())
            while people:
                some = [people.pop() for _ in range(min(len(people), self.dice.randint(1, 8)))]
                twice = self.dice.random() < TWICE
                done = await self.does(path, {"member": some}, twice=twice)
                if not done.done:
                    self.tally.fault(f"the desk was told {done.status}: {done.data}")
                await asyncio.sleep(within * len(some) / (len(people) + len(some) + 1) / 2)
