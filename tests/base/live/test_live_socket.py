"""What a page on a socket is told, and what it is not."""

import socket
from typing import Any

import httpx2 as httpx
import pytest
from base.live import hall
from base.live.hall import HALL, ring
from base.live.hall_pages import PATIENCE, Opener, connected
from websockets.exceptions import ConnectionClosed, InvalidStatus

from forum.base.events import Audience


def test_an_event_arrives_with_the_blocks_that_changed(page: Opener) -> None:
    bob = page("bob")
    bob.hello(view="board")
    welcome = bob.next()
    assert (welcome["type"], welcome["head"], welcome["after"]) == ("welcome", 0, 0)
    assert set(welcome["html"]) == {"rings", "guests"}
    ring(5)
    frame = bob.next()
    assert (frame["stream"], frame["seq"], frame["prev"]) == (HALL, 1, 0)
    assert (frame["type"], frame["data"]) == ("hall:bell:rang", {"n": 5, "words": ""})
    assert frame["html"] == {"rings": '<p id="rings" lang="en">1</p>'}


def test_a_page_as_new_as_the_log_needs_no_html(page: Opener) -> None:
    ring()
    guest = page()
    guest.hello(view="board", after=1)
    assert "html" not in guest.next()
    ring()
    assert guest.next()["html"] == {"rings": '<p id="rings" lang="en">2</p>'}


def test_each_reader_gets_the_html_in_their_language(server: hall.Server, page: Opener) -> None:
    with connected(server.url, additional_headers={"accept-language": "zh"}) as line:
        line.send('{"type": "hello", "stream": "hall:1", "view": "board"}')
        assert 'lang=\\"zh_Hans_CN\\"' in str(line.recv(PATIENCE))
    english = page("alice")
    english.hello(view="board")
    assert 'lang="en"' in english.next()["html"]["rings"]


def test_without_a_view_come_events_alone(page: Opener) -> None:
    guest = page()
    guest.hello(after=0)
    assert "html" not in guest.next()
    ring()
    assert "html" not in guest.next()


def test_hidden_events_are_seen_by_their_class_alone(page: Opener) -> None:
    guest, clerk, chair = page(), page("clerk"), page("alice")
    for one in (guest, clerk, chair):
        one.hello(after=0)
        one.next()
    for n, audience in enumerate((0, 2, 3, 1, 0)):
        ring(n, audience=Audience(audience))
    chains = [[(m["prev"], m["seq"]) for m in one.until(5)] for one in (guest, clerk, chair)]
    assert chains == [
        [(0, 1), (1, 5)],
        [(0, 1), (1, 2), (2, 4), (4, 5)],
        [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)],
    ]


def test_what_a_hidden_event_changes_comes_without_it(page: Opener) -> None:
    guest = page()
    guest.hello(view="board")
    guest.next()
    ring(1, audience=Audience.MODERATOR)
    frame = guest.next()
    assert frame.pop("at")
    assert frame == {
        "stream": HALL,
        "seq": 0,
        "prev": 0,
        "type": "refresh",
        "data": {},
        "html": {"rings": '<p id="rings" lang="en">1</p>'},
    }


def test_the_welcome_of_a_guest_hides_the_hidden_head(page: Opener) -> None:
    ring(audience=Audience.PUBLIC)
    ring(audience=Audience.DESK)
    guest = page()
    guest.hello(after=1, view="board")
    welcome = guest.next()
    assert (welcome["head"], welcome["after"]) == (1, 1)
    # The page may have missed what the hidden event changed.
    assert welcome["html"]["rings"] == '<p id="rings" lang="en">2</p>'


@pytest.mark.parametrize(
    ("who", "stream", "view"),
    [
        (None, "hall:2", None),
        (None, "hall:99", None),
        ("bob", HALL, "console"),
        ("bob", HALL, "nothing"),
        ("bob", "nothing:1", None),
        ("bob", "no reference", None),
        ("bob", "x" * 65, None),
    ],
)
def test_what_is_not_theirs_is_not_there(
    page: Opener, who: str | None, stream: str, view: str | None
) -> None:
    reader = page(who)
    reader.hello(stream, view=view)
    assert reader.next() == {"type": "bye", "code": "gone", "stream": stream}
    reader.hello()
    assert reader.next()["type"] == "welcome"


def test_several_streams_on_one_socket(page: Opener) -> None:
    bob = page("bob")
    for stream in (HALL, "hall:2"):
        bob.hello(stream, after=0)
        assert bob.next()["stream"] == stream
    ring(stream="hall:2")
    assert bob.next()["stream"] == "hall:2"
    ring()
    assert bob.next()["stream"] == HALL


def test_a_socket_follows_only_so_many_streams(page: Opener) -> None:
    bob = page("bob")
    said = []
    for n in range(1, 19):
        bob.hello(f"hall:{n}")
        said.append(bob.next()["type"])
    assert said == ["welcome"] * 16 + ["bye"] * 2


