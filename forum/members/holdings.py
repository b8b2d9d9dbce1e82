"""What one person holds, read once a session: one page asks for it at many places."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, bindparam, cast, false, null, select, true, union_all

from forum.base.db import Db
from forum.base.tables import metadata
from forum.members.models import Role, StandingKind

KEPT = "members.holdings"


class Grant(NamedTuple):
    """A role in a place, and for how long."""

    role: Role
    place: str
    since: datetime
    until: datetime | None


class Mark(NamedTuple):
    """A mute or a ban in a place, and for how long."""

    kind: StandingKind
    place: str
    since: datetime
    until: datetime | None
    reason: str


class Holdings(NamedTuple):
    """All roles and restrictions of somebody, past ones among them."""

    grants: tuple[Grant, ...]
    marks: tuple[Mark, ...]


# Made once: every page asks.
_G, _S = metadata.tables["member_role"].c, metadata.tables["member_standing"].c
_HELD = union_all(
    select(true(), _G.role, _G.place, _G.since, _G.until, cast(null(), String)).where(
        _G.member_id == bindparam("member")
    ),
    select(false(), _S.kind, _S.place, _S.since, _S.until, _S.reason).where(
        _S.member_id == bindparam("member")
    ),
)


def holdings(db: Db, member_id: int) -> Holdings:
    """What somebody holds; asked of the database once, as a session sees one moment of it."""
    kept: dict[int, Holdings] = db.info.setdefault(KEPT, {})
    if member_id not in kept:
        kept[member_id] = _read(db, member_id)
    return kept[member_id]


def forget(tx: Db, member_id: int) -> None:
    """After a change within this session: the next to ask reads anew."""
    tx.info.get(KEPT, {}).pop(member_id, None)


def _read(db: Db, member_id: int) -> Holdings:
    grants, marks = [], []
    for granted, name, place, since, until, reason in db.execute(_HELD, {"member": member_id}):
        if granted:
            grants.append(Grant(Role(name), place, since, until))
        else:
            marks.append(Mark(StandingKind(name), place, since, until, reason))
    return Holdings(tuple(grants), tuple(marks))
