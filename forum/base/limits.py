"""Rate limits: token buckets in this process's memory.

Narrow per account and target, generous per address: a hall has one router, and five hundred people
behind it must get in. Several workers count separately, so a limit is a bound on harm, no quota.
"""

import threading
from collections import OrderedDict
from typing import NamedTuple

from forum.base import clock
from forum.base.errors import TooMany
from forum.base.i18n import _

BOUND = 100_000  # buckets kept; the one unused for longest goes first


class _Bucket(NamedTuple):
    tokens: float
    at: float


_buckets: OrderedDict[str, _Bucket] = OrderedDict()
_lock = threading.Lock()


def spend(key: str, *, per_minute: float, burst: float) -> bool:
    """Take one token from a bucket that refills at a rate; False when it is empty."""
    now = clock.now().timestamp()
    with _lock:
        bucket = _buckets.pop(key, None) or _Bucket(burst, now)
        refilled = bucket.tokens + max(0.0, now - bucket.at) * per_minute / 60
        tokens = min(burst, refilled)
        allowed = tokens >= 1
        _buckets[key] = _Bucket(tokens - 1 if allowed else tokens, now)
        while len(_buckets) > BOUND:
            _buckets.popitem(last=False)
    return allowed


def left(key: str, *, per_minute: float, burst: float) -> bool:
    """Whether there is a token to take: for what only counts where it fails (a guessed code)."""
    now = clock.now().timestamp()
    with _lock:
        bucket = _buckets.get(key) or _Bucket(burst, now)
    return min(burst, bucket.tokens + max(0.0, now - bucket.at) * per_minute / 60) >= 1


def check(key: str, *, per_minute: float, burst: float) -> None:
    """Spend or refuse. The key names verb, who and what: "sign-in:alice", "argue:7:item:3"."""
    if not spend(key, per_minute=per_minute, burst=burst):
        raise TooMany(_("That was too fast. Nothing is lost: please try again in a minute."))


def check_address(verb: str, address: str) -> None:
    """The outer bound for guests' verbs: what a full hall behind one router needs, and no more."""
    check(f"{verb}@{address}", per_minute=600, burst=1500)


def clear() -> None:
    """Forget all that was counted. For tests."""
    with _lock:
        _buckets.clear()
