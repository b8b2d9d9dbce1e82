"""Ways out of the house (mail, push, robots): each registers itself; `deliveries` uses them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple


class Message(NamedTuple):
    """What is sent; a channel takes of it what it can show."""

    subject: str
    text: str
    html: str = ""
    url: str = ""
    headers: Mapping[str, str] = {}


class Refused(Exception):
    """The recipient's side says no for good; `dead`: it says so of the address, not the letter."""

    def __init__(self, answer: str, *, dead: bool = True) -> None:
        super().__init__(answer)
        self.answer = answer
        self.dead = dead


class Unsure(Exception):
    """It may have arrived: it is not tried again."""


class Postponed(OSError):
    """The other side said that it does not take it now: it is tried later."""


class Unreachable(OSError):
    """The channel itself is down: all that waits for it waits on."""


Send = Callable[[str, Message], None]


@dataclass(frozen=True)
class Channel:
    """A way out. `rest` is called when there is nothing more to send for now."""

    name: str
    send: Send
    offered: Callable[[], bool]
    hands_over: bool
    rest: Callable[[], None]


channels: dict[str, Channel] = {}
# Called before each look for due rows, outside any transaction: they make letters of what waits.
feeders: list[Callable[[], None]] = []


def channel(
    name: str,
    *,
    offered: Callable[[], bool] = lambda: True,
    hands_over: bool = False,
    rest: Callable[[], None] = lambda: None,
) -> Callable[[Send], Send]:
    """Decorate what sends over a channel; it raises Refused, Postponed, Unreachable or Unsure.

    Any other OSError means that it did not go, too. With `hands_over` the adapter itself calls
    `handing_over()` at the point of no return (otherwise that is the call), and an OSError after
    it leaves the delivery unsure.
    """

    def add(send: Send) -> Send:
        if name in channels:
            raise RuntimeError(f"the channel {name!r} is registered twice")
        channels[name] = Channel(name, send, offered, hands_over, rest)
        return send

    return add


def offered(name: str) -> bool:
    """Whether this server can send over the channel."""
    return name in channels and channels[name].offered()


_in_hand: ContextVar[Callable[[], None]] = ContextVar("in_hand", default=lambda: None)


@contextmanager
def in_hand(mark_handed: Callable[[], None]) -> Iterator[None]:
    """Within the block `handing_over()` marks this delivery."""
    token = _in_hand.set(mark_handed)
    try:
        yield
    finally:
        _in_hand.reset(token)


def handing_over() -> None:
    """Say that from here on the message cannot be taken back; may raise what must end the try."""
    _in_hand.get()()
