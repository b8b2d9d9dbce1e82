"""Due work: rows that say what is to happen when, done once across all workers.

A row is claimed and its work done in one transaction, so that it happens once or, if the machine
dies, again from the start. What fell due while the server was down is done when it is back.

Work that takes long (`long`) is done outside of any transaction, in a thread of its own, so that
neither writers nor what falls due meanwhile wait for it.
"""

import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import anyio.to_thread
from sqlalchemy import ColumnElement, UniqueConstraint, delete, select, update
from sqlmodel import col

from forum.base import clock
from forum.base.db import Db, insert, reading, transaction
from forum.base.tables import Field, Table, UtcDateTime, metadata

Work = Callable[[Db, str], None]
LongWork = Callable[[str], None]

log = logging.getLogger("folkmoot.ticker")
BATCH = 100  # rows looked up at a time
INTERVAL = 1.0  # seconds between two looks
LONGEST_WAIT = timedelta(hours=1)  # between two tries of work that fails
LEASE = timedelta(minutes=10)  # how long nobody else begins work that takes long
_work: dict[str, Work] = {}
_long: dict[str, LongWork] = {}
_periods: dict[str, timedelta] = {}
_chores: list[Callable[[], None]] = []


class Due(Table, table=True):
    """One piece of due work; a thing has at most one of a kind."""

    __tablename__ = "due"
    __table_args__ = (UniqueConstraint("kind", "subject"),)

    id: int = Field(default=None, primary_key=True)
    kind: str = Field(max_length=80)
    subject: str = Field(max_length=80)
    # When it is next tried: when it is due, later once it has failed.
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    failures: int = 0


def due(kind: str) -> Callable[[Work], Work]:
    """Decorate what is to be done with a subject when a row of this kind falls due."""

    def add(work: Work) -> Work:
        if kind in _work:
            raise RuntimeError(f"{kind!r} has two pieces of work")
        _work[kind] = work
        return work

    return add


def long(kind: str) -> Callable[[LongWork], LongWork]:
    """Decorate work that takes long; it opens its own transactions.

    If the machine dies, it is begun anew once its lease is over: `schedule` it again, some way
    ahead, to keep the lease while it goes on.
    """

    def add(work: LongWork) -> LongWork:
        if kind in _long:
            raise RuntimeError(f"{kind!r} has two pieces of work")
        _long[kind] = work
        return work

    return add


def every(kind: str, period: timedelta) -> Callable[[Work], Work]:
    """Decorate what is to be done again and again; its subject is empty."""
    _periods[kind] = period
    return due(kind)


def each_look(chore: Callable[[], None]) -> Callable[[], None]:
    """Decorate what every process does for itself at each look for due work."""
    _chores.append(chore)
    return chore


def schedule(tx: Db, kind: str, due: datetime, subject: str) -> None:
    """Do this work then; a row of the same kind and subject is moved."""
    moved = (
        update(Due)
        .where(col(Due.kind) == kind, col(Due.subject) == subject)
        .values(at=due, failures=0)
        .returning(col(Due.id))
    )
    if tx.execute(moved).first() is None:
        tx.add(Due(kind=kind, subject=subject, at=due))
        tx.flush()


def soon(tx: Db, kind: str, due: datetime, subject: str) -> None:
    """Do this work then, unless it is to be done anyway: for what bursts ask again and again."""
    row = {"kind": kind, "subject": subject, "at": due, "failures": 0}
    tx.connection().execute(_unless_known(tx.get_bind().dialect.name), row)


@cache
def _unless_known(dialect: str) -> Any:
    return insert(dialect, metadata.tables["due"]).on_conflict_do_nothing()


def cancel(tx: Db, kind: str, subject: str) -> None:
    """Do not do it after all."""
    tx.execute(delete(Due).where(col(Due.kind) == kind, col(Due.subject) == subject))


def hold(tx: Db, kinds: Sequence[str], subject: str) -> None:
    """Lock such rows, as whoever does the work holds them first, before what it is about."""
    rows = select(col(Due.id)).where(col(Due.kind).in_(kinds), col(Due.subject) == subject)
    tx.execute(rows.order_by(col(Due.id)).with_for_update()).all()


