"""What sentences in council minutes say happened when: comings and goings, recesses, the close."""

import re
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

_TIME = r"(\d{1,2}):(\d\d)\s*([ap])\.?\s?m\b\.?"
_GOES = re.compile(rf"At {_TIME},?\s*([^;:]+?),? leaves? the (?:meeting|chambers?)", re.IGNORECASE)
_COMES = re.compile(
    rf"At {_TIME},?\s*([^;:]+?),? (?:re-?)?(?:enters?|joins?|returns? to|arrives? at)"
    r" the (?:meeting|chambers?)",
    re.IGNORECASE,
)
_RECESS = re.compile(
    rf"recess(?:es|ed)?,? at {_TIME},? and (?:reconvene[sd]?|resume[sd]?),? at {_TIME}",
    re.IGNORECASE,
)
# Any other moment: "At 3:22 PM, ...", "in closed session, from 1:10 PM to 1:19 PM".
_AT = re.compile(rf"(?:^At|from {_TIME},? to) {_TIME}", re.IGNORECASE)
_CALLED = re.compile(rf"called to order at {_TIME}", re.IGNORECASE)
_OVER = re.compile(rf"adjourn(?:s|ed)?,? at {_TIME}", re.IGNORECASE)
_REMOTE = re.compile(
    r"((?:Deputy Mayor|Mayor|Councillors?) [^;:]+?) (?:was|were) in remote attendance",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What a sentence tells."""

    COMES = "comes"
    GOES = "goes"
    RECESS = "recess"
    CALLED = "called"
    OVER = "over"
    MOMENT = "moment"


class Told(NamedTuple):
    """Something that happened at a time of day, until another, with somebody."""

    at: time
    kind: Kind
    who: str = ""
    until: time | None = None


def _clock(hour: str, minute: str, half: str) -> time | None:
    if not (1 <= int(hour) <= 12 and int(minute) < 60):
        return None
    return time(int(hour) % 12 + (12 if half.casefold() == "p" else 0), int(minute))


def told(texts: tuple[str, ...]) -> list[Told]:
    """All that a block of sentences tells, in the order of its times."""
    return sorted((one for text in texts for one in _told(text)), key=lambda one: one.at)


def _told(text: str) -> list[Told]:
    found = [
        Told(at, kind, who)
        for kind, form in ((Kind.GOES, _GOES), (Kind.COMES, _COMES))
        for *parts, who in form.findall(text)
        if (at := _clock(*parts))
    ]
    found += [
        Told(at, Kind.RECESS, until=until)
        for parts in _RECESS.findall(text)
        if (at := _clock(*parts[:3])) and (until := _clock(*parts[3:]))
    ]
    found += [
        Told(at, kind)
        for kind, form in ((Kind.CALLED, _CALLED), (Kind.OVER, _OVER), (Kind.MOMENT, _AT))
        for parts in form.findall(text)
        if (at := _clock(*parts[-3:]))
    ]
    return found


def attends(text: str) -> bool:
    """Whether a sentence tells of somebody's coming or going and nothing else."""
    return bool(_GOES.search(text) or _COMES.search(text)) and len(text) < 120


def remote(text: str) -> list[str]:
    """The members of the council who take part from elsewhere, as the opening notes them."""
    return _REMOTE.findall(text)


def on_day(day: datetime, at: time, now: datetime) -> datetime:
    """A time of day as a moment of this meeting; long before what was last is past midnight."""
    found = datetime.combine(day.date(), at, day.tzinfo)
    if now - found > timedelta(hours=12):
        found += timedelta(days=1)
    return max(found, now)
