"""The register, read: who came and whom they sat before; names for those who may know them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import exists, func, or_, select
from sqlmodel import col

from forum.base import sealing
from forum.base.db import Db
from forum.base.errors import Forbidden, NotFound
from forum.base.i18n import _
from forum.members import queries as members
from forum.members.queries import MemberRow
from sessions.reception.models import Receiver, Visitor, VisitState, Word
from sessions.reception.queries.access import Counter

MOST = 1000


class VisitorRow(NamedTuple):
    """Somebody who came; `name` is empty for a reader who is not to know it."""

    id: int
    meeting_id: int
    venue_id: int
    number: int
    member_id: int | None
    name: str
    contact: str
    home: str
    state: VisitState
    came_at: datetime
    received_at: datetime | None
    done_at: datetime | None
    confirmed: bool | None
    signed: bool
    confirmed_at: datetime | None
    receivers: tuple[MemberRow, ...] = ()
    words: int = 0
    mine: bool = False


_FIRST_MADE = VisitorRow._fields.index("receivers")
_STORED = [col(getattr(Visitor, name)) for name in VisitorRow._fields[:_FIRST_MADE]]


def _unsealed(token: str | None) -> str:
    return (sealing.unsealed(token) or "") if token else ""


def receivers(db: Db, visitors: Iterable[int]) -> dict[int, tuple[MemberRow, ...]]:
    """Whom each of these visitors sits before, or sat."""
    found = db.execute(
        select(col(Receiver.visitor_id), col(Receiver.member_id)).where(
            col(Receiver.visitor_id).in_(list(visitors))
        )
    ).all()
    names = members.names(db, {member for _visitor, member in found})
    made: dict[int, tuple[MemberRow, ...]] = {}
    for visitor, member in found:
        row = MemberRow(member, names.get(member, ""))
        made[visitor] = tuple(sorted((*made.get(visitor, ()), row), key=lambda one: one.name))
    return made


def _counted(db: Db, visitors: Sequence[int]) -> dict[int, int]:
    query = (
        select(col(Word.visitor_id), func.count())
        .where(col(Word.visitor_id).in_(visitors), col(Word.struck).is_(False))
        .group_by(col(Word.visitor_id))
    )
    return {row[0]: row[1] for row in db.execute(query)}


def _rows(db: Db, found: Counter, stored: Sequence[Any]) -> list[VisitorRow]:
    """As the reader may see them: at a counter that is not theirs, by the number alone."""
    own = found.access.actor.id if found.access.actor else 0
    ids = [row.id for row in stored]
    sat, counted = receivers(db, ids), _counted(db, ids)
    names = members.names(db, {row.member_id for row in stored if row.member_id})
    made = []
    for row in stored:
        theirs = sat.get(row.id, ())
        mine = found.keeps(row.venue_id) or any(one.id == own for one in theirs)
        name, contact, home = (
            (
                names.get(row.member_id, "") if row.member_id else _unsealed(row.name),
                _unsealed(row.contact),
                _unsealed(row.home),
            )
            if mine
            else ("", "", "")
        )
        shown = VisitorRow(*row)._replace(
            member_id=row.member_id if mine else None,
            name=name,
            contact=contact,
            home=home,
            state=VisitState(row.state),
            receivers=theirs,
            words=counted.get(row.id, 0),
            mine=mine,
        )
        made.append(shown)
    return made


def visitors(
    db: Db, found: Counter, *, venue: int | None = None, number: int | None = None
) -> list[VisitorRow]:
    """The register as its reader sees it, by venue in the order of coming."""
    query = select(*_STORED).where(col(Visitor.meeting_id) == found.access.meeting.id)
    if venue is not None:
        query = query.where(col(Visitor.venue_id) == venue)
    if number is not None:
        query = query.where(col(Visitor.number) == number)
    order = (col(Visitor.venue_id), col(Visitor.number))
    return _rows(db, found, db.execute(query.order_by(*order).limit(MOST)).all())


def visitor(db: Db, found: Counter, ident: int) -> VisitorRow:
    """One visitor of this reception, for those who keep the register or receive them."""
    query = select(*_STORED).where(
        col(Visitor.id) == ident, col(Visitor.meeting_id) == found.access.meeting.id
    )
    rows = _rows(db, found, db.execute(query).all())
    if not rows:
        raise NotFound(_("This reception has no such visitor."))
    if not rows[0].mine:
        raise Forbidden(_("Only the desk of this venue and whoever receives them may do this."))
    return rows[0]


def own_visits(db: Db, meeting: int, member: int) -> list[tuple[int, int, int, VisitState]]:
    """Somebody's own numbers at a reception: visit, venue, number and state, the latest first."""
    query = (
        select(col(Visitor.id), col(Visitor.venue_id), col(Visitor.number), col(Visitor.state))
        .where(col(Visitor.meeting_id) == meeting, col(Visitor.member_id) == member)
        .order_by(col(Visitor.id).desc())
        .limit(20)
    )
    return [(ident, venue, number, VisitState(s)) for ident, venue, number, s in db.execute(query)]


def ahead(db: Db, venue: int, number: int) -> int:
    """How many wait at a venue before a number."""
    query = select(func.count()).where(
        col(Visitor.venue_id) == venue,
        col(Visitor.state) == VisitState.WAITING,
        col(Visitor.number) < number,
    )
    return int(db.execute(query).scalar_one())


def came_with(db: Db, meeting: int, nonce: str) -> int | None:
    """The visitor whom a form sent before has entered."""
    query = select(col(Visitor.id)).where(
        col(Visitor.meeting_id) == meeting, col(Visitor.nonce) == nonce
    )
    return db.execute(query).scalar_one_or_none()


def waits_already(db: Db, meeting: int, member: int) -> int | None:
    """The number that somebody holds and has not used up yet."""
    active = or_(
        col(Visitor.state) == VisitState.WAITING, col(Visitor.state) == VisitState.RECEIVED
    )
    query = (
        select(col(Visitor.id))
        .where(col(Visitor.meeting_id) == meeting, col(Visitor.member_id) == member, active)
        .limit(1)
    )
    return db.execute(query).scalar_one_or_none()


def visited(db: Db, venue: int) -> bool:
    """Whether anybody came to a venue."""
    return bool(db.execute(select(exists().where(col(Visitor.venue_id) == venue))).scalar_one())


def taken(db: Db, venue: int) -> list[int]:
    """The last number given at a venue."""
    query = select(func.max(col(Visitor.number))).where(col(Visitor.venue_id) == venue)
    last = db.execute(query).scalar_one()
    return [last] if last is not None else []
