"""A consultation: its stages and their dates, participants, briefing and the texts' revisions."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint

from forum.base.tables import Field, Json, Table, UtcDateTime


class Stage(StrEnum):
    """Where the process stands; the order of the members is the order of the stages."""

    PROPOSING = "proposing"
    DELIBERATING = "deliberating"
    DECIDING = "deciding"
    PUBLISHING = "publishing"
    FOLLOWING = "following"
    CLOSED = "closed"


class Visibility(StrEnum):
    """Who may read it."""

    PUBLIC = "public"
    MEMBERS = "members"
    INVITED = "invited"


class Eligibility(StrEnum):
    """Who may speak and vote, apart from who may read."""

    OPEN = "open"
    LISTED = "listed"


class Consultation(Table, table=True):
    """One process, from the call for topics to the kept promise."""

    __tablename__ = "consultation"
    __table_args__ = (Index("ix_consultation_stage_id", "stage", "id"),)

    id: int = Field(default=None, primary_key=True)
    title: str
    summary: str
    purpose: str
    html: str
    stage: Stage = Field(sa_type=String)
    visibility: Visibility = Field(sa_type=String)
    eligibility: Eligibility = Field(sa_type=String)
    station_id: int | None = Field(default=None, foreign_key="station.id", index=True)
    zone: str
    created_by: int | None = Field(default=None, foreign_key="member.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    # From then on it is read-only and in no list; its address stays.
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class StageDate(Table, table=True):
    """When a stage is planned to begin, and when it began."""

    __tablename__ = "consultation_stage"

    consultation_id: int = Field(foreign_key="consultation.id", primary_key=True)
    stage: Stage = Field(sa_type=String, primary_key=True)
    planned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    began_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class StageMove(Table, table=True):
    """One move of the stage and, where it went back, the reason that everybody can read."""

    __tablename__ = "consultation_move"

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", index=True)
    before: Stage = Field(sa_type=String)
    stage: Stage = Field(sa_type=String)
    body: str
    salt: str | None
    moved_by: int | None = Field(default=None, foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class Participant(Table, table=True):
    """Somebody on the list: invited to read, and eligible where only the list is."""

    __tablename__ = "consultation_participant"

    consultation_id: int = Field(foreign_key="consultation.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True, index=True)
    added_by: int | None = Field(default=None, foreign_key="member.id")
    added_at: datetime = Field(sa_type=UtcDateTime)


class Briefing(Table, table=True):
    """One text of the briefing: what everybody should have read before the session."""

    __tablename__ = "consultation_briefing"
    __table_args__ = (Index("ix_consultation_briefing_place", "consultation_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id")
    position: int
    title: str
    body: str
    html: str
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TextRevision(Table, table=True):
    """Each text that a purpose or a briefing ever had, whole (title, blank line, body), sealed."""

    __tablename__ = "consultation_text_revision"

    id: int = Field(default=None, primary_key=True)
    subject: str = Field(index=True)
    body: str
    salt: str | None
    author_id: int | None = Field(default=None, foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class SavedTemplate(Table, table=True):
    """A consultation kept as a pattern for others of its place: stages, agenda, words, terms."""

    __tablename__ = "consultation_template"

    id: int = Field(default=None, primary_key=True)
    station_id: int | None = Field(default=None, foreign_key="station.id", index=True)
    name: str = Field(max_length=80)
    shape: dict[str, Any] = Field(sa_type=Json)
    saved_by: int | None = Field(default=None, foreign_key="member.id")
    saved_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Setup(Table, table=True):
    """A consultation that somebody is setting up step by step; nobody else sees it yet."""

    __tablename__ = "consultation_setup"

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    station_id: int | None = Field(default=None, foreign_key="station.id")
    template: str = Field(max_length=40)
    answers: dict[str, Any] = Field(sa_type=Json)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class Category(Table, table=True):
    """One sort of people who are invited (owners, tenants …) and how many places there are."""

    __tablename__ = "consultation_category"
    __table_args__ = (UniqueConstraint("consultation_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id")
    name: str = Field(max_length=40)
    quota: int | None = None


class Invitation(Table, table=True):
    """Links that a moderator handed out: one for many, or many for one person each."""

    __tablename__ = "consultation_invitation"

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", index=True)
    category_id: int | None = Field(default=None, foreign_key="consultation_category.id")
    note: str = Field(max_length=120)
    most: int | None = None  # how often each of its codes may be used; empty: without a bound
    guests: bool  # whether a name is enough to take part here
    until: datetime = Field(sa_type=UtcDateTime)
    made_by: int | None = Field(default=None, foreign_key="member.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class InvitationCode(Table, table=True):
    """One code of an invitation: a keyed digest of it, and how often it was used."""

    __tablename__ = "consultation_invitation_code"

    digest: str = Field(primary_key=True, max_length=64)
    invitation_id: int = Field(foreign_key="consultation_invitation.id", index=True)
    uses: int = 0


class Place(Table, table=True):
    """Somebody who came by an invitation; without `seated_at` they wait until a place is free."""

    __tablename__ = "consultation_place"
    __table_args__ = (
        UniqueConstraint("consultation_id", "member_id"),
        Index("ix_consultation_place_category_id", "category_id", "seated_at"),
    )

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    category_id: int | None = Field(default=None, foreign_key="consultation_category.id")
    invitation_id: int = Field(foreign_key="consultation_invitation.id")
    came_at: datetime = Field(sa_type=UtcDateTime)
    seated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
