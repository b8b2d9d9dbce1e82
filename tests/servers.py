"""Private PostgreSQL and Redis servers, started from the installed programs for one test run."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

import psycopg
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisGone

START_WITHIN = 60.0  # seconds
LOOK_EVERY = 0.05
# Below what a system hands out by itself (Linux from 32768, others from 49152): no connection and
# no server that asks for any port gets one of these between its choice and its use.
PORTS = range(15_000, 32_000)
# Test processes run side by side: the golden ratio puts them far apart, however near their numbers.
_ports = islice(cycle(PORTS), int(os.getpid() * 0.618034 % 1 * len(PORTS)), None)


def missing(what: str) -> None:
    """Skip by name; on CI, where all is to be there, fail."""
    words = f"{what} is not installed here"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def free_port() -> int:
    """A port that nobody listens on, and that nobody else is given meanwhile."""
    while True:
        port = next(_ports)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait(ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers; fail when it has died or takes too long."""
    until = time.monotonic() + START_WITHIN
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"{process.args!r} did not start")
        time.sleep(LOOK_EVERY)
    if process.poll() is not None:
        pytest.fail(f"somebody else answers in place of {process.args!r}")


def program(name: str) -> str | None:
    """A program on the path or among PostgreSQL's own."""
    found = shutil.which(name)
    if found is None:
        beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        found = str(beside[-1]) if beside else None
    return found


class Postgres:
    """A running server; each test gets a database of its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._numbers = count(1)

    def database(self) -> str:
        """Make an empty database; returns its address."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name}".encode())
        return self.url(name)

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def stand_in() -> dict[str, Any]:
    """Another user for what refuses to run as root."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415

    names = {entry.pw_name for entry in pwd.getpwall()}
    return {"user": "postgres" if "postgres" in names else "nobody"}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL server without a care for durability."""
    initdb, server = program("initdb"), program("postgres")
    if initdb is None or server is None:
        missing("PostgreSQL")
        return
    folder = Path(tempfile.mkdtemp(prefix="folkmoot-pg-"))
    user = stand_in()
    if user:
        shutil.chown(folder, user["user"])
    data = str(folder / "data")
    make = [initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*make, "--locale=C"], check=True, cwd=folder, **user, **quiet)
    postgres = Postgres(free_port())
    options = {
        "listen_addresses": "127.0.0.1",
        "port": postgres.port,
        "unix_socket_directories": folder,
        "fsync": "off",
        "max_connections": 200,
    }
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    running = subprocess.Popen([server, "-D", data, *words], cwd=folder, **user, **quiet)
    try:
        wait(postgres.answers, running)
        yield postgres
    finally:
        running.terminate()
        running.wait()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_server: Postgres) -> str:
    """The address of an empty PostgreSQL database."""
    return postgres_server.database()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a Redis (or Valkey) server that keeps nothing."""
    server = program("redis-server") or program("valkey-server")
    if server is None:
        missing("Redis")
        return
    port = free_port()
    words = f"--port {port} --bind 127.0.0.1 --appendonly no --loglevel warning --save"
    running = subprocess.Popen(
        [server, *words.split(), ""], stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir()
    )
    client = Redis(port=port)

    def answers() -> bool:
        try:
            return bool(client.ping())
        except RedisGone:
            return False

    try:
        wait(answers, running)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        client.close()
        running.terminate()
        running.wait()
