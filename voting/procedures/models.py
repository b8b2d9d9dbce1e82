"""A procedure on an item, its stages in order, and what was written down and put up at each."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint, text

from forum.base.tables import Field, Table, UtcDateTime


class State(StrEnum):
    """How a procedure stands."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"  # a vote was not carried, or a body did not agree
    STOPPED = "stopped"


class StageState(StrEnum):
    """How one stage stands; which one is in hand follows from its place."""

    AHEAD = "ahead"
    UP = "up"  # its notice is up, and its time not over
    PASSED = "passed"
    KEPT = "kept"  # passed in a former round, and stands
    FAILED = "failed"


class WordKind(StrEnum):
    """What a text of a procedure is."""

    RECORD = "record"
    NOTICE = "notice"
    ADDITION = "addition"
    AGAIN = "again"  # why it was begun anew
    STOP = "stop"


class Course(Table, table=True):
    """A procedure put to an item; another round of it is another row, and this one stays."""

    __tablename__ = "procedure"
    __table_args__ = (
        Index(
            "uq_procedure_running",
            "item_id",
            unique=True,
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", index=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    name: str = Field(max_length=40)
    round: int
    former_id: int | None = Field(default=None, foreign_key="procedure.id", unique=True)
    state: State = Field(sa_type=String(10))
    begun_by: int = Field(foreign_key="member.id")
    begun_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def ref(self) -> str:
        """The procedure as a thing of the chain."""
        return f"procedure:{self.id}"

    @property
    def stream(self) -> str:
        """Where its events go."""
        return f"consultation:{self.consultation_id}"


class Stage(Table, table=True):
    """One stage of it: `first` is the day on which it was held, or from which its notice is up."""

    __tablename__ = "procedure_stage"
    __table_args__ = (UniqueConstraint("procedure_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    procedure_id: int = Field(foreign_key="procedure.id")
    position: int
    name: str = Field(max_length=40)
    state: StageState = Field(sa_type=String(10))
    first: date | None = None
    days: int | None = None
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    passed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def ref(self) -> str:
        """The stage as a thing of the chain."""
        return f"stage:{self.id}"


class Word(Table, table=True):
    """What was written down at a stage: never changed, only added to.

    `body` is the whole text that the log has sealed: who took part or where it was put up
    (`about`), and what was said.
    """

    __tablename__ = "procedure_word"

    id: int = Field(default=None, primary_key=True)
    stage_id: int = Field(foreign_key="procedure_stage.id", index=True)
    kind: WordKind = Field(sa_type=String(10))
    about: str = Field(max_length=300)
    day: date | None = None
    body: str
    html: str
    salt: str | None = None
    author_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
