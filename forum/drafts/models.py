"""A draft that its writer left here when signing out of a device."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint

from forum.base.tables import Field, Json, Table, UtcDateTime


class KeptDraft(Table, table=True):
    """What stood in one form; `name` is how the device finds the form again."""

    __tablename__ = "kept_draft"
    __table_args__ = (UniqueConstraint("member_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    name: str = Field(max_length=300)
    page: str = Field(max_length=300)
    title: str = Field(max_length=200)
    fields: dict[str, Any] = Field(sa_type=Json)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
