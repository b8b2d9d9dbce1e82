"""Who speaks next, and why: the comparator behind every list of speakers. Pure.

A speaking rule is a sequence of criteria. Before them all stand points of order, questions to the
speaker and interventions, the chair's override and the quota; after them the moment of asking.
Every entry says which of these put it before the next.
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
    QUESTION = "question"
    INTERVENTION = "intervention"
    CHAIR = "chair"
    QUOTA = "quota"
    GROUP = "group"
    VENUE = "venue"
    SIDE = "side"
    SPOKEN = "spoken"
    TIME = "time"
    ASKED = "asked"


# What goes before all speeches, in this order.
AHEAD = {
    Lane.ORDER: Reason.ORDER,
    Lane.QUESTION: Reason.QUESTION,
    Lane.INTERVENTION: Reason.INTERVENTION,
}
RANKS = {lane: rank for rank, lane in enumerate((*AHEAD, Lane.SPEECH))}


class Waiting(NamedTuple):
    """Somebody on the list. `preferred`: the turn of the chair's override, if there was one."""

    id: int
    member: int
    venue: int
    lane: Lane
    side: Side
    asked: datetime
    preferred: int | None = None
    group: str = ""


class Turn(NamedTuple):
    """A speech on this item that was held, or is being held."""

    member: int
    venue: int
    side: Side
    ms: int
    group: str = ""


class Quota(NamedTuple):
    """Of every so many speeches one at least is of this group, as long as it waits."""

    group: str
    every: int


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
GROUPS = Criterion(Reason.GROUP, lane=lambda entry: entry.group)


@dataclass(frozen=True)
class Rule:
    """A way of keeping the list.

    `sides`: a speaker says first whether for or against; with `neither` one need not. `kinds`: what
    may be asked for beside speeches and points of order, each for `short` seconds. `grouped`: the
    groups of the meeting and their quota count. `motion_times`: speeches each while a motion is
    pending, in place of `times`. `seconded`: an appeal needs the support of somebody else.
    """

    title: str
    about: str
    seconds: int
    times: int | None
    criteria: tuple[Criterion, ...]
    sides: bool = False
    neither: bool = False
    kinds: tuple[Lane, ...] = ()
    short: int = 60
    grouped: bool = False
    motion_times: int | None = None
    seconded: bool = False


class _Served:
    """The item's turns, those held and those foreseen, as keys by which entries are compared."""

    def __init__(
        self, turns: Sequence[Turn], criteria: Sequence[Criterion], quota: Quota | None
    ) -> None:
        self.criteria = criteria
        self.quota = quota
        self.without = 0  # speeches since the last one of the quota's group
        self.past = Past(Counter(turn.member for turn in turns), Counter())
        self.last: dict[Hashable, int] = {}
        self.count = 0
        for turn in turns:
            self.past.ms[turn.member] += turn.ms
            self.hear(turn)

    def hear(self, turn: Waiting | Turn) -> None:
        """A turn of these lanes."""
        self.count += 1
        self.without += 1
        if self.quota and turn.group == self.quota.group:
            self.without = 0
        lanes = self._lanes(turn)
        for depth in range(1, len(lanes) + 1):
            self.last[lanes[:depth]] = self.count

    def _lanes(self, entry: Waiting | Turn) -> tuple[Hashable, ...]:
        """Each lane within those before it: the venues of a group take turns among themselves.

        Taken apart, a venue of one group could wait for ever while another group uses its turns.
        """
        return tuple(one.lane(entry) for one in self.criteria if one.lane)

    def lanes(self, entry: Waiting) -> Hashable:
        """Entries of the same lanes keep their order among themselves."""
        own = entry.group if self.quota else ""
        return (entry.lane, own, self._lanes(entry))

    def key(self, entry: Waiting) -> tuple[Any, ...]:
        """The smallest goes first; its parts stand in the order of `reasons`."""
        asked = (entry.asked, entry.id)
        if entry.lane in AHEAD:
            return (RANKS[entry.lane], asked)
        chosen = (entry.preferred is None, entry.preferred or 0)
        return (RANKS[Lane.SPEECH], chosen, self._spare(entry), *self._measures(entry), asked)

    def _spare(self, entry: Waiting) -> bool:
        """False where it is the quota's turn and the entry is of its group."""
        due = self.quota is not None and self.without >= self.quota.every - 1
        return not (due and self.quota and entry.group == self.quota.group)

    def _measures(self, entry: Waiting) -> list[int]:
        lanes, depth, found = self._lanes(entry), 0, []
        for criterion in self.criteria:
            if criterion.measure:
                found.append(criterion.measure(entry, self.past))
            else:
                depth += 1
                found.append(self.last.get(lanes[:depth], 0))
        return found

    def reason(self, entry: Waiting, mine: tuple[Any, ...], best: tuple[Any, ...]) -> Reason:
        """The first thing in which an entry differs from the best of those behind it."""
        if entry.lane in AHEAD:
            return AHEAD[entry.lane]
        if entry.preferred is not None:
            return Reason.CHAIR
        reasons = [Reason.ORDER, Reason.CHAIR, Reason.QUOTA, *(one.reason for one in self.criteria)]
        pairs = zip(reasons, mine, best, strict=False)
        return next((reason for reason, a, b in pairs if a != b), Reason.ASKED)


def arrange(
    waiting: Sequence[Waiting],
    turns: Sequence[Turn],
    criteria: Sequence[Criterion],
    quota: Quota | None = None,
) -> list[Place]:
    """Everybody who waits, in the order in which they will speak if nothing else happens.

    `turns` are the item's speeches, oldest first. The order looks ahead: each place counts as a
    turn of its lanes for the places behind it.
    """
    served = _Served(turns, criteria, quota)
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
