"""What is read of the floor: named tuples, made by `queries`."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sessions.floor import book, turns
from sessions.floor.models import AppealState, Lane, Ruling, Side, SpeechState
from sessions.floor.order import Quota, Reason, Rule
from sessions.floor.turns import Bounds, Left
from sessions.meetings.models import Method


class Groups(NamedTuple):
    """The groups that take turns in a meeting, how often the first has its turn, and who is in."""

    names: tuple[str, ...]
    every: int | None
    of: dict[int, str]

    @property
    def quota(self) -> Quota | None:
        """The quota that the chair set, if any."""
        return Quota(self.names[0], self.every) if self.names and self.every else None


NO_GROUPS = Groups((), None, {})


class ListRow(NamedTuple):
    """The list of the current item."""

    item_id: int
    name: str
    seconds: int
    times: int | None
    closed: bool
    short: int | None = None
    motion_times: int | None = None
    item_seconds: int | None = None
    meeting_times: int | None = None
    meeting_seconds: int | None = None

    @property
    def rule(self) -> Rule:
        """The rule it is kept by."""
        return book.rules()[self.name]

    @property
    def bounds(self) -> Bounds:
        """What one person may take of the time."""
        return Bounds(*(getattr(self, name) for name in Bounds._fields))

    def span(self, lane: Lane) -> int:
        """How many seconds a contribution of this kind is given."""
        if lane in self.rule.kinds:
            return self.short or self.rule.short
        return self.seconds


class SpeechRow(NamedTuple):
    """A request to speak and what became of it."""

    id: int
    meeting_id: int
    item_id: int
    member_id: int
    venue_id: int
    lane: Lane
    side: Side
    state: SpeechState
    origin: Method
    asked_at: datetime
    began_at: datetime | None
    ends_at: datetime | None
    remaining_ms: int | None
    spent_ms: int
    to_id: int | None
    accepted: bool | None
    over_at: datetime | None
    motion_id: int | None

    @property
    def open(self) -> bool:
        """Whether it waits, or holds the floor."""
        return self.state is SpeechState.WAITING or self.state in turns.HOLDING


class Entry(NamedTuple):
    """Somebody on the list as pages show them."""

    number: int
    speech: SpeechRow
    name: str
    reason: Reason
    times: int
    why: str  # the chair's reason, or the point of order's words


class AppealRow(NamedTuple):
    """An appeal against a ruling."""

    id: int
    member_id: int
    name: str
    state: AppealState
    state_name: str
    seconded_by: int | None
    poll_id: int | None

    @property
    def pending(self) -> bool:
        """Whether the meeting still has to decide, or somebody to second it."""
        return self.state in (AppealState.RAISED, AppealState.OPEN)


class Point(NamedTuple):
    """A point of order, what the chair ruled, and the appeal against that."""

    id: int
    speech_id: int
    member_id: int
    name: str
    body: str
    ruling: Ruling | None
    ruling_name: str
    words: str
    appeal: AppealRow | None


class Floor(NamedTuple):
    """Everything about who speaks on the current item."""

    list: ListRow | None
    speaking: SpeechRow | None
    paused: SpeechRow | None
    waiting: Sequence[Entry]
    held: Sequence[SpeechRow]
    skipped: Sequence[SpeechRow]
    points: Sequence[Point]
    names: dict[int, str]
    groups: Groups
    left: dict[int, Left]
    here: frozenset[int] = frozenset()  # of those who wait or have the floor

    @property
    def holders(self) -> Sequence[SpeechRow]:
        """Who has the floor, and who is interrupted."""
        return tuple(row for row in (self.speaking, self.paused) if row is not None)

    @property
    def ended(self) -> SpeechRow | None:
        """What was ended last, as long as that can be a slip: nobody else has begun to speak."""
        last = max(self.held, key=lambda row: row.over_at or row.asked_at, default=None)
        return last if last and last.lane is not Lane.ORDER and not self.speaking else None

    @property
    def first(self) -> Entry | None:
        """Whose turn is next."""
        return self.waiting[0] if self.waiting else None


EMPTY = Floor(None, None, None, (), (), (), (), {}, NO_GROUPS, {})
