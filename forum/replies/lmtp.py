"""A small LMTP server (RFC 2033): the machine's mail server hands letters over here.

It listens where `mail_lmtp` says, on this machine or inside its network: who may write at all, and
whether a sender is who it says, is for the mail server in front to judge.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import NamedTuple

import anyio.to_thread

from forum.base.ports import port
from forum.base.settings import Settings
from forum.replies.receiving import receive, takes

log = logging.getLogger("folkmoot.replies")
PATIENCE = 120  # seconds for a line
LONGEST = 64 * 1024  # bytes of a line
MOST_LETTERS = 1000  # over one connection
MOST_RECIPIENTS = 50
MOST_LINES = 8  # connections at once
PATH = re.compile(r"(?i)^(?:FROM|TO):\s*<([^<>\s]{0,320})>")


class _Envelope(NamedTuple):
    """What is said of a letter before its text."""

    sender: str | None = None
    to: tuple[str, ...] = ()


class _Conversation:
    """One connection."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int
    ) -> None:
        self.reader = reader
        self.writer = writer
        self.most = most
        self.envelope = _Envelope()

    async def hold(self) -> None:
        """Speak until the other side leaves, says what cannot be understood, or falls silent."""
        await self.say("220 Folkmoot LMTP")
        for _count in range(MOST_LETTERS * 10):
            line = await self.line()
            if not line:
                return
            verb, _blank, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if verb.upper() == "QUIT":
                await self.say("221 2.0.0 bye")
                return
            await self.command(verb.upper(), rest.strip())

    async def command(self, verb: str, rest: str) -> None:
        """Answer one command."""
        if verb == "LHLO":
            self.envelope = _Envelope()
            await self.say(
                f"250-Folkmoot\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 SIZE {self.most}"
            )
        elif verb == "MAIL":
            await self.begin(rest)
        elif verb == "RCPT":
            await self.address(rest)
        elif verb == "DATA":
            await self.take()
        elif verb in ("RSET", "NOOP"):
            self.envelope = _Envelope() if verb == "RSET" else self.envelope
            await self.say("250 2.0.0 ok")
        else:
            await self.say("500 5.5.1 not understood")

    async def begin(self, rest: str) -> None:
        """From whom."""
        path = PATH.match(rest)
        if path is None:
            await self.say("501 5.5.4 MAIL FROM:<address>")
            return
        self.envelope = _Envelope(path[1])
        await self.say("250 2.1.0 ok")

    async def address(self, rest: str) -> None:
        """To whom: only addresses behind which there is somebody."""
        path = PATH.match(rest)
        if self.envelope.sender is None or path is None:
            await self.say("503 5.5.1 MAIL comes first")
        elif len(self.envelope.to) >= MOST_RECIPIENTS:
            await self.say("452 4.5.3 too many")
        elif not takes(path[1]):
            await self.say("550 5.1.1 nobody here is called so")
        else:
            self.envelope = self.envelope._replace(to=(*self.envelope.to, path[1]))
            await self.say("250 2.1.5 ok")

    async def take(self) -> None:
        """The letter itself; each recipient has an answer of its own."""
        sender, to = self.envelope
        if not to:
            await self.say("503 5.5.1 RCPT comes first")
            return
        await self.say("354 go on")
        raw = await self.text()
        self.envelope = _Envelope()
        for address in to:
            await self.say(await _dealt(raw, address, sender))

    async def text(self) -> bytes | None:
        """The lines up to the single dot; None where they are too many.

        It stands between two CRLFs and nowhere else (RFC 5321, 4.1.1.4): two servers that see
        different ends let somebody slip a second letter into one.
        """
        lines: list[bytes] = []
        size = 0
        before = b"\r\n"
        while (line := await self.line()) != b".\r\n" or not before.endswith(b"\r\n"):
            if not line:
                raise ConnectionError
            before = line
            size += len(line)
            if size <= self.most:
                lines.append(line.removeprefix(b".") if line.startswith(b".") else line)
        return b"".join(lines) if size <= self.most else None

    async def line(self) -> bytes:
        """The next line; empty at the end."""
        return await asyncio.wait_for(self.reader.readline(), PATIENCE)

    async def say(self, words: str) -> None:
        """Answer."""
        self.writer.write(f"{words}\r\n".encode())
        await self.writer.drain()


async def _dealt(raw: bytes | None, to: str, sender: str | None) -> str:
    if raw is None:
        return "552 5.3.4 the letter is too large"
    try:
        await anyio.to_thread.run_sync(partial(receive, raw, to=to, envelope_sender=sender))
    except Exception:
        log.exception("a letter could not be dealt with")
        return "451 4.3.0 try again later"
    return "250 2.0.0 taken"


@port
@asynccontextmanager
async def listening(config: Settings) -> AsyncIterator[None]:
    """The server, open within the block where the settings name it."""
    if not config.mail_lmtp:
        yield
        return
    host, _colon, number = config.mail_lmtp.rpartition(":")
    room = asyncio.Semaphore(MOST_LINES)

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with room:
            # A line that breaks, is too long or falls silent ends; the mail server tries again.
            with suppress(OSError, ValueError, TimeoutError):
                await _Conversation(reader, writer, config.max_upload).hold()
        writer.close()

    # Several workers share the port.
    shared = config.workers > 1
    server = await asyncio.start_server(
        meet, host.strip("[]"), int(number), limit=LONGEST, reuse_port=shared or None
    )
    async with server:
        yield
