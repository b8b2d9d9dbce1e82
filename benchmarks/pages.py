"""`run.py bench pages`: a page of 200 arguments, signed in, with permissions.

In one run, on one stack, in turns: the whole application; the same page from mapped objects, as
one writes it at first; the same page for guests, kept whole; and a bare "hello" of Starlette, the
most that the stack can do. Server on one core, load on another. Then what a first visit weighs.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import weight
from benchmarks.common import (
    LOAD_CORE,
    SERVER_CORE,
    Child,
    child,
    data_folder,
    free_port,
    machine,
    middle,
    report,
)

ARGUMENTS = 200
PEOPLE = 40
REACTED = 60  # of the arguments, by the reader
WORDS = (
    "The stairwell is narrow, and whoever lives on the sixth floor has carried the shopping up for "
    "twenty years. A lift costs money once and then every month; both offers leave open who pays "
    "when it stands still. "
)


class Case(NamedTuple):
    """One thing that is measured: a server, an address, who asks."""

    server: str
    path: str
    signed_in: bool
    requests: int


def fill(token_for: str = "Reader") -> tuple[int, str]:
    """A consultation with one item and its arguments; returns the item and the reader's token."""
    from forum.agenda import service as agenda  # noqa: PLC0415
    from forum.agenda.models import ItemState  # noqa: PLC0415
    from forum.arguments import service  # noqa: PLC0415
    from forum.arguments.models import Opinion, Stance  # noqa: PLC0415
    from forum.base import auth  # noqa: PLC0415
    from forum.base.auth import Actor  # noqa: PLC0415
    from forum.base.db import transaction  # noqa: PLC0415
    from forum.consultations import service as consultations  # noqa: PLC0415
    from forum.consultations.models import Eligibility, Stage, Visibility  # noqa: PLC0415
    from forum.members import service as members  # noqa: PLC0415

    with transaction() as tx:
        people = [
            Actor(
                members.register(tx, login=f"bench{n}", name=f"{token_for} {n}", password=None),
                f"{token_for} {n}",
            )
            for n in range(PEOPLE)
        ]
        draft = consultations.Draft(
            "A lift for block 7",
            "Shall there be one?",
            WORDS,
            Visibility.PUBLIC,
            Eligibility.LISTED,
            "Asia/Shanghai",
        )
        whole = consultations.create(tx, None, draft, stage=Stage.DELIBERATING)
        moderator = people[0]
        members.grant(tx, None, moderator.id, members_role(), f"consultation:{whole}")
        for person in people:
            consultations.enlist(tx, moderator, whole, person.id)
        item = agenda.create(tx, moderator, whole, agenda.Draft("Which lift?", WORDS))
        agenda.change_state(tx, moderator, item, ItemState.OPEN)
        made: list[int] = []
        for n in range(ARGUMENTS):
            body = f"**Reason {n}.** " + WORDS * 4
            parent = made[n - 1] if n % 3 else None
            stance = list(Stance)[n % 4]
            author = people[n % PEOPLE]
            made.append(service.post(tx, author, item, body=body, stance=stance, parent=parent))
        for n, argument in enumerate(made[:REACTED]):
            service.react(tx, people[1], argument, list(Opinion)[n % 3])
        return item, auth.sign_in(tx, people[1].id, label="bench")


def members_role() -> Any:
    """The role of whoever conducts the consultation."""
    from forum.members.models import Role  # noqa: PLC0415

    return Role.MODERATOR


def queries_of(data: Path, path: str, token: str) -> dict[str, int]:
    """How many statements the page sends to the database: at first, and once fragments are kept."""
    from sqlalchemy import event  # noqa: PLC0415
    from starlette.testclient import TestClient  # noqa: PLC0415

    from forum.base import auth, db, log, settings, web  # noqa: PLC0415

    log.quiet = True
    app = web.create_app(settings.configure(data=data))
    browser = TestClient(app, cookies={auth.COOKIE: token})
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.storage().read_engine, "before_cursor_execute", note)
    counts = {}
    for name in ("first", "kept"):
        seen.clear()
        if browser.get(path).status_code != 200:
            raise RuntimeError("the page cannot be seen")
        counts[name] = len(seen)
    db.close()
    return counts


