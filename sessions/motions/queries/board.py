"""The motions on the open item, as every screen of the meeting shows them to all alike."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from forum.base.db import Db
from forum.consultations.changes import Piece, differences
from forum.members import queries as members
from sessions.meetings.queries import MeetingRow
from sessions.motions import rules, words
from sessions.motions.models import MotionState, NoteKind, Sort
from sessions.motions.queries import motions as rows
from sessions.motions.queries import texts
from sessions.motions.queries.motions import MotionRow
from sessions.motions.queries.texts import NoteRow, SecondRow
from sessions.motions.rules import Reason


class Sight(NamedTuple):
    """A motion as it is shown: with what it changes, or what was changed in it."""

    id: int
    number: int
    name: str
    sort: Sort
    degree: int
    state: MotionState
    state_name: str
    tone: str
    body: str
    pieces: Sequence[Piece]
    target_id: int | None
    target: str
    mover_id: int
    mover: str
    seconder_ids: Sequence[int]
    seconders: Sequence[str]
    why: str
    outdated: bool
    in_hand: bool
    asked: bool
    poll_id: int | None

    @property
    def title(self) -> str:
        """By its number and how it begins."""
        return words.title(self.sort, self.number, self.body)


class Board(NamedTuple):
    """Everything moved on the open item: by its turn, waiting for a seconder, over, or shelved."""

    item_id: int | None
    needed: int
    order: Sequence[Sight] = ()
    waiting: Sequence[Sight] = ()
    over: Sequence[Sight] = ()
    shelved: Sequence[Sight] = ()

    @property
    def first(self) -> Sight | None:
        """What is put to the vote next."""
        return self.order[0] if self.order else None

    @property
    def voting(self) -> bool:
        """Whether one of them is put to the vote."""
        return any(one.state is MotionState.VOTING for one in self.order)

    @property
    def opened(self) -> list[Sight]:
        """All that is open, by its turn; what waits for a seconder comes last."""
        return [*self.order, *self.waiting]


NOTHING_MOVED = Board(None, rules.SECONDERS_USUAL)


class Whole(NamedTuple):
    """What sights are made from, gathered once."""

    known: Mapping[int, MotionRow]
    names: Mapping[int, str]
    seconds: Mapping[int, list[SecondRow]]
    notes: Mapping[int, list[NoteRow]]
    first_texts: Mapping[int, str]
    touched: frozenset[int]

    def sight(self, row: MotionRow, reason: Reason | None = None) -> Sight:
        """One of them in words."""
        target = self.known.get(row.target_id or 0)
        amendment = row.sort is Sort.AMENDMENT and target is not None
        return Sight(
            row.id,
            row.number,
            row.name,
            row.sort,
            row.degree,
            row.state,
            words.state(row.state),
            words.tone(row.state),
            row.body,
            self._pieces(row, target),
            row.target_id,
            target.name if target else "",
            row.mover_id,
            self.names.get(row.mover_id, ""),
            [one.member_id for one in self.seconds[row.id]],
            [self.names.get(one.member_id, "") for one in self.seconds[row.id]],
            words.why(reason, self._said(row, NoteKind.ORDERED)) if reason else "",
            amendment and target is not None and row.base_id != target.version_id,
            rules.own(debated=row.debated, amended=row.id in self.touched),
            row.asked_at is not None,
            row.poll_id,
        )

    def _said(self, row: MotionRow, kind: NoteKind) -> str:
        return next((n.body for n in reversed(self.notes[row.id]) if n.kind is kind), "")

    def _pieces(self, row: MotionRow, target: MotionRow | None) -> list[Piece]:
        """What an amendment would change while it is open; else what was changed in a motion."""
        if row.sort is Sort.AMENDMENT and target is not None and row.state in rules.OPEN:
            return differences(target.body, row.body)
        first = self.first_texts.get(row.id, row.body)
        return differences(first, row.body)


def gathered(db: Db, found: Sequence[MotionRow]) -> Whole:
    """What the sights of these motions need, in a bounded number of queries."""
    ids = [row.id for row in found]
    known = {row.id: row for row in found}
    beyond = {row.target_id for row in found if row.target_id and row.target_id not in known}
    known |= {row.id: row for row in rows.of_ids(db, sorted(beyond))}
    seconds = texts.seconds(db, ids)
    people = {row.mover_id for row in found}
    people |= {one.member_id for each in seconds.values() for one in each}
    touched = {row.target_id for row in found if row.target_id and row.state in rules.OPEN}
    return Whole(
        known,
        members.names(db, people),
        seconds,
        texts.notes(db, ids),
        texts.first_texts(db, ids),
        frozenset(touched),
    )


def board(db: Db, meeting: MeetingRow) -> Board:
    """The motions on the open item of a meeting; none where no item is open."""
    needed = rows.seconders(db, meeting.id)
    if meeting.current_item_id is None:
        return Board(None, needed)
    found = rows.of_item(db, meeting.current_item_id)
    here = [row for row in found if row.meeting_id == meeting.id]
    gone_on = {row.origin_id for row in found}
    shelved = [
        row
        for row in found
        if row.sort is Sort.MAIN and row.state in rules.SHELVED and row.id not in gone_on
    ]
    whole = gathered(db, [*here, *(row for row in shelved if row.meeting_id != meeting.id)])
    pending = {row.id: row for row in here if row.state in rules.BEFORE_THE_MEETING}
    over = [row for row in here if row.state not in rules.OPEN and row not in shelved]
    places = rules.arrange([row.turn for row in pending.values()])
    return Board(
        meeting.current_item_id,
        needed,
        [whole.sight(pending[place.id], place.reason) for place in places],
        [whole.sight(row) for row in here if row.state is MotionState.MOVED],
        [whole.sight(row) for row in reversed(over)],
        [whole.sight(row) for row in shelved],
    )
