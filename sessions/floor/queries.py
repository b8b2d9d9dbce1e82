"""The floor as its readers see it: who speaks, who waits and why there, what was ruled."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.members import queries as members
from sessions.floor import book, turns, words
from sessions.floor.models import (
    Lane,
    OrderRuling,
    PointOfOrder,
    Preference,
    Ruling,
    Side,
    SpeakingList,
    Speech,
    SpeechState,
)
from sessions.floor.order import Place, Reason, Rule, Turn, Waiting, arrange
from sessions.meetings.models import Method
from sessions.meetings.queries import MeetingRow


class ListRow(NamedTuple):
    """The list of the current item."""

    item_id: int
    name: str
    seconds: int
    times: int | None
    closed: bool

    @property
    def rule(self) -> Rule:
        """The rule it is kept by."""
        return book.rules()[self.name]


class SpeechRow(NamedTuple):
    """A request to speak and what became of it."""

    id: int
    meeting_id: int
    item_id: int
    member_id: int
    venue_id: int
    lane: Lane
    side: Side
    state: SpeechState
    origin: Method
    asked_at: datetime
    began_at: datetime | None
    ends_at: datetime | None
    remaining_ms: int | None
    spent_ms: int

    @property
    def open(self) -> bool:
        """Whether it waits, or holds the floor."""
        return self.state is SpeechState.WAITING or self.state in turns.HOLDING


class Entry(NamedTuple):
    """Somebody on the list as pages show them."""

    number: int
    speech: SpeechRow
    name: str
    reason: Reason
    times: int
    why: str  # the chair's reason, or the point of order's words


class Point(NamedTuple):
    """A point of order and what the chair ruled."""

    speech_id: int
    member_id: int
    name: str
    body: str
    ruling: Ruling | None
    ruling_name: str
    words: str


class Floor(NamedTuple):
    """Everything about who speaks on the current item."""

    list: ListRow | None
    speaking: SpeechRow | None
    paused: SpeechRow | None
    waiting: Sequence[Entry]
    held: Sequence[SpeechRow]
    skipped: Sequence[SpeechRow]
    points: Sequence[Point]
    names: dict[int, str]

    @property
    def first(self) -> Entry | None:
        """Whose turn is next."""
        return self.waiting[0] if self.waiting else None


EMPTY = Floor(None, None, None, (), (), (), (), {})
_COLUMNS = tuple(col(getattr(Speech, name)) for name in SpeechRow._fields)


def _row(found: Sequence[object]) -> SpeechRow:
    row = SpeechRow._make(found)
    return row._replace(
        lane=Lane(row.lane),
        side=Side(row.side),
        state=SpeechState(row.state),
        origin=Method(row.origin),
    )


def speech_row(db: Db, speech: int) -> SpeechRow:
    """A request, for whoever has been let into its meeting; NotFound where there is none."""
    found = db.execute(select(*_COLUMNS).where(col(Speech.id) == speech)).one_or_none()
    if found is None:
        raise NotFound(_("There is no such request to speak."))
    return _row(found)


def speaking_list(db: Db, meeting: int, item: int) -> ListRow | None:
    """The list of an item in a meeting, once it was called up there."""
    found = db.execute(
        select(
            col(SpeakingList.item_id),
            col(SpeakingList.rule),
            col(SpeakingList.seconds),
            col(SpeakingList.times),
            col(SpeakingList.closed),
        ).where(col(SpeakingList.meeting_id) == meeting, col(SpeakingList.item_id) == item)
    ).one_or_none()
    return ListRow(*found) if found else None


def speeches(db: Db, meeting: int, item: int) -> list[SpeechRow]:
    """Every request on an item in a meeting, those that were held in the order of speaking."""
    found = db.execute(
        select(*_COLUMNS)
        .where(col(Speech.meeting_id) == meeting, col(Speech.item_id) == item)
        .order_by(col(Speech.began_at), col(Speech.id))
        .limit(5_000)
    )
    return [_row(row) for row in found]


def taken(rows: Collection[SpeechRow], member: int) -> int:
    """How many speeches somebody has held or is waiting for."""
    counted = {SpeechState.WAITING, SpeechState.FINISHED, *turns.HOLDING}
    return sum(
        row.member_id == member and row.lane is Lane.SPEECH and row.state in counted for row in rows
    )


def queue(db: Db, listed: ListRow, rows: Sequence[SpeechRow]) -> list[Place]:
    """Those who wait, in the order of the list's rule, each with the reason."""
    waiting = [row for row in rows if row.state is SpeechState.WAITING]
    chosen = _chosen(db, [row.id for row in waiting])
    return arrange(
        [
            Waiting(
                row.id,
                row.member_id,
                row.venue_id,
                row.lane,
                row.side,
                row.asked_at,
                chosen[row.id][0] if row.id in chosen else None,
            )
            for row in waiting
        ],
        [
            Turn(row.member_id, row.venue_id, row.side, row.spent_ms)
            for row in rows
            if row.lane is Lane.SPEECH and row.began_at is not None
        ],
        listed.rule.criteria,
    )


