"""Who stands in for whom, and how many are represented now."""

from collections import defaultdict
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.members.models import Member
from sessions.convening.models import Proxy
from sessions.convening.queries.preparing import prepared
from sessions.meetings.models import Attendance, RollEntry
from sessions.meetings.presence import representing, standing


class ProxyRow(NamedTuple):
    """Somebody standing in for another."""

    id: int
    meeting_id: int
    principal_id: int
    principal: str
    holder_id: int
    holder: str
    paper: bool


_principal, _holder = aliased(Member), aliased(Member)


def _rows(match: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            col(Proxy.id),
            col(Proxy.meeting_id),
            col(Proxy.principal_id),
            col(_principal.name),
            col(Proxy.holder_id),
            col(_holder.name),
            col(Proxy.paper),
        )
        .join(_principal, col(_principal.id) == col(Proxy.principal_id))
        .join(_holder, col(_holder.id) == col(Proxy.holder_id))
        .where(match, col(Proxy.revoked_at).is_(None))
        .order_by(col(_holder.name), col(_principal.name), col(Proxy.id))
    )


def proxies(db: Db, meeting: int, *, limit: int = 5000) -> list[ProxyRow]:
    """All of a meeting that hold."""
    found = db.execute(_rows(col(Proxy.meeting_id) == meeting).limit(limit))
    return [ProxyRow(*row) for row in found]


def of_person(db: Db, meeting: int, member: int) -> list[ProxyRow]:
    """The one that somebody gave, and those that they hold."""
    mine = (col(Proxy.principal_id) == member) | (col(Proxy.holder_id) == member)
    return [ProxyRow(*row) for row in db.execute(_rows((col(Proxy.meeting_id) == meeting) & mine))]


def proxy(db: Db, ident: int) -> ProxyRow:
    """One that holds; NotFound where there is none."""
    found = db.execute(_rows(col(Proxy.id) == ident)).one_or_none()
    if found is None:
        raise NotFound(_("There is no such proxy."))
    return ProxyRow(*found)


def held(db: Db, meeting: int) -> dict[int, set[int]]:
    """For whom each holder stands in."""
    by: dict[int, set[int]] = defaultdict(set)
    for row in proxies(db, meeting):
        by[row.holder_id].add(row.principal_id)
    return dict(by)


def standing_in(db: Db, meeting: int) -> set[int]:
    """Who is absent and represented by somebody who is there; coming oneself suspends a proxy."""
    return set(holders(db, meeting))


def holders(db: Db, meeting: int) -> dict[int, int]:
    """Who of those there stands in for each who is absent."""
    there, instead = aliased(Attendance), aliased(Attendance)
    names, stands = aliased(RollEntry), aliased(RollEntry)

    def open_(table: type[Attendance], member: Any) -> ColumnElement[bool]:
        return and_(
            col(table.meeting_id) == meeting,
            col(table.member_id) == member,
            col(table.out_at).is_(None),
        )

    def entitled(table: type[RollEntry], member: Any) -> ColumnElement[bool]:
        return and_(
            col(table.meeting_id) == meeting, col(table.member_id) == member, col(table.entitled)
        )

    query = (
        select(col(Proxy.principal_id), col(Proxy.holder_id))
        .join(names, entitled(names, col(Proxy.principal_id)))
        .join(stands, entitled(stands, col(Proxy.holder_id)))
        .join(instead, open_(instead, col(Proxy.holder_id)))
        .join(there, open_(there, col(Proxy.principal_id)), isouter=True)
        .where(
            col(Proxy.meeting_id) == meeting,
            col(Proxy.revoked_at).is_(None),
            col(there.id).is_(None),
        )
    )
    return {row.principal_id: row.holder_id for row in db.execute(query)}


def counting(db: Db, meeting: int) -> int:
    """How many represented people count for the quorum: none unless the type says so."""
    some = select(func.count()).where(
        col(Proxy.meeting_id) == meeting, col(Proxy.revoked_at).is_(None)
    )
    # Nearly every meeting has none, and every check-in asks.
    if not db.execute(some).scalar_one() or not prepared(db, meeting).kind.counted:
        return 0
    return len(standing_in(db, meeting))


representing.append(counting)
standing.append(holders)
