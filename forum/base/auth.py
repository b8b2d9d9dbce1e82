"""Who is asking: server-side sign-in records, bearer tokens, and the actor they stand for.

The cookie holds a random token; the database holds its SHA-256, so a copy of the database signs
nobody in.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, or_, select, update
from sqlmodel import col

from forum.base import clock
from forum.base.among import among
from forum.base.db import Db
from forum.base.minors import Minor
from forum.base.tables import Field, Table, UtcDateTime, metadata

COOKIE = "folkmoot"
LASTS = timedelta(days=60)


class Actor(NamedTuple):
    """A signed-in member, as rules and services need to know one."""

    id: int
    name: str
    lang: str | None = None
    theme: str = "auto"
    mode: str = "standard"
    credential_id: int | None = None
    text_size: int | None = None
    guest_of: str | None = None  # the one place where a guest without a membership takes part
    minor: str | None = None  # how it stands with the guardian of somebody under 14

    @property
    def asleep(self) -> bool:
        """Whether this is a child for whom no guardian has consented: reads, and no more."""
        return self.minor == Minor.WAITING


class CredentialKind(StrEnum):
    """A browser's sign-in or a program's token."""

    BROWSER = "browser"
    TOKEN = "token"  # noqa: S105 - a kind, no secret


class Credential(Table, table=True):
    """One way in that is open: a signed-in browser or a program's token."""

    __tablename__ = "credential"

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    digest: str = Field(max_length=64, unique=True)
    kind: str = Field(max_length=10)
    label: str = Field(max_length=120)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    # The day on which it was last in use (see `seen`).
    seen_on: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CredentialRow(NamedTuple):
    """A credential as its owner sees it in the list of devices."""

    id: int
    kind: str
    label: str
    created_at: datetime
    expires_at: datetime
    seen_on: datetime | None


def digest(token: str) -> str:
    """What the database knows of a token."""
    return sha256(token.encode()).hexdigest()


def sign_in(
    tx: Db,
    member_id: int,
    *,
    label: str,
    kind: CredentialKind = CredentialKind.BROWSER,
    lasts: timedelta = LASTS,
) -> str:
    """Open a way in; returns the token, which is shown or set as a cookie once and kept nowhere."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    tx.add(
        Credential(
            member_id=member_id,
            digest=digest(token),
            kind=kind.value,
            label=label[:120],
            created_at=now,
            expires_at=now + lasts,
        )
    )
    tx.flush()
    return token


def sign_out(tx: Db, member_id: int, credential_id: int | None = None) -> int:
    """Close one way in of a member, or all; returns how many were open."""
    query = delete(Credential).where(col(Credential.member_id) == member_id)
    if credential_id is not None:
        query = query.where(col(Credential.id) == credential_id)
    return len(tx.execute(query.returning(col(Credential.id))).all())


def use(tx: Db, credentials: Collection[int], day: datetime) -> None:
    """Note that these ways in were in use on a day.

    A browser's sign-in lasts on from then; a program's token does not, nor what others use too.
    """
    stale = or_(col(Credential.seen_on).is_(None), col(Credential.seen_on) < day)
    query = select(
        col(Credential.id), col(Credential.kind), col(Credential.created_at),
        col(Credential.expires_at),
    )  # fmt: skip
    rows = tx.execute(query.where(col(Credential.id).in_(credentials), stale)).all()
    seen = update(Credential).where(col(Credential.id).in_([row.id for row in rows]))
    tx.execute(seen.values(seen_on=day))
    own = [
        row.id
        for row in rows
        if row.kind == CredentialKind.BROWSER and row.expires_at - row.created_at >= LASTS
    ]
    lasting = update(Credential).where(col(Credential.id).in_(own))
    tx.execute(lasting.values(expires_at=clock.now() + LASTS))


def credentials_of(db: Db, member_id: int) -> list[CredentialRow]:
    """A member's open ways in, newest first."""
    query = select(
        col(Credential.id),
        col(Credential.kind),
        col(Credential.label),
        col(Credential.created_at),
        col(Credential.expires_at),
        col(Credential.seen_on),
    ).where(col(Credential.member_id) == member_id, col(Credential.expires_at) > clock.now())
    rows = db.execute(query.order_by(col(Credential.created_at).desc()).limit(200))
    return [CredentialRow(*row) for row in rows]


def actors_for(db: Db, digests: Collection[str]) -> dict[str, Actor]:
    """The actors behind the digests of tokens, in one query; those of no value are left out."""
    found = db.execute(_actors(one=False), {"digests": digests, "now": clock.now()})
    return {row[0]: Actor._make(row[1:]) for row in found.all()}


def actor_for(db: Db, credential: str | None) -> Actor | None:
    """The actor behind the digest of a token; None for a guest."""
    if not credential:
        return None
    asked = {"digest": credential, "now": clock.now()}
    found = db.execute(_actors(one=True), asked).one_or_none()
    return Actor._make(found[1:]) if found else None


@cache
def _actors(*, one: bool) -> Select[*tuple[Any, ...]]:
    """The statement of every request, made once."""
    # The members room owns this table; its foreign key is what we know of it.
    way_in, member = metadata.tables["credential"].c, metadata.tables["member"].c
    return (
        select(
            way_in.digest,
            member.id,
            member.name,
            member.lang,
            member.theme,
            member.mode,
            way_in.id,
            member.text_size,
            member.guest_of,
            member.minor,
        )
        .join(metadata.tables["member"], member.id == way_in.member_id)
        .where(
            way_in.digest == bindparam("digest") if one else among(way_in.digest, "digests"),
            way_in.expires_at > bindparam("now"),
            member.erased_at.is_(None),
        )
    )
