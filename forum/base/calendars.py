"""What has a date: rooms declare it, and calendars outside the house show it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from forum.base.auth import Actor
from forum.base.db import Db


class Kind(StrEnum):
    """An appointment, or something to be done by a date."""

    EVENT = "event"
    TODO = "todo"


class State(StrEnum):
    """How an entry is doing, as calendars say it."""

    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"
    NEEDS_ACTION = "NEEDS-ACTION"
    IN_PROCESS = "IN-PROCESS"
    COMPLETED = "COMPLETED"


class Entry(NamedTuple):
    """One appointment or deadline: public facts only, never what somebody said.

    `sequence` rises with every change, by which calendars know that theirs is old; `end` is the
    deadline of what is to be done.
    """

    ref: str
    kind: Kind
    title: str
    url: str
    start: datetime
    end: datetime
    state: State
    sequence: int
    changed: datetime
    location: str = ""
    online: str = ""
    details: str = ""
    part: int = 1  # of a thing that takes place on several days, which of them


# (db, reader, places, whether what is the reader's own stands in it too) → entries
Source = Callable[[Db, Actor | None, Sequence[str], bool], Iterable[Entry]]
sources: list[Source] = []
MOST = 500  # entries of one source


def calendar(source: Source) -> Source:
    """Declare what a room has with dates in some places, as far as the reader may see it."""
    sources.append(source)
    return source


def entries(db: Db, actor: Actor | None, places: Sequence[str], *, own: bool) -> list[Entry]:
    """Everything with a date in these places (and one's own), the earliest first."""
    found = [entry for source in sources for entry in source(db, actor, places, own)]
    return sorted(found, key=lambda entry: (entry.start, entry.ref))
