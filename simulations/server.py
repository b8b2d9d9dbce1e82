"""The server of a simulation: `run.py serve` in a process of its own, which can be killed."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.common import ROOT, free_port

START_WITHIN = 180.0  # seconds: a machine may be busy with the clients
LOOK_EVERY = 0.1


class Server:
    """A real server over a data folder, on a port that stays its own over restarts."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.journal = data / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = ["run.py", "serve", "--port", str(self.port), "--data", str(self.data)]
        with self.journal.open("ab") as journal:
            self._process = subprocess.Popen(
                [sys.executable, *words], cwd=ROOT, stdout=journal, stderr=journal
            )
        until = time.monotonic() + START_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the server did not start; see {self.journal}")
            time.sleep(LOOK_EVERY)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def fetch(self, path: str) -> bytes:
        """What a guest is given at an address."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            found: bytes = answer.read()
            return found

    def kill(self) -> None:
        """End it as kill -9 does: nothing is said, nothing is tidied up."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def complaint(self) -> str:
        """What it has logged of a fault of its own; empty where there is none."""
        lines = self.journal.read_text().splitlines()
        wrong = [at for at, line in enumerate(lines) if "Traceback" in line or '"trace"' in line]
        return "\n".join(lines[wrong[0] : wrong[0] + 40]) if wrong else ""
