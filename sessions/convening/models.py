"""What is prepared around a meeting: its type, replies, questions, proxies, facts of the roll."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text

from forum.base.tables import Field, Json, Table, UtcDateTime


class Answer(StrEnum):
    """What somebody on the roll says beforehand."""

    COMES = "comes"
    PROXY = "proxy"
    AWAY = "away"


class QuestionKind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"


class Preparation(Table, table=True):
    """What a meeting is and asks beforehand; one without a row is of no type."""

    __tablename__ = "meeting_preparation"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    kind: str = Field(default="", max_length=40)
    asks: bool = True
    reply_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # For when it was announced: whoever was invited may count on it not being earlier.
    announced_for: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ShortNotice(Table, table=True):
    """Why a meeting is convened later than its type demands; over once it is called off."""

    __tablename__ = "meeting_short_notice"

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    body: str
    salt: str | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    author_id: int = Field(foreign_key="member.id")
    over_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Reply(Table, table=True):
    """The answer of somebody on the roll; who comes without `seated_at` waits for a seat.

    `turn` is the order in which the answers came: it says who moves up first.
    """

    __tablename__ = "meeting_reply"
    __table_args__ = (Index("ix_meeting_reply_venue_id", "venue_id", "seated_at", "turn"),)

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    answer: Answer = Field(sa_type=String(20))
    venue_id: int | None = Field(default=None, foreign_key="meeting_venue.id", ondelete="SET NULL")
    turn: int
    seated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    at: datetime = Field(sa_type=UtcDateTime)
    entered_by: int = Field(foreign_key="member.id")


class Question(Table, table=True):
    """A question that is asked with the reply."""

    __tablename__ = "meeting_question"

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    position: int
    kind: QuestionKind = Field(sa_type=String(20))
    words: str = Field(max_length=200)
    options: list[str] | None = Field(default=None, sa_type=Json)
    required: bool = False


class QuestionAnswer(Table, table=True):
    """What somebody answered: only for those who prepare the meeting, gone when it is archived."""

    __tablename__ = "meeting_question_answer"

    question_id: int = Field(
        foreign_key="meeting_question.id", primary_key=True, ondelete="CASCADE"
    )
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    body: str


class Proxy(Table, table=True):
    """Somebody on the roll stands in for another; a revoked one keeps its row."""

    __tablename__ = "meeting_proxy"
    __table_args__ = (
        Index(
            "uq_meeting_proxy_principal",
            "meeting_id",
            "principal_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    principal_id: int = Field(foreign_key="member.id", index=True)
    holder_id: int = Field(foreign_key="member.id", index=True)
    paper: bool = False  # a clerk saw the document
    at: datetime = Field(sa_type=UtcDateTime)
    entered_by: int = Field(foreign_key="member.id")
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RollDetail(Table, table=True):
    """What the roll says of somebody beside that they are on it; the weight is an exact share."""

    __tablename__ = "meeting_roll_detail"

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    number: str = Field(default="", max_length=40)
    weight: str = Field(default="1", max_length=40)
    household: str = Field(default="", max_length=80)
    organisation: str = Field(default="", max_length=80)


class RollSheet(Table, table=True):
    """A list for the roll, read and then taken in; its words go once it is, or after a day."""

    __tablename__ = "meeting_roll_sheet"

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    body: str
    read_at: datetime = Field(sa_type=UtcDateTime)
    done: dict[str, int] | None = Field(default=None, sa_type=Json)

    @property
    def finished(self) -> bool:
        """Whether all of it has been taken in."""
        return not self.body
