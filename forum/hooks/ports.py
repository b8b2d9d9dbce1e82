"""The port that a kind of receiver fills: what is posted to it, and what its answer means."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple


class Told(NamedTuple):
    """One piece of news: its sentence, where it stands, and the whole as a CloudEvent."""

    title: str
    url: str
    site: str
    event: str


class Post(NamedTuple):
    """What is sent to a receiver."""

    url: str
    body: bytes
    headers: Mapping[str, str]


class Verdict(Enum):
    """What an answer means."""

    TAKEN = "taken"
    LATER = "later"  # it is busy
    NO = "no"  # this message, not the receiver
    GONE = "gone"  # there is nobody at this address any more


class Key(Enum):
    """Where the secret comes from that messages are signed with."""

    NONE = "none"
    GIVEN = "given"  # by the receiver
    MADE = "made"  # by us for it


@dataclass(frozen=True)
class Dialect:
    """A kind of receiver."""

    name: str
    words: str
    help: str
    key: Key
    post: Callable[[str, str, Told, datetime], Post]
    judge: Callable[[int, bytes], Verdict]
    most: int  # bytes of a body that it takes
    knows_again: bool = False  # a message that it has: one that may have come is sent again


dialects: dict[str, Dialect] = {}


def dialect(made: Dialect) -> Dialect:
    """Register a kind of receiver."""
    if made.name in dialects:
        raise RuntimeError(f"the dialect {made.name!r} is registered twice")
    dialects[made.name] = made
    return made


def packed(body: Mapping[str, Any]) -> bytes:
    """A body as JSON."""
    return json.dumps(body, ensure_ascii=False).encode()


def shortened(text: str, most: int) -> str:
    """The text in at most so many bytes, no letter cut in two."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - 3].decode("utf-8", "ignore").rstrip() + "…"


def by_status(status: int) -> Verdict | None:
    """What the line's own status says; None: the body says it."""
    if status in (404, 410):
        return Verdict.GONE
    if status == 429 or status >= 500:
        return Verdict.LATER
    return None if 200 <= status < 300 else Verdict.NO


def by_code(status: int, body: bytes, *names: str) -> int | Verdict:
    """The code that a robot's answer bears under one of these names: 0 is fine."""
    if (verdict := by_status(status)) is not None:
        return verdict
    try:
        answer = json.loads(body)
        return next((int(answer[name]) for name in names if name in answer), -1)
    except (ValueError, TypeError):
        return Verdict.NO
