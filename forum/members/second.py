"""Who has a second step at sign-in, and whose offices sleep until they have one."""

from sqlalchemy import exists, func, select
from sqlmodel import col

from forum.base import sealing
from forum.base.db import Db
from forum.base.settings import settings
from forum.members.identities import RecoveryCode, SecondFactor

KEPT = "members.second"


def has(db: Db, member_id: int) -> bool:
    """Whether signing in takes a second step."""
    query = exists().where(
        col(SecondFactor.member_id) == member_id, col(SecondFactor.confirmed_at).is_not(None)
    )
    return bool(db.execute(select(query)).scalar_one())


def missing(db: Db, member_id: int) -> bool:
    """Whether it is asked of staff here and this person has none; asked once a session."""
    if not settings().staff_second_factor:
        return False
    kept: dict[int, bool] = db.info.setdefault(KEPT, {})
    if member_id not in kept:
        kept[member_id] = not has(db, member_id)
    return kept[member_id]


def forget(tx: Db, member_id: int) -> None:
    """After a change within this session: the next to ask reads anew."""
    tx.info.get(KEPT, {}).pop(member_id, None)


def pending(db: Db, member_id: int) -> str | None:
    """The secret that waits for its first code."""
    query = select(col(SecondFactor.sealed)).where(
        col(SecondFactor.member_id) == member_id, col(SecondFactor.confirmed_at).is_(None)
    )
    sealed = db.execute(query).scalar_one_or_none()
    return sealing.unsealed(sealed) if sealed else None


def codes_left(db: Db, member_id: int) -> int:
    """How many recovery codes are not used up."""
    query = select(func.count()).select_from(RecoveryCode)
    return int(db.execute(query.where(col(RecoveryCode.member_id) == member_id)).scalar_one())
