"""Tables of how somebody is reached, known and let in; kept apart from what people do here."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint, text

from forum.base.tables import Field, Table, UtcDateTime
from forum.members.models import Verification


class ContactKind(StrEnum):
    """By what somebody can be reached."""

    MAIL = "mail"
    PHONE = "phone"


class Contact(Table, table=True):
    """An address or number, sealed; looked up by its keyed digest.

    A mail address opens an account, so one that is confirmed is one person's. A telephone may be a
    household's.
    """

    __tablename__ = "member_contact"
    __table_args__ = (
        UniqueConstraint("member_id", "kind", "digest"),
        Index(
            "ix_member_contact_confirmed_mail",
            "digest",
            unique=True,
            sqlite_where=text("kind = 'mail' AND confirmed_at IS NOT NULL"),
            postgresql_where=text("kind = 'mail' AND confirmed_at IS NOT NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    kind: ContactKind = Field(sa_type=String(10))
    sealed: str
    digest: str = Field(max_length=64, index=True)
    added_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # The clerk who saw to it; nobody where a link in a letter did.
    confirmed_by: int | None = Field(default=None, foreign_key="member.id")


class ContactAccess(Table, table=True):
    """Staff saw somebody's contact data: who, when, why. The person reads it in the settings."""

    __tablename__ = "member_contact_access"

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    by_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    reason: str = Field(max_length=200)


class Purpose(StrEnum):
    """What a one-use link or code is good for."""

    SIGN_IN = "sign_in"
    REGISTER = "register"
    CONFIRM = "confirm"
    RESET = "reset"
    CODE = "code"
    SECOND = "second"
    NEWCOMER = "newcomer"
    GUARDIAN = "guardian"


BY_MAIL = (Purpose.SIGN_IN, Purpose.RESET)
# What opens an account: alone, together with a login name, or after a password.
OPENING = (*BY_MAIL, Purpose.CODE, Purpose.SECOND)


class EntryLink(Table, table=True):
    """A one-use link, code or half-done sign-in; the database knows its digest alone."""

    __tablename__ = "member_entry_link"

    digest: str = Field(primary_key=True, max_length=64)
    purpose: Purpose = Field(sa_type=String(20))
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    # The address that the link was sent to, where no account holds it yet.
    sealed: str | None = None
    contact_id: int | None = Field(
        default=None, foreign_key="member_contact.id", ondelete="CASCADE"
    )
    # Where the person wanted to go, and whether others use their device.
    back: str = Field(default="/", max_length=300)
    shared: bool = False
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class Failures(Table, table=True):
    """How often somebody failed at a door; the door is a keyed digest, real or not alike."""

    __tablename__ = "member_failures"

    door: str = Field(primary_key=True, max_length=64)
    count: int
    last_at: datetime = Field(sa_type=UtcDateTime, index=True)


class SecondFactor(Table, table=True):
    """The secret that somebody shares with their authenticator; in force once confirmed."""

    __tablename__ = "member_second_factor"

    member_id: int = Field(primary_key=True, foreign_key="member.id")
    sealed: str
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # The time step of the last code: the same one opens nothing a second time.
    last_step: int = 0


class RecoveryCode(Table, table=True):
    """A code on paper for the day when the authenticator is lost; used up, it is gone."""

    __tablename__ = "member_recovery_code"

    digest: str = Field(primary_key=True, max_length=64)
    member_id: int = Field(foreign_key="member.id", index=True)


class VerificationMark(Table, table=True):
    """Once the platform learned who stands behind an account: how, through whom, where."""

    __tablename__ = "member_verification"

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    method: Verification = Field(sa_type=String(20))
    at: datetime = Field(sa_type=UtcDateTime)
    by_id: int | None = Field(default=None, foreign_key="member.id")
    place: str = Field(max_length=64)


class ProviderLink(Table, table=True):
    """Whom a sign-in service knows, tied to an account: a keyed digest of its subject, no more."""

    __tablename__ = "member_provider"
    __table_args__ = (UniqueConstraint("member_id", "provider"),)

    id: int = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id")
    provider: str = Field(max_length=30)
    digest: str = Field(max_length=64, unique=True)
    linked_at: datetime = Field(sa_type=UtcDateTime)


class ProviderSpent(Table, table=True):
    """What a browser or a service may present once (a state, a ticket) and has presented."""

    __tablename__ = "member_provider_spent"

    digest: str = Field(primary_key=True, max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
