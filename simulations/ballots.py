"""`run.py simulate ballots`: a burst of secret ballots at a server that is killed again and again.

Everybody votes over HTTP in one real poll, until they hold their receipt; some press twice at the
same moment, some hang up before the answer comes, some try to vote once more. Meanwhile the server
is killed with -9 at moments that a seed decides, and started again. At the end each acknowledged
ballot must count once and no other, every receipt must verify, and so must the published file.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import allow_files, report
from simulations import ballot_checks, electorate
from simulations.electorate import Electorate, Voter
from simulations.line import Answer, Line, Tally
from simulations.server import Server
from voting.methods.method import methods

MOST_PEOPLE = 20_000
MOST_KILLS = 50
PRESS_TWICE, HANG_UP, VOTE_AGAIN = 0.1, 0.1, 0.05  # so many of all
LOST_WITHIN = 0.05  # seconds after the sending


class Burst:
    """The ballots on their way, and what became of them."""

    def __init__(self, place: Electorate, server: Server, wishes: argparse.Namespace) -> None:
        self.place = place
        self.server = server
        self.wishes = wishes
        self.tally = Tally()
        self.receipts: dict[int, dict[str, Any]] = {}
        self.again = 0
        self.refused = 0
        self.killed = 0
        self._news = asyncio.Condition()
        at_once = min(wishes.connections, max(1, len(place.voters) // 10))
        self._room = asyncio.Semaphore(at_once)

    async def run(self) -> float:
        """Let everybody vote while the server is killed; returns how many seconds it took."""
        began = time.monotonic()
        blows = asyncio.create_task(self._strikes())
        await asyncio.gather(*(self._votes(voter) for voter in self.place.voters))
        seconds = time.monotonic() - began
        await blows
        return seconds

    async def _votes(self, voter: Voter) -> None:
        dice = random.Random(f"{self.wishes.seed}:{voter.id}")
        async with self._room:
            line = self._line(voter, dice)
            twice, hangs_up = dice.random() < PRESS_TWICE, dice.random() < HANG_UP
            if hangs_up:
                await self._hang_up(voter, dice)
            presses = [self._cast(line, voter, voter.mark, voter.nonce)]
            other = self._line(voter, dice)
            if twice:
                self.tally.sent_twice += 1
                presses.append(self._cast(other, voter, voter.mark, voter.nonce))
            for answer in await asyncio.gather(*presses):
                self._keep(voter, answer)
            if dice.random() < VOTE_AGAIN:
                way = methods()[self.place.method]
                mark = electorate.mark(way, self.place.rule, dice)
                answer = await self._cast(other, voter, mark, f"{dice.getrandbits(128):032x}")
                self.refused += 1
                if answer.status != 409:
                    self.tally.fault(f"{voter.id} voted twice: {answer.status}")
            line.close()
            other.close()
        async with self._news:
            self._news.notify_all()

    def _line(self, voter: Voter, dice: random.Random) -> Line:
        return Line(self.server.port, voter.token, self.tally, dice)

    async def _cast(self, line: Line, voter: Voter, mark: str, nonce: str) -> Answer:
        address = f"/polls/{self.place.poll}/ballot"
        return await line.post(address, {"choice": mark, "nonce": nonce}, "")

    async def _hang_up(self, voter: Voter, dice: random.Random) -> None:
        """The line breaks somewhere between the sending and the answer."""
        lost = self._line(voter, dice)
        sending = asyncio.create_task(self._cast(lost, voter, voter.mark, voter.nonce))
        await asyncio.sleep(dice.random() * LOST_WITHIN)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        lost.close()
        self.tally.dropped += 1

    def _keep(self, voter: Voter, answer: Answer) -> None:
        """A receipt; of several answers to one ballot all must be the same."""
        if answer.status != 200 or not answer.data.get("commit"):
            self.tally.fault(f"the ballot of {voter.id} was answered {answer.status}")
            return
        self.again += bool(answer.data["again"])
        receipt = {name: answer.data[name] for name in ("poll", "commit", "signature")}
        if self.receipts.setdefault(voter.id, receipt) != receipt:
            self.tally.fault(f"{voter.id} has two receipts")

    async def _strikes(self) -> None:
        """Kill it as often as wished, at numbers of receipts that the seed draws."""
        people = len(self.place.voters)
        dice = random.Random(f"{self.wishes.seed}:blows")
        moments = sorted(dice.sample(range(1, people * 4 // 5), self.wishes.kills))
        for moment in moments:
            due = min(people, max(moment, len(self.receipts) + 1))
            async with self._news:
                while len(self.receipts) < due:
                    await self._news.wait()
            self.killed += len(self.receipts) < people
            await asyncio.to_thread(self.server.kill)
            await asyncio.to_thread(self.server.start)

    async def end(self) -> bytes:
        """The chair closes and publishes over HTTP; returns the published file."""
        line = Line(self.server.port, self.place.chair, self.tally, random.Random(0))
        here = f"/polls/{self.place.poll}"
        for verb in ("close", "publish"):
            answer = await line.post(f"{here}/{verb}", {}, f"{verb} {self.wishes.seed}")
            if not answer.done:
                self.tally.fault(f"the vote could not be brought to {verb}: {answer.status}")
        line.close()
        return await asyncio.to_thread(self.server.fetch, f"{here}/bundle.zip")


async def hold(place: Electorate, server: Server, wishes: argparse.Namespace) -> dict[str, Any]:
    """Let it happen; returns what happened."""
    burst = Burst(place, server, wishes)
    seconds = await burst.run()
    published = await burst.end()
    faults, counts = ballot_checks.faults(server.data, place, burst.receipts, published)
    if complaint := server.complaint():
        faults.append(f"the server logged a fault: {complaint}")
    tally = burst.tally
    return {
        "counts": {
            **counts,
            "acknowledged": len(burst.receipts),
            "requests": tally.requests,
            "sent twice": tally.sent_twice,
            "hung up": tally.dropped,
            "tried again": tally.retries,
            "found by their number": burst.again,
            "second votes refused": burst.refused,
            "killed in the burst": burst.killed,
        },
        "seconds": round(seconds, 1),
        "statuses": {str(status): n for status, n in sorted(tally.statuses.items())},
        "faults": [*tally.faults, *faults],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate, report, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(prog="run.py simulate ballots")
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=10, help="kill -9 the server so many times")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--method", default="majority", choices=sorted(methods()))
    parser.add_argument("--connections", type=int, default=200, help="so many at the same time")
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; else SQLite")
    parser.add_argument("--json", action="store_true")
    wishes = parser.parse_args(arguments)
    if not 20 <= wishes.people <= MOST_PEOPLE or not 1 <= wishes.connections <= 2000:
        parser.error(f"from 20 to {MOST_PEOPLE} people, from 1 to 2000 connections")
    if not 0 <= wishes.kills <= min(MOST_KILLS, wishes.people // 10):
        parser.error(f"up to {MOST_KILLS} kills, and ten people for each")
    if methods()[wishes.method].two_weights:
        parser.error("a poll has one weight: choose another method")
    os.environ["FOLKMOOT_DATABASE_URL"] = wishes.database  # the server's too
    allow_files(4 * wishes.connections + 500)
    with tempfile.TemporaryDirectory(prefix="folkmoot-simulate-") as name:
        if not electorate.empty(Path(name)):
            parser.error("the database is not empty")
        dice = random.Random(wishes.seed)
        place = electorate.made(Path(name), wishes.people, wishes.method, dice)
        server = Server(Path(name))
        try:
            server.start()
            found = asyncio.run(hold(place, server, wishes))
        finally:
            server.kill()
    shown = {
        name: value for name, value in vars(wishes).items() if name not in ("json", "database")
    }
    shown["database"] = "PostgreSQL" if wishes.database else "SQLite"
    targets = {
        "each acknowledged ballot counts once, and no other": not found["faults"],
        "every blow fell in the burst": found["counts"]["killed in the burst"] == wishes.kills,
    }
    return report(
        {"simulation": "ballots", **shown, **found, "targets": targets}, as_json=wishes.json
    )


if __name__ == "__main__":
    sys.exit(main())
