"""Shared tools: child processes on a core of their own, what they cost, medians and the report.

A child reads commands as JSON lines and answers each with one JSON line, so that server and load
run apart from each other and from whoever keeps the time. Times are `time.monotonic()`, which on
one machine is the same clock in every process. Loopback only.
"""

import json
import os
import platform
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")
SERVER_CORE, LOAD_CORE = 0, 1
# The shell is the same engine without the browser's own windows, for a third of the work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def cores() -> list[int]:
    """The cores that we may use."""
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def pin(place: int) -> None:
    """Keep this process on one core, server and load on different ones (where it can be said)."""
    if hasattr(os, "sched_setaffinity"):
        allowed = cores()
        os.sched_setaffinity(0, {allowed[place % len(allowed)]})


def allow_files(wanted: int) -> int:
    """Raise the limit of open files as far as it goes; returns what it then is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def browser_program() -> str | None:
    """The path of a Chromium of this machine."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


class Child:
    """A process of this benchmark: `python -m MODULE ARGUMENTS`, pinned, spoken to in JSON."""

    def __init__(self, module: str, *arguments: str, core: int, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={**os.environ, **environment, "BENCH_CORE": str(core)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, **command: Any) -> None:
        """Send a command without waiting."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """The next answer."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args!r} has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, **command: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self.tell(**command)
        return self.answer()

    def kilobytes(self) -> float:
        """Resident memory of the process."""
        fields = Path(f"/proc/{self.process.pid}/statm").read_text().split()
        return int(fields[1]) * PAGE / 1024

    def seconds(self) -> float:
        """Processor time that the process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def end(self) -> None:
        """End the process and wait for it."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


@contextmanager
def child(module: str, *arguments: str, core: int, **environment: str) -> Iterator[Child]:
    """A child for the length of a block, once it has said that it is ready."""
    started = Child(module, *arguments, core=core, **environment)
    try:
        started.answer()
        yield started
    finally:
        started.end()


def commands() -> Iterator[dict[str, Any]]:
    """In a child: pin it, say that it is ready, then give the commands as they come."""
    for line in sys.stdin:
        yield json.loads(line)


def reply(**answer: Any) -> None:
    """In a child: answer a command (the first answer says that it is ready)."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def pin_child() -> None:
    """In a child: go to the core that the parent chose."""
    pin(int(os.environ["BENCH_CORE"]))


@contextmanager
def data_folder() -> Iterator[Path]:
    """A fresh data folder with the schema made, for a server of the whole application."""
    from forum.base import db, registry, settings, tables  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as name:
        settings.configure(data=Path(name))
        registry.load()
        tables.metadata.create_all(db.storage().write_engine)
        db.close()
        yield Path(name)


def middle(values: Sequence[float], digits: int = 2) -> float:
    """The median."""
    return round(statistics.median(values), digits)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def machine() -> dict[str, Any]:
    """What this was measured on: ratios travel, absolute values do not."""
    packages = ("uvicorn", "starlette", "websockets", "uvloop", "sqlalchemy", "httptools")
    found = {"python": platform.python_version(), "cores": len(cores())}
    return found | {name: _version(name) for name in packages}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except ImportError:
        return None


def report(result: dict[str, Any], *, as_json: bool) -> int:
    """Print a result; its "targets" map a sentence to whether it holds. Returns the exit code."""
    if as_json:
        print(json.dumps(result, indent=2))
    else:
        for name, value in result.items():
            if isinstance(value, dict):
                print(name)
                for key, figure in value.items():
                    print(f"  {key:<34} {figure}")
            else:
                print(f"{name:<36} {value}")
    return 0 if all(result.get("targets", {}).values()) else 1
