"""The port between what is told and the channels that tell it.

A channel's file in `channels/` makes an Outlet: where members are reached, and what a parcel looks
like there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from forum.base import deliveries
from forum.base.channels import Message
from forum.base.db import Db
from forum.outbox.models import Pace


class Line(NamedTuple):
    """One thing that somebody is told, in one language."""

    words: str
    because: str
    url: str
    at: datetime


class Parcel(NamedTuple):
    """What one member is told at one time.

    `lines` by language, the first one first: two where nobody knows which the person reads.
    `about` and `kind` name the thing and the event when it is one alone. `stop` is the address
    that ends letters of this sort; empty where one must be told.
    """

    member: int
    name: str
    pace: Pace
    lines: Mapping[str, Sequence[Line]]
    left_out: int
    about: str
    kind: str
    stop: str


@dataclass(frozen=True)
class Outlet:
    """A channel as a way to tell members things."""

    channel: str
    reach: Callable[[Db, Sequence[int]], Mapping[int, Sequence[str]]]
    compose: Callable[[Parcel], Message]
    paces: frozenset[Pace] = frozenset(Pace)


_outlets: dict[str, Outlet] = {}


def outlet(made: Outlet) -> Outlet:
    """Register a way to tell members things."""
    _outlets[made.channel] = made
    return made


def offered() -> list[Outlet]:
    """The outlets over which this server can send."""
    return [found for found in _outlets.values() if deliveries.offered(found.channel)]
