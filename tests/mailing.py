"""A mail server of the tests' own: real SMTP over a socket, a thread for each connection."""

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import NamedTuple


class Received(NamedTuple):
    """A letter that the server took."""

    to: str
    raw: bytes

    @property
    def letter(self) -> EmailMessage:
        """The letter as mail programs read it."""
        read = message_from_bytes(self.raw, policy=default)
        assert isinstance(read, EmailMessage)
        return read

    def part(self, kind: str) -> str:
        """Its text/plain or text/html part."""
        found = self.letter.get_body(preferencelist=(kind,))
        assert found is not None
        return str(found.get_content())


class MailServer(socketserver.ThreadingTCPServer):
    """Takes what comes; `answers` says otherwise by recipient, `watch` sees each command.

    With `tls` it offers STARTTLS. `said` are the verbs that it heard, those under TLS in capitals.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.taken: list[Received] = []
        self.answers: dict[str, str] = {}
        self.after_data: dict[str, str] = {}
        self.connections = 0
        self.tls: ssl.SSLContext | None = None
        self.said: list[str] = []
        self.watch: Callable[[str, str], None] = lambda _command, _to: None

    @property
    def url(self) -> str:
        """Its address as a setting; it speaks no TLS."""
        return f"smtp://127.0.0.1:{self.server_address[1]}?tls=no"

    @property
    def to(self) -> list[str]:
        """Who got something, in the order of its coming."""
        return [received.to for received in self.taken]


class _Dialogue(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connections += 1
        with suppress(ConnectionError, ssl.SSLError):  # the other side may die, or mistrust us
            self._converse()

    def _converse(self) -> None:
        to = ""
        self._say("220 ready")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            verb = verb.upper()
            if verb == "RCPT":
                to = rest.partition("<")[2].partition(">")[0]
            self.server.watch(verb, to)
            hidden = isinstance(self.connection, ssl.SSLSocket)
            self.server.said.append(verb if hidden else verb.lower())
            if verb == "EHLO" and self.server.tls and not hidden:
                self._say("250-ready\r\n250 STARTTLS")
            elif verb == "STARTTLS" and self.server.tls:
                self._say("220 go on")
                self._hide(self.server.tls)
            elif verb == "DATA":
                self._take(to)
            elif verb == "RCPT":
                self._say(self.server.answers.get(to, "250 ok"))
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _hide(self, tls: ssl.SSLContext) -> None:
        self.connection = self.request = tls.wrap_socket(self.connection, server_side=True)
        self.setup()

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _take(self, to: str) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if not line:
            return
        answer = self.server.after_data.get(to, "250 taken")
        if answer.startswith("250"):
            self.server.taken.append(Received(to, b"".join(lines)))
        self.server.watch("TAKEN", to)
        if answer == "250 silence":
            raise ConnectionAbortedError
        self._say(answer)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """The server, listening within the block."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
