"""What waits, on its way out: first how soon each notice leaves, then letters of those due.

Both run in the sender's thread, outside the events' transactions: they read a snapshot, think, and
write briefly. What another worker did meanwhile is seen by its rows being gone.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, update
from sqlmodel import col

from forum.base import clock, deliveries
from forum.base.db import Db, reading, transaction
from forum.base.deliveries import Delivery, Outgoing
from forum.base.tables import metadata
from forum.outbox import letters, outlets, queries, rules
from forum.outbox.models import Pace, Waiting

SORTED = 500  # rows at a time
WRITTEN = 100  # members at a time


class _Raced(Exception):
    """Another worker has just made these letters."""


def carry_out() -> None:
    """Sort what is new, then make letters of what is due."""
    while sort():
        pass
    while post():
        pass


def sort() -> bool:
    """Decide how soon some of the new rows leave; False: there are none."""
    with reading() as db:
        query = (select(Waiting).where(col(Waiting.due).is_(None)).order_by(col(Waiting.id))).limit(
            SORTED
        )
        rows = db.execute(query).scalars().all()
        decided = _decide(db, rows) if rows else {}
    if not rows:
        return False
    table = metadata.tables["outbox_waiting"]
    move = (
        update(table)
        .where(table.c.id == bindparam("row"))
        .values(due=bindparam("when"), pace=bindparam("wish"))
    )
    kept = [
        {"row": row, "when": when, "wish": wish}
        for row, (wish, when) in decided.items()
        if when is not None
    ]
    dropped = [row for row, (_wish, when) in decided.items() if when is None]
    with transaction() as tx:
        if kept:
            tx.connection().execute(move, kept)
        if dropped:
            tx.execute(delete(Waiting).where(col(Waiting.id).in_(dropped)))
    return True


def _decide(db: Db, rows: Sequence[Waiting]) -> dict[int, tuple[Pace, datetime | None]]:
    """The pace and moment of each row; None: it does not leave the house."""
    now = clock.now()
    members = sorted({row.member_id for row in rows})
    reached = {
        member for way in outlets.offered() for member, to in way.reach(db, members).items() if to
    }
    wishes, hours = queries.wishes(db, members), queries.hours(db, members)
    last = _last_letters(db, members)
    found: dict[int, tuple[Pace, datetime | None]] = {}
    for row in rows:
        member = row.member_id
        wish = rules.pace(wishes.get(member, {}), row.group, row.places)
        when = None
        if wish is not Pace.NEVER and member in reached and row.at > now - rules.STALE:
            when = rules.due(wish, row.at, hours[member], last.get(member), row.group)
        found[row.id] = (wish, when)
    return found


def _last_letters(db: Db, members: Sequence[int]) -> dict[int, datetime]:
    query = (
        select(col(Delivery.member_id), func.max(col(Delivery.due)))
        .where(
            col(Delivery.member_id).in_(members),
            col(Delivery.bulk),
            col(Delivery.made_at) > clock.now() - rules.PAUSE,
        )
        .group_by(col(Delivery.member_id))
    )
    return {member: at for member, at in db.execute(query) if member is not None}


class _Made(NamedTuple):
    """The letters of some members, and the rows that they are made of."""

    rows: list[int]
    out: dict[str, list[Outgoing]]


def post() -> bool:
    """Make letters of what is due for some members; False: nothing is."""
    with reading() as db:
        made = _make(db)
    if not made.rows:
        return False
    try:
        with transaction() as tx:
            gone = delete(Waiting).where(col(Waiting.id).in_(made.rows))
            if len(tx.execute(gone.returning(col(Waiting.id))).all()) != len(made.rows):
                raise _Raced
            for channel, letters_of_it in made.out.items():
                deliveries.put_all(tx, channel, letters_of_it)
    except _Raced:
        return True
    return True


def _make(db: Db) -> _Made:
    now = clock.now()
    someone = select(col(Waiting.member_id)).where(col(Waiting.due) <= now)
    members = db.execute(someone.distinct().limit(WRITTEN)).scalars().all()
    # What is gathered for one letter rides along when a part of it is due.
    due = (col(Waiting.due) <= now) | (col(Waiting.pace) == Pace.NOW)
    query = select(Waiting).where(col(Waiting.member_id).in_(members), due)
    rows = db.execute(query.order_by(col(Waiting.id)).limit(50 * WRITTEN)).scalars().all()
    made = _Made([row.id for row in rows], defaultdict(list))
    ways = [(way, way.reach(db, members)) for way in outlets.offered()] if members else []
    for parcel, key in outlets.with_answers(db, list(letters.parcels(db, rows))):
        for way, reached in ways:
            if parcel.pace not in way.paces:
                continue
            for to in reached.get(parcel.member, ()):
                message = way.compose(parcel)
                made.out[way.channel].append(Outgoing(to, message, f"{key}:{to}", parcel.member))
    return made


deliveries.feeders.append(carry_out)
