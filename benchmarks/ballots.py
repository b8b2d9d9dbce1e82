"""`run.py bench ballots`: how many ballots a second are in the box, committed and acknowledged.

The same burst, by turns, against four servers: one ORM commit each in the thread pool (plain, and
with our lock and our tuning of memory), the bare group commit, and a secret poll in the whole
application (sign-in, roll, secrecy, receipt). All on SQLite with synchronous=FULL. Every
acknowledged ballot is then looked for. At last the application is killed in the middle of a burst,
and looked at again.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.ballot_servers import BenchBallot
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
from forum.agenda import service as agenda
from forum.base import auth, db, keys, settings
from forum.base.auth import Actor
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members import service as members
from forum.members.models import Role
from voting.boxes import ballots
from voting.boxes import queries as boxes
from voting.boxes.models import Ballot
from voting.polls import service as polls
from voting.polls.models import Secrecy
from voting.polls.rules import RollEntry

VARIANTS = ("orm", "tuned", "writer", "app")
SAMPLE = 50  # receipts of each round whose signatures are verified
Requests = list[tuple[str, dict[str, str], str]]


class House:
    """A data folder with a crowd of voters, and the polls that they vote in."""

    def __init__(self, data: Path, n: int) -> None:
        self.data = data
        self.use()
        with db.transaction() as tx:
            self.chair = self._member(tx, "chair")
            members.grant(tx, None, self.chair.id, Role.ADMINISTRATOR, "platform")
            self.voters = [self._member(tx, f"voter{number}") for number in range(n)]
            self.tokens = [auth.sign_in(tx, voter.id, label="bench") for voter in self.voters]
            draft = consultations.Draft(
                title="A lift",
                summary="",
                purpose="",
                visibility=Visibility.PUBLIC,
                eligibility=Eligibility.OPEN,
                zone="Asia/Shanghai",
            )
            consultation = consultations.create(
                tx, self.chair, draft, station=None, stage=Stage.DECIDING
            )
            self.item = agenda.create(tx, self.chair, consultation, agenda.Draft("A lift?", ""))
        db.close()

    @staticmethod
    def _member(tx: db.Db, login: str) -> Actor:
        return Actor(members.register(tx, login=login, name=login, password=None), login)

    def use(self) -> None:
        """Make this the database of our own process."""
        db.close()
        settings.configure(data=self.data)

    def poll(self) -> int:
        """Open a secret poll for everybody."""
        self.use()
        with db.transaction() as tx:
            draft = polls.Draft("Shall we?", secrecy=Secrecy.SECRET)
            poll = polls.create(tx, self.chair, self.item, draft)
            polls.open(tx, self.chair, poll, roll=[RollEntry(one.id) for one in self.voters])
        db.close()
        return poll

    def requests(self, poll: int) -> Requests:
        """Everybody's ballot."""
        return [
            (
                f"/polls/{poll}/ballot",
                {"cookie": f"{auth.COOKIE}={token}", "accept": "application/json"},
                json.dumps({"choice": "yes" if at % 3 else "no", "nonce": f"{poll:016x}{at:016x}"}),
            )
            for at, token in enumerate(self.tokens)
        ]

    def check(self, poll: int, answers: Sequence[dict[str, Any]], *, all_of_them: bool) -> int:
        """Every acknowledged ballot is in the box, each with a participation; returns how many."""
        self.use()
        with db.reading() as tx:
            columns = Ballot.__table__.c
            found = tx.execute(
                columns.commitment.table.select().where(columns.poll_id == poll)
            ).all()
            took_part = boxes.turnout(tx, poll)
        db.close()
        box = {row.commitment: row.canonical for row in found}
        missing = [answer["commit"] for answer in answers if answer["commit"] not in box]
        wrong = [key for key, text in box.items() if ballots.commitment(text.encode()) != key]
        if missing or wrong or took_part != len(box):
            raise RuntimeError(f"poll {poll}: {len(missing)} lost, {len(wrong)} wrong")
        if all_of_them and len(box) != len(answers):
            raise RuntimeError(f"poll {poll}: {len(box)} ballots, {len(answers)} acknowledged")
        for answer in answers[:SAMPLE]:
            statement = ballots.receipt_statement(poll, answer["commit"])
            if not keys.verify(statement, answer["signature"]):
                raise RuntimeError(f"poll {poll}: a receipt is not signed")
        return len(box)


def bare_requests(n: int, vote: int) -> Requests:
    """The same burst without sign-in and poll."""
    bodies = ({"vote": vote, "member": at, "choice": "yes"} for at in range(n))
    return [("/ballot", {"accept": "application/json"}, json.dumps(body)) for body in bodies]


