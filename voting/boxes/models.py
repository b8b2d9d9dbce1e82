"""The live box and the sealed one; nothing in them tells which ballot is whose, or when.

Keyed by what is random or known anyway, without rowid, time, sequence or reference between them.
"""

from enum import StrEnum

from sqlalchemy import BigInteger

from forum.base.tables import Field, Table

KEYED = ({"sqlite_with_rowid": False},)


class Channel(StrEnum):
    """How somebody on the roll votes: one way only."""

    ONLINE = "online"
    HANDS = "hands"
    PAPER = "paper"


class _Participation(Table):
    """That somebody used their right to vote, over all channels."""

    poll_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    voter_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    channel: str = Field(max_length=10)


class _Ballot(Table):
    """A secret ballot: its canonical bytes under their commitment."""

    poll_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    commitment: str = Field(primary_key=True, max_length=64)
    canonical: str


class Participation(_Participation, table=True):
    """Of polls that are open."""

    __tablename__ = "participation"
    __table_args__ = KEYED


class Ballot(_Ballot, table=True):
    """Of polls that are open."""

    __tablename__ = "ballot"
    __table_args__ = KEYED


class SealedParticipation(_Participation, table=True):
    """Of polls that are closed."""

    __tablename__ = "sealed_participation"
    __table_args__ = KEYED


class SealedBallot(_Ballot, table=True):
    """Of polls that are closed."""

    __tablename__ = "sealed_ballot"
    __table_args__ = KEYED


class NamedBallot(Table, table=True):
    """A vote in an open poll: the latest choice counts while the poll is open.

    `through_id` is who cast it for the voter; `share` what it weighs, in the poll's own units.
    """

    __tablename__ = "named_ballot"
    __table_args__ = KEYED

    poll_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    voter_id: int = Field(
        primary_key=True, foreign_key="member.id", sa_column_kwargs={"autoincrement": False}
    )
    choice: str
    weight: int
    reason: str
    through_id: int | None = Field(default=None, foreign_key="member.id")
    share: int | None = Field(default=None, sa_type=BigInteger)


class Closing(Table, table=True):
    """The signed record of a closed poll, chained to the one before it."""

    __tablename__ = "poll_closing"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    poll_id: int = Field(unique=True)
    record: str
    signature: str = Field(max_length=128)
