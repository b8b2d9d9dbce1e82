"""Who was let in at a desk without being on the roll, and when each desk was last heard."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String

from forum.base.tables import Field, Table, UtcDateTime


class Proof(StrEnum):
    """How the desk came to know who somebody is."""

    DOCUMENT = "document"
    REGISTER = "register"
    VOUCHED = "vouched"


class WalkIn(Table, table=True):
    """Somebody who came without being on the roll: who saw what of them, and what they ask."""

    __tablename__ = "walk_in"

    id: int = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    venue_id: int = Field(foreign_key="meeting_venue.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    proof: Proof = Field(sa_type=String)
    # They ask to be put on the roll; the chair does that, or leaves them a guest.
    asks: bool = False
    at: datetime = Field(sa_type=UtcDateTime)
    by_id: int = Field(foreign_key="member.id")


class DeskSeen(Table, table=True):
    """When a venue's open desk was last heard; no row and `away`: nobody sits there."""

    __tablename__ = "desk_seen"

    venue_id: int = Field(primary_key=True, foreign_key="meeting_venue.id")
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    away: bool = False
    # Since when it has been missed; the chair sees it from then until the desk is back.
    silent_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
