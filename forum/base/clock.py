"""The only clock: tests and imports set it, everything else reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)
_shift = timedelta(0)


def now() -> datetime:
    """The present moment, aware UTC, cut to milliseconds (what the log and frames carry)."""
    moment = _fixed.get() or datetime.now(UTC) + _shift
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block and its thread, `now()` is this moment: imports play at a record's times."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


@contextmanager
def travel(**delta: float) -> Iterator[None]:
    """Within the block, in all threads, the clock is shifted: `travel(days=3)`. For tests."""
    global _shift
    before, _shift = _shift, _shift + timedelta(**delta)
    try:
        yield
    finally:
        _shift = before


def iso(moment: datetime) -> str:
    """A moment as the log and the wire write it: 2026-03-05T11:02:00.000Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def parse(text: str) -> datetime:
    """Read what `iso` wrote (or any ISO 8601 time with an offset)."""
    return datetime.fromisoformat(text).astimezone(UTC)
