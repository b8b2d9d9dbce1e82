"""A meeting at a moment: everything that its pages show to all alike, from one snapshot."""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from threading import Lock
from typing import NamedTuple

from forum.base import clock, events, i18n
from forum.base.db import Db, storage
from forum.base.refs import ref
from forum.members import queries as members
from sessions.convening.queries.roll import Figures, figures
from sessions.floor import cards, queries
from sessions.floor.ballots import PollView, poll_view
from sessions.floor.speakers import Speakers, speakers
from sessions.meetings import presence, program, sittings, words
from sessions.meetings import queries as meetings
from sessions.meetings.models import Link, VenueKind
from sessions.meetings.presence import QuorumNow
from sessions.meetings.queries import MeetingRow, VenueRow
from sessions.meetings.sittings import SittingRow
from sessions.motions.queries import NOTHING_MOVED, Board, board


class VenueView(NamedTuple):
    """A venue with who is there."""

    id: int
    kind: VenueKind
    kind_name: str
    name: str
    address: str
    link: Link
    link_name: str
    present: int
    operator: str


class Situation(NamedTuple):
    """A meeting at this moment, without anything that differs from reader to reader."""

    meeting: MeetingRow
    state_name: str
    tone: str
    quorum_name: str
    venues: list[VenueView]
    quorum: QuorumNow
    guests: int
    check: program.Check | None
    slots: list[program.Slot]
    current: program.Slot | None
    upcoming: program.Slot | None
    notice: program.Shown | None
    speakers: Speakers
    poll: PollView | None
    zone: str
    figures: Figures | None = None
    held_up: cards.Figures = cards.NONE_UP
    motions: Board = NOTHING_MOVED
    sittings: Sequence[SittingRow] = ()


KEPT = 64
_kept: OrderedDict[Hashable, Situation] = OrderedDict()
_lock = Lock()


def version(db: Db, meeting: int) -> str:
    """What a kept page or situation is valid for: a hall full of phones asks in the same instant.

    It changes with all that happens in the meeting or its consultation, and every two seconds,
    since names can change elsewhere.
    """
    row = meetings.meeting_row(db, meeting)
    streams = [ref("meeting", meeting), ref("consultation", row.consultation_id)]
    heads = events.heads(db, streams)
    moment = int(clock.now().timestamp()) // 2
    return "-".join(str(part) for part in (*(heads.get(name, 0) for name in streams), moment))


def situation(db: Db, meeting: int, *, led: bool = False) -> Situation:
    """Everything at once, from one committed snapshot; `led`: for those who know a result first."""
    key = (storage(), meeting, version(db, meeting), i18n.current(), led)
    with _lock:
        if key in _kept:
            return _kept[key]
    made = _look(db, meetings.meeting_row(db, meeting), led=led)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _look(db: Db, row: MeetingRow, *, led: bool) -> Situation:
    known = meetings.venues(db, row.id, former=True)
    places = [venue for venue in known if venue.over_at is None]
    counts = presence.counts(db, row.id)
    slots = program.slots(db, row.id)
    current = next((slot for slot in slots if slot.item_id == row.current_item_id), None)
    names = {venue.id: venue.name for venue in known}
    return Situation(
        row,
        words.state(row.state),
        words.tone(row.state),
        words.quorum(row.quorum),
        _venues(db, places, counts.venues),
        counts.quorum(row.quorum),
        counts.guests,
        program.last_check(db, row.id),
        slots,
        current,
        next((slot for slot in slots if slot.state in program.TO_COME), None),
        program.shown(db, row.id),
        speakers(queries.floor(db, row), names, row.zone),
        poll_view(db, row, names, led=led) if current else None,
        row.zone,
        figures(db, row.id),
        cards.figures(db, row.id) if current else cards.NONE_UP,
        board(db, row),
        sittings.held(db, row.id) if row.number > 1 else (),
    )


def _venues(db: Db, places: Sequence[VenueRow], present: dict[int, int]) -> list[VenueView]:
    operators = members.names(db, {v.operator_id for v in places if v.operator_id is not None})
    return [
        VenueView(
            venue.id,
            venue.kind,
            words.venue(venue.kind),
            venue.name,
            venue.address,
            venue.link,
            words.link(venue.link),
            present.get(venue.id, 0),
            operators.get(venue.operator_id or 0, ""),
        )
        for venue in places
    ]
