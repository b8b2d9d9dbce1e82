"""The list of speakers as it is read: names, venues, sides, and why everybody stands where."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from forum.base.i18n import _
from sessions.floor import turns, words
from sessions.floor.models import Lane, Side, SpeechState
from sessions.floor.order import AHEAD
from sessions.floor.queries import Entry, Floor, Point, SpeechRow


class Line(NamedTuple):
    """Somebody on the list of speakers, or holding the floor, as it is read.

    `kind` is what it is called, `ready` whether the floor can be given now, `left` the speaking
    time that is left to the person in milliseconds; `here` says whether they are checked in.
    """

    id: int
    number: int | None
    member_id: int
    name: str
    venue: str
    side: Side
    side_name: str
    lane: Lane
    kind: str
    order: bool
    why: str
    said: str
    state: SpeechState
    ends_at: datetime | None
    remaining_ms: int | None
    group: str = ""
    accepted: bool | None = None
    ready: bool = False
    left: int | None = None
    here: bool = True


class Limits(NamedTuple):
    """The list's limits beside those of a single speech."""

    short: int | None = None
    motion_times: int | None = None
    item_seconds: int | None = None
    meeting_times: int | None = None
    meeting_seconds: int | None = None


class Speakers(NamedTuple):
    """The floor as it is read. `ended`: what was ended last, should that have been a mistake."""

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
    neither: bool = False
    kinds: Sequence[str] = ()
    limits: Limits = Limits()
    groups: Sequence[str] = ()
    every: int | None = None
    grouped: bool = False
    ended: Line | None = None


NOBODY = Speakers(False, False, "", "", "", False, 0, None, None, None, (), (), 0, ())


def speakers(floor: Floor, venues: dict[int, str], zone: str) -> Speakers:
    """The list in words."""
    if floor.list is None:
        return NOBODY._replace(groups=floor.groups.names, every=floor.groups.every)
    said = {point.speech_id: point.body for point in floor.points}
    of_group = floor.groups.of if floor.list.rule.grouped else {}
    listed = floor.list

    def line(speech: SpeechRow, entry: Entry | None = None) -> Line:
        venue = venues.get(speech.venue_id, "")
        group = of_group.get(speech.member_id, "")
        left = floor.left.get(speech.member_id)
        why = (
            words.why(
                entry.reason,
                times=entry.times,
                venue=venue,
                asked=speech.asked_at,
                zone=zone,
                chair=entry.why,
                group=group,
                every=floor.groups.every,
                accepted=speech.accepted,
            )
            if entry
            else ""
        )
        return Line(
            speech.id,
            entry.number if entry else None,
            speech.member_id,
            floor.names[speech.member_id],
            venue,
            speech.side,
            words.side(speech.side),
            speech.lane,
            words.contribution(speech.lane, speech.side),
            speech.lane is Lane.ORDER,
            why,
            said.get(speech.id, ""),
            speech.state,
            speech.ends_at,
            speech.remaining_ms,
            group,
            speech.accepted,
            _ready(floor, speech),
            left.ms if left else None,
            speech.member_id in floor.here,
        )

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
        listed.rule.neither,
        [lane.value for lane in AHEAD if lane in listed.rule.kinds],
        Limits(
            listed.span(listed.rule.kinds[0]) if listed.rule.kinds else listed.short,
            listed.motion_times,
            listed.item_seconds,
            listed.meeting_times,
            listed.meeting_seconds,
        ),
        floor.groups.names,
        floor.groups.every,
        listed.rule.grouped,
        line(floor.ended) if floor.ended else None,
    )


def _ready(floor: Floor, speech: SpeechRow) -> bool:
    """Whether the chair can give the floor now: nobody has it whom this may not interrupt."""
    if speech.state is not SpeechState.WAITING or speech.member_id not in floor.here:
        return False
    if speech.lane is Lane.QUESTION and not speech.accepted:
        return False
    return all(turns.interrupts(speech.lane, holder.lane) for holder in floor.holders)
