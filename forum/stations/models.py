"""The tree of organisations, committees and stations."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlmodel import Field

from forum.base.db import Table, UtcDateTime


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
