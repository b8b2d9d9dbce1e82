"""How long a restriction lasts and whether it holds: pure."""

from datetime import datetime, timedelta
from enum import StrEnum


class Term(StrEnum):
    """The lengths on offer; a mute of one meeting is two hours."""

    HOURS_2 = "2h"
    DAY = "1d"
    WEEK = "7d"
    MONTH = "30d"
    OPEN_END = "open"


LENGTH = {
    Term.HOURS_2: timedelta(hours=2),
    Term.DAY: timedelta(days=1),
    Term.WEEK: timedelta(days=7),
    Term.MONTH: timedelta(days=30),
}


def end(term: Term, now: datetime) -> datetime | None:
    """When a restriction of this term ends; None: when somebody lifts it."""
    return now + LENGTH[term] if term in LENGTH else None


def holds(until: datetime | None, lifted_at: datetime | None, now: datetime) -> bool:
    """Whether it is still in force."""
    return lifted_at is None and (until is None or now < until)
