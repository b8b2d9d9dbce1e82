"""A burst of prepared POSTs over keep-alive connections: raw sockets on epoll, one in flight each.

A child of a benchmark. {"connect": port, "connections"} opens connections, each of which has had
an answer before: whoever casts a ballot has had the page. {"go": file, "kill"?} sends over them the
requests that lie in the file (JSON: a list of [path, headers, body]) and answers with the times and
what was acknowledged; with `kill` (a process and a number) that process is killed after so many
answers.
"""

import json
import os
import select
import signal
import socket
import time
from pathlib import Path
from typing import Any

from benchmarks.common import allow_files, commands, percentile, pin_child, reply

PATIENCE = 120.0
GREETING = b"GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"


def encoded(path: str, headers: dict[str, str], body: str) -> bytes:
    """One request as it goes over the wire."""
    data = body.encode()
    lines = {
        "host": "127.0.0.1",
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
        **headers,
        "content-length": str(len(data)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + data


def whole(data: bytes) -> int:
    """The length of the first answer in a buffer, if it has come in whole; else 0."""
    head = data.find(b"\r\n\r\n")
    if head < 0:
        return 0
    at = data.lower().find(b"content-length:", 0, head)
    length = int(data[at + 15 : data.find(b"\r\n", at)])
    return head + 4 + length if len(data) >= head + 4 + length else 0


def connected(port: int) -> socket.socket:
    """A connection that the server has taken and answered on: it takes them one by one."""
    fresh = socket.create_connection(("127.0.0.1", port))
    fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    fresh.sendall(GREETING)
    data = b""
    while not whole(data):
        data += fresh.recv(65_536)
    return fresh


class Burst:
    """The requests of one burst and what became of them."""

    def __init__(self, connections: list[socket.socket], command: dict[str, Any]) -> None:
        self.requests = [encoded(*one) for one in json.loads(Path(command["go"]).read_text())]
        self.kill = command.get("kill")
        self.sent = 0
        self.answered = 0
        self.statuses: dict[str, int] = {}
        self.times: list[float] = []
        self.acknowledged: list[str] = []
        self.epoll = select.epoll()
        self.open = {each.fileno(): each for each in connections}
        self.started: dict[int, float] = {}
        self.rest = dict.fromkeys(self.open, b"")
        for number in self.open:
            self.epoll.register(number, select.EPOLLIN)

    def run(self) -> dict[str, Any]:
        """Send everything; the clock runs from the first request to the last answer."""
        began = time.monotonic()
        for number in list(self.open):
            self._send(number)
        while self.started and time.monotonic() - began < PATIENCE:
            for number, _event in self.epoll.poll(1.0):
                self._receive(number)
        seconds = time.monotonic() - began
        for each in self.open.values():
            each.close()
        self.epoll.close()
        return {
            "seconds": seconds,
            "per_second": round(self.answered / seconds),
            "p50_ms": round(percentile(self.times, 0.5) * 1000, 1) if self.times else None,
            "p99_ms": round(percentile(self.times, 0.99) * 1000, 1) if self.times else None,
            "statuses": self.statuses,
            "acknowledged": self.acknowledged,
        }

    def _send(self, number: int) -> None:
        if self.sent < len(self.requests):
            self.started[number] = time.monotonic()
            self.open[number].sendall(self.requests[self.sent])
            self.sent += 1

    def _receive(self, number: int) -> None:
        try:
            data = self.open[number].recv(65_536)
        except ConnectionError:
            data = b""
        if not data:  # the server has gone
            self.epoll.unregister(number)
            self.started.pop(number, None)
            return
        data = self.rest[number] + data
        size = whole(data)
        self.rest[number] = data[size:]
        if not size:
            return
        self.times.append(time.monotonic() - self.started.pop(number))
        self.answered += 1
        status = data[9:12].decode()
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status == "200":
            self.acknowledged.append(data[data.find(b"\r\n\r\n") + 4 : size].decode())
        if self.kill and self.answered == self.kill["after"]:
            os.kill(self.kill["process"], signal.SIGKILL)
        try:
            self._send(number)
        except ConnectionError:
            self.started.pop(number, None)


if __name__ == "__main__":
    pin_child()
    allow_files(10_000)
    reply(ready=True)
    opened: list[socket.socket] = []
    for order in commands():
        if "connect" in order:
            opened = [connected(order["connect"]) for _ in range(order["connections"])]
            reply(connected=len(opened))
        else:
            reply(**Burst(opened, order).run())
