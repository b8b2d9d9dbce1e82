"""Mail addresses and telephone numbers: sealed at rest, found by digest, never in events or logs.

Staff read them through `unseal` alone, which keeps who, when and why.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import sealing
from forum.base.auth import Actor
from forum.base.db import Db
from forum.members import reach
from forum.members.identities import Contact, ContactAccess, ContactKind
from forum.members.models import Member
from forum.members.service.contacts import add, confirm, forget, remove, unseal

__all__ = [
    "Access",
    "Row",
    "accesses",
    "add",
    "by_mail",
    "confirm",
    "forget",
    "kinds",
    "mail_of",
    "own",
    "remove",
    "unseal",
]


class Row(NamedTuple):
    """One of somebody's addresses or numbers, unsealed; None where the key is another one."""

    id: int
    kind: ContactKind
    value: str | None
    confirmed_at: datetime | None


class Access(NamedTuple):
    """Staff saw somebody's contact data."""

    by_id: int
    by: str
    at: datetime
    reason: str


def mail_of(db: Db, members: Sequence[int]) -> dict[int, str]:
    """Confirmed mail addresses, for the machine's own letters."""
    query = (
        select(col(Contact.member_id), col(Contact.sealed))
        .join(Member, col(Member.id) == col(Contact.member_id))
        .where(
            col(Contact.member_id).in_(members),
            col(Contact.kind) == ContactKind.MAIL,
            col(Contact.confirmed_at).is_not(None),
            col(Member.erased_at).is_(None),
        )
        .order_by(col(Contact.confirmed_at))
    )
    found = {member: sealing.unsealed(sealed) for member, sealed in db.execute(query)}
    return {member: address for member, address in found.items() if address}


def by_mail(db: Db, address: str) -> int | None:
    """Whose confirmed mail address this is."""
    kept = reach.normalised(ContactKind.MAIL, address)
    if kept is None:
        return None
    query = (
        select(col(Contact.member_id))
        .join(Member, col(Member.id) == col(Contact.member_id))
        .where(
            col(Contact.digest) == reach.digest(ContactKind.MAIL, kept),
            col(Contact.kind) == ContactKind.MAIL,
            col(Contact.confirmed_at).is_not(None),
            col(Member.erased_at).is_(None),
        )
    )
    return db.execute(query).scalar_one_or_none()


def own(db: Db, actor: Actor) -> list[Row]:
    """One's own addresses and numbers."""
    columns = (col(Contact.id), col(Contact.kind), col(Contact.sealed), col(Contact.confirmed_at))
    query = select(*columns).where(col(Contact.member_id) == actor.id).order_by(col(Contact.id))
    return [
        Row(ident, ContactKind(kind), sealing.unsealed(sealed), confirmed)
        for ident, kind, sealed, confirmed in db.execute(query)
    ]


def kinds(db: Db, member_id: int) -> list[tuple[int, ContactKind, datetime | None]]:
    """What there is of somebody's contact data, without a digit of it: for a clerk's page."""
    columns = (col(Contact.id), col(Contact.kind), col(Contact.confirmed_at))
    query = select(*columns).where(col(Contact.member_id) == member_id).order_by(col(Contact.id))
    return [(ident, ContactKind(kind), at) for ident, kind, at in db.execute(query)]


def accesses(db: Db, member_id: int, *, limit: int = 50) -> list[Access]:
    """Who of the staff saw somebody's contact data, newest first: the person may know."""
    query = (
        select(
            col(ContactAccess.by_id),
            col(Member.name),
            col(ContactAccess.at),
            col(ContactAccess.reason),
        )
        .join(Member, col(Member.id) == col(ContactAccess.by_id))
        .where(col(ContactAccess.member_id) == member_id)
        .order_by(col(ContactAccess.id).desc())
        .limit(limit)
    )
    return [Access(*row) for row in db.execute(query)]
