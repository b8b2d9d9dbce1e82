"""Which letters have come: so that one that comes twice counts once."""

from datetime import datetime

from forum.base.tables import Field, Table, UtcDateTime


class ReceivedLetter(Table, table=True):
    """A letter that has been dealt with; of its Message-ID only a keyed digest is kept."""

    __tablename__ = "received_letter"

    digest: str = Field(primary_key=True, max_length=64)
    member_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
