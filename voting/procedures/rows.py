"""The rows of this room as pages read them."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from voting.methods.common.profiles import PROCEDURES
from voting.procedures import rules
from voting.procedures.models import StageState, State, WordKind
from voting.procedures.rules import Way


class CourseRow(NamedTuple):
    """A procedure on an item."""

    id: int
    consultation_id: int
    item_id: int
    name: str
    round: int
    former_id: int | None
    state: State
    begun_by: int
    begun_at: datetime
    ended_at: datetime | None

    @property
    def ways(self) -> list[Way]:
        """How each of its stages is done."""
        return [rules.way(one) for one in PROCEDURES[self.name].stages]


class StageRow(NamedTuple):
    """One of its stages."""

    id: int
    procedure_id: int
    position: int
    name: str
    state: StageState
    first: date | None
    days: int | None
    until: datetime | None
    passed_at: datetime | None

    @property
    def last(self) -> date | None:
        """The last day on which its notice is up."""
        return self.first + timedelta(days=(self.days or 1) - 1) if self.first else None


class WordRow(NamedTuple):
    """What was written down at a stage."""

    id: int
    stage_id: int
    kind: WordKind
    about: str
    day: date | None
    html: str
    author_id: int
    at: datetime
