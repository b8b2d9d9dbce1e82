"""The list of speakers as it is read: names, venues, sides, and why everybody stands where."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from forum.base.i18n import _
from sessions.floor import words
from sessions.floor.models import Lane, Side, SpeechState
from sessions.floor.queries import Entry, Floor, Point, SpeechRow


class Line(NamedTuple):
    """Somebody on the list of speakers, or holding the floor, as it is read."""

    id: int
    number: int | None
    member_id: int
    name: str
    venue: str
    side: Side
    side_name: str
    order: bool
    why: str
    said: str
    state: SpeechState
    ends_at: datetime | None
    remaining_ms: int | None


class Speakers(NamedTuple):
    """The floor as it is read."""

    open: bool
    closed: bool
    rule: str
    rule_title: str
    about: str
    sides: bool
    seconds: int
    times: int | None
    speaking: Line | None
    paused: Line | None
    waiting: Sequence[Line]
    skipped: Sequence[Line]
    held: int
    points: Sequence[Point]


NOBODY = Speakers(False, False, "", "", "", False, 0, None, None, None, (), (), 0, ())


def speakers(floor: Floor, venues: dict[int, str], zone: str) -> Speakers:
    """The list in words."""
    if floor.list is None:
        return NOBODY

    def line(speech: SpeechRow, entry: Entry | None = None) -> Line:
        venue = venues.get(speech.venue_id, "")
        is_order = speech.lane is Lane.ORDER
        return Line(
            speech.id,
            entry.number if entry else None,
            speech.member_id,
            floor.names[speech.member_id],
            venue,
            speech.side,
            words.side(speech.side),
            is_order,
            words.why(
                entry.reason,
                times=entry.times,
                venue=venue,
                asked=speech.asked_at,
                zone=zone,
                chair=entry.why,
            )
            if entry
            else "",
            said.get(speech.id, ""),
            speech.state,
            speech.ends_at,
            speech.remaining_ms,
        )

    said = {point.speech_id: point.body for point in floor.points}
    listed = floor.list
    return Speakers(
        True,
        listed.closed,
        listed.name,
        _(listed.rule.title),
        _(listed.rule.about),
        listed.rule.sides,
        listed.seconds,
        listed.times,
        line(floor.speaking) if floor.speaking else None,
        line(floor.paused) if floor.paused else None,
        [line(entry.speech, entry) for entry in floor.waiting],
        [line(speech) for speech in floor.skipped],
        len(floor.held),
        floor.points,
    )
