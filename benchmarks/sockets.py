"""Thousands of websocket clients in one process: raw sockets on epoll, so that they cost little.

A child of a benchmark. Commands: {"open": name, "port", "path", "n", "hello"?} connects a group
(and, given a hello, waits for each welcome); {"expect": name} answers as soon as every client of
the group has one more whole text frame, with the moments of the first and the last (after a first
answer, which says that it is waiting).
"""

import json
import os
import select
import socket
import time
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.common import allow_files, pin_child, reply

REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\n\r\n"
)
IN_FLIGHT = 128
PATIENCE = 120.0
TEXT, PING = 0x81, 0x89


def masked(text: str) -> bytes:
    """A client's text frame, with the mask 0."""
    payload = text.encode()
    size = len(payload)
    head = bytes((TEXT, 0x80 | size)) if size < 126 else bytes((TEXT, 0xFE)) + size.to_bytes(2)
    return head + bytes(4) + payload


def whole_frames(data: bytes) -> Iterator[tuple[int, int, int]]:
    """First byte, start and end of each whole frame in a buffer."""
    at = 0
    while len(data) - at >= 2:
        size, start = data[at + 1], at + 2
        if size == 126:
            start = at + 4
            size = int.from_bytes(data[at + 2 : start])
        elif size == 127:
            start = at + 10
            size = int.from_bytes(data[at + 2 : start])
        if len(data) < start or len(data) < start + size:
            return
        yield data[at], start, start + size
        at = start + size


class Group:
    """The clients of one server."""

    def __init__(self, command: dict[str, Any]) -> None:
        self.address = ("127.0.0.1", command["port"])
        self.request = REQUEST.format(**command).encode()
        self.hello = masked(json.dumps(command["hello"])) if "hello" in command else b""
        self.n: int = command["n"]
        self.shaken = 0.0  # when the last handshake was done
        self.sockets: dict[int, socket.socket] = {}
        self.rest: dict[int, bytes] = {}
        self.epoll = select.epoll()

    def open(self, others: Sequence["Group"]) -> dict[str, Any]:
        """Connect all of them, so many at a time; returns how fast that went."""
        started = looked = self.shaken = time.monotonic()
        waiting: dict[int, bytes] = {}
        done = 0
        while done < self.n:
            while len(waiting) < IN_FLIGHT and len(self.sockets) < self.n:
                waiting[self.knock()] = b""
            for fd, _event in self.epoll.poll(PATIENCE, IN_FLIGHT):
                data = waiting.get(fd, b"") + os.read(fd, 65_536)
                if (rest := self.answered(fd, data)) is None:
                    done += 1
                    waiting.pop(fd, None)
                else:
                    waiting[fd] = rest
            if time.monotonic() - looked > 2:
                looked = time.monotonic()
                for group in others:
                    group.idle()
            if time.monotonic() - started > PATIENCE:
                raise RuntimeError(f"{done} of {self.n} connected")
        ended = time.monotonic()
        return {
            "connects_per_s": round(self.n / (self.shaken - started)),
            "welcomes_per_s": round(self.n / (ended - started)),
        }

    def knock(self) -> int:
        """Connect one client and ask for a websocket."""
        fresh = socket.create_connection(self.address)
        fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        fresh.sendall(self.request)
        fresh.setblocking(False)
        self.sockets[fresh.fileno()] = fresh
        self.epoll.register(fresh, select.EPOLLIN)
        return fresh.fileno()

    def answered(self, fd: int, data: bytes) -> bytes | None:
        """Read what a new client has got; None once it is where it should be, else the rest."""
        if data.startswith(b"HTTP"):
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                return head
            if b" 101 " not in head[:20]:
                raise RuntimeError(head.decode())
            self.shaken = time.monotonic()
            if self.hello:
                self.sockets[fd].send(self.hello)
        welcomed = any(first == TEXT for first, *_ in whole_frames(data))
        return None if welcomed or not self.hello else data

    def expect(self) -> dict[str, Any]:
        """Wait until every client has one more text frame."""
        missing = set(self.sockets)
        first = 0.0
        started = time.monotonic()
        while missing:
            for fd, _event in self.epoll.poll(1.0, 4096):
                data = os.read(fd, 16_384)
                size = data[1] if len(data) > 3 else 0
                whole = 2 + size if size < 126 else 4 + (data[2] << 8 | data[3])
                plain = data[:1] == b"\x81" and len(data) == whole and fd not in self.rest
                if plain or self.take(fd, data):
                    missing.discard(fd)
                first = first or time.monotonic()
            if time.monotonic() - started > PATIENCE:
                break
        return {"first": first, "last": time.monotonic(), "missing": len(missing)}

    def take(self, fd: int, data: bytes) -> bool:
        """Read frames the slow way: pieces, pings. Whether there was a text."""
        if not data:
            raise RuntimeError("the server closed a socket")
        data = self.rest.pop(fd, b"") + data
        text, at = False, 0
        for first, start, end in whole_frames(data):
            text = text or first == TEXT
            if first == PING:
                payload = data[start:end]
                self.sockets[fd].send(bytes((0x8A, 0x80 | len(payload))) + bytes(4) + payload)
            at = end
        if at < len(data):
            self.rest[fd] = data[at:]
        return text

    def idle(self) -> None:
        """Answer pings between two rounds."""
        for fd, _event in self.epoll.poll(0, 4096):
            self.take(fd, os.read(fd, 16_384))


def main() -> None:
    """Take commands, and between them keep the connections alive."""
    pin_child()
    allow_files(60_000)
    groups: dict[str, Group] = {}
    reply(ready=True)
    buffer = b""
    ears = select.poll()
    ears.register(0, select.POLLIN)
    while True:
        ready = [fd for fd, _event in ears.poll()]
        for group in groups.values():
            if group.epoll.fileno() in ready:
                group.idle()
        if 0 not in ready:
            continue
        data = os.read(0, 65_536)
        if not data:
            return
        buffer += data
        while b"\n" in buffer:
            line, _end, buffer = buffer.partition(b"\n")
            command = json.loads(line)
            if "open" in command:
                group = Group(command)
                reply(**group.open(list(groups.values())))
                groups[command["open"]] = group
                ears.register(group.epoll, select.POLLIN)
            else:
                reply(expecting=True)  # from here on nothing is taken for idle talk
                reply(**groups[command["expect"]].expect())


if __name__ == "__main__":
    main()
