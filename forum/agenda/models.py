"""The items of an agenda: a tree in one table, and every text an item ever had."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String

from forum.base.tables import Field, Table, UtcDateTime


class ItemKind(StrEnum):
    """What an item is for."""

    DISCUSSION = "discussion"
    INFORMATION = "information"
    DECISION = "decision"


class ItemState(StrEnum):
    """Where an item stands in its life."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    OPEN = "open"
    DEBATE = "debate"
    VOTING = "voting"
    DECIDED = "decided"
    CLOSED = "closed"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


class HeldState(StrEnum):
    """What became of a text that somebody looks at first."""

    WAITING = "waiting"
    PUBLISHED = "published"
    REFUSED = "refused"


class Item(Table, table=True):
    """One item; `path` holds the positions from the root down, so it sorts as the agenda reads."""

    __tablename__ = "item"
    __table_args__ = (Index("ix_item_consultation_id_path", "consultation_id", "path"),)

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id")
    parent_id: int | None = Field(default=None, foreign_key="item.id")
    path: str
    depth: int
    position: int
    title: str
    body: str
    html: str
    kind: ItemKind = Field(sa_type=String)
    state: ItemState = Field(sa_type=String)
    minutes: int | None = None
    # How many arguments stand on it; the room of the arguments keeps it.
    voices: int = 0
    proposed_by: int | None = Field(default=None, foreign_key="member.id")
    created_at: datetime = Field(sa_type=UtcDateTime)


class ItemRevision(Table, table=True):
    """A text that an item had, whole (title, blank line, body), sealed."""

    __tablename__ = "item_revision"

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    body: str
    salt: str | None
    author_id: int | None = Field(default=None, foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class ItemMove(Table, table=True):
    """One change of an item's state and, where there is one, the reason given for it."""

    __tablename__ = "item_move"

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    before: ItemState = Field(sa_type=String)
    state: ItemState = Field(sa_type=String)
    body: str
    salt: str | None
    moved_by: int | None = Field(default=None, foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class HeldItem(Table, table=True):
    """A proposal that waits until a moderator has looked at it; no item yet, so nowhere listed.

    With `item_id` it is a new text of that proposal, which says the old one meanwhile.
    """

    __tablename__ = "item_held"
    __table_args__ = (Index("ix_item_held_author", "author_id", "consultation_id", "state"),)

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="item.id")
    author_id: int = Field(foreign_key="member.id")
    title: str
    body: str
    html: str
    kind: ItemKind = Field(sa_type=String)
    minutes: int | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    state: HeldState = Field(default=HeldState.WAITING, sa_type=String)
    decided_by: int | None = Field(default=None, foreign_key="member.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
