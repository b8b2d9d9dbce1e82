"""The thread that sends what waits in `deliveries`, beside the ticker; one in each worker."""

import logging
import secrets
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

import anyio.to_thread
from sqlalchemy import Select, Update, select, update
from sqlmodel import col

from forum.base import clock, deliveries
from forum.base.channels import (
    Channel,
    Postponed,
    Refused,
    Unreachable,
    Unsure,
    channels,
    feeders,
    handing_over,
    in_hand,
)
from forum.base.db import Db, reading, transaction
from forum.base.deliveries import Delivery, State

log = logging.getLogger("folkmoot.sender")
BATCH = 20  # what is urgent waits for so many letters at most
INTERVAL = 1.0  # seconds between two looks
LEASE = timedelta(minutes=5)  # longer than any channel takes over one message
LONGEST_WAIT = timedelta(hours=6)  # between two tries
PATIENCE = timedelta(days=4)  # then it is given up


class _Lost(Exception):
    """Another worker has the row: the lease ran out."""


class _Row(NamedTuple):
    id: int
    channel: str
    mark: str
    letter: str | None
    tries: int
    made_at: datetime


class _Rest(NamedTuple):
    until: datetime
    failures: int


_resting: dict[str, _Rest] = {}  # channels that are down, as far as this process knows


def awake() -> list[Channel]:
    """The channels that can be tried now."""
    now = clock.now()
    return [
        found
        for found in channels.values()
        if found.offered() and (found.name not in _resting or _resting[found.name].until <= now)
    ]


def send_due(stop: threading.Event | None = None) -> int:
    """Send all that is due; returns how many left the house."""
    sent = 0
    while (left := send_some(stop)) is not None:
        sent += left
    for way in channels.values():
        way.rest()
    return sent


def send_some(stop: threading.Event | None = None) -> int | None:
    """Send a batch; returns how many of it left the house, None when nothing is due."""
    if stop and stop.is_set():
        return None
    batch = _Batch({way.name: way for way in awake()}, stop)
    return batch.send() if batch.claim() else None


