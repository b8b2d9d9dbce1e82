"""A retried POST with the same Idempotency-Key returns the first answer.

The key's row commits with the work itself; the answer is added right after. A retry that finds
the row without its answer (the server died between the two) is told that the work is done.
"""

import hmac
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlmodel import col

from forum.base import clock, keys
from forum.base.db import Db, before_commit, reading, transaction
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from forum.base.tables import Field, Json, Table, UtcDateTime

KEPT = timedelta(days=2)


class IdempotencyKey(Table, table=True):
    """One answered (or just done) request of a member."""

    __tablename__ = "idempotency_key"

    member_id: int = Field(primary_key=True)
    key: str = Field(primary_key=True, max_length=80)
    request: str = Field(max_length=64)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    answer: dict[str, Any] | None = Field(default=None, sa_type=Json)


class DoneAlready(Conflict):
    """The work of this key is done; its answer is not known: the server stopped in between."""

    code = "done_already"


class Pending(NamedTuple):
    """The key under which the work at hand will be remembered."""

    member_id: int
    key: str
    request: str


pending: ContextVar[Pending | None] = ContextVar("idempotency", default=None)


def remember(tx: Db) -> None:
    """Put the key's row into the transaction that does the work."""
    if (mine := pending.get()) is not None:
        tx.add(IdempotencyKey(**mine._asdict(), at=clock.now()))
        tx.flush()
        pending.set(None)


before_commit.append(remember)


def fingerprint(method: str, path: str, values: dict[str, list[str]]) -> str:
    """What makes two requests the same request.

    Under a key that lies outside the database: a form may hold a password, and a bare digest of
    one can be guessed at.
    """
    said = repr((method, path, sorted(values.items()))).encode()
    return hmac.digest(keys.cookie_secret(), b"request\0" + said, "sha256").hex()


def first_answer(mine: Pending) -> dict[str, Any] | None:
    """The answer given before under this key; None when the request is new.

    Raises Invalid when the key was used for another request, DoneAlready when the work is done but
    its answer is not known (any more).
    """
    query = select(col(IdempotencyKey.request), col(IdempotencyKey.answer)).where(
        col(IdempotencyKey.member_id) == mine.member_id, col(IdempotencyKey.key) == mine.key
    )
    with reading() as db:
        row = db.execute(query).one_or_none()
    if row is None:
        return None
    if row[0] != mine.request:
        raise Invalid(_("This Idempotency-Key was used for another request."))
    if row[1] is None:
        raise DoneAlready(_("This has been done already. Please reload the page to see it."))
    answer: dict[str, Any] = row[1]
    return answer


def keep_answer(mine: Pending, answer: dict[str, Any]) -> None:
    """Add the answer to the key's row, and forget rows past their time."""
    with transaction() as tx:
        tx.execute(
            update(IdempotencyKey)
            .where(
                col(IdempotencyKey.member_id) == mine.member_id,
                col(IdempotencyKey.key) == mine.key,
            )
            .values(answer=answer)
        )
        tx.execute(delete(IdempotencyKey).where(col(IdempotencyKey.at) < clock.now() - KEPT))
