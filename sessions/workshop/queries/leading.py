"""What whoever leads a session sees: who has given something, and which groups are silent."""

from typing import NamedTuple

from sqlmodel import col

from forum.base.db import Db
from forum.members import queries as members
from forum.members.models import Role
from sessions.meetings import presence
from sessions.meetings.queries import MeetingAccess
from sessions.workshop.models import Form, Gives, WorkshopNote
from sessions.workshop.queries.board import Board, Note, given_by, notes
from sessions.workshop.queries.rows import GroupRow, seats


class Table(NamedTuple):
    """A group with the names of its people, its notes, and how many of them gave something."""

    group: GroupRow
    people: list[tuple[int, str]]
    notes: list[Note]
    given: int

    @property
    def silent(self) -> bool:
        """Whether nothing has come from it."""
        return not self.given


class Lead(NamedTuple):
    """How far the present step is."""

    tables: list[Table]
    alone: list[tuple[int, str]]
    notes: list[Note]
    given: int
    present: int


def lead(db: Db, now: Board) -> Lead:
    """Counts by group; where people stand is nobody's to see before the step is over."""
    row, step = now.workshop, now.step
    here = {
        person.member_id: person.name
        for group in _venues(db, row.meeting_id)
        for person in presence.desk(db, row.meeting_id, venue=group, limit=1_000)
    }
    sitting = seats(db, row.id)
    written = (
        notes(db, row, now.groups, col(WorkshopNote.step_id) == step.id)
        if step and step.gives is Gives.NOTES
        else []
    )
    gave = {note.author_id for note in written if not note.struck}
    if step and step.gives is Gives.POSITIONS:
        gave = given_by(db, row.id)
    tables = []
    for group in now.groups:
        people = [(m, here[m]) for m, seat in sitting.items() if seat == group.id and m in here]
        own = [note for note in written if note.group_id == group.id]
        given = len({m for m, seat in sitting.items() if seat == group.id} & gave)
        tables.append(Table(group, sorted(people, key=lambda one: one[1]), own, given))
    alone = [(m, name) for m, name in here.items() if m not in sitting and m != row.facilitator_id]
    return Lead(tables, sorted(alone, key=lambda one: one[1]), written, len(gave), len(here))


OFFICES = (Role.SECRETARY, Role.REPRESENTATIVE, Role.OPERATOR)


def candidates(db: Db, access: MeetingAccess) -> dict[int, str]:
    """Who can be named facilitator: the roll, and who holds an office here."""
    found = {
        one.id: one.name
        for role in OFFICES
        for one in members.holders(db, role, (access.stream, *access.access.places))
    }
    roll = presence.desk(db, access.meeting.id, limit=1_000)
    return found | {one.member_id: one.name for one in roll}


def _venues(db: Db, meeting: int) -> list[int]:
    return sorted(presence.counts(db, meeting).venues)


def grouped(now: Board) -> bool:
    """Whether any step to come, or the present one, is gone in small groups."""
    at = now.workshop.step
    return any(step.form is Form.GROUPS and step.number >= at for step in now.steps)
