"""A service of the tests' own: it keeps what is posted to it and answers as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple


class Taken(NamedTuple):
    """One request: path and query, headers by their lower-case names, body."""

    path: str
    headers: dict[str, str]
    body: bytes


class Service(ThreadingHTTPServer):
    """Answers every POST with `status` and `answer`; with status 0 it hears and does not answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Post)
        self.taken: list[Taken] = []
        self.status = 201
        self.answer = b""

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Post(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        named = {name.lower(): value for name, value in self.headers.items()}
        self.server.taken.append(Taken(self.path, named, body))
        if not self.server.status:
            return
        self.send_response(self.server.status)
        self.send_header("content-length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def web_service() -> Iterator[Service]:
    """The service, listening within the block."""
    with Service() as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
