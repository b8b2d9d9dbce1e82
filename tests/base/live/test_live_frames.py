"""Frames: bytes that any websocket client reads, and a chain of cursors for each class."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from forum.base.events import Audience, Stored
from forum.base.live import frames

NOW = datetime(2026, 3, 5, 11, 2, tzinfo=UTC)


def read(data: bytes) -> tuple[Frame, bytes]:
    """What the library of another hand makes of the first frame."""
    stream = StreamReader()
    stream.feed_data(data)
    parsing = Frame.parse(stream.read_exact, mask=False)
    try:
        next(parsing)
    except StopIteration as done:
        return done.value, bytes(stream.buffer)
    raise AssertionError("the frame is not whole")


@pytest.mark.parametrize("size", [0, 1, 125, 126, 300, 65_535, 65_536, 200_000])
def test_frames_of_all_lengths_are_read_back(size: int) -> None:
    frame, rest = read(frames.websocket_frame(b"x" * size) + b"next")
    assert (frame.opcode, bytes(frame.data), frame.fin, rest) == (
        Opcode.TEXT,
        b"x" * size,
        True,
        b"next",
    )


def test_the_closing_frame_says_why() -> None:
    frame, _rest = read(frames.closing_frame("resync"))
    assert frame.opcode is Opcode.CLOSE
    assert bytes(frame.data) == (4000).to_bytes(2) + b"resync"


def test_chinese_travels_as_utf8() -> None:
    frame, _rest = read(frames.encode({"words": "议事厅"}))
    assert bytes(frame.data) == '{"words":"议事厅"}'.encode()


def test_bye_may_name_a_stream_and_a_time() -> None:
    frame, _rest = read(frames.bye("restart", retry_after=1.23456))
    assert json.loads(bytes(frame.data)) == {"type": "bye", "code": "restart", "retry_after": 1.23}
    frame, _rest = read(frames.bye("gone", stream="hall:2"))
    assert json.loads(bytes(frame.data)) == {"type": "bye", "code": "gone", "stream": "hall:2"}


def stored(seq: int, audience: Audience) -> Stored:
    """An event of the log."""
    return Stored("i", "hall:1", seq, NOW, None, "hall:bell:rang", "hall:1", audience, {}, "d")


@given(st.lists(st.sampled_from(Audience), max_size=30), st.sampled_from(Audience))
def test_each_class_has_a_chain_without_gaps(log: list[Audience], reader: Audience) -> None:
    visible = [stored(n, audience) for n, audience in enumerate(log, 1) if audience <= reader]
    messages = frames.replay(visible, 0, "hall:1", None, NOW)
    cursor = 0
    for message in messages:
        assert message["prev"] == cursor < message["seq"]
        cursor = message["seq"]
    assert [message["seq"] for message in messages] == [event.seq for event in visible]


def test_html_rides_on_the_last_frame() -> None:
    events = [stored(1, Audience.PUBLIC), stored(2, Audience.PUBLIC)]
    first, last = frames.replay(events, 0, "hall:1", {"a": "<p>"}, NOW)
    assert "html" not in first
    assert last["html"] == {"a": "<p>"}


def test_html_without_a_visible_event_moves_no_cursor() -> None:
    (message,) = frames.replay([], 7, "hall:1", {"a": "<p>"}, NOW)
    assert (message["type"], message["seq"], message["prev"]) == ("refresh", 7, 7)
    assert frames.replay([], 7, "hall:1", {}, NOW) == []
