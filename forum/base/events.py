"""The event log: what happened, gapless per stream, chained by digests, heads signed.

A change of state and its event commit in one transaction. The payload holds ids and public facts,
never a person's words; an event that creates a text carries a salted digest of it, so that the
text can be erased (with its salt) without breaking the chain.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from enum import IntEnum
from hashlib import sha256
from typing import Any, ClassVar, NamedTuple, Protocol

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from forum.base import clock, keys, registry
from forum.base.canonical import canonical, sha256hex
from forum.base.db import Db, before_commit, insert
from forum.base.payloads import Payload
from forum.base.tables import Field, Table, UtcDateTime, metadata


class Audience(IntEnum):
    """Nested classes of readers: one of class c sees the events whose audience is at most c."""

    PUBLIC = 0
    MEMBER = 1
    DESK = 2
    MODERATOR = 3


class Event(Payload):
    """Base of every room's events; the fields of a subclass are its payload."""

    kind: ClassVar[str]
    audience: ClassVar[Audience] = Audience.PUBLIC
    # Presence and turnout come in bursts: the hub may send one frame for several of them.
    coalesce: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        registry.add_event(cls)


class Author(Protocol):
    """Whoever acts; an Actor, or None for the machine."""

    @property
    def id(self) -> int: ...


class StreamHead(Table, table=True):
    """The head of one stream; its row is the lock that keeps `seq` gapless."""

    __tablename__ = "stream"

    name: str = Field(primary_key=True, max_length=64)
    seq: int
    digest: str = Field(max_length=64)
    signature: str = Field(max_length=128)


