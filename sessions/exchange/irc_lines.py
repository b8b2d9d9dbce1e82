"""The lines of an IRC log: who wrote what when, in the forms that bots and clients save.

`[2021-07-13T20:05:11.152Z]	<nick>	text`, `[10:00:00]	<nick> text` and `10:00:00 <nick> text`; an
action (`* nick does this`) is something said. What has none of these forms goes on with the line
before it. Clocks that stand still or jump back are not believed: each message comes at least a
millisecond after the one before it, so that their order is that of their times.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from forum.base.errors import Refusal
from forum.exchange.tables import Warnings

MOST = 20_000
TICK = timedelta(milliseconds=1)

_FULL = re.compile(
    r"\[?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,6}))?Z?\]?\s+<([^>]+)>\s?(.*)"
)
_SHORT = re.compile(r"\[?(\d\d:\d\d(?::\d\d)?)\]?\s+<([^>]+)>\s?(.*)")
_ACTION = re.compile(r"\*{1,3} (\S+) (.*)")
_SERVER = re.compile(
    r"\((?:\S+@\S+|Quit|Ping|Remote).*\)?.*|has (?:joined|left|quit|changed)\b.*"
    r"|is now known as \S+|sets mode.*|\(\S+@\S+\) has .*"
)
_DAY = re.compile(r"(?<!\d)(\d{4})-?(\d\d)-?(\d\d)(?!\d)")


class Line(NamedTuple):
    """A message, on which line of the file it begins, and the lines that belong to it."""

    number: int
    at: datetime
    nick: str
    text: str
    more: tuple[tuple[int, str], ...] = ()


def day_in(names: Iterable[str]) -> date | None:
    """The day that one of these names bears, as 2013-10-15."""
    for name in names:
        for found in _DAY.findall(name):
            try:
                return date(*map(int, found))
            except ValueError:
                continue
    return None


def lines_of(text: str, day: date | None, warnings: Warnings) -> list[Line]:
    """All messages in their order; what stands before the first one is a warning."""
    found: list[Line] = []
    last: datetime | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        if number > MOST:
            raise Refusal(f"more than {MOST} lines: this is no log of one meeting")
        line = _line(number, raw, day, last)
        if line is None:
            if found and not _ACTION.fullmatch(raw):
                found[-1] = found[-1]._replace(more=(*found[-1].more, (number, raw)))
            elif raw.strip() and not found:
                warnings.add("before", f"line {number}", "no message stands here; left out")
            continue
        last = line.at
        found.append(line)
    return found


def _line(number: int, raw: str, day: date | None, last: datetime | None) -> Line | None:
    if full := _FULL.fullmatch(raw):
        on, clock, fraction, nick, text = full.groups()
        at = _moment(on, clock, fraction or "0")
    elif short := _SHORT.fullmatch(raw):
        clock, nick, text = short.groups()
        if day is None:
            raise Refusal(
                f"line {number}: no line says the day; name the file after it, as 2013-10-15.log"
            )
        at = _moment(day.isoformat(), f"{clock}:00"[:8], "0")
    elif (action := _ACTION.fullmatch(raw)) and not _SERVER.fullmatch(action[2]) and last:
        # Actions bear no time: they happened with what was said before them.
        nick, text, at = action[1], action[2], last
    else:
        return None
    if at is None:
        return None
    return Line(number, max(at, last + TICK) if last else at, nick.strip(), text.strip())


def _moment(on: str, clock: str, fraction: str) -> datetime | None:
    try:
        made = datetime.combine(date.fromisoformat(on), time.fromisoformat(clock), UTC)
    except ValueError:
        return None
    return made.replace(microsecond=int(f"{fraction:0<6}") // 1000 * 1000)