class _Batch:
    """Some claimed rows; what was sent is marked with the next row's mark, in one commit."""

    def __init__(self, ways: dict[str, Channel], stop: threading.Event | None) -> None:
        self.ways = ways
        self.stop = stop
        self.token = secrets.token_hex(8)
        self.rows: list[_Row] = []
        self.sent: list[int] = []
        self.handed: int | None = None

    def claim(self) -> bool:
        """Take the next rows for a while; False: nothing is due."""
        now = clock.now()
        due = col(Delivery.due) <= now
        waiting = due & (col(Delivery.state) == State.WAITING)
        waiting &= col(Delivery.channel).in_(list(self.ways))
        unsure = due & (col(Delivery.state) == State.HANDED)
        with reading() as db:
            look = select(col(Delivery.id)).where(waiting | unsure).limit(1)
            if db.execute(look).first() is None:
                return False
        order = (col(Delivery.bulk), col(Delivery.due), col(Delivery.id))
        first: Select[int] = select(col(Delivery.id)).where(waiting).order_by(*order).limit(BATCH)
        with transaction() as tx:
            tx.execute(_closed(State.UNSURE).where(unsure))
            late = col(Delivery.made_at) < now - PATIENCE
            tx.execute(_closed(State.GIVEN_UP).where(waiting, late))
            if tx.get_bind().dialect.name == "postgresql":
                first = first.with_for_update(skip_locked=True)
            found = tx.execute(first).scalars().all()
            mine = update(Delivery).where(col(Delivery.id).in_(found))
            taken = mine.values(claimed_by=self.token, due=now + LEASE).returning(
                *(col(getattr(Delivery, name)) for name in _Row._fields)
            )
            rows = {row.id: _Row(*row) for row in tx.execute(taken)}
        self.rows = [rows[ident] for ident in found]
        return True

    def send(self) -> int:
        """Send them one after the other; returns how many left."""
        left = 0
        for at, row in enumerate(self.rows):
            if row.channel not in self.ways or (self.stop and self.stop.is_set()):
                self._release(self.rows[at:])
                break
            left += self._attempt(row)
        if self.sent:
            with transaction() as tx:
                self._note_sent(tx)
        return left

    def _attempt(self, row: _Row) -> bool:
        way, self.handed = self.ways[row.channel], None
        opened = deliveries.opened(row.letter) if row.letter else None
        try:
            if opened is None:
                raise Refused("unreadable", dead=False)
            to, message = opened
            headers = {**message.headers, "Message-ID": row.mark}
            with in_hand(lambda: self._hand_over(row)):
                if not way.hands_over:
                    handing_over()
                way.send(to, message._replace(headers=headers))
        except _Lost:
            return False
        except Refused as refusal:
            with transaction() as tx:
                deliveries.refuse(tx, row.mark, refusal.answer, dead=refusal.dead)
            return False
        except Exception as error:  # noqa: BLE001 - whatever it is, the other letters go on
            self._failed(way, row, error)
            return False
        _resting.pop(row.channel, None)
        self.sent.append(row.id)
        return True

    def _failed(self, way: Channel, row: _Row, error: Exception) -> None:
        down = isinstance(error, Unreachable)
        if down:
            self._rest(way)
        elif not isinstance(error, (OSError, Unsure)):
            facts = {"channel": row.channel, "delivery": row.id}
            log.error("a delivery failed", exc_info=error, extra={"facts": facts})
        silent = self.handed == row.id and way.hands_over and not isinstance(error, Postponed)
        if silent or isinstance(error, Unsure):
            self._end(row, State.UNSURE, type(error).__name__)
        else:
            self._later(row, error, counted=not down)

    def _hand_over(self, row: _Row) -> None:
        """Commit that the row is past the point of no return, unless it is not ours any more."""
        mine = update(Delivery).where(
            col(Delivery.id) == row.id,
            col(Delivery.state) == State.WAITING,
            col(Delivery.claimed_by) == self.token,
        )
        handed = mine.values(state=State.HANDED, due=clock.now() + LEASE)
        with transaction() as tx:
            ours = tx.execute(handed.returning(col(Delivery.id))).first() is not None
            self._note_sent(tx)
        self.sent = []
        if not ours:
            raise _Lost
        self.handed = row.id

    def _note_sent(self, tx: Db) -> None:
        tx.execute(_closed(State.SENT).where(col(Delivery.id).in_(self.sent)))

    def _end(self, row: _Row, state: State, answer: str) -> None:
        with transaction() as tx:
            tx.execute(_closed(state).where(col(Delivery.id) == row.id).values(answer=answer[:80]))

    def _later(self, row: _Row, error: Exception, *, counted: bool) -> None:
        """Put a row off for a while that doubles each time, unless its channel rests anyway."""
        wait = min(LONGEST_WAIT, timedelta(minutes=2 ** min(row.tries, 10)))
        again = update(Delivery).where(
            col(Delivery.id) == row.id, col(Delivery.claimed_by) == self.token
        )
        values = {"state": State.WAITING, "claimed_by": None, "answer": type(error).__name__}
        with transaction() as tx:
            tx.execute(
                again.values(
                    **values,
                    due=clock.now() + (wait if counted else timedelta(0)),
                    tries=row.tries + counted,
                )
            )

    def _release(self, rows: list[_Row]) -> None:
        """Give back what was not tried."""
        free = update(Delivery).where(
            col(Delivery.id).in_([row.id for row in rows]),
            col(Delivery.claimed_by) == self.token,
            col(Delivery.state) == State.WAITING,
        )
        with transaction() as tx:
            tx.execute(free.values(claimed_by=None, due=clock.now()))

    def _rest(self, way: Channel) -> None:
        """Leave a channel that is down alone for a while that doubles each time."""
        failures = _resting[way.name].failures + 1 if way.name in _resting else 0
        pause = min(timedelta(minutes=10), timedelta(seconds=5 * 2 ** min(failures, 10)))
        _resting[way.name] = _Rest(clock.now() + pause, failures)
        del self.ways[way.name]
        log.warning("a channel is down", extra={"facts": {"channel": way.name}})


def _closed(state: State) -> Update:
    """The update that ends a row; its text goes."""
    return update(Delivery).values(state=state, letter=None, claimed_by=None, done_at=clock.now())


def _feed() -> None:
    for feed in feeders:
        feed()


def _loop(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            while send_some(stop) is not None:
                _feed()  # what has just happened need not wait until ten thousand letters are out
            for way in channels.values():
                way.rest()
            _feed()
        except Exception:
            log.exception("the sender could not do its round and will try again")
        stop.wait(INTERVAL)


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """Send what is due in a thread of its own, at once and every second, within the block."""
    stop = threading.Event()
    thread = threading.Thread(target=_loop, args=(stop,), name="sender", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        # The letter in hand is finished first; the loop must go on meanwhile.
        await anyio.to_thread.run_sync(thread.join)
