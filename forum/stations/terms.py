"""Terms and who sits in them: pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

DAY = timedelta(days=1)


class Days(Protocol):
    """What runs from a first day to a last; without a last it goes on."""

    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date | None: ...


def in_force(span: Days, day: date) -> bool:
    """Whether the day is one of its days; the last day is."""
    return span.first <= day and (span.last is None or day <= span.last)


def in_order(first: date, last: date | None) -> bool:
    """Whether the last day is not before the first."""
    return last is None or first <= last


def meet(one: Days, first: date, last: date | None) -> bool:
    """Whether two spans have a day in common."""
    return (last is None or one.first <= last) and (one.last is None or first <= one.last)


def next_change(spans: Iterable[Days], after: date) -> date | None:
    """The first day after this one on which something begins or is over."""
    days = {span.first for span in spans} | {span.last + DAY for span in spans if span.last}
    return min((day for day in days if day > after), default=None)
