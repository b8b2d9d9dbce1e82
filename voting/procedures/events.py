"""What happens to a procedure; on its consultation's stream, and public where that is."""

from datetime import datetime
from typing import ClassVar

from forum.base.events import Event
from forum.base.registry import sealed
from voting.procedures.models import Word


class ProcedureBegun(Event):
    """An item is to pass the stages of a procedure, in their order."""

    kind: ClassVar[str] = "procedures:procedure:begun"
    procedure: int
    item: int
    name: str


class ProcedureRenewed(Event):
    """One that failed or was stopped is begun anew from a stage, for a stated reason."""

    kind: ClassVar[str] = "procedures:procedure:renewed"
    procedure: int
    item: int
    name: str
    round: int
    former: int
    stage: str
    word: int
    text: str


class ProcedureStopped(Event):
    """It does not go on, for a stated reason."""

    kind: ClassVar[str] = "procedures:procedure:stopped"
    procedure: int
    item: int
    word: int
    text: str


class ProcedureFailed(Event):
    """A vote was not carried, or a body did not agree: it ends here."""

    kind: ClassVar[str] = "procedures:procedure:failed"
    procedure: int
    item: int
    stage: str
    poll: int = 0


class ProcedureFinished(Event):
    """All stages have passed."""

    kind: ClassVar[str] = "procedures:procedure:finished"
    procedure: int
    item: int


class VoteTied(Event):
    """A vote on the item is the vote of a stage."""

    kind: ClassVar[str] = "procedures:vote:assigned"
    procedure: int
    stage: str
    poll: int


class StageRecorded(Event):
    """What a body said at its stage is written down, with the day on which it met."""

    kind: ClassVar[str] = "procedures:stage:recorded"
    procedure: int
    stage: str
    day: str
    agreed: bool
    word: int
    text: str


class NoticePosted(Event):
    """What a stage discloses is put up, from a day on and for so many days."""

    kind: ClassVar[str] = "procedures:stage:posted"
    procedure: int
    item: int
    stage: str
    first: str
    days: int
    until: datetime
    word: int
    text: str


class WordAdded(Event):
    """Something is added to what was written down; that stays as it was."""

    kind: ClassVar[str] = "procedures:stage:added"
    procedure: int
    stage: str
    word: int
    text: str


class StagePassed(Event):
    """A stage has passed: the next one may begin."""

    kind: ClassVar[str] = "procedures:stage:passed"
    procedure: int
    item: int
    stage: str
    poll: int = 0


for _kind in (ProcedureRenewed, ProcedureStopped, StageRecorded, NoticePosted, WordAdded):
    sealed(_kind, Word, id_field="word")
