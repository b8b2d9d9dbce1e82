"""The port between what is told and the channels that tell it.

A channel's file in `channels/` makes an Outlet: where members are reached, and what a parcel looks
like there.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
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
    enclosed: Sequence[str] = ()


class Parcel(NamedTuple):
    """What one member is told at one time.

    `lines` by language, the first one first: two where nobody knows which the person reads.
    `about` and `kind` name the thing and the event when it is one alone. `stop` is the address
    that ends letters of this sort; empty where one must be told. `answers`: the thing takes
    answers of this member now.
    """

    member: int
    name: str
    pace: Pace
    lines: Mapping[str, Sequence[Line]]
    left_out: int
    about: str
    kind: str
    stop: str
    answers: bool = False


@dataclass(frozen=True)
class Outlet:
    """A channel as a way to tell members things."""

    channel: str
    reach: Callable[[Db, Sequence[int]], Mapping[int, Sequence[str]]]
    compose: Callable[[Parcel], Message]
    paces: frozenset[Pace] = frozenset(Pace)


_outlets: dict[str, Outlet] = {}
Pair = tuple[int, str]
# Who finds out which members may answer which things, many at once; without one nobody may.
answering: list[Callable[[Db, Collection[Pair]], set[Pair]]] = []


def outlet(made: Outlet) -> Outlet:
    """Register a way to tell members things."""
    _outlets[made.channel] = made
    return made


def with_answers(db: Db, parcels: Sequence[tuple[Parcel, str]]) -> list[tuple[Parcel, str]]:
    """The parcels with what is known of answers to them, in as few queries for many as for one."""
    pairs = {(parcel.member, parcel.about) for parcel, _key in parcels if parcel.about}
    takes: set[Pair] = set()
    for find in answering if pairs else ():
        takes |= find(db, pairs)
    return [
        (parcel._replace(answers=(parcel.member, parcel.about) in takes), key)
        for parcel, key in parcels
    ]


def offered() -> list[Outlet]:
    """The outlets over which this server can send."""
    return [found for found in _outlets.values() if deliveries.offered(found.channel)]
