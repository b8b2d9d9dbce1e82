"""Arguments, what they said at each time, who agreed with what, and what was hidden and why."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String

from forum.agenda.models import HeldState
from forum.base.tables import Field, Table, UtcDateTime

# Paths must sort by their bytes on every database.
Bytewise = String().with_variant(String(collation="C"), "postgresql")


class Stance(StrEnum):
    """What an argument is to the thing that it hangs on: the item, or another argument."""

    PRO = "pro"
    CON = "con"
    NEUTRAL = "neutral"
    QUESTION = "question"


class Opinion(StrEnum):
    """What somebody says to an argument without words."""

    AGREE = "agree"
    DISAGREE = "disagree"
    PASS = "pass"  # noqa: S105


class Review(StrEnum):
    """Whether an argument from elsewhere had been accepted there; here all are, until hidden."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    REJECTED = "rejected"


class Argument(Table, table=True):
    """One argument in its thread; `path` sorts a thread as it is read.

    `version` grows with every change to the row: what was rendered of one version stays right.
    """

    __tablename__ = "argument"
    __table_args__ = (
        Index("ix_argument_item_id_path", "item_id", "path", "depth"),
        Index("ix_argument_item_id_side_path", "item_id", "side", "path"),
        Index("ix_argument_item_id_id", "item_id", "id"),
        Index("ix_argument_item_id_score", "item_id", "score", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id")
    parent_id: int | None = Field(default=None, foreign_key="argument.id")
    path: str = Field(sa_type=Bytewise)
    depth: int
    stance: Stance = Field(sa_type=String)
    # The stance of the argument at the thread's root: the column in which all of it stands.
    side: Stance = Field(sa_type=String)
    author_id: int = Field(foreign_key="member.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    revision_id: int
    revisions: int = 1
    version: int = 1
    replies: int = 0
    beneath: int = 0
    agree: int = 0
    disagree: int = 0
    passes: int = 0
    score: int = 0
    review: Review = Field(default=Review.ACCEPTED, sa_type=String)
    hiding_id: int | None = None
    # When a moderator asked its author to put it differently; None once that has been done.
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ArgumentRevision(Table, table=True):
    """What an argument said from a moment on, sealed; revisions are added, never changed."""

    __tablename__ = "argument_revision"
    __table_args__ = (Index("ix_argument_revision_argument", "argument_id", "number", unique=True),)

    id: int = Field(default=None, primary_key=True)
    argument_id: int = Field(foreign_key="argument.id")
    author_id: int = Field(foreign_key="member.id", index=True)
    number: int
    body: str
    html: str
    salt: str | None
    digest: str
    at: datetime = Field(sa_type=UtcDateTime)


class ArgumentHiding(Table, table=True):
    """An argument taken out of sight: by whom, why, and whether it was brought back."""

    __tablename__ = "argument_hiding"

    id: int = Field(default=None, primary_key=True)
    argument_id: int = Field(foreign_key="argument.id", index=True)
    body: str
    salt: str | None
    hidden_by: int | None = Field(default=None, foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)
    restored_by: int | None = Field(default=None, foreign_key="member.id")
    restored_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class HeldArgument(Table, table=True):
    """A text that waits until a moderator has looked at it; no argument yet, so nowhere counted.

    With `argument_id` it is a new wording of that argument, which says the old one meanwhile.
    """

    __tablename__ = "argument_held"
    __table_args__ = (
        Index("ix_argument_held_author", "author_id", "item_id", "state"),
        Index("ix_argument_held_item", "item_id", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id")
    parent_id: int | None = Field(default=None, foreign_key="argument.id")
    argument_id: int | None = Field(default=None, foreign_key="argument.id")
    stance: Stance = Field(sa_type=String)
    author_id: int = Field(foreign_key="member.id")
    body: str
    html: str
    at: datetime = Field(sa_type=UtcDateTime)
    state: HeldState = Field(default=HeldState.WAITING, sa_type=String)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, foreign_key="member.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Reaction(Table, table=True):
    """What one member says to one argument; bound to the revision that they had before them."""

    __tablename__ = "argument_reaction"

    argument_id: int = Field(foreign_key="argument.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    revision_id: int
    opinion: Opinion = Field(sa_type=String)
    at: datetime = Field(sa_type=UtcDateTime)
