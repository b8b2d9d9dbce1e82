"""The load of `benchmarks.pages`, a child: raw keep-alive requests over epoll, nothing else.

{"port", "path", "headers", "connections", "requests"} is answered with the time that all of them
took, the bytes of one body and the times to answer of the slowest.
"""

import selectors
import socket
import sys
import time
from typing import Any

from benchmarks.common import commands, percentile, pin_child, reply


class Connection:
    """One connection, one request at a time."""

    def __init__(self, port: int, request: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.request = request
        self.began = 0.0
        self.got = bytearray()
        self.wanted = -1
        self.length = 0

    def ask(self) -> None:
        """Send the next request; it is small enough to fit the buffer."""
        self.got.clear()
        self.wanted = -1
        self.began = time.monotonic()
        self.socket.send(self.request)

    def read(self) -> bool:
        """Take what has come; whether the answer is whole."""
        data = self.socket.recv(1 << 20)
        if not data:
            raise RuntimeError("the server closed the connection")
        self.got += data
        if self.wanted < 0:
            head, end, _body = self.got.partition(b"\r\n\r\n")
            if not end:
                return False
            status, *fields = bytes(head).decode("latin-1").split("\r\n")
            if " 200 " not in f"{status} ":
                raise RuntimeError(status)
            found = {name.lower(): value for name, _, value in (f.partition(": ") for f in fields)}
            self.length = int(found["content-length"])
            self.wanted = len(head) + 4 + self.length
        return len(self.got) >= self.wanted


def run(
    port: int, path: str, headers: dict[str, str], connections: int, requests: int
) -> dict[str, Any]:
    """Ask so often over so many connections, each as soon as it has its answer."""
    lines = [f"GET {path} HTTP/1.1", f"host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    opened = [Connection(port, request) for _ in range(connections)]
    left = requests
    times: list[float] = []
    with selectors.DefaultSelector() as selector:
        for each in opened:
            selector.register(each.socket, selectors.EVENT_READ, each)
        began = time.monotonic()
        for each in opened[:left]:
            each.ask()
        left -= min(left, connections)
        while len(times) < requests:
            for key, _events in selector.select(30):
                each = key.data
                if not each.read():
                    continue
                times.append(time.monotonic() - each.began)
                if left:
                    left -= 1
                    each.ask()
        took = time.monotonic() - began
    for each in opened:
        each.socket.close()
    return {
        "seconds": took,
        "bytes": opened[0].length,
        "median_ms": round(percentile(times, 0.5) * 1000, 2),
        "p99_ms": round(percentile(times, 0.99) * 1000, 2),
    }


if __name__ == "__main__":
    pin_child()
    sys.setswitchinterval(1)
    reply(ready=True)
    for command in commands():
        reply(**run(**command))
