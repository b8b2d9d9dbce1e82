"""What travels on the socket, encoded once for all who get the same.

Client to server: {"type": "hello", "stream", "view"?, "after"?}, once per stream; saying it again
starts that stream anew. `after` is the seq at which the page was rendered (its `data-live-after`).

Server to client:
- {"type": "welcome", "stream", "head", "after", "server_time", "html"?}. `after` is the cursor to
  set: frames from there to `head` follow at once. It is the hello's own unless too much was missed
  (or the page is of another history); then it is `head`, and `html` has everything. Frames of the
  stream that come between a hello and its welcome are to be passed over: the welcome has them.
- {"stream", "seq", "prev", "type", "at", "subject", "data", "html"?}: an event. `prev` is the
  previous seq that this class may see: greater than the cursor is a gap (say hello again), a `seq`
  at or below the cursor is a repetition (take its `html` only).
- the same with type "refresh" and `seq` equal to `prev`: blocks changed by what this class may not
  see as an event.
- {"type": "bye", "code", "retry_after"?}, before the socket closes: "resync" (it was too slow),
  "signed-out", "reload" (what it may see has changed), "restart", "crowded"; with "stream", and
  then only that stream ends: "gone" (invisible, or a view not theirs).

`html` maps the ids of blocks to their whole new HTML. Polling gives the same messages in a list.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from forum.base import clock
from forum.base.events import Stored

Html = Mapping[str, str]
EXTENSION = "folkmoot.live"  # under which a socket's scope holds the door for ready-made frames
CLOSE_CODE = 4000  # of the application; the reason says which of the byes it was


def websocket_frame(payload: bytes, opcode: int = 0x1) -> bytes:
    """A whole unmasked frame, as servers send them: the same bytes for every reader."""
    size = len(payload)
    if size < 126:
        head = bytes((0x80 | opcode, size))
    elif size < 65_536:
        head = bytes((0x80 | opcode, 126)) + size.to_bytes(2)
    else:
        head = bytes((0x80 | opcode, 127)) + size.to_bytes(8)
    return head + payload


def closing_frame(reason: str) -> bytes:
    """The frame that closes a socket for a reason of ours."""
    return websocket_frame(CLOSE_CODE.to_bytes(2) + reason.encode()[:123], 0x8)


def encode(message: Mapping[str, Any]) -> bytes:
    """A message as a frame."""
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return websocket_frame(text.encode())


def welcome(
    stream: str, *, head: int, after: int, at: datetime, html: Html | None
) -> dict[str, Any]:
    """The answer to a hello."""
    message: dict[str, Any] = {
        "type": "welcome",
        "stream": stream,
        "head": head,
        "after": after,
        "server_time": clock.iso(at),
    }
    return message if html is None else message | {"html": html}


def replay(
    events: Iterable[Stored], prev: int, stream: str, html: Html | None, at: datetime
) -> list[dict[str, Any]]:
    """The messages for a run of events that one class may see; the HTML rides on the last."""
    messages: list[dict[str, Any]] = []
    for event in events:
        messages.append(
            {
                "stream": stream,
                "seq": event.seq,
                "prev": prev,
                "type": event.kind,
                "at": clock.iso(event.at),
                "subject": event.subject,
                "data": event.payload,
            }
        )
        prev = event.seq
    if html:
        if not messages:
            messages.append(
                {"stream": stream, "seq": prev, "prev": prev, "type": "refresh", "data": {}}
                | {"at": clock.iso(at)}
            )
        messages[-1] = messages[-1] | {"html": html}
    return messages


def bye(code: str, *, stream: str | None = None, retry_after: float | None = None) -> bytes:
    """The last word on a socket, or on one stream of it."""
    message: dict[str, Any] = {"type": "bye", "code": code}
    if stream is not None:
        message["stream"] = stream
    if retry_after is not None:
        message["retry_after"] = round(retry_after, 2)
    return encode(message)
