"""When somebody is told: defaults, presets, quiet hours, digests. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from forum.base.registry import Group
from forum.outbox.models import Pace, Verb

GATHER = timedelta(minutes=2)  # what comes at once comes in one letter
PAUSE = timedelta(minutes=30)  # between two letters to a person, deadlines and rights apart
STALE = timedelta(days=3)  # an import of the past is no news


class Hours(NamedTuple):
    """When somebody reads letters, on their own clock."""

    zone: str
    digest_hour: int = 8
    digest_day: int = 0
    quiet_from: int = 22
    quiet_to: int = 7


class Preset(StrEnum):
    """Ready-made answers to how many letters one wants."""

    NORMAL = "normal"
    FEWER = "fewer"
    LEAST = "least"


# Few letters: at once only what one can act on or waits for.
PACES: dict[Preset, dict[Group, Pace]] = {
    Preset.NORMAL: {
        Group.DUTY: Pace.NOW,
        Group.WORK: Pace.NOW,
        Group.ANSWERS: Pace.NOW,
        Group.INVITED: Pace.NOW,
        Group.NEWS: Pace.DAILY,
        Group.FOLLOWED: Pace.DAILY,
    },
    Preset.FEWER: {
        Group.DUTY: Pace.NOW,
        Group.WORK: Pace.DAILY,
        Group.ANSWERS: Pace.DAILY,
        Group.INVITED: Pace.DAILY,
        Group.NEWS: Pace.WEEKLY,
        Group.FOLLOWED: Pace.WEEKLY,
    },
    Preset.LEAST: dict.fromkeys(Group, Pace.NEVER) | {Group.DUTY: Pace.NOW},
}
DEFAULTS = PACES[Preset.NORMAL]
CHOSEN: tuple[Group, ...] = tuple(
    group for group in Group if group is not Group.DUTY
)  # what one may choose about
Wishes = Mapping[tuple[Group, str], Pace]


def pace(wishes: Wishes, group: Group, places: Iterable[str]) -> Pace:
    """How soon somebody is told: the nearest place's wish, then that for everywhere."""
    if group is Group.DUTY:
        return Pace.NOW
    for place in (*places, ""):
        if (group, place) in wishes:
            return wishes[group, place]
    return DEFAULTS[group]


def preset_of(wishes: Wishes) -> Preset | None:
    """Which preset somebody's wishes for everywhere come to."""
    mine = {group: pace(wishes, group, ()) for group in Group}
    return next((preset for preset, paces in PACES.items() if paces == mine), None)


def due(
    wish: Pace, moment: datetime, hours: Hours, last: datetime | None, group: Group
) -> datetime:
    """When a notice of this moment leaves the house."""
    if wish in (Pace.DAILY, Pace.WEEKLY):
        return next_digest(moment, hours, weekly=wish is Pace.WEEKLY)
    earliest = moment + GATHER
    if last is not None and group is not Group.DUTY:
        earliest = max(earliest, last + PAUSE)
    return after_quiet(earliest, hours)


def next_digest(moment: datetime, hours: Hours, *, weekly: bool) -> datetime:
    """The next time that the person's clock shows the hour of the digest (on its day)."""
    zone = ZoneInfo(hours.zone)
    day = moment.astimezone(zone).date()
    while True:
        found = _at(day, hours.digest_hour, zone)
        if found > moment and (not weekly or day.weekday() == hours.digest_day):
            return found
        day += timedelta(days=1)


def after_quiet(moment: datetime, hours: Hours) -> datetime:
    """This moment, or the end of the quiet hours that it lies in."""
    zone = ZoneInfo(hours.zone)
    local = moment.astimezone(zone)
    begin, end = hours.quiet_from, hours.quiet_to
    if begin <= end:
        quiet, day = begin <= local.hour < end, local.date()
    else:  # over midnight
        quiet = local.hour >= begin or local.hour < end
        day = local.date() + timedelta(days=local.hour >= begin)
    return max(moment, _at(day, end, zone)) if quiet else moment


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """That hour on that day; in spring's missing hour the one after, in autumn's two the first."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def nearest(places: Sequence[str], verbs: Mapping[str, Verb]) -> str | None:
    """Of the things that somebody follows or mutes, the nearest to what happened decides."""
    return next((place for place in places if place in verbs), None)
