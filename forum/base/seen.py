"""When a device was last in use, to the day and no finer.

Requests note it in memory; the ticker's loop writes it, so that no reader waits for a writer.
"""

import threading
from datetime import UTC, datetime

from sqlalchemy import or_, update
from sqlmodel import col

from forum.base import clock, ticker
from forum.base.auth import Actor, Credential
from forum.base.db import transaction

_lock = threading.Lock()
_waiting: set[int] = set()
_known: set[int] = set()  # noted on this day already
_day = datetime.min.replace(tzinfo=UTC)


def note(actor: Actor | None) -> None:
    """This device is in use today."""
    global _day
    if actor is None or actor.credential_id is None:
        return
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    if actor.credential_id in _known and today == _day:
        return
    with _lock:
        if today != _day:
            _day = today
            _known.clear()
        _known.add(actor.credential_id)
        _waiting.add(actor.credential_id)


@ticker.each_look
def write() -> None:
    """Write what was noted since the last look."""
    if not _waiting:
        return
    with _lock:
        noted, today = sorted(_waiting), _day
        _waiting.clear()
    stale = or_(col(Credential.seen_on).is_(None), col(Credential.seen_on) < today)
    with transaction() as tx:
        tx.execute(
            update(Credential).where(col(Credential.id).in_(noted), stale).values(seen_on=today)
        )


def clear() -> None:
    """Forget what was noted. For tests."""
    with _lock:
        _waiting.clear()
        _known.clear()
