"""The two ports by which letters come in: an LMTP server of ours, and somebody's mailbox."""

import asyncio
import smtplib
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from cast import Cast
from replies.conftest import Write
from sqlmodel import select

from forum.arguments.models import ArgumentRevision
from forum.base import log, settings, ticker
from forum.base.db import reading, transaction
from forum.base.settings import Settings
from forum.replies import addresses, imap, lmtp


@pytest.fixture
def door(said: int) -> Iterator[tuple[str, int]]:
    """Our LMTP server, listening in a loop of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = settings.settings().model_copy(
        update={"mail_lmtp": f"127.0.0.1:{port}", "max_upload": 20_000}
    )
    with listening(config):
        yield "127.0.0.1", port


@contextmanager
def listening(config: Settings) -> Iterator[None]:
    """The port, open in a thread within the block."""
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with lmtp.listening(config):
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(60)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


def bodies() -> list[str]:
    """All that was ever argued."""
    with reading() as db:
        return list(db.execute(select(ArgumentRevision.body)).scalars())


def test_the_mail_server_hands_letters_over(
    door: tuple[str, int], cast: Cast, write: Write, said: int
) -> None:
    to = addresses.address(cast.bob.id, f"argument:{said}")
    with smtplib.LMTP(*door) as line:
        raw = write("bob", f"argument:{said}", "By mail.\n.\n..dots")
        assert line.sendmail("bob@example.org", [to, "nobody@example.org"], raw) == {
            "nobody@example.org": (550, b"5.1.1 nobody here is called so")
        }
        line.sendmail("bob@example.org", [to], raw)
        line.sendmail("bob@example.org", [to], write("bob", "", "Again.", to=to, ident="<2@x>"))
    assert bodies()[1:] == ["By mail.\n.\n..dots", "Again."]


def test_letters_of_nobody_and_for_nobody_are_not_taken_in(
    door: tuple[str, int], cast: Cast, write: Write, said: int
) -> None:
    to = addresses.address(cast.bob.id, f"argument:{said}")
    with smtplib.LMTP(*door) as line:
        line.sendmail("", [to], write("bob", f"argument:{said}", "Back on Monday."))
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            line.sendmail("bob@example.org", [f"reply+{'a' * 50}@example.org"], b"x")
        line.sendmail("", ["moot@example.org"], b"Subject: It came back\r\n\r\nSorry")
    assert bodies() == ["It is dear."]


def test_what_is_too_large_is_refused_and_the_line_goes_on(
    door: tuple[str, int], cast: Cast, write: Write, said: int
) -> None:
    to = addresses.address(cast.bob.id, f"argument:{said}")
    with smtplib.LMTP(*door) as line:
        with pytest.raises(smtplib.SMTPResponseException) as refused:
            line.ehlo_or_helo_if_needed()
            line.mail("bob@example.org")
            line.rcpt(to)
            code, _words = line.data(b"x" * 60 + b"\r\n" * 20_000)
            raise smtplib.SMTPResponseException(code, b"")
        assert refused.value.smtp_code == 552
        line.sendmail("bob@example.org", [to], write("bob", f"argument:{said}", "Short."))
    assert bodies()[1:] == ["Short."]


def test_a_dot_after_a_bare_line_feed_ends_no_letter(
    door: tuple[str, int], cast: Cast, write: Write, said: int
) -> None:
    to = addresses.address(cast.bob.id, f"argument:{said}")
    raw = write("bob", f"argument:{said}", "Before.").replace(b"\n", b"\r\n")
    smuggled = b".\nMAIL FROM:<x@y>\r\n"
    with smtplib.LMTP(*door) as line:
        line.ehlo()
        line.mail("bob@example.org")
        line.rcpt(to)
        assert line.docmd("DATA")[0] == 354
        line.send(raw + b"\r\n" + smuggled + b"\n.\r\n" + b"After.\r\n.\r\n")
        assert line.getreply()[0] == 250
        assert line.noop()[0] == 250
    (said_once,) = bodies()[1:]
    assert said_once.startswith("Before.")
    assert said_once.endswith("After.")


@pytest.mark.parametrize(
    "said_to_it",
    [b"\xff\xfe\x00\r\n", b"HELO x\r\n", b"RCPT TO:<a@b>\r\n", b"DATA\r\n", b"MAIL FROM:bob\r\n",
     b"x" * 200_000 + b"\r\n", b"MAIL FROM:<" + b"a" * 500 + b"@b>\r\n"],
)  # fmt: skip
def test_nonsense_ends_nothing_but_itself(door: tuple[str, int], said_to_it: bytes) -> None:
    with socket.create_connection(door, 60) as line:
        assert line.recv(100).startswith(b"220 ")
        line.sendall(said_to_it)
        assert line.recv(1000)[:1] in (b"5", b"")
    with smtplib.LMTP(*door) as polite:
        assert polite.noop()[0] == 250


def test_without_the_setting_nothing_listens(said: int) -> None:
    config = settings.settings().model_copy(update={"mail_lmtp": ""})
    with listening(config):
        pass


class _Mailbox(socketserver.StreamRequestHandler):
    """So much of IMAP as the fetching speaks."""

    server: Any

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            for answer in self._answers(rest):
                self.wfile.write(answer + b"\r\n")
            self.wfile.write(f"{tag} OK done\r\n".encode())
            if rest.startswith("LOGOUT"):
                return

    def _answers(self, command: str) -> list[bytes]:
        words, box = command.split(), self.server.letters
        self.server.heard.append(command)
        if command.startswith("CAPABILITY"):
            return [b"* CAPABILITY IMAP4rev1"]
        if command.startswith("SELECT"):
            return [f"* {len(box)} EXISTS".encode()]
        if command.startswith("UID SEARCH"):
            unread = [str(uid) for uid in box if uid not in self.server.read]
            return [f"* SEARCH {' '.join(unread)}".encode()]
        if "RFC822.SIZE" in command:
            size = self.server.sizes.get(int(words[2]), len(box[int(words[2])]))
            return [f"* 1 FETCH (UID {words[2]} RFC822.SIZE {size})".encode()]
        if "BODY.PEEK" in command:
            raw = box[int(words[2])]
            head = f"* 1 FETCH (UID {words[2]} BODY[] {{{len(raw)}}}\r\n".encode()
            return [head + raw + b")"]
        if "Seen" in command:
            self.server.read.add(int(words[2]))
        return []


@pytest.fixture
def mailbox(said: int) -> Iterator[Callable[[dict[int, bytes]], Any]]:
    """A mailbox with these letters, which the settings name."""
    servers = []

    def made(letters: dict[int, bytes]) -> Any:
        server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mailbox)
        server.letters, server.read, server.heard, server.sizes = letters, set(), [], {}
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        given = settings.settings().model_dump(
            include={"data", "mail_from", "mail_reply", "mail_url"}
        )
        port = server.server_address[1]
        url = f"imap://moot:p%40ss@127.0.0.1:{port}/Answers%20in?tls=no"
        settings.configure(**given, mail_imap=url, base_url="https://moot.example.org")
        return server

    yield made
    for server in servers:
        server.shutdown()
        server.server_close()


def test_the_mailbox_is_fetched_once(
    mailbox: Callable[[dict[int, bytes]], Any], cast: Cast, write: Write, said: int
) -> None:
    good = write("bob", f"argument:{said}", "Fetched.")
    box = mailbox({7: good, 8: b"Subject: Spam\r\n\r\nBuy", 9: good})
    box.sizes[10] = 10**9
    box.letters[10] = b"x"
    with transaction() as tx:
        imap.look(tx, "")
    ticker.run_due()
    assert bodies()[1:] == ["Fetched."]
    assert box.read == {7, 8, 9, 10}
    assert any('LOGIN moot "p@ss"' in line for line in box.heard)
    assert any('SELECT "Answers in"' in line for line in box.heard)
    assert not any("UID FETCH 10 (BODY" in line for line in box.heard)
    assert any("UID STORE 10" in line and "Flagged" in line for line in box.heard)
    imap.fetch("")
    assert bodies()[1:] == ["Fetched."]


def test_a_letter_that_breaks_something_is_left_for_a_person(
    mailbox: Callable[[dict[int, bytes]], Any], write: Write, said: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def broken(_raw: bytes) -> None:
        raise RuntimeError("a fault of ours")

    box = mailbox({7: write("bob", f"argument:{said}")})
    monkeypatch.setattr(imap, "receive", broken)
    monkeypatch.setattr(log, "quiet", True)
    imap.fetch("")
    assert box.read == {7}
    assert any("Flagged" in line for line in box.heard)
