"""How the platform came to know somebody: each time is kept, the best way stands at the account."""

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.members import events, rules
from forum.members.identities import ContactKind, VerificationMark
from forum.members.models import PLATFORM, Verification
from forum.members.service.common import existing, tell

METHODS = {ContactKind.MAIL: Verification.MAIL, ContactKind.PHONE: Verification.PHONE}


def verify(
    tx: Db, actor: Actor | None, member_id: int, method: Verification, *, place: str = PLATFORM
) -> None:
    """Keep that somebody was verified in this way, by whom and where; the level never sinks."""
    mark(tx, actor, member_id, method, place=place)
    tell(tx, actor, events.Verified(member_id, method, place), member_id)


def mark(
    tx: Db, actor: Actor | None, member_id: int, method: Verification, *, place: str = PLATFORM
) -> None:
    """The same as a part of another deed, which tells of it."""
    member = existing(tx, member_id)
    tx.add(
        VerificationMark(
            member_id=member_id,
            method=method,
            at=clock.now(),
            by_id=actor.id if actor else None,
            place=place,
        )
    )
    member.verified = rules.best([Verification(member.verified), method])
    tx.flush()


def withdraw(tx: Db, member_id: int, method: Verification) -> None:
    """What this way told is no longer so (an address was removed): the next best one stands."""
    member = existing(tx, member_id)
    query = select(VerificationMark).where(
        col(VerificationMark.member_id) == member_id, col(VerificationMark.method) == method
    )
    for mark in tx.execute(query).scalars():
        tx.delete(mark)
    if member.verified == method:
        left = select(col(VerificationMark.method)).where(
            col(VerificationMark.member_id) == member_id, col(VerificationMark.method) != method
        )
        known = tx.execute(left.order_by(col(VerificationMark.id))).scalars()
        member.verified = rules.best(map(Verification, known))
    tx.flush()
