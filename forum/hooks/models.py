"""The receivers of a place's public news."""

from datetime import datetime

from forum.base.tables import Field, Json, Table, UtcDateTime


class Hook(Table, table=True):
    """One receiver: where it is told and its secret are sealed; `feeds` are the kinds of news."""

    __tablename__ = "hook"

    id: int = Field(default=None, primary_key=True)
    place: str = Field(max_length=64, index=True)
    dialect: str = Field(max_length=20)
    label: str = Field(max_length=80)
    host: str = Field(max_length=255)
    address: str
    secret: str | None = None
    feeds: list[str] = Field(sa_type=Json)
    made_by: int = Field(foreign_key="member.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
