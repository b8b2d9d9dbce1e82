"""Storage: the two engines, `reading()` and `transaction()`.

SQLite: readers never wait (WAL), writers queue in order behind one lock of this process, and
BEGIN IMMEDIATE keeps out other processes. PostgreSQL: the same two, with psycopg.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from typing import Any

import sqlalchemy
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from forum.base.settings import Settings, settings

Db = Session
_logger = logging.getLogger("folkmoot.db")


class _Turnstile:
    """A lock that lets writers through in the order of their coming (threading.Lock does not)."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._queue: deque[threading.Lock] = deque()
        self._held = False

    def __enter__(self) -> None:
        with self._mutex:
            if not self._held:
                self._held = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._queue.append(mine)
        mine.acquire()

    def __exit__(self, *_: object) -> None:
        with self._mutex:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._held = False


class Storage:
    """The engines of one database."""

    def __init__(self, config: Settings) -> None:
        self.url = config.url
        self.sqlite = config.sqlite
        readers = config.reader_threads + config.writer_threads + 8
        if self.sqlite:
            self.write_engine = self._sqlite_engine(read_only=False, size=2)
            self.read_engine = self._sqlite_engine(read_only=True, size=readers)
        else:
            self.write_engine = create_engine(
                self.url, pool_size=config.writer_threads + 4, pool_pre_ping=True
            )
            self.read_engine = create_engine(
                self.url,
                pool_size=readers,
                pool_pre_ping=True,
                isolation_level="REPEATABLE READ",
                execution_options={"postgresql_readonly": True},
            )
        self.turnstile = _Turnstile() if self.sqlite else None

    def _sqlite_engine(self, *, read_only: bool, size: int) -> Engine:
        engine = create_engine(
            self.url,
            poolclass=QueuePool,
            pool_size=size,
            max_overflow=8,
            connect_args={"check_same_thread": False, "timeout": 15},
        )
        begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

        @event.listens_for(engine, "connect")
        def on_connect(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # we say BEGIN ourselves
            cursor = connection.cursor()
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                "secure_delete=ON",
                "temp_store=MEMORY",
                "cache_size=-32768",
                "mmap_size=268435456",
                f"query_only={'ON' if read_only else 'OFF'}",
            ):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        @event.listens_for(engine, "begin")
        def on_begin(connection: Any) -> None:
            # Past SQLAlchemy's own execution: every page begins twice.
            connection.connection.driver_connection.execute(begin)

        return engine

    def dispose(self) -> None:
        """Close all connections."""
        self.read_engine.dispose()
        self.write_engine.dispose()


_storage: Storage | None = None
_after_commit: list[Callable[[frozenset[str]], None]] = []
_open: ContextVar[Db | None] = ContextVar("open_transaction", default=None)
before_commit: list[Callable[[Db], None]] = []


def storage() -> Storage:
    """The storage of this process, opened at first use from the settings."""
    global _storage
    if _storage is None:
        settings().data.mkdir(parents=True, exist_ok=True)
        _storage = Storage(settings())
    return _storage


def close() -> None:
    """Close the storage; the next use opens what the settings then say."""
    global _storage
    if _storage is not None:
        _storage.dispose()
        _storage = None


def on_commit(listener: Callable[[frozenset[str]], None]) -> None:
    """Call the listener, after each commit, with the streams that it added events to."""
    _after_commit.append(listener)


@contextmanager
def reading() -> Iterator[Db]:
    """A read-only session over one consistent snapshot."""
    # What was judged once in a snapshot holds in all of it: rooms may keep it in `info`.
    kept: dict[str, Any] = {"snapshot": {}}
    engine = storage().read_engine
    with Session(engine, autoflush=False, expire_on_commit=False, info=kept) as db:
        yield db


@contextmanager
def transaction() -> Iterator[Db]:
    """The one way to write: commits at the end, rolls back on any exception, then wakes the hub.

    Not nested: the route owns the transaction, services only flush.
    """
    if _open.get() is not None:
        raise RuntimeError("a transaction is open already: the route owns it")
    place = storage()
    if place.turnstile:
        with place.turnstile:
            streams = yield from _commit(place)
    else:
        streams = yield from _commit(place)
    if streams:
        for listener in _after_commit:
            listener(streams)


def _commit(place: Storage) -> Generator[Db, None, frozenset[str]]:
    with Session(place.write_engine, expire_on_commit=False) as tx:
        token = _open.set(tx)
        try:
            yield tx
            for hook in before_commit:
                hook(tx)
            tx.commit()
            if tx.info.get("emptied"):
                _empty_log()
        finally:
            _open.reset(token)
        return frozenset(tx.info.get("streams", ()))


def insert(dialect: str, table: sqlalchemy.Table) -> Any:
    """An INSERT that knows ON CONFLICT, in the words of "sqlite" or "postgresql"."""
    # One of the two is never needed, and takes long to load.
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


def empty_log_after(tx: Db) -> None:
    """Once this transaction is committed, empty SQLite's write-ahead log of what it removed."""
    if storage().sqlite:  # not SQLAlchemy's own event, which a savepoint sets off as well
        tx.info["emptied"] = True


def _empty_log() -> None:
    connection = storage().write_engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=200")
        try:
            for _attempt in range(20):  # a reader of an older state keeps the log for a moment
                if cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
                    return
                time.sleep(0.01)
        finally:
            cursor.execute("PRAGMA busy_timeout=15000")
        _logger.warning("something was removed, but the write-ahead log is still in use")
    finally:
        connection.close()