class EventRow(Table, table=True):
    """One event, as it stands in the log for good."""

    __tablename__ = "event"

    stream: str = Field(primary_key=True, max_length=64)
    seq: int = Field(primary_key=True)
    # Random: it salts the digest that a hidden event shows in a public log.
    id: str = Field(max_length=32, unique=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    actor_id: int | None
    kind: str = Field(max_length=80)
    subject: str = Field(max_length=64, index=True)
    audience: int
    payload: str
    digest: str = Field(max_length=64)


class Stored(NamedTuple):
    """An event read back from the log."""

    id: str
    stream: str
    seq: int
    at: datetime
    actor_id: int | None
    kind: str
    subject: str
    audience: Audience
    payload: dict[str, Any]
    digest: str


class Seal(NamedTuple):
    """Salt and digest of a text: the salt stays with the text, the digest goes into the event."""

    salt: str
    digest: str


START = "0" * 64


def seal(text: str) -> Seal:
    """A fresh seal of a text."""
    salt = secrets.token_hex(16)
    return Seal(salt, sealed_digest(salt, text))


def sealed_digest(salt: str, text: str) -> str:
    """SHA-256 of salt, a zero byte and the text."""
    return sha256(f"{salt}\0{text}".encode()).hexdigest()


def body_digest(stored: Stored) -> str:
    """Digest of an event without its place in the chain: all that a hidden event shows."""
    return sha256hex(
        canonical(
            {
                "id": stored.id,
                "stream": stored.stream,
                "seq": stored.seq,
                "at": clock.iso(stored.at),
                "actor": stored.actor_id,
                "kind": stored.kind,
                "subject": stored.subject,
                "audience": int(stored.audience),
                "payload": stored.payload,
            }
        )
    )


def chain_digest(previous: str, body: str) -> str:
    """The link of the chain: SHA-256 of the previous digest and this body's."""
    return sha256(f"{previous}{body}".encode()).hexdigest()


def head_statement(stream: str, seq: int, digest: str) -> bytes:
    """What the log's key signs for a stream's head."""
    return canonical({"stream": stream, "seq": seq, "digest": digest})


def _payload(event: Event) -> dict[str, Any]:
    """The event's fields; enums become their values, moments ISO text."""
    plain: dict[str, Any] = {}
    for field in fields(event):
        value = getattr(event, field.name)
        plain[field.name] = clock.iso(value) if isinstance(value, datetime) else value
    loaded: dict[str, Any] = json.loads(canonical(plain))
    return loaded


def _lock(tx: Db, stream: str) -> StreamHead:
    if stream in tx.info.get("streams", ()):
        return tx.get_one(StreamHead, stream)  # locked by this transaction already
    head = tx.get(StreamHead, stream, with_for_update=True, populate_existing=True)
    if head is not None:
        return head
    if tx.get_bind().dialect.name == "postgresql":
        fresh = {"name": stream, "seq": 0, "digest": START, "signature": ""}
        table = StreamHead.__table__
        tx.execute(insert("postgresql", table).values(fresh).on_conflict_do_nothing())
        return tx.get_one(StreamHead, stream, with_for_update=True, populate_existing=True)
    head = StreamHead(name=stream, seq=0, digest=START, signature="")
    tx.add(head)
    return head


def record(
    tx: Db,
    actor: Author | None,
    event: Event,
    *,
    stream: str,
    subject: str,
    audience: Audience | None = None,
) -> Stored:
    """Append an event to a stream and let the rooms that listen act in the same transaction.

    Called by services only. `audience` narrows the class's own (a hidden argument's edits).
    """
    head = _lock(tx, stream)
    stored = Stored(
        id=secrets.token_hex(16),
        stream=stream,
        seq=head.seq + 1,
        at=clock.now(),
        actor_id=actor.id if actor else None,
        kind=event.kind,
        subject=subject,
        audience=event.audience if audience is None else audience,
        payload=_payload(event),
        digest="",
    )
    stored = stored._replace(digest=chain_digest(head.digest, body_digest(stored)))
    tx.add(
        EventRow(
            **{
                **stored._asdict(),
                "audience": int(stored.audience),
                "payload": canonical(stored.payload).decode(),
            }
        )
    )
    head.seq, head.digest = stored.seq, stored.digest
    heads: set[str] = tx.info.setdefault("streams", set())
    heads.add(stream)
    tx.flush()
    for reaction in registry.reactions(type(event)):
        reaction(tx, stored, event)
    return stored


def sign_heads(tx: Db) -> None:
    """Sign the head of each stream that this transaction added to (once, before the commit)."""
    for name in sorted(tx.info.get("streams", ())):
        head = tx.get_one(StreamHead, name)
        head.signature = keys.sign(head_statement(name, head.seq, head.digest))
    tx.flush()


before_commit.append(sign_heads)

_COLUMNS = tuple(col(getattr(EventRow, name)) for name in Stored._fields)
# Of the table itself, not of the mapped class: half the cost, and every page asks.
_S = metadata.tables["stream"].c
_HEAD = select(_S.seq).where(_S.name == bindparam("stream"))


def _stored(row: Sequence[Any]) -> Stored:
    *start, audience, payload, digest = row
    return Stored._make([*start, Audience(audience), json.loads(payload), digest])


def head(db: Db, stream: str) -> int:
    """The last seq of a stream; 0 where nothing has happened yet."""
    return db.execute(_HEAD, {"stream": stream}).scalar_one_or_none() or 0


def heads(db: Db, streams: Sequence[str]) -> dict[str, int]:
    """The heads of several streams in one query."""
    query = select(col(StreamHead.name), col(StreamHead.seq))
    rows = db.execute(query.where(col(StreamHead.name).in_(streams)))
    return {row.name: row.seq for row in rows}


def history(
    db: Db,
    stream: str,
    *,
    after: int = 0,
    audience: Audience = Audience.PUBLIC,
    kinds: Sequence[str] | None = None,
    limit: int = 500,
) -> list[Stored]:
    """Events of a stream after `after` that a class may see, in order, at most `limit`."""
    query = select(*_COLUMNS).where(
        col(EventRow.stream) == stream,
        col(EventRow.seq) > after,
        col(EventRow.audience) <= int(audience),
    )
    if kinds is not None:
        query = query.where(col(EventRow.kind).in_(kinds))
    rows = db.execute(query.order_by(col(EventRow.seq)).limit(limit))
    return [_stored(row) for row in rows]


def previous(db: Db, stream: str, seq: int, audience: Audience) -> int:
    """The last seq up to and with `seq` that a class may see; 0 where there is none."""
    query = select(func.max(col(EventRow.seq))).where(
        col(EventRow.stream) == stream,
        col(EventRow.seq) <= seq,
        col(EventRow.audience) <= int(audience),
    )
    return db.execute(query).scalar_one() or 0


def of_subject(
    db: Db, subject: str, *, audience: Audience = Audience.PUBLIC, limit: int = 200
) -> list[Stored]:
    """The life of one thing: its events over all streams, in order of time."""
    query = select(*_COLUMNS).where(
        col(EventRow.subject) == subject, col(EventRow.audience) <= int(audience)
    )
    rows = db.execute(query.order_by(col(EventRow.at), col(EventRow.seq)).limit(limit))
    return [_stored(row) for row in rows]
