"""The two codes of the door: a person's own ticket, and the one on the wall that keeps changing.

Both are made from a key outside the database (see forum.base.sealing): neither lies in it, nor can
be made from a copy of it.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from itsdangerous import BadSignature, URLSafeSerializer

from forum.base import keys, sealing
from forum.stations import codes

LENGTH = 12
WALL_LENGTH = 6
WINDOW = 45  # seconds for which the wall shows one code
PASS_LASTS = timedelta(minutes=15)  # signing in may take a while
COOKIE = "arrival"


def _digits(text: str, length: int) -> str:
    return f"{int(sealing.keyed(text), 16) % 10**length:0{length}}"


def ticket(meeting: int, member: int) -> str:
    """Somebody's own code for one meeting: twelve digits, the last one finds a slip."""
    body = _digits(f"ticket:{meeting}:{member}", LENGTH - 1)
    return next(f"{body}{last}" for last in range(10) if codes.sound(f"{body}{last}"))


def read_ticket(typed: str) -> str | None:
    """The ticket that was typed or scanned; None where it is none."""
    return codes.read(typed, LENGTH)


def device_digest(meeting: int, code: str) -> str:
    """What a desk's device keeps of a ticket, to know it again without a line."""
    return sha256(f"{meeting}:{code}".encode()).hexdigest()[:20]


def _window(moment: datetime) -> int:
    return int(moment.timestamp()) // WINDOW


def _wall(venue: int, window: int) -> str:
    return _digits(f"wall:{venue}:{window}", WALL_LENGTH)


def wall(venue: int, moment: datetime) -> str:
    """What a venue's wall shows at a moment."""
    return _wall(venue, _window(moment))


def changes_in(moment: datetime) -> int:
    """In how many seconds the wall shows another code."""
    return WINDOW - int(moment.timestamp()) % WINDOW


def on_wall(venue: int, typed: str, moment: datetime) -> bool:
    """Whether a venue's wall shows this code, or showed it just before."""
    code = codes.read(typed, WALL_LENGTH)
    if code is None:
        return False
    now = _window(moment)
    return any(compare_digest(code, _wall(venue, window)) for window in (now, now - 1))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(keys.cookie_secret(), salt="arrival")


def passed(meeting: int, venue: int, moment: datetime) -> str:
    """What a browser brings along that stood before a wall: for one venue, for a while."""
    return str(_signer().dumps([meeting, venue, int(moment.timestamp())]))


def stood_at(cookie: str, meeting: int, moment: datetime) -> int | None:
    """Before which venue's wall of this meeting a browser stood a short while ago."""
    try:
        where, venue, then = _signer().loads(cookie)
    except (BadSignature, TypeError, ValueError):
        return None
    fresh = 0 <= int(moment.timestamp()) - int(then) <= PASS_LASTS.total_seconds()
    return int(venue) if where == meeting and fresh else None
