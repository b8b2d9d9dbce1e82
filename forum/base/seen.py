"""When a device was last in use, to the day and no finer; from that day its sign-in lasts on.

Requests note it in memory; the ticker's loop writes it, so that no reader waits for a writer.
"""

import threading
from datetime import UTC, datetime

from forum.base import auth, clock, ticker
from forum.base.db import transaction
from forum.base.request import Request

_lock = threading.Lock()
_waiting: set[int] = set()
_known: set[int] = set()  # noted on this day already
_day = datetime.min.replace(tzinfo=UTC)


def note(request: Request) -> None:
    """This device is in use today; at its first visit the cookie is given anew."""
    global _day
    actor = request.actor
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
    if request.bearer is None and not request.looks.shared_device:
        age = int(auth.LASTS.total_seconds())
        request.set_cookie(auth.COOKIE, request.cookies[auth.COOKIE], max_age=age)


@ticker.each_look
def write() -> None:
    """Write what was noted since the last look."""
    if not _waiting:
        return
    with _lock:
        noted, today = sorted(_waiting), _day
        _waiting.clear()
    with transaction() as tx:
        auth.use(tx, noted, today)


def clear() -> None:
    """Forget what was noted. For tests."""
    with _lock:
        _waiting.clear()
        _known.clear()
