"""People, their roles and standing in places, and what they are told."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint
from sqlmodel import Field

from forum.base.db import Json, Table, UtcDateTime

PLATFORM = "platform"


class Role(StrEnum):
    """What somebody is in a place; one person may hold several in several places."""

    RESIDENT = "resident"
    MODERATOR = "moderator"
    SECRETARY = "secretary"
    REPRESENTATIVE = "representative"
    HANDLER = "handler"
    COMMITTEE = "committee"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"


class StandingKind(StrEnum):
    """What has been taken from somebody in a place: the right to speak, or entry."""

    MUTED = "muted"
    BANNED = "banned"


class Verification(StrEnum):
    """How the platform came to know who stands behind an account."""

    NONE = "none"
    CODE = "code"
    STAFF = "staff"
    PROVIDER = "provider"


class Theme(StrEnum):
    """The colours a person reads in."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Mode(StrEnum):
    """The size a person reads in."""

    STANDARD = "standard"
    ELDER = "elder"


class Member(Table, table=True):
    """An account: a verified person behind, a freely chosen name in front."""

    __tablename__ = "member"

    id: int = Field(default=None, primary_key=True)
    login: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=40)
    password: str | None = None
    verified: Verification = Field(default=Verification.NONE, sa_type=String(20))
    lang: str | None = None
    theme: Theme = Field(default=Theme.AUTO, sa_type=String(20))
    mode: Mode = Field(default=Mode.STANDARD, sa_type=String(20))
    # How large the text of the larger view is, in pixels.
    text_size: int | None = None
    # The first-visit hints that the person does not want to see again.
    hints: list[str] | None = Field(default=None, sa_type=Json)
    joined_at: datetime = Field(sa_type=UtcDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RoleGrant(Table, table=True):
    """A role held in a place for a time; a revoked grant keeps its row with `until` set."""

    __tablename__ = "member_role"
    __table_args__ = (Index("ix_member_role_place_role", "place", "role"),)

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    role: Role = Field(sa_type=String(20))
    place: str = Field(max_length=64)
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    granted_by: int | None = Field(default=None, foreign_key="member.id")


class StandingMark(Table, table=True):
    """A mute or a ban; lifting it sets `until`, so the record of it stays."""

    __tablename__ = "member_standing"
    __table_args__ = (Index("ix_member_standing_place", "place", "kind"),)

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    place: str = Field(max_length=64)
    kind: StandingKind = Field(sa_type=String(20))
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str
    set_by: int | None = Field(default=None, foreign_key="member.id")


class FirstLink(Table, table=True):
    """The one-use way in for the first administrator; only its digest is stored."""

    __tablename__ = "member_first_link"

    digest: str = Field(primary_key=True, max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class InboxRow(Table, table=True):
    """One event that one person is told of; the words are made when it is read."""

    __tablename__ = "inbox_row"
    __table_args__ = (
        UniqueConstraint("member_id", "event_id"),
        Index("ix_inbox_row_member_id_read_at", "member_id", "read_at"),
    )

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id")
    event_id: str = Field(max_length=32)
    kind: str = Field(max_length=80)
    about: str = Field(max_length=64)
    actor_id: int | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Visit(Table, table=True):
    """When somebody last came, and when before that: for what happened in between."""

    __tablename__ = "member_visit"

    member_id: int = Field(primary_key=True, foreign_key="member.id")
    here_at: datetime = Field(sa_type=UtcDateTime)
    before_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