def _chosen(db: Db, ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """The chair's overrides among these: in which turn, and why."""
    found = db.execute(
        select(col(Preference.speech_id), col(Preference.id), col(Preference.body)).where(
            col(Preference.speech_id).in_(ids)
        )
    )
    return {speech: (turn, reason) for speech, turn, reason in found}


def floor(db: Db, meeting: MeetingRow) -> Floor:
    """The floor of a meeting, with everything that its screens show."""
    item = meeting.current_item_id
    listed = speaking_list(db, meeting.id, item) if item is not None else None
    if listed is None:
        return EMPTY
    rows = speeches(db, meeting.id, listed.item_id)
    by_id = {row.id: row for row in rows}
    names = members.names(db, {row.member_id for row in rows})
    points = _points(db, by_id, names)
    said = {point.speech_id: point.body for point in points}
    chosen = {speech: reason for speech, (_turn, reason) in _chosen(db, by_id).items()}
    waiting = [
        Entry(
            number,
            by_id[place.entry.id],
            names[place.entry.member],
            place.reason,
            place.times,
            said.get(place.entry.id) or chosen.get(place.entry.id, ""),
        )
        for number, place in enumerate(queue(db, listed, rows), 1)
    ]

    def in_state(state: SpeechState) -> list[SpeechRow]:
        return [row for row in rows if row.state is state]

    return Floor(
        listed,
        next(iter(in_state(SpeechState.SPEAKING)), None),
        next(iter(in_state(SpeechState.PAUSED)), None),
        waiting,
        in_state(SpeechState.FINISHED),
        in_state(SpeechState.SKIPPED),
        points,
        names,
    )


def _points(db: Db, by_id: dict[int, SpeechRow], names: dict[int, str]) -> list[Point]:
    found = db.execute(
        select(
            col(PointOfOrder.speech_id),
            col(PointOfOrder.body),
            col(OrderRuling.ruling),
            col(OrderRuling.body),
        )
        .join(OrderRuling, col(OrderRuling.point_id) == col(PointOfOrder.id), isouter=True)
        .where(col(PointOfOrder.speech_id).in_(by_id))
        .order_by(col(PointOfOrder.id))
    )
    return [
        Point(
            speech,
            by_id[speech].member_id,
            names[by_id[speech].member_id],
            body,
            Ruling(ruling) if ruling else None,
            words.ruling(Ruling(ruling)) if ruling else "",
            said or "",
        )
        for speech, body, ruling, said in found
    ]


def own(db: Db, meeting: MeetingRow, member: int) -> list[SpeechRow]:
    """Somebody's requests on the current item, whatever became of them."""
    if meeting.current_item_id is None:
        return []
    found = db.execute(
        select(*_COLUMNS)
        .where(
            col(Speech.meeting_id) == meeting.id,
            col(Speech.item_id) == meeting.current_item_id,
            col(Speech.member_id) == member,
        )
        .order_by(col(Speech.id))
    )
    return [_row(row) for row in found]
