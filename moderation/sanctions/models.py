"""What was imposed on whom, under which rule and why."""

from datetime import datetime

from sqlalchemy import Index, String

from forum.base.tables import Field, Table, UtcDateTime
from forum.members.models import StandingKind
from moderation.reports.models import Rule


class Sanction(Table, table=True):
    """A mute or a ban with its grounds; what is in force stands in the members' room."""

    __tablename__ = "sanction"
    __table_args__ = (Index("ix_sanction_place", "place", "id"),)

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    place: str = Field(max_length=64)
    kind: StandingKind = Field(sa_type=String(20))
    rule: Rule = Field(sa_type=String(20))
    reason: str
    at: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    imposed_by: int | None = Field(default=None, foreign_key="member.id")
    lifted_by: int | None = Field(default=None, foreign_key="member.id")
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
