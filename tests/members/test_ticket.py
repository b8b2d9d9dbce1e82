"""Coming in with a ticket from a host platform: exchanged by signed requests, once."""

import hashlib
import hmac
import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cast import Cast
from conftest import Client
from starlette.testclient import TestClient
from vouching import refused as refused_by

from forum.base import settings
from forum.members.providers.ticket import Ticket, filled, picked

SECRET = "s3cret"
STEPS: list[dict[str, Any]] = [
    {
        "url": "{base}/ticket?ticket={ticket}",
        "headers": {
            "X-Key": "{key}",
            "X-Date": "{date}",
            "X-Signature": "{signature}",
        },
        "signed": "{method}\n{path}\n{query}\n{key}\n{date}\n",
        "ok_field": "success",
        "ok_value": "true",
        "take": {"token": "data.accessToken"},
    },
    {
        "url": "{base}/user",
        "method": "POST",
        "fields": {"token": "{token}", "sign": "{signature}"},
        "as_json": True,
        "signed": "{token}{nonce}",
        "signed_as": "hex",
        "take": {"subject": "data.userid"},
    },
]


class Host(ThreadingHTTPServer):
    """A host platform; a ticket is worth what `tickets` says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tickets = {"T-1": "330100-17", "T-2": "330100-17", "T-3": "330100-18"}
        self.asked: list[str] = []
        self.user: object = {"data": {"userid": None}}

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def table(self, **other: object) -> dict[str, Any]:
        """It as a table of the settings."""
        steps = [{**step, "url": str(step["url"]).replace("{base}", self.url)} for step in STEPS]
        start = f"{self.url}/sso?servicecode=moot&goto={{callback}}"
        facts = {"kind": "ticket", "label": "City ID", "access_key": "AK", "secret": SECRET}
        return {**facts, "start_url": start, "steps": steps, **other}


class _Handler(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        parts, head = urlsplit(self.path), self.headers
        text = f"GET\n{parts.path}\n{parts.query}\nAK\n{head['x-date']}\n"
        right = b64encode(hmac.digest(SECRET.encode(), text.encode(), hashlib.sha256)).decode()
        subject = self.server.tickets.get(parse_qs(parts.query)["ticket"][0])
        fine = head["x-signature"] == right and head["x-key"] == "AK" and subject is not None
        self._say({"success": fine, "data": {"accessToken": f"for {subject}"}})

    def do_POST(self) -> None:
        form = json.loads(self.rfile.read(int(self.headers["content-length"])))
        assert len(form["sign"]) == 64
        user = form["token"].removeprefix("for ")
        given = self.server.user
        self._say({"data": {"userid": user}} if given == {"data": {"userid": None}} else given)

    def _say(self, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def host(data: object) -> Iterator[Host]:
    """The host, known to the server as "host"."""
    with Host() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        settings.settings().allow_private_addresses = True
        settings.settings().providers = {"host": server.table()}
        yield server
        server.shutdown()
        thread.join()


def come_back(browser: TestClient, ticket: str) -> str:
    """Set out, and the path to which the host sends one back with a ticket."""
    there = urlsplit(browser.get("/sign-in/with/host").headers["location"])
    back = urlsplit(parse_qs(there.query)["goto"][0])
    assert back.path == "/sign-in/with/host/back"
    return f"{back.path}?{back.query}&ticket={ticket}"


def join(browser: TestClient, ticket: str) -> None:
    """Open an account with a ticket."""
    form = browser.get(come_back(browser, ticket)).headers["location"]
    assert browser.post(form, data={"name": "Willow"}).headers["location"] == "/"


def test_a_ticket_opens_the_same_account_each_time(client: Client, cast: Cast, host: Host) -> None:
    join(client(None), "T-1")
    again = client(None)
    assert again.get(come_back(again, "T-2")).headers["location"] == "/"
    assert "Willow" in again.get("/settings").text
    other = client(None)
    assert other.get(come_back(other, "T-3")).headers["location"].startswith("/register/with/")


def test_a_ticket_works_once(client: Client, cast: Cast, host: Host) -> None:
    """Even where the host would take it again, and whoever brings it."""
    join(client(None), "T-1")
    thief = client(None)
    path = come_back(thief, "T-1")
    asked = len(host.asked)
    refused_by(thief, path)
    assert len(host.asked) == asked


def test_a_ticket_that_came_unasked_opens_nothing(client: Client, cast: Cast, host: Host) -> None:
    """Login CSRF: an attacker's ticket in a link."""
    refused_by(client(None), "/sign-in/with/host/back?ticket=T-1")
    browser = client(None)
    come_back(browser, "T-1")
    refused_by(browser, "/sign-in/with/host/back?ticket=T-1")
    assert host.asked == []


@pytest.mark.parametrize("ticket", ["", "T-9", "x" * 2001])
def test_a_worthless_ticket_is_refused(client: Client, cast: Cast, host: Host, ticket: str) -> None:
    browser = client(None)
    refused_by(browser, come_back(browser, ticket))


@pytest.mark.parametrize("user", [[], {}, {"data": {"userid": ""}}, {"data": {"userid": ["x"]}}])
def test_an_answer_without_a_subject_is_refused(
    client: Client, cast: Cast, host: Host, user: object
) -> None:
    host.user = user
    browser = client(None)
    refused_by(browser, come_back(browser, "T-1"))


def test_a_wrong_secret_gets_nobody_in(client: Client, cast: Cast, host: Host) -> None:
    settings.settings().providers = {"host": host.table(secret="other")}
    browser = client(None)
    refused_by(browser, come_back(browser, "T-1"))


def test_a_host_that_returns_to_one_address(client: Client, cast: Cast, host: Host) -> None:
    """Where no state comes back the cookie alone says that this browser set out."""
    settings.settings().providers = {"host": host.table(returns_callback=False)}
    refused_by(client(None), "/sign-in/with/host/back?ticket=T-1")
    browser = client(None)
    browser.get("/sign-in/with/host")
    there = browser.get("/sign-in/with/host/back?ticket=T-2").headers["location"]
    assert there.startswith("/register/with/")


def test_what_stands_in_a_template() -> None:
    """A value cannot add to an address, nor reach into another value."""
    words = {"ticket": "a&b={key}/..", "key": "AK"}
    assert filled("/x?t={ticket}&k={key}", words, within_url=True) == (
        "/x?t=a%26b%3D%7Bkey%7D%2F..&k=AK"
    )
    assert filled("{nothing}{ticket}", words) == "a&b={key}/.."
    assert picked({"a": {"b": 7}}, "a.b") == "7"
    assert picked({"a": {"b": True}}, "a.b") == "true"
    assert picked({"a": [1]}, "a") == picked({}, "a.b") == ""


def test_the_last_step_must_say_who(cast: Cast) -> None:
    facts = {"key": "host", "label": "Host", "start_url": "https://host.example/"}
    with pytest.raises(ValueError, match="subject"):
        Ticket.model_validate({**facts, "steps": [{"url": "https://h.example", "take": {}}]})
    with pytest.raises(ValueError, match="https"):
        Ticket.model_validate({**facts, "start_url": "http://host.example", "steps": STEPS})
