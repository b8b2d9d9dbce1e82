"""Which days people work: Monday to Friday, but for what an operator has typed for a year. Pure.

Holidays, and weekends that are worked to make up for them (调休), are announced year by year: no
table that ends stands in the code. What is typed is a day or a first and a last one on each line,
with any words after it.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from forum.base.i18n import _

SATURDAY = 5
LONGEST = 60  # days in one line: more is a mistyped year
_DAY = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")


class Workdays(NamedTuple):
    """Days off that would be worked, and days worked that would be off."""

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether people work on a day; where both was typed, they do."""
        return day in self.on or (day.weekday() < SATURDAY and day not in self.off)

    @property
    def years(self) -> list[int]:
        """For which years anything was typed."""
        return sorted({day.year for day in self.off | self.on})


WEEK = Workdays()


def typed(text: str) -> frozenset[date]:
    """The days of a typed list; lines that name none are passed over, as `fault` has told."""
    return frozenset(day for line in text.splitlines() for day in _days(line) or ())


def fault(text: str) -> str:
    """What is wrong with a typed list, as a sentence; empty where nothing is."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not _days(line):
            said = _(
                "Line %(number)s: please write a day as 2026-10-01, or a first and a last day of "
                "at most %(most)s days."
            )
            return said % {"number": number, "most": LONGEST}
    return ""


def _days(line: str) -> list[date] | None:
    """The days that a line names; None where it names none, or no stretch of days."""
    try:
        found = [date(*map(int, match.groups())) for match in _DAY.finditer(line)]
    except ValueError:
        return None
    if not 1 <= len(found) <= 2:
        return None
    first, last = found[0], found[-1]
    if not first <= last < first + timedelta(days=LONGEST):
        return None
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
