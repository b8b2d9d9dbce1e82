"""Who speaks next, and why: the comparator behind every list of speakers. Pure.

A speaking rule is a sequence of criteria. Before them all stand points of order and the chair's
override, after them the moment of asking. Every entry says which of these put it before the next.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sessions.floor.models import Lane, Side


class Reason(StrEnum):
    """What decided that an entry stands before the one after it."""

    ORDER = "order"
    CHAIR = "chair"
    VENUE = "venue"
    SIDE = "side"
    SPOKEN = "spoken"
    TIME = "time"
    ASKED = "asked"


class Waiting(NamedTuple):
    """Somebody on the list. `preferred`: the turn of the chair's override, if there was one."""

    id: int
    member: int
    venue: int
    lane: Lane
    side: Side
    asked: datetime
    preferred: int | None = None


class Turn(NamedTuple):
    """A speech on this item that was held, or is being held."""

    member: int
    venue: int
    side: Side
    ms: int


class Place(NamedTuple):
    """An entry in its place, why it stands there, and how often its speaker has spoken."""

    entry: Waiting
    reason: Reason
    times: int


class Past(NamedTuple):
    """How often and how long everybody has spoken on this item."""

    times: Counter[int]
    ms: Counter[int]


@dataclass(frozen=True)
class Criterion:
    """What is compared: a measure of the entry, least first, or a lane, longest silent first."""

    reason: Reason
    measure: Callable[[Waiting, Past], int] | None = None
    lane: Callable[[Waiting | Turn], Hashable] | None = None


SPOKEN = Criterion(Reason.SPOKEN, measure=lambda entry, past: past.times[entry.member])
TIME = Criterion(Reason.TIME, measure=lambda entry, past: past.ms[entry.member])
VENUES = Criterion(Reason.VENUE, lane=lambda entry: entry.venue)
SIDES = Criterion(Reason.SIDE, lane=lambda entry: entry.side)


@dataclass(frozen=True)
class Rule:
    """A way of keeping the list. `sides`: a speaker says first whether for or against."""

    title: str
    about: str
    seconds: int
    times: int | None
    criteria: tuple[Criterion, ...]
    sides: bool = False


class _Served:
    """The item's turns, those held and those foreseen, as keys by which entries are compared."""

    def __init__(self, turns: Sequence[Turn], criteria: Sequence[Criterion]) -> None:
        self.criteria = criteria
        self.past = Past(Counter(turn.member for turn in turns), Counter())
        self.last: dict[tuple[Reason, Hashable], int] = {}
        self.count = 0
        for turn in turns:
            self.past.ms[turn.member] += turn.ms
            self.hear(turn)

    def hear(self, turn: Waiting | Turn) -> None:
        """A turn of these lanes."""
        self.count += 1
        for criterion in self.criteria:
            if criterion.lane:
                self.last[criterion.reason, criterion.lane(turn)] = self.count

    def lanes(self, entry: Waiting) -> Hashable:
        """Entries of the same lanes keep their order among themselves."""
        found = [criterion.lane(entry) for criterion in self.criteria if criterion.lane]
        return (entry.lane, *found)

    def key(self, entry: Waiting) -> tuple[Any, ...]:
        """The smallest goes first; its parts stand in the order of `reasons`."""
        asked = (entry.asked, entry.id)
        if entry.lane is Lane.ORDER:
            return (False, asked)
        chosen = (entry.preferred is None, entry.preferred or 0)
        return (True, chosen, *(self._measure(entry, one) for one in self.criteria), asked)

    def _measure(self, entry: Waiting, criterion: Criterion) -> int:
        if criterion.measure:
            return criterion.measure(entry, self.past)
        lane = criterion.lane(entry) if criterion.lane else None
        return self.last.get((criterion.reason, lane), 0)

    def reason(self, entry: Waiting, mine: tuple[Any, ...], best: tuple[Any, ...]) -> Reason:
        """The first thing in which an entry differs from the best of those behind it."""
        if entry.lane is Lane.ORDER:
            return Reason.ORDER
        if entry.preferred is not None:
            return Reason.CHAIR
        reasons = [Reason.ORDER, Reason.CHAIR, *(one.reason for one in self.criteria)]
        pairs = zip(reasons, mine, best, strict=False)
        return next((reason for reason, a, b in pairs if a != b), Reason.ASKED)


def arrange(
    waiting: Sequence[Waiting], turns: Sequence[Turn], criteria: Sequence[Criterion]
) -> list[Place]:
    """Everybody who waits, in the order in which they will speak if nothing else happens.

    `turns` are the item's speeches, oldest first. The order looks ahead: each place counts as a
    turn of its lanes for the places behind it.
    """
    served = _Served(turns, criteria)
    groups: dict[Hashable, list[Waiting]] = {}
    for entry in sorted(waiting, key=served.key, reverse=True):
        groups.setdefault(served.lanes(entry), []).append(entry)
    places: list[Place] = []
    while groups:
        keys = {name: served.key(group[-1]) for name, group in groups.items()}
        name = min(keys, key=keys.__getitem__)
        entry, mine = groups[name].pop(), keys.pop(name)
        if groups[name]:
            keys[name] = served.key(groups[name][-1])
        else:
            del groups[name]
        reason = served.reason(entry, mine, min(keys.values(), default=mine))
        places.append(Place(entry, reason, served.past.times[entry.member]))
        if entry.lane is Lane.SPEECH:
            served.hear(entry)
    return places
