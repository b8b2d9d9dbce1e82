"""A server killed in the middle of a burst: what it acknowledged is there, nothing by halves."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from cast import Cast
from polling import close, secret
from servers import free_port, wait

from forum.base import auth, db
from forum.members import service as members
from voting.boxes import queries as boxes
from voting.polls.rules import RollEntry

ROOT = Path(__file__).resolve().parents[2]
BALLOTS = 400
CLIENTS = 20
ENOUGH = 150  # acknowledged, then the server is killed


def tokens_of(count: int) -> tuple[list[RollEntry], list[str]]:
    with db.transaction() as tx:
        ids = [
            members.register(tx, login=f"voter{n}", name=f"Voter {n}", password=None)
            for n in range(count)
        ]
        return [RollEntry(ident) for ident in ids], [
            auth.sign_in(tx, ident, label="test") for ident in ids
        ]


def test_a_killed_server_loses_nothing_that_it_acknowledged(cast: Cast, data: Path) -> None:
    roll, tokens = tokens_of(BALLOTS)
    poll = secret(cast, roll=roll)
    db.close()
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "forum.base.web:create_app"]
    words = ["--port", str(port), "--log-level", "critical", "--no-access-log"]
    environment = os.environ | {"FOLKMOOT_DATA": str(data)}
    server = subprocess.Popen(
        [*command, *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    acknowledged: list[str] = []
    enough = threading.Event()

    def ready() -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def cast_some(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            for n in range(first, BALLOTS, CLIENTS):
                body = json.dumps({"choice": "yes" if n % 3 else "no", "nonce": f"{n:032x}"})
                headers = {
                    "Content-Type": "application/json",
                    "Cookie": f"{auth.COOKIE}={tokens[n]}",
                    "Sec-Fetch-Site": "same-origin",
                }
                connection.request("POST", f"/polls/{poll}/ballot", body, headers)
                answer = connection.getresponse()
                found = json.loads(answer.read())
                assert answer.status == 200, found
                acknowledged.append(found["commit"])
                if len(acknowledged) >= ENOUGH:
                    enough.set()
        except (OSError, http.client.HTTPException):
            pass  # the server was killed
        finally:
            connection.close()

    threads = [threading.Thread(target=cast_some, args=(n,)) for n in range(CLIENTS)]
    try:
        wait(ready, server)
        for thread in threads:
            thread.start()
        assert enough.wait(60)
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()
    for thread in threads:
        thread.join()
    close(cast, poll)
    with db.reading() as tx:
        counted = {commit for commit, _text in boxes.sealed(tx, poll)}
        assert counted.issuperset(acknowledged)
        assert len(counted) == boxes.turnout(tx, poll) <= BALLOTS
        lost = len(counted) - len(acknowledged)
    assert lost <= CLIENTS  # in the box, but the answer died with the server: a retry finds it
