"""The tree of organisations, committees and stations; the terms of committees and who sits."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint

from forum.base.tables import Field, Table, UtcDateTime


class Tier(StrEnum):
    """What stands at a place of the tree."""

    ORGANISATION = "organisation"
    COMMITTEE = "committee"
    STATION = "station"


class Station(Table, table=True):
    """One place of the tree; stations may stand under stations, as points under a main one."""

    __tablename__ = "station"

    id: int = Field(default=None, primary_key=True)
    parent_id: int | None = Field(default=None, foreign_key="station.id", index=True)
    tier: Tier = Field(sa_type=String(20))
    name: str = Field(max_length=80)
    code: str = Field(unique=True, max_length=20)
    address: str = Field(default="", max_length=200)
    hours: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=40)
    created_at: datetime = Field(sa_type=UtcDateTime)
    # From then on it is in no list and takes nobody in; its address stays.
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Office(StrEnum):
    """What somebody does in a committee; the order of the members is that of a list of them."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    MEMBER = "member"


class CommitteeTerm(Table, table=True):
    """One term of a committee, from its first day to its last; terms do not overlap."""

    __tablename__ = "committee_term"
    __table_args__ = (UniqueConstraint("station_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    station_id: int = Field(foreign_key="station.id")
    number: int
    first: date
    last: date | None = None


class CommitteeSeat(Table, table=True):
    """Somebody's office in a term, from their first day to their last; it stays when it is over."""

    __tablename__ = "committee_seat"

    id: int = Field(default=None, primary_key=True)
    term_id: int = Field(foreign_key="committee_term.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    office: Office = Field(sa_type=String(20))
    first: date
    last: date | None = None


class SlipBatch(Table, table=True):
    """A sheet of slips that a station handed out: for whom, until when, by whom."""

    __tablename__ = "station_slip_batch"

    id: int = Field(default=None, primary_key=True)
    station_id: int = Field(foreign_key="station.id", index=True)
    note: str = Field(max_length=120)
    made_by: int | None = Field(default=None, foreign_key="member.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Slip(Table, table=True):
    """One slip: a keyed digest of its code, and who came in with it."""

    __tablename__ = "station_slip"

    digest: str = Field(primary_key=True, max_length=64)
    batch_id: int = Field(foreign_key="station_slip_batch.id", index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)


class Card(Table, table=True):
    """The card of somebody who comes back without a password; a newer one ends the older."""

    __tablename__ = "station_card"

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    station_id: int | None = Field(default=None, foreign_key="station.id")
    digest: str = Field(unique=True, max_length=64)
    made_by: int | None = Field(default=None, foreign_key="member.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
