"""A file on its way here; once it is whole it is a stored file, and this is gone."""

from datetime import datetime

from forum.base.tables import Field, Table, UtcDateTime


class Upload(Table, table=True):
    """How much of a file has come; `received` is where the next piece begins."""

    __tablename__ = "upload"

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    place: str = Field(max_length=64)
    name: str = Field(max_length=300)
    alt: str = Field(default="", max_length=500)
    # By what a browser knows a file again that it began to send: its name, size and time.
    mark: str = Field(max_length=64)
    size: int
    received: int = 0
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    # What its part on disk is called: never the id, which another upload may get after this one.
    token: str | None = Field(default=None, max_length=32)
