"""The wish to be erased, from its asking to its being done."""

from datetime import datetime

from sqlmodel import Field

from forum.base.db import Table, UtcDateTime


class Erasure(Table, table=True):
    """Somebody's account is to be erased, or was; a wish that is taken back leaves no row."""

    __tablename__ = "erasure"

    member_id: int = Field(primary_key=True, foreign_key="member.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
