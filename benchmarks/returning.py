"""Clients that come back to a live page, all at once or a few at a time: raw sockets on epoll.

A child of a benchmark. {"connect": file, "port", "at_once"} connects the clients of the file (JSON:
a list of {"cookie", "hello"}), keeping so many in flight, and answers with what became of each;
who is turned away or finds no server tries again, as the pages do. {"leave": true} closes them all.
"""

import errno
import json
import select
import socket
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.common import allow_files, commands, pin_child, reply
from benchmarks.sockets import TEXT, masked, whole_frames

PATIENCE = 120.0
PAUSE = 0.05  # seconds until a refused client tries again
REQUEST = (
    "GET /live?{query} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\nAccept-Language: en\r\n{cookie}\r\n"
)


class Client:
    """Somebody on the way back: from the first knock to the welcome."""

    def __init__(self, facts: dict[str, Any], port: int) -> None:
        cookie = f"Cookie: {facts['cookie']}\r\n" if facts["cookie"] else ""
        self.port = port
        asked = {name: facts["hello"][name] for name in ("stream", "view")}
        self.request = REQUEST.format(port=port, cookie=cookie, query=urlencode(asked)).encode()
        self.hello = masked(json.dumps(facts["hello"]))
        self.tries = 0
        self.shaken = self.welcomed = 0.0
        self.after: int | None = None
        self.socket: socket.socket | None = None
        self.rest = b""

    def knock(self) -> socket.socket:
        """Begin to connect."""
        fresh = socket.socket()
        fresh.setblocking(False)
        fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        code = fresh.connect_ex(("127.0.0.1", self.port))
        if code not in (0, errno.EINPROGRESS):
            fresh.close()
            raise ConnectionRefusedError(code)
        self.tries += 1
        self.rest, self.socket, self.shaken = b"", fresh, 0.0
        return fresh

    def takes(self) -> bool:
        """Read on; whether the welcome has come. Raises OSError when it was turned away."""
        assert self.socket
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionResetError
        self.rest += data
        if not self.shaken:
            head, end, rest = self.rest.partition(b"\r\n\r\n")
            if not end:
                return False
            if b" 101 " not in head[:20]:
                raise ConnectionRefusedError
            self.shaken, self.rest = time.monotonic(), rest
            self.socket.send(self.hello)
        for first, start, stop in whole_frames(self.rest):
            if first == TEXT and (said := json.loads(self.rest[start:stop]))["type"] == "welcome":
                self.welcomed, self.after = time.monotonic(), said["after"]
                self.rest = b""
                return True
        return False


class Return:
    """All of them on their way."""

    def __init__(self, clients: list[Client], at_once: int) -> None:
        self.at_once = at_once
        self.outside = [(0.0, client) for client in reversed(clients)]
        self.inside = 0
        self.wanted = len(clients)
        self.waiting: dict[int, Client] = {}
        self.epoll = select.epoll()

    def run(self) -> None:
        """Until all are welcomed, or patience ends."""
        until = time.monotonic() + PATIENCE
        while self.inside < self.wanted and time.monotonic() < until:
            self._knock()
            for number, event in self.epoll.poll(PAUSE, 4096):
                client = self.waiting[number]
                try:
                    self._step(client, number, event)
                except OSError:
                    self._again(client, number)
        self.epoll.close()

    def _knock(self) -> None:
        now = time.monotonic()
        late = [one for one in self.outside if one[0] > now]
        ready = [one for one in self.outside if one[0] <= now]
        while ready and len(self.waiting) < self.at_once:
            _due, client = ready.pop()
            try:
                fresh = client.knock()
            except OSError:
                late.append((now + PAUSE, client))
                continue
            self.waiting[fresh.fileno()] = client
            self.epoll.register(fresh, select.EPOLLOUT)
        self.outside = ready + late

    def _step(self, client: Client, number: int, event: int) -> None:
        assert client.socket
        if event & select.EPOLLOUT and not client.shaken:
            if code := client.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise ConnectionRefusedError(code)
            client.socket.send(client.request)
            self.epoll.modify(number, select.EPOLLIN)
        elif event & ~select.EPOLLOUT and client.takes():
            self.epoll.unregister(number)
            del self.waiting[number]
            self.inside += 1

    def _again(self, client: Client, number: int) -> None:
        self.epoll.unregister(number)
        del self.waiting[number]
        assert client.socket
        client.socket.close()
        self.outside.append((time.monotonic() + PAUSE, client))


def connect(order: dict[str, Any]) -> tuple[list[Client], dict[str, Any]]:
    """Let them all come; the times count from the first handshake that a server answered."""
    facts = json.loads(Path(order["connect"]).read_text())
    clients = [Client(one, order["port"]) for one in facts]
    Return(clients, order["at_once"]).run()
    came = [client for client in clients if client.welcomed]
    began = min((client.shaken for client in came), default=0.0)
    return clients, {  # of who was not welcomed: no moment
        "welcomed": [one.welcomed - began if one.welcomed else None for one in clients],
        "after": [client.after for client in clients],
        "tries": sum(client.tries for client in clients),
    }


if __name__ == "__main__":
    pin_child()
    allow_files(20_000)
    reply(ready=True)
    there: list[Client] = []
    for command in commands():
        if "connect" in command:
            there, found = connect(command)
            reply(**found)
        else:
            for each in there:
                if each.socket:
                    each.socket.close()
            reply(left=len(there))