def scheduled(db: Db, kind: str, subject: str) -> datetime | None:
    """When this work is due; None where it is not."""
    query = select(col(Due.at)).where(col(Due.kind) == kind, col(Due.subject) == subject)
    return db.execute(query).scalar_one_or_none()


def run_due() -> int:
    """Do all that is due by now, in order; returns how many pieces were done."""
    return _run_short() + _run_long()


def _run_short() -> int:
    for chore in _chores:
        chore()
    return _run(col(Due.kind).not_in(_long), _attempt)


def _run_long() -> int:
    return _run(col(Due.kind).in_(_long), _attempt_long)


def _run(match: ColumnElement[bool], attempt: Callable[[int], bool]) -> int:
    done = 0
    while True:
        with reading() as db:
            query = select(col(Due.id)).where(match, col(Due.at) <= clock.now())
            rows = db.execute(query.order_by(col(Due.at), col(Due.id)).limit(BATCH)).scalars().all()
        results = [attempt(row) for row in rows]
        done += sum(results)
        # All failed, or another worker was quicker: the next tick looks again.
        if len(rows) < BATCH or not any(results):
            return done


def _attempt(row: int) -> bool:
    """Claim one row and do its work; put it off if that fails."""
    kind = subject = "?"
    try:
        with transaction() as tx:
            # The delete is the claim: of several workers one gets the row, the others nothing.
            claim = delete(Due).where(col(Due.id) == row, col(Due.at) <= clock.now())
            found = tx.execute(claim.returning(col(Due.kind), col(Due.subject))).first()
            if found is None:
                return False
            kind, subject = found
            if kind in _periods:
                schedule(tx, kind, clock.now() + _periods[kind], subject)
            _work[kind](tx, subject)
    except Exception:
        facts = {"kind": kind, "subject": subject}
        log.exception("due work failed and will be tried again", extra={"facts": facts})
        _put_off(row)
        return False
    return True


def _attempt_long(row: int) -> bool:
    """Take one row for the time of a lease and do its work; put it off if that fails."""
    with transaction() as tx:
        lease = update(Due).where(col(Due.id) == row, col(Due.at) <= clock.now())
        taken = lease.values(at=clock.now() + LEASE).returning(col(Due.kind), col(Due.subject))
        found = tx.execute(taken).first()
    if found is None:
        return False
    try:
        _long[found.kind](found.subject)
    except Exception:
        facts = {"kind": found.kind, "subject": found.subject}
        log.exception("long work failed and will be tried again", extra={"facts": facts})
        _put_off(row)
        return False
    with transaction() as tx:
        cancel(tx, found.kind, found.subject)
    return True


def _put_off(row: int) -> None:
    """Try failed work again after a while that doubles each time."""
    with transaction() as tx:
        failures = tx.execute(select(col(Due.failures)).where(col(Due.id) == row)).scalar() or 0
        wait = min(LONGEST_WAIT, timedelta(seconds=5 * 2 ** min(failures, 10)))
        again = update(Due).where(col(Due.id) == row)
        tx.execute(again.values(at=clock.now() + wait, failures=failures + 1))


def _seed() -> None:
    """Give each kind of repeated work its row."""
    for kind in sorted(_periods):
        with reading() as db:
            known = scheduled(db, kind, "") is not None
        if not known:
            with transaction() as tx:
                schedule(tx, kind, clock.now(), "")


def _loop(stop: threading.Event, run: Callable[[], int]) -> None:
    seeded = False
    while not stop.is_set():
        try:
            if not seeded and run is _run_short:
                _seed()
                seeded = True
            run()
        except Exception:
            log.exception("the ticker could not reach the database")
        stop.wait(INTERVAL)


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """Look for due work in threads of their own, at once and every second, within the block."""
    stop = threading.Event()
    threads = [
        threading.Thread(target=_loop, args=(stop, run), name=name, daemon=True)
        for run, name in ((_run_short, "ticker"), (_run_long, "long work"))
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        # The piece in hand is finished first; the loop must go on meanwhile.
        for thread in threads:
            await anyio.to_thread.run_sync(thread.join)
