"""What leaves the house: rows made in the transaction of a deed, sent after its commit.

The promise is *at most once for each recipient and key*. A row is claimed (one worker has it, for a
while), marked as handed over right before the point of no return, and marked as sent. A machine
that dies before the mark leaves a row that is sent later; one that dies after it leaves a row of
which nobody knows whether it arrived: it is kept as unsure and not sent again. Every try of a row
bears the same Message-ID, by which mail programs drop what they have already. A program that knows
a message again by its id (a webhook) is sent an unsure one once more: it must not miss any.

Recipient and text are sealed at rest and blanked once they are out.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Index, String, delete, select, update
from sqlmodel import col

from forum.base import clock, sealing, ticker
from forum.base.canonical import canonical
from forum.base.channels import (
    Message,
    Postponed,
    Refused,
    Unreachable,
    Unsure,
    channel,
    feeders,
    offered,
)
from forum.base.db import Db, insert
from forum.base.tables import BigId, Field, Table, UtcDateTime, metadata

__all__ = [
    "Message",
    "Outgoing",
    "Postponed",
    "Refused",
    "Unreachable",
    "Unsure",
    "channel",
    "feeders",
    "offered",
    "put",
]

KEPT = timedelta(days=90)  # how long it is known that a thing was sent


class State(StrEnum):
    """How a delivery is doing."""

    WAITING = "waiting"
    HANDED = "handed"  # past the point of no return
    SENT = "sent"
    UNSURE = "unsure"  # the machine or the line died at that point: not sent again
    REFUSED = "refused"  # for good
    GIVEN_UP = "given_up"  # after days of trying


class Outgoing(NamedTuple):
    """One message to one recipient; the key says what it is, so that it goes out once."""

    to: str
    message: Message
    key: str
    member: int | None = None
    due: datetime | None = None


class Delivery(Table, table=True):
    """One message to one recipient over one channel."""

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_state_due", "state", "due"),)

    id: int = Field(default=None, primary_key=True, sa_type=BigId)
    channel: str = Field(max_length=40)
    # Digest of channel and key: known means put before. It is the message's stable id, too.
    mark: str = Field(max_length=64, unique=True)
    member_id: int | None = Field(default=None, index=True)
    # Recipient and message, sealed; nothing once it is out.
    letter: str | None = None
    address: str = Field(max_length=64)
    bulk: bool = False
    state: State = Field(default=State.WAITING, sa_type=String(20))
    # When it is next tried; while somebody holds it, until when.
    due: datetime = Field(sa_type=UtcDateTime)
    claimed_by: str | None = Field(default=None, max_length=32)
    tries: int = 0
    made_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # What the other side said, as a code without words: words may repeat the address.
    answer: str | None = Field(default=None, max_length=80)


class DeadAddress(Table, table=True):
    """An address that refuses for good: it is not written to again until it is given anew."""

    __tablename__ = "dead_address"

    channel: str = Field(primary_key=True, max_length=40)
    address: str = Field(primary_key=True, max_length=64)
    member_id: int | None = Field(default=None, index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    answer: str = Field(max_length=80)


OnRefusal = Callable[[Db, int, str], None]
_on_refusal: list[OnRefusal] = []


def on_refusal(listener: OnRefusal) -> OnRefusal:
    """Call this with the member and channel when an address of theirs turns out to be dead."""
    _on_refusal.append(listener)
    return listener


def put(
    tx: Db,
    *,
    channel: str,
    to: str,
    message: Message,
    key: str,
    member: int | None = None,
    due: datetime | None = None,
) -> bool:
    """Send this after the commit (or when due), before anything that goes to many.

    False: the key is known already, the address is dead, or the channel is not offered.
    """
    return put_all(tx, channel, [Outgoing(to, message, key, member, due)], bulk=False) == 1


def put_all(tx: Db, channel: str, letters: Sequence[Outgoing], *, bulk: bool = True) -> int:
    """The same for up to some hundreds at once; returns how many are new."""
    if not offered(channel):
        return 0
    known = _dead(tx, channel, {_address(channel, letter.to) for letter in letters})
    now = clock.now()
    rows = [
        {
            "channel": channel,
            "mark": mark_of(channel, letter.key),
            "member_id": letter.member,
            "letter": _closed(letter.to, letter.message),
            "address": address,
            "bulk": bulk,
            "state": State.WAITING.value,
            "due": letter.due or now,
            "tries": 0,
            "made_at": now,
        }
        for letter in letters
        if (address := _address(channel, letter.to)) not in known
    ]
    if not rows:
        return 0
    fresh = _insert(tx.get_bind().dialect.name).values(rows).on_conflict_do_nothing()
    return len(tx.execute(fresh.returning(col(Delivery.id))).all())


@cache
def _insert(dialect: str) -> Any:
    return insert(dialect, metadata.tables["delivery"])


def mark_of(channel: str, key: str) -> str:
    """The stable id of what is sent under a key."""
    return sealing.keyed(f"{channel}\0key\0{key}")[:40]


def _address(channel: str, to: str) -> str:
    return sealing.keyed(f"{channel}\0{to}")


def _dead(db: Db, channel: str, addresses: set[str]) -> set[str]:
    query = select(col(DeadAddress.address)).where(
        col(DeadAddress.channel) == channel, col(DeadAddress.address).in_(addresses)
    )
    return set(db.execute(query).scalars())


def dead(db: Db, channel: str, *to: str) -> set[str]:
    """Which of these addresses have refused for good."""
    marks = {address: _address(channel, address) for address in to}
    refused = _dead(db, channel, set(marks.values()))
    return {address for address, mark in marks.items() if mark in refused}


def forgive(tx: Db, channel: str, to: str) -> None:
    """Write to an address again: it was given anew."""
    tx.execute(
        delete(DeadAddress).where(
            col(DeadAddress.channel) == channel,
            col(DeadAddress.address) == _address(channel, to),
        )
    )


def withdraw(tx: Db, member: int, channel: str = "") -> int:
    """Do not send what waits for a member (who goes, or stops a channel); returns how many."""
    gone = delete(Delivery).where(
        col(Delivery.member_id) == member, col(Delivery.state) == State.WAITING
    )
    if channel:
        gone = gone.where(col(Delivery.channel) == channel)
    return len(tx.execute(gone.returning(col(Delivery.id))).all())


def abandon(tx: Db, channel: str, to: str) -> None:
    """Nobody is behind this address any more: what waits for it goes, and so does its refusal."""
    here = col(Delivery.address) == _address(channel, to)
    waiting = col(Delivery.state) == State.WAITING
    tx.execute(delete(Delivery).where(col(Delivery.channel) == channel, here, waiting))
    forgive(tx, channel, to)


def refuse(tx: Db, mark: str, answer: str, *, dead: bool = True) -> bool:
    """Note that the other side refused for good, at once or by a letter later; False: unknown."""
    bounced = (
        update(Delivery)
        .where(col(Delivery.mark) == mark, col(Delivery.state) != State.REFUSED)
        .values(state=State.REFUSED, letter=None, answer=answer[:80], done_at=clock.now())
        .returning(col(Delivery.channel), col(Delivery.address), col(Delivery.member_id))
    )
    row = tx.execute(bounced).first()
    if row is None:
        return False
    if dead and not _dead(tx, row.channel, {row.address}):
        tx.add(DeadAddress(**row._asdict(), at=clock.now(), answer=answer[:80]))
        tx.flush()
        if row.member_id is not None:
            for listener in _on_refusal:
                listener(tx, row.member_id, row.channel)
    return True


def _closed(to: str, message: Message) -> str:
    kept = {**message._asdict(), "headers": dict(message.headers), "to": to}
    return sealing.sealed(canonical(kept).decode())


def opened(letter: str) -> tuple[str, Message] | None:
    """Recipient and message of a row; None where the key is lost."""
    text = sealing.unsealed(letter)
    if text is None:
        return None
    kept = json.loads(text)
    return kept.pop("to"), Message(**kept)


@ticker.every("base:deliveries", timedelta(days=1))
def sweep(tx: Db, _subject: str) -> None:
    """Forget what went out long ago."""
    old = clock.now() - KEPT
    tx.execute(delete(Delivery).where(col(Delivery.done_at) < old))