def check_bare(data: Path, n: int, vote: int) -> None:
    """Every row is there."""
    db.close()
    settings.configure(data=data)
    with db.reading() as tx:
        table = BenchBallot.__table__
        found = tx.execute(table.select().where(table.c.vote == vote)).all()
    db.close()
    if {row.member for row in found} != set(range(n)):
        raise RuntimeError(f"{n} ballots were acknowledged, {len(found)} are there")


def burst(
    load: Child, server: Child, requests: Requests, scratch: Path, **more: Any
) -> dict[str, Any]:
    """One burst over the open connections; the answers parsed, and what each cost the server."""
    file = scratch / "requests.json"
    file.write_text(json.dumps(requests))
    used = server.seconds()
    found = load.ask(go=str(file), **more)
    if "kill" not in more:
        found["cpu_us"] = round((server.seconds() - used) / len(requests) * 1e6)
    found["acknowledged"] = [json.loads(answer) for answer in found["acknowledged"]]
    return found


def measure(n: int, connections: int, rounds: int) -> dict[str, Any]:
    """Let them take turns, then kill one."""
    figures: dict[str, list[dict[str, Any]]] = {name: [] for name in VARIANTS}
    with ExitStack() as stack:
        load = stack.enter_context(child("benchmarks.posts", core=LOAD_CORE))
        folders = {name: stack.enter_context(data_folder()) for name in VARIANTS}
        house = House(folders["app"], n)
        turns = [house.poll() for _turn in range(rounds + 2)]
        ports = {name: free_port() for name in VARIANTS}
        servers = {
            name: stack.enter_context(
                child(
                    "benchmarks.ballot_servers",
                    name,
                    str(ports[name]),
                    str(folders[name]),
                    core=SERVER_CORE,
                )
            )
            for name in VARIANTS
        }
        for turn, poll in enumerate(turns[:-1]):  # the first is to warm up
            for name in VARIANTS:
                requests = house.requests(poll) if name == "app" else bare_requests(n, turn)
                load.ask(connect=ports[name], connections=connections)
                found = burst(load, servers[name], requests, folders[name])
                if found["statuses"] != {"200": n}:
                    raise RuntimeError(f"{name}: {found['statuses']}")
                if name == "app":
                    house.check(poll, found["acknowledged"], all_of_them=True)
                else:
                    check_bare(folders[name], n, turn)
                if turn:
                    figures[name].append(found)
        kill = {"process": servers["app"].process.pid, "after": n // 2}
        last = house.requests(turns[-1])
        load.ask(connect=ports["app"], connections=connections)
        found = burst(load, servers["app"], last, folders["app"], kill=kill)
        servers["app"].process.wait()
        kept = house.check(turns[-1], found["acknowledged"], all_of_them=False)
    return summary(figures) | {
        "killed": {"acknowledged": len(found["acknowledged"]), "in_the_box": kept, "lost": 0}
    }


def summary(figures: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Medians over the rounds, and ratios within each round."""
    result: dict[str, Any] = {
        name: {
            key: middle([round_[key] for round_ in rounds], 1)
            for key in ("per_second", "p50_ms", "p99_ms", "cpu_us")
        }
        for name, rounds in figures.items()
    }

    def ratio(name: str, other: str) -> float:
        pairs = zip(figures[name], figures[other], strict=True)
        return middle([mine["per_second"] / theirs["per_second"] for mine, theirs in pairs])

    result["ratios"] = {
        "writer/orm": ratio("writer", "orm"),
        "app/orm": ratio("app", "orm"),
        "app/tuned": ratio("app", "tuned"),
        "app/writer": ratio("app", "writer"),
    }
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, report, and say by the exit code whether the targets are met."""
    parser = argparse.ArgumentParser(prog="run.py bench ballots")
    parser.add_argument("--n", type=int, default=5000, help="ballots of each burst")
    parser.add_argument("--connections", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    wishes = parser.parse_args(arguments)
    result: dict[str, Any] = {"bench": "ballots", **vars(wishes), "machine": machine()}
    del result["json"]
    result |= measure(wishes.n, wishes.connections, wishes.rounds)
    result["targets"] = {
        "the writer at least 8 x one commit each": result["ratios"]["writer/orm"] >= 8,
        "the application at least 6 x one commit each": result["ratios"]["app/orm"] >= 6,
        "nothing acknowledged is lost": result["killed"]["lost"] == 0,
    }
    return report(result, as_json=wishes.json)


if __name__ == "__main__":
    sys.exit(main())
