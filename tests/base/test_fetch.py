"""What the server asks of others: judged addresses, bounded answers, judged redirects."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from certified import certificate

from forum.base import fetch
from forum.base.fetch import DeniedError, FetchError


class Handler(BaseHTTPRequestHandler):
    """Answers by the first word of its path, and remembers what it was asked."""

    server: "Server"

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        length = int(self.headers.get("content-length", "0"))
        self.server.bodies.append(self.rfile.read(length))
        _slash, word, *rest = self.path.partition("?")[0].split("/", 2)
        target = rest[0] if rest else ""
        if word == "to":
            self._say(302, b"", location=self.server.targets[target])
        elif word == "long":
            self._say(200, b"x" * int(target))
        elif word == "short":
            self._say(200, b"half", **{"content-length": "8"})
        elif word == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.server.ended.wait(0.02):
                try:
                    self.wfile.write(b"x: y\r\n")
                except OSError:
                    return
        else:
            self._say(200, self.headers["host"].encode())

    do_POST = do_GET  # noqa: N815 - the library's name

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        return


class Server(ThreadingHTTPServer):
    """A web server with a memory."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.bodies: list[bytes] = []
        self.targets: dict[str, str] = {}
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server, answering within the block."""
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.ended.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with running(Server()) as started:
        yield started


@pytest.fixture
def dns(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, *tuple[str, ...]], None]:
    """`dns("name", "10.0.0.1", …)`: what a name stands for in this test."""
    known: dict[str, tuple[str, ...]] = {}
    real = socket.getaddrinfo

    def look(host: str, port: int, *args: Any, **how: Any) -> list[Any]:
        if host not in known:
            return real(host, port, *args, **how)
        return [(2, 1, 6, "", (address, port)) for address in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look)
    return lambda name, *found: known.update({name: found})


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fec0::1",
        "2001:0:7f00:1::", "64:ff9b:1::1",
    ],
)  # fmt: skip
def test_the_own_network_is_not_out_in_the_open(address: str) -> None:
    assert not fetch.outward(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"]
)
def test_others_are(address: str) -> None:
    assert fetch.outward(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "//example.org", "example.org", "http://",
        "http://a@example.org/", "http://example.org:0/", "http://example.org:99999/", "http://[::1",
    ],
)  # fmt: skip
def test_only_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(DeniedError):
        fetch.fetch(url)


@pytest.mark.parametrize(
    "url",
    ["http://127.1/", "http://[::ffff:127.0.0.1]/", "http://0x7f000001/", "http://2130706433/"],
)
def test_a_private_address_is_refused_in_any_spelling(url: str) -> None:
    with pytest.raises(DeniedError):
        fetch.fetch(url)


def test_a_name_that_points_inwards_is_refused(
    server: Server, dns: Callable[[str, *tuple[str, ...]], None]
) -> None:
    dns("inside.example", "10.0.0.1", "::1")
    with pytest.raises(DeniedError):
        fetch.fetch(f"http://inside.example:{server.server_port}/")
    assert not server.asked


def test_the_line_goes_to_the_address_that_was_judged(
    server: Server, dns: Callable[[str, *tuple[str, ...]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two addresses the open one; the name stays the host's."""
    dns("both.example", "10.0.0.1", "127.0.0.1")
    monkeypatch.setattr(fetch, "outward", lambda found: str(found) == "127.0.0.1")
    answer = fetch.fetch(f"http://both.example:{server.server_port}/name")
    assert answer.body == f"both.example:{server.server_port}".encode()


def test_redirects_are_followed_and_judged(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.targets.update(near="/name", inside="http://10.0.0.1/", round="/to/round")
    assert fetch.fetch(f"{server.url}/to/near", private=True).status == 200
    monkeypatch.setattr(fetch, "outward", lambda found: str(found) == "127.0.0.1")
    with pytest.raises(DeniedError):
        fetch.fetch(f"{server.url}/to/inside")
    with pytest.raises(FetchError, match="redirects"):
        fetch.fetch(f"{server.url}/to/round")


def test_a_key_does_not_travel_to_another_host(server: Server) -> None:
    with running(Server()) as other:
        server.targets["other"] = f"{other.url}/name"
        given = {"Authorization": "Bearer x", "X-Kind": "y"}
        fetch.fetch(f"{server.url}/to/other", headers=given, private=True)
        assert server.asked[0][2]["authorization"] == "Bearer x"
        assert "authorization" not in other.asked[0][2]
        assert other.asked[0][2]["x-kind"] == "y"


def test_a_post_is_not_carried_on(server: Server) -> None:
    server.targets["near"] = "/name"
    answer = fetch.fetch(f"{server.url}/to/near", method="POST", body=b"secret", private=True)
    assert (answer.status, answer.headers["location"]) == (302, "/name")
    assert server.bodies == [b"secret"]


def test_an_answer_is_bounded(server: Server) -> None:
    assert len(fetch.fetch(f"{server.url}/long/1000", most=1000, private=True).body) == 1000
    with pytest.raises(FetchError, match="too large"):
        fetch.fetch(f"{server.url}/long/1001", most=1000, private=True)


def test_half_an_answer_is_none(server: Server) -> None:
    with pytest.raises(FetchError, match="broken off"):
        fetch.fetch(f"{server.url}/short", private=True)


def test_the_whole_time_is_bounded(server: Server) -> None:
    """A server that always sends a little more does not hold us."""
    with pytest.raises(FetchError, match="too long"):
        fetch.fetch(f"{server.url}/drip", private=True, timeout=0.2)


def test_nobody_there_is_said(server: Server) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        with pytest.raises(FetchError, match="nobody"):
            fetch.fetch(f"http://127.0.0.1:{unheard.getsockname()[1]}/", private=True)


def test_the_environment_has_no_say(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    address = f"{server.url}/ä b?q=é x"
    assert fetch.fetch(address, headers={"Host": "evil.example"}, private=True).status == 200
    _verb, path, headers = server.asked[0]
    assert path == "/%C3%A4%20b?q=%C3%A9%20x"
    assert headers["host"] == f"127.0.0.1:{server.server_port}"
    assert "cookie" not in headers


def test_a_certificate_is_checked_against_the_name(
    tmp_path: Path,
    dns: Callable[[str, *tuple[str, ...]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The line goes to an address; who answers there must be the one whom the name means."""
    pem = certificate(tmp_path, "right.example")
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(pem)
    dns("right.example", "127.0.0.1")
    dns("wrong.example", "127.0.0.1")
    secret = Server()
    secret.socket = ours.wrap_socket(secret.socket, server_side=True)
    with running(secret) as server:
        port = server.server_port
        with pytest.raises(FetchError):  # a certificate that nobody vouches for
            fetch.fetch(f"https://right.example:{port}/name", private=True)
        trust = ssl.create_default_context(cafile=str(pem))
        monkeypatch.setattr(fetch, "_trust", lambda: trust)
        answer = fetch.fetch(f"https://right.example:{port}/name", private=True)
        assert answer.body == f"right.example:{port}".encode()
        with pytest.raises(FetchError):
            fetch.fetch(f"https://wrong.example:{port}/name", private=True)
        server.targets["plain"] = f"http://right.example:{port}/"
        with pytest.raises(DeniedError, match="HTTPS"):
            fetch.fetch(f"https://right.example:{port}/to/plain", private=True)