def measure(rounds: int, connections: int, scale: float) -> dict[str, Any]:
    """Let the servers take turns."""
    with ExitStack() as stack:
        data = stack.enter_context(data_folder())
        item, token = fill()
        path = f"/items/{item}?tab=thread"
        cases = {
            "hello": Case("hello", "/hello", False, int(4000 * scale)),
            "orm": Case("orm", path, True, int(60 * scale)),
            "real": Case("real", path, True, int(300 * scale)),
            "guest": Case("real", path, False, int(1500 * scale)),
        }
        counts = queries_of(data, path, token)
        load = stack.enter_context(child("benchmarks.pages_load", core=LOAD_CORE))
        servers: dict[str, tuple[Child, int]] = {}
        for name in ("hello", "orm", "real"):
            port = free_port()
            fresh = child("benchmarks.pages_servers", name, str(port), str(data), core=SERVER_CORE)
            servers[name] = (stack.enter_context(fresh), port)
        result: dict[str, Any] = {name: {"rates": [], "cpu": []} for name in cases}
        for turn in range(-1, rounds):
            for name, case in cases.items():
                server, port = servers[case.server]
                headers = {"accept-language": "en", "accept": "text/html"}
                if case.signed_in:
                    headers["cookie"] = f"folkmoot={token}"
                before = server.seconds()
                got = load.ask(
                    port=port,
                    path=case.path,
                    headers=headers,
                    connections=connections,
                    requests=case.requests,
                )
                if turn < 0:
                    continue
                found = result[name]
                found["rates"].append(case.requests / got["seconds"])
                found["cpu"].append((server.seconds() - before) / case.requests * 1000)
                found |= {key: got[key] for key in ("bytes", "median_ms", "p99_ms")}
        address = f"http://127.0.0.1:{servers['real'][1]}"
        weights = weight.weigh(address, {"home": "/", "item": path})
    return _summed_up(result) | {"queries": counts, **weights}


def _summed_up(result: dict[str, Any]) -> dict[str, Any]:
    rates: dict[str, list[float]] = {name: found.pop("rates") for name, found in result.items()}
    for name, found in result.items():
        found["per_second"] = middle(rates[name], 1)
        found["cpu_ms"] = middle(found.pop("cpu"), 3)

    def ratio(over: str, under: str) -> float:
        pairs = zip(rates[over], rates[under], strict=True)
        return round(statistics.median(a / b for a, b in pairs), 2)

    return result | {
        "ratios": {
            "real/orm": ratio("real", "orm"),
            "hello/real": ratio("hello", "real"),
            "guest/real": ratio("guest", "real"),
            "hello/guest": ratio("hello", "guest"),
        }
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, report, and say by the exit code whether the targets are met."""
    parser = argparse.ArgumentParser(prog="run.py bench pages")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--scale", type=float, default=1.0, help="of the requests in a round")
    parser.add_argument("--json", action="store_true")
    wishes = parser.parse_args(arguments)
    result = {"bench": "pages", "arguments": ARGUMENTS, "rounds": wishes.rounds}
    result |= {"connections": wishes.connections, "machine": machine()}
    result |= measure(wishes.rounds, wishes.connections, wishes.scale)
    ratios = result["ratios"]
    result["targets"] = {
        "at least 4 x the page of mapped objects": ratios["real/orm"] >= 4,
        "at least 1/80 of hello": ratios["hello/real"] <= 80,
        "at most 30 queries a page": result["queries"]["kept"] <= 30,
        **weight.targets(result),
    }
    return report(result, as_json=wishes.json)


if __name__ == "__main__":
    sys.exit(main())
