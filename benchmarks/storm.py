"""`run.py bench storm`: everybody's line is cut at once, and everybody comes back at once.

A meeting of the whole application; its pages are open on thousands of phones, on the desks' and the
chair's screens. First they connect calmly, a few at a time; then the server is killed and started
again while all of them knock together. Everybody must stand where they stood, and the staff must
be in long before the others. Compared with the calm figure of the same server, in one run.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import LOAD_CORE, allow_files, child, machine, middle, report
from forum.base import db, events, settings
from forum.base.auth import COOKIE
from simulations import world
from simulations.server import Server

CALM, PEOPLE, VENUES = 32, 60, 8
FIRST_DESKS = 0.75  # of what the others wait, the staff may wait at the median


def clients(place: world.World, n: int) -> list[dict[str, Any]]:
    """Who comes: the staff somewhere among the others, some of them signed in, most of them not."""

    def one(token: str, view: str) -> dict[str, Any]:
        hello = {"type": "hello", "stream": place.stream, "view": view}
        return {"cookie": f"{COOKIE}={token}" if token else "", "hello": hello}

    desks = [one(hall.desk.token, "desk") for hall in place.halls]
    staff = [one(place.chair.token, "console"), *desks]
    people = [one(who.token, "meeting") for who in place.people]
    guests = [one("", "meeting") for _guest in range(n - len(staff) - len(people))]
    everybody = [*staff, *people, *guests]
    random.Random(1).shuffle(everybody)
    return everybody


def measure(n: int, rounds: int) -> dict[str, Any]:
    """Calm and storm by turns."""
    calm, storm, kept, staff_waits, others_wait = [], [], [], [], []
    tries = 0
    with (
        tempfile.TemporaryDirectory(prefix="folkmoot-storm-") as name,
        child("benchmarks.returning", core=LOAD_CORE) as load,
    ):
        data = Path(name)
        place = world.made(data, PEOPLE, VENUES, 1)
        settings.configure(data=data)
        with db.reading() as tx:
            head = events.head(tx, place.stream)
        db.close()
        everybody = clients(place, n)
        file, server = data / "clients.json", Server(data)
        server.start()
        try:
            for _turn in range(rounds):
                file.write_text(json.dumps(everybody))
                came = load.ask(connect=str(file), port=server.port, at_once=CALM)
                calm.append(n / max(came["welcomed"]))
                back = [
                    {**one, "hello": {**one["hello"], "after": after}}
                    for one, after in zip(everybody, came["after"], strict=True)
                ]
                file.write_text(json.dumps(back))
                server.kill()
                load.ask(leave=True)
                load.tell(connect=str(file), port=server.port, at_once=n)
                server.start()
                came = load.answer()
                inside = [at for at, when in enumerate(came["welcomed"]) if when is not None]
                kept.append(sum(came["after"][at] == back[at]["hello"]["after"] for at in inside))
                storm.append(n / max(came["welcomed"][at] for at in inside))
                staff = [at for at in inside if everybody[at]["hello"]["view"] != "meeting"]
                others = [at for at in inside if everybody[at]["hello"]["view"] == "meeting"]
                staff_waits.append(middle([came["welcomed"][at] for at in staff], 4))
                others_wait.append(middle([came["welcomed"][at] for at in others], 4))
                tries += came["tries"]
                load.ask(leave=True)
        finally:
            server.kill()
    return {
        "head": head,
        "calm": {"connects_per_s": middle(calm, 0)},
        "storm": {
            "connects_per_s": middle(storm, 0),
            "resumed": min(kept),
            "tries_per_client": round(tries / n / rounds, 2),
            "staff_waits_s": middle(staff_waits, 4),
            "others_wait_s": middle(others_wait, 4),
        },
        "ratios": {
            "storm/calm": middle([a / b for a, b in zip(storm, calm, strict=True)]),
            "staff/others": middle([a / b for a, b in zip(staff_waits, others_wait, strict=True)]),
        },
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, report, and say by the exit code whether the targets are met."""
    parser = argparse.ArgumentParser(prog="run.py bench storm")
    parser.add_argument("--n", type=int, default=2000, help="sockets")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    wishes = parser.parse_args(arguments)
    allow_files(4 * wishes.n + 500)
    result = {"bench": "storm", "n": wishes.n, "rounds": wishes.rounds, "machine": machine()}
    result |= measure(wishes.n, wishes.rounds)
    result["targets"] = {
        "everybody is back where they stood": result["storm"]["resumed"] == wishes.n,
        "a storm is taken at least half as fast as a calm": result["ratios"]["storm/calm"] >= 0.5,
        "the staff are in long before the others": result["ratios"]["staff/others"] <= FIRST_DESKS,
    }
    return report(result, as_json=wishes.json)


if __name__ == "__main__":
    sys.exit(main())
