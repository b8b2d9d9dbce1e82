"""Notice in time, dates that repeat, who moves up, who may stand in for whom: pure."""

import calendar
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.base.workdays import Workdays
from sessions.meetings import rules as meeting_rules

QUESTIONS_MOST = 10
ANSWER_MOST = 500
REPEATS_MOST = 12
# One changes one's mind until the meeting ends; proxies stand from the beginning of a sitting.
REPLYING = meeting_rules.ATTENDED


class Every(StrEnum):
    """How often a meeting is held again."""

    ONCE = "once"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"


def earliest(told: datetime, zone: str, lead: int, *, working: Workdays | None) -> date:
    """The first day, where the meeting is, that lies so many days after the day of the notice.

    With `working` only the days count that are worked.
    """
    day = told.astimezone(ZoneInfo(zone)).date()
    if working is None:
        return day + timedelta(days=lead)
    for _each in range(lead):
        day += timedelta(days=1)
        while not working.works(day):
            day += timedelta(days=1)
    return day


def given(told: datetime, starts: datetime, zone: str, *, working: Workdays | None) -> int:
    """How many days of notice there are: the day of the notice does not count."""
    first = told.astimezone(ZoneInfo(zone)).date()
    days = max((starts.astimezone(ZoneInfo(zone)).date() - first).days, 0)
    later = (first + timedelta(days=number + 1) for number in range(days))
    return sum(working.works(day) for day in later) if working is not None else days


def in_time(
    told: datetime, starts: datetime, zone: str, lead: int, *, working: Workdays | None
) -> bool:
    """Whether the notice is early enough."""
    day = starts.astimezone(ZoneInfo(zone)).date()
    return day >= earliest(told, zone, lead, working=working)


def latest(starts: datetime, zone: str, lead: int, *, working: Workdays | None) -> date:
    """The last day on which the notice can go out for a meeting at this time."""
    day = starts.astimezone(ZoneInfo(zone)).date()
    if working is None:
        return day - timedelta(days=lead)
    count = lead
    while count or not working.works(day):
        count -= working.works(day)
        day -= timedelta(days=1)
    return day


def repeated(first: datetime, zone: str, every: Every, times: int) -> list[datetime]:
    """The same hour on the wall of the place, so many times in all, whatever clocks do between.

    Monthly: the same day of the month, or its last one. An hour that the clocks leap over is the
    one after it.
    """
    wall = first.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if every is Every.ONCE:
        return [first]
    return [
        _on(wall, every, number).replace(tzinfo=ZoneInfo(zone)).astimezone(first.tzinfo)
        for number in range(times)
    ]


def _on(wall: datetime, every: Every, number: int) -> datetime:
    if every is not Every.MONTH:
        return wall + timedelta(weeks=number * (2 if every is Every.FORTNIGHT else 1))
    years, month = divmod(wall.month - 1 + number, 12)
    year = wall.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return wall.replace(year=year, month=month + 1, day=min(wall.day, last))


def moving_up(seats: int | None, seated: int, waiting: Sequence[int]) -> list[int]:
    """Who of those waiting gets a seat, in their order."""
    free = len(waiting) if seats is None else max(seats - seated, 0)
    return list(waiting[:free])


def check_proxy(
    principal: int, holder: int, held: Mapping[int, Collection[int]], *, most: int
) -> None:
    """Conflict unless the holder may stand in; `held`: for whom each holder stands in already."""
    if not most:
        raise Conflict(_("At a meeting of this type nobody stands in for another."))
    if principal == holder:
        raise Conflict(_("Nobody stands in for themselves."))
    others = {ident for ident in held.get(holder, ()) if ident != principal}
    if len(others) >= most:
        raise Conflict(_("This person stands in for %(n)s already; no more can.") % {"n": most})
    if held.get(principal):
        raise Conflict(_("Whoever stands in for others gives no proxy: there are no chains."))
    if any(holder in people for people in held.values()):
        raise Conflict(_("This person has named a proxy of their own: there are no chains."))


_WEIGHT = re.compile(r"\d{1,9}(?:\.\d{1,6}|/[1-9]\d{0,8})?", re.ASCII)


def weight(text: str) -> Fraction | None:
    """An exact weight: 1, 3/4 or 86.57; None for what is none, or nothing."""
    found = Fraction(text) if _WEIGHT.fullmatch(text) else Fraction(0)
    return found or None


def written(value: Fraction) -> str:
    """An exact number as people write it: 92.57 where that ends, else 4/3."""
    for digits in range(7):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            text = str(scaled.numerator).rjust(digits + 1, "0")
            return f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return str(value)