def test_hello_again_starts_the_stream_anew(page: Opener) -> None:
    ring()
    bob = page("bob")
    bob.hello(after=0)
    assert [m.get("seq") for m in bob.until(1)] == [None, 1]
    bob.hello(after=0)
    assert [m.get("seq") for m in bob.until(1)] == [None, 1]
    ring()
    assert bob.next()["seq"] == 2
    assert bob.silent()


@pytest.mark.parametrize(
    "words",
    [
        "no json",
        "[]",
        '{"type": "shout"}',
        '{"type": "hello"}',
        '{"type": "hello", "stream": 1}',
        '{"type": "hello", "stream": "hall:1", "view": 1}',
        '{"type": "hello", "stream": "hall:1", "after": "1"}',
        '{"type": "hello", "stream": "hall:1", "after": true}',
        '{"type": "hello", "stream": "hall:1", "after": -1}',
        b"bytes",
    ],
)
def test_what_is_no_hello_ends_the_socket(page: Opener, words: str | bytes) -> None:
    bob = page("bob")
    bob.socket.send(words)
    assert bob.end() == [{"type": "bye", "code": "misuse"}]


def test_a_long_message_ends_the_socket(page: Opener) -> None:
    bob = page("bob")
    bob.socket.send("x" * 5000)
    with pytest.raises(ConnectionClosed):
        bob.next()


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}]
)
def test_pages_of_others_get_no_socket(server: hall.Server, headers: dict[str, str]) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connected(server.url, additional_headers=headers),
    ):
        pass
    assert refused.value.response.status_code == 403


PLAIN = {
    "Upgrade": "websocket",
    "Connection": "keep-alive, Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 101),
        ({"Sec-WebSocket-Protocol": "chat"}, 101),
        ({"Sec-WebSocket-Extensions": "permessage-deflate"}, 101),
        ({"Sec-WebSocket-Key": None}, 400),
        ({"Sec-WebSocket-Key": "short"}, 400),
        ({"Sec-WebSocket-Version": None}, 400),
        ({"Sec-WebSocket-Version": "12"}, 400),
        ({"Origin": "null"}, 403),
    ],
)
def test_handshakes(server: hall.Server, changed: dict[str, str | None], status: int) -> None:
    headers = {name: value for name, value in (PLAIN | changed).items() if value is not None}
    lines = [f"{name}: {value}" for name, value in headers.items()]
    request = "\r\n".join(["GET /live HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""])
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as line:
        line.sendall(request.encode())
        answer = line.recv(4096)
        assert answer.startswith(b"HTTP/1.1 %d " % status)
        if status == 101:
            assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer
            assert b"permessage-deflate" not in answer
            line.sendall(bytes((0x89, 0x80, 0, 0, 0, 0)))
            assert line.recv(4096) == b"\x8a\x00"


def test_a_fault_before_the_handshake_is_a_500(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "lifespan"

    with (
        hall.serving(broken) as server,
        pytest.raises(InvalidStatus) as refused,
        connected(server.url),
    ):
        pass
    assert refused.value.response.status_code == 500
    assert "Exception in ASGI application" in caplog.text


def test_our_own_page_gets_a_socket(server: hall.Server) -> None:
    origin = f"http://127.0.0.1:{server.port}"
    with connected(server.url, additional_headers={"origin": origin}) as line:
        line.send('{"type": "hello", "stream": "hall:1"}')
        assert "welcome" in str(line.recv(PATIENCE))


def test_a_full_house_takes_no_more(
    server: hall.Server, page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = page()
    first.hello()
    first.next()
    monkeypatch.setattr("forum.base.live.hub.Hub.crowded", True)
    with pytest.raises(InvalidStatus), connected(server.url):
        pass
    ring()
    assert first.next()["seq"] == 1


def test_a_broken_template_does_not_hold_up_events(
    page: Opener, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bob = page("bob")
    bob.hello(view="board", after=0)
    bob.next()
    monkeypatch.setattr("forum.base.pages.render_block", None)
    ring()
    frame = bob.next()
    assert frame["seq"] == 1
    assert "html" not in frame
    assert "could not be rendered" in caplog.text


def test_polling_says_what_the_socket_says(
    server: hall.Server, page: Opener, asking: httpx.Client
) -> None:
    for n, audience in enumerate((0, 3, 1, 0, 2)):
        ring(n, audience=Audience(audience))
    address = f"http://127.0.0.1:{server.port}/live/{HALL}/events"
    asked: list[dict[str, Any]] = [
        {},
        {"after": 0},
        {"after": 2},
        {"after": 5},
        {"after": 9, "view": "board"},
    ]
    for said in asked:
        guest = page()
        guest.hello(HALL, **said)
        polled = asking.get(address, params=said).json()["messages"]
        heard = [guest.next() for _ in polled]
        assert guest.silent()
        for message in (*polled, *heard):
            message.pop("server_time", None)
        assert polled == heard
    assert asking.get(address, params={"view": "console"}).status_code == 404
    assert asking.get(address.replace("hall:1", "hall:2")).status_code == 404
    assert asking.get(address, params={"after": "soon"}).status_code == 422
