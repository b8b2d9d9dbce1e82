"""Several processes over one log: servers that tell each other, a command line that does not."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest
from base.live import hall
from base.live.hall_pages import Page, opened
from starlette.applications import Starlette

from forum.base import db, settings, tables, web

ROOT = Path(db.__file__).resolve().parents[2]
RING = "from base.live import hall; hall.ring(7)"


def environment(**more: str) -> dict[str, str]:
    """What a process of its own needs to find the project and the data."""
    paths = [str(ROOT), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **more}


@contextmanager
def two_processes(**more: str) -> Iterator[tuple[str, str]]:
    """Two servers in processes of their own; gives their addresses."""
    started: list[subprocess.Popen[str]] = []
    command = [sys.executable, "-W", "error", hall.__file__]
    sent = environment(**more)
    with ExitStack() as stack:
        for _one in range(2):
            running = subprocess.Popen(command, env=sent, stdout=subprocess.PIPE, text=True)
            stack.enter_context(running)
            stack.callback(running.terminate)
            started.append(running)
        ports = [int(running.stdout.readline()) for running in started if running.stdout]
        yield f"127.0.0.1:{ports[0]}", f"127.0.0.1:{ports[1]}"


@contextmanager
def followed(address: str, after: int = 0) -> Iterator[Page]:
    """A page that follows the hall."""
    with opened(f"ws://{address}/live") as page:
        page.hello(after=after)
        assert page.next()["type"] == "welcome"
        yield page


def test_what_the_command_line_writes_is_found(
    data: Path, app: Starlette, in_hall: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.base.live.hub.LOOK_EVERY", 0.1)
    with hall.serving(app) as server, followed(f"127.0.0.1:{server.port}") as page:
        subprocess.run(
            [sys.executable, "-c", RING], env=environment(FOLKMOOT_DATA=str(data)), check=True
        )
        frame = page.next()
        assert (frame["seq"], frame["data"]["n"]) == (1, 7)


@pytest.fixture
def shared(postgres: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """An installation on PostgreSQL, as the environment of its processes."""
    folder = tmp_path / "shared"
    settings.configure(data=folder, database_url=postgres)
    db.close()
    tables.metadata.create_all(db.storage().write_engine)
    db.close()
    # The look once a second is off: what arrives came over the line.
    yield {
        "FOLKMOOT_DATA": str(folder),
        "FOLKMOOT_DATABASE_URL": postgres,
        "HALL_LOOKS_EVERY": "3600",
    }
    db.close()


def check_two(more: dict[str, str]) -> None:
    """Two servers: whatever is written in one reaches the pages of both, in order."""
    with ExitStack() as stack:
        here, there = stack.enter_context(two_processes(**more))
        pages = [stack.enter_context(followed(address)) for address in (here, there)]
        n = line_up(here, pages[1])
        assert pages[0].until(n)[-1]["seq"] == n
        for writer in (here, there, here):
            n += 1
            assert rung(writer) == n
            assert [page.next()["seq"] for page in pages] == [n, n]


def rung(writer: str) -> int:
    """Ring at a server; returns the event's number."""
    return int(httpx.post(f"http://{writer}/ring", timeout=60).text)


def line_up(writer: str, page: Page) -> int:
    """Write until a page of the other server hears of it; returns the last event's number."""
    for n in range(1, 40):
        assert rung(writer) == n
        try:
            page.until(n, timeout=n / 10)  # longer each time: it may be slow rather than dead
        except TimeoutError:
            continue
        return n
    raise AssertionError("the line is dead")


def test_postgres_carries_the_word(whole_app: Starlette, shared: dict[str, str]) -> None:
    check_two(shared)


def test_redis_carries_the_word(
    whole_app: Starlette, shared: dict[str, str], redis_server: str
) -> None:
    check_two(shared | {"FOLKMOOT_BUS_URL": redis_server})


def test_a_bus_that_is_down_stops_nobody(
    data: Path, whole_app: Starlette, in_hall: None, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        lost = f"redis://127.0.0.1:{unheard.getsockname()[1]}/0"
        app = web.create_app(settings.configure(data=data, bus_url=lost))
        with hall.serving(app) as server, followed(f"127.0.0.1:{server.port}") as page:
            hall.ring()
            assert page.next()["seq"] == 1
    assert "the bus is down" in caplog.text
