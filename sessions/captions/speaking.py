"""Who is likely to have said a line: what a clerk chooses from."""

from typing import NamedTuple

from forum.base.db import Db
from sessions.captions import queries
from sessions.captions.queries import Line
from sessions.floor.situation import situation

HEARD = "="  # before a name that nobody here bears, where a member's number could stand


class Speaker(NamedTuple):
    """Somebody whose words a line can be."""

    value: str
    name: str


def speaker_of(line: Line) -> str:
    """Who spoke, as a form says it."""
    if line.member_id is not None:
        return str(line.member_id)
    return f"{HEARD}{line.speaker}" if line.speaker else ""


def people(db: Db, meeting: int, *, first: int | None = None) -> list[Speaker]:
    """Those who are likely to speak: who has the floor, who waits for it, who spoke before."""
    now = situation(db, meeting).speakers
    floor = [line for line in (now.speaking, now.paused, *now.waiting[:10]) if line]
    found = {str(line.member_id): line.name for line in floor}
    for line in queries.newest(db, meeting, 200)[::-1]:
        if line.speaker:
            found.setdefault(speaker_of(line), line.speaker)
    values = sorted(found, key=lambda value: value != str(first))
    return [Speaker(value, found[value]) for value in values[:30]]
