"""Votes given to others: for a vote, an item or a whole consultation; and what became of each."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text

from forum.base.tables import Field, Table, UtcDateTime
from voting.boxes.models import KEYED


class Scope(StrEnum):
    """For what a vote is given away; the name of a kind of thing."""

    POLL = "poll"
    ITEM = "item"
    CONSULTATION = "consultation"


class Ending(StrEnum):
    """Why it does not hold any more."""

    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    REPLACED = "replaced"
    OVER = "over"  # the vote that it was for is closed
    ERASED = "erased"


class Fate(StrEnum):
    """What became of a vote that was given away and not cast by its giver."""

    CAST = "cast"
    ABSTAINED = "abstained"
    CYCLE = "cycle"
    NOBODY = "nobody"
    TOO_MANY = "too_many"


class Delegation(Table, table=True):
    """Somebody lets another vote for them within `place`; one that does not hold keeps its row."""

    __tablename__ = "vote_delegation"
    __table_args__ = (
        Index(
            "uq_vote_delegation_giver",
            "place",
            "giver_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    place: str = Field(max_length=64)
    consultation_id: int = Field(foreign_key="consultation.id", index=True)
    giver_id: int = Field(foreign_key="member.id", index=True)
    delegate_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ending: Ending | None = Field(default=None, sa_type=String(10))


class Followed(Table, table=True):
    """What became of a vote that was given away, in a poll that is closed."""

    __tablename__ = "vote_followed"
    __table_args__ = KEYED

    poll_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    giver_id: int = Field(
        primary_key=True, foreign_key="member.id", sa_column_kwargs={"autoincrement": False}
    )
    delegate_id: int = Field(foreign_key="member.id")
    holder_id: int | None = Field(default=None, foreign_key="member.id")
    fate: Fate = Field(sa_type=String(10))
    steps: int
