"""`run.py simulate meeting`: a hybrid meeting of hundreds, with bad lines and a server that dies.

Real clients (HTTP and websockets, loopback only, bounded in number and time) check in, ask to
speak, vote, press twice, lose their lines and come back. At the end every page must show what the
server shows, each event must have reached each page once, and every acknowledged vote must count.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import allow_files, report
from forum.base import db, events, settings
from forum.base.events import Audience
from simulations import checks, world
from simulations.chair import Chair
from simulations.line import Tally
from simulations.people import Desk, Participant, Person
from simulations.proxy import Proxy
from simulations.server import Server

ARRIVING = 0.25  # of the time
SETTLED_WITHIN = 60.0  # seconds in which every page must be at the head when all is over
MOST_PEOPLE = 5_000
MOST_MINUTES = 120.0


async def hold(place: world.World, server: Server, wishes: argparse.Namespace) -> dict[str, Any]:
    """Let the meeting happen; returns what happened."""
    seconds, tally = wishes.minutes * 60, Tally()
    proxy = Proxy(server.port, wishes.seed) if wishes.proxy else None
    port = await proxy.start() if proxy else server.port
    crowd = [
        Participant(who, place, port, tally, f"{wishes.seed}:{who.id}") for who in place.people
    ]
    desks = [
        Desk(hall, place, port, tally, f"{wishes.seed}:desk:{hall.venue}") for hall in place.halls
    ]
    chair = Chair(place, port, tally, f"{wishes.seed}:chair")
    everybody: list[Person] = [*crowd, *desks, chair]
    dice, arriving = random.Random(wishes.seed), seconds * ARRIVING
    work = [
        *(asyncio.create_task(one.takes_part(arriving * dice.random())) for one in crowd),
        *(asyncio.create_task(one.works(arriving)) for one in desks),
        asyncio.create_task(chair.page.follow()),
        asyncio.create_task(chair.lose_the_line()),
    ]
    blows = asyncio.create_task(_strikes(server, wishes.kills, seconds))
    await asyncio.sleep(arriving * 1.2)
    await chair.presides(seconds - arriving)
    await blows
    late = await _settled(place, server.data, everybody)
    for task in work:
        task.cancel()
    ended = await asyncio.gather(*work, return_exceptions=True)
    for one in everybody:
        one.line.close()
    if proxy:
        await proxy.stop()
    broken = [error for error in ended if isinstance(error, Exception)]
    tally.faults += [f"a client failed: {error!r}" for error in broken[:5]]
    tally.faults += [f"{who} never came to the end of the log" for who in late[:5]]
    found, counts = checks.faults(server.data, place, everybody, chair.polls)
    if complaint := server.complaint():
        found.append(f"the server logged a fault: {complaint}")
    return {
        "counts": {
            **counts,
            "requests": tally.requests,
            "sent twice": tally.sent_twice,
            "sent again": tally.retries,
            "sockets": tally.sockets,
            "dropped": tally.dropped,
            "cut by the proxy": proxy.cut if proxy else 0,
            "killed": wishes.kills,
        },
        "statuses": {str(status): n for status, n in sorted(tally.statuses.items())},
        "faults": [*tally.faults, *found],
    }


async def _strikes(server: Server, kills: int, seconds: float) -> None:
    for _blow in range(kills):
        await asyncio.sleep(seconds / (kills + 1))
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)


async def _settled(place: world.World, data: Path, everybody: Sequence[Person]) -> list[int]:
    """Wait until every page has come to the head of the log; who has not, in the end."""
    loop = asyncio.get_running_loop()
    until = loop.time() + SETTLED_WITHIN
    settings.configure(data=data)
    last = 0
    while True:
        with db.reading() as tx:
            log = events.history(tx, place.stream, audience=Audience.MODERATOR, limit=checks.ALL)
        public = max(one.seq for one in log if one.audience is Audience.PUBLIC)
        late = [one.who.id for one in everybody if (one.page.cursor or 0) < public]
        if (not late and len(log) == last) or loop.time() > until:
            break
        last = len(log)
        await asyncio.sleep(1.5)
    db.close()
    return late


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate, report, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(prog="run.py simulate meeting")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--venues", type=int, default=3, help="with the online one; at least 2")
    parser.add_argument("--minutes", type=float, default=5, help="how long it takes")
    parser.add_argument("--items", type=int, default=0, help="by default one every two minutes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=0, help="kill -9 the server so many times")
    parser.add_argument("--proxy", action="store_true", help="behind one that buffers and cuts")
    parser.add_argument("--json", action="store_true")
    wishes = parser.parse_args(arguments)
    if not 1 <= wishes.people <= MOST_PEOPLE or not 2 <= wishes.venues <= 50:
        parser.error(f"from 1 to {MOST_PEOPLE} people, at 2 to 50 venues")
    if not 0 < wishes.minutes <= MOST_MINUTES or not 0 <= wishes.kills <= 20:
        parser.error(f"up to {MOST_MINUTES:g} minutes, and 20 kills")
    allow_files(4 * wishes.people + 500)
    with tempfile.TemporaryDirectory(prefix="folkmoot-simulate-") as name:
        items = wishes.items or max(1, round(wishes.minutes / 2))
        place = world.made(Path(name), wishes.people, wishes.venues, items)
        server = Server(Path(name))
        try:
            server.start()
            found = asyncio.run(hold(place, server, wishes))
        finally:
            server.kill()
    wished = {name: value for name, value in vars(wishes).items() if name != "json"}
    result = {"simulation": "meeting", **wished, **found}
    return report(result | {"targets": {"all held": not found["faults"]}}, as_json=wishes.json)


if __name__ == "__main__":
    sys.exit(main())
