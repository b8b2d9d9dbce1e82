"""People, their roles and standing in places, and what they are told."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint

from forum.base.minors import Minor
from forum.base.tables import Field, Json, Table, UtcDateTime

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


class Entry(StrEnum):
    """How people come by an account."""

    OPEN = "open"
    INVITED = "invited"
    CLOSED = "closed"


class Verification(StrEnum):
    """How the platform came to know who stands behind an account; rules.LEVELS ranks the ways."""

    NONE = "none"
    MAIL = "mail"
    PHONE = "phone"
    CODE = "code"
    PROVIDER = "provider"
    STAFF = "staff"
    REGISTER = "register"


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
    # The one place where a guest takes part; empty for members.
    guest_of: str | None = Field(default=None, max_length=64)
    # Declared to be under 14, and whether a guardian consented; empty for everybody else.
    minor: Minor | None = Field(default=None, sa_type=String(10))
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
    # The thing that the person follows and is told for; empty for whom it concerns itself.
    via: str | None = Field(default=None, max_length=64)


class TextKind(StrEnum):
    """What a place says to those who come: a welcome, and the rules that they accept."""

    WELCOME = "welcome"
    RULES = "rules"


class PlaceText(Table, table=True):
    """One version of what a place says; the latest is in force, an empty one takes it back."""

    __tablename__ = "place_text"
    __table_args__ = (UniqueConstraint("place", "kind", "number"),)

    id: int = Field(default=None, primary_key=True)
    place: str = Field(max_length=64)
    kind: TextKind = Field(sa_type=String(20))
    number: int
    body: str
    html: str
    salt: str | None
    author_id: int | None = Field(default=None, foreign_key="member.id")
    at: datetime = Field(sa_type=UtcDateTime)


class Acceptance(Table, table=True):
    """Who accepted which version of a place's rules, and when."""

    __tablename__ = "place_acceptance"

    member_id: int = Field(foreign_key="member.id", primary_key=True)
    place: str = Field(primary_key=True, max_length=64)
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)


class PlaceSetting(Table, table=True):
    """What an administrator set for a place; a setting without a row has its default."""

    __tablename__ = "place_setting"

    place: str = Field(primary_key=True, max_length=64)
    key: str = Field(primary_key=True, max_length=60)
    value: Any = Field(sa_type=Json)
    changed_by: int | None = Field(default=None, foreign_key="member.id")
    changed_at: datetime = Field(sa_type=UtcDateTime)


class PersonCard(Table, table=True):
    """What a place notes about one of its people: to whom they count, and a remark."""

    __tablename__ = "person_card"

    member_id: int = Field(foreign_key="member.id", primary_key=True)
    place: str = Field(primary_key=True, max_length=64)
    category: str = Field(default="", max_length=40)
    note: str = Field(default="", max_length=200)


class Verdict(StrEnum):
    """What taking in a list of people does with a line of it."""

    BAD = "bad"
    NEW = "new"
    ROLE = "role"
    NOTED = "noted"
    KNOWN = "known"


class PeopleSheet(Table, table=True):
    """A list of people, read and then taken in; its words go once it is, or after a day."""

    __tablename__ = "people_sheet"

    id: int = Field(default=None, primary_key=True)
    place: str = Field(max_length=64)
    member_id: int = Field(foreign_key="member.id", index=True)
    body: str
    read_at: datetime = Field(sa_type=UtcDateTime)
    # What taking it in has come to so far: how many of each kind, and who was new.
    done: dict[str, Any] | None = Field(default=None, sa_type=Json)

    @property
    def finished(self) -> bool:
        """Whether all of it has been taken in."""
        return not self.body


class Visit(Table, table=True):
    """When somebody last came, and when before that: for what happened in between."""

    __tablename__ = "member_visit"

    member_id: int = Field(primary_key=True, foreign_key="member.id")
    here_at: datetime = Field(sa_type=UtcDateTime)
    before_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
