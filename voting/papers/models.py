"""Paper in a vote: boxes, who took a paper, and what two clerks read on each.

No row joins a paper to whoever filled it in: papers are known by their place in the pile alone, and
what was read of them is forgotten when the box is counted. In an open vote a paper bears a name,
and its place is that person.
"""

from enum import StrEnum

from sqlalchemy import String

from forum.base.refs import ref
from forum.base.tables import Field, Table
from voting.boxes.models import KEYED


class BatchState(StrEnum):
    """How far a box is."""

    ISSUING = "issuing"  # papers are given out, or are being filled in
    KEYING = "keying"  # the pile was counted, and is entered paper by paper
    SUMS = "sums"  # two tellers enter sums, as for a hall
    CONFIRMED = "confirmed"
    EXCEPTED = "excepted"
    MERGED = "merged"
    REJECTED = "rejected"  # it came too late


class Kind(StrEnum):
    """What a paper is."""

    VALID = "valid"
    BLANK = "blank"
    INVALID = "invalid"
    NONE = "none"  # there is no such paper: counted by mistake, or not given back


class Batch(Table, table=True):
    """A box of papers; `issued` are those out, without the `returned` ones handed back unused.

    `found` is how many lay in it (of one that came too late: how many it brought).
    """

    __tablename__ = "paper_batch"

    id: int = Field(default=None, primary_key=True)
    poll_id: int = Field(foreign_key="poll.id", index=True)
    name: str = Field(max_length=60)
    state: BatchState = Field(sa_type=String(10))
    issued: int = 0
    returned: int = 0
    found: int | None = None
    first_id: int | None = Field(default=None, foreign_key="member.id")
    second_id: int | None = Field(default=None, foreign_key="member.id")
    into_id: int | None = Field(default=None, foreign_key="paper_batch.id")

    @property
    def ref(self) -> str:
        """The box as a thing, and as the venue of its count."""
        return ref("papers", self.id)


class Issue(Table, table=True):
    """That somebody took a paper; `venue` is where they stood on the roll before."""

    __tablename__ = "paper_issue"
    __table_args__ = KEYED

    poll_id: int = Field(foreign_key="poll.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True)
    batch_id: int = Field(foreign_key="paper_batch.id", index=True)
    venue: str = Field(max_length=64)


class Entry(Table, table=True):
    """What a clerk read on a paper: turns 1 and 2 are the two clerks', 3 is what settles them."""

    __tablename__ = "paper_entry"
    __table_args__ = KEYED

    batch_id: int = Field(foreign_key="paper_batch.id", primary_key=True)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    turn: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    clerk_id: int = Field(foreign_key="member.id")
    kind: Kind = Field(sa_type=String(10))
    mark: str
    reason: str
    agreed_by: int | None = Field(default=None, foreign_key="member.id")
