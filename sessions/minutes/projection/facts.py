"""What the minutes need besides the log: names, numbers and texts that it tells by ids only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sessions.minutes.record import Choice, Officer, Thing


class Came(NamedTuple):
    """Who came, by the venue at which they first signed in; and the guests among them."""

    venues: Mapping[int, int]
    guests: int = 0


class Poll(NamedTuple):
    """What the log does not say of a poll: its words and its answers."""

    question: str
    method: str
    choices: tuple[Choice, ...]
    explanation: list[Any]


@dataclass(frozen=True)
class Facts:
    """What the log names by ids only. `texts` holds quoted words by what they are and their id."""

    minutes: int
    version: int
    meeting: Thing
    consultation: Thing
    zone: str
    starts_at: datetime
    venues: tuple[tuple[int, str, str], ...] = ()
    items: Mapping[int, tuple[int | None, str]] = field(default_factory=dict)
    polls: Mapping[int, Poll] = field(default_factory=dict)
    texts: Mapping[tuple[str, int], str] = field(default_factory=dict)
    speakers: Mapping[int, int] = field(default_factory=dict)
    attended: Mapping[int, int] = field(default_factory=dict)
    came: Mapping[int, Came] = field(default_factory=dict)  # by the number of the sitting
    entitled: int = 0
    guests: int = 0
    # Whose words were taken down at a reception, where they let their name stand.
    heard: Mapping[int, int] = field(default_factory=dict)
    officers: tuple[Officer, ...] = ()
    replaces: str = ""
