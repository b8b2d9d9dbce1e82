"""A counter's screen that nobody signs in on: the cookie that makes a browser one.

The cookie binds the browser to a station and carries what the PIN that ends it must fit. That is
keyed with a secret of this server's, so whoever can read the cookie cannot try PINs against it.
"""

import hmac
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer

from forum.base import keys
from forum.base.errors import Forbidden
from forum.base.i18n import _

if TYPE_CHECKING:
    from forum.base.request import Request

COOKIE = "kiosk"
# What may be posted from a screen where nobody is anybody: how one reads, and the kiosk itself.
OPEN = ("/language", "/appearance", "/kiosk/")


class Kiosk(NamedTuple):
    """A browser that stands at a station's counter."""

    station: int
    nonce: str
    lock: str


def _lock(station: int, nonce: str, pin: str) -> str:
    told = f"{station}:{nonce}:{pin.strip()}".encode()
    return hmac.new(keys.cookie_secret(), told, sha256).hexdigest()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(keys.cookie_secret(), salt="kiosk")


def begin(station: int, pin: str) -> str:
    """The cookie of a new kiosk."""
    nonce = secrets.token_urlsafe(12)
    return str(_signer().dumps([station, nonce, _lock(station, nonce, pin)]))


def read(cookie: str) -> Kiosk | None:
    """The kiosk that a cookie makes of a browser; None where we did not sign it."""
    try:
        station, nonce, lock = _signer().loads(cookie)
    except (BadSignature, TypeError, ValueError):
        return None
    return Kiosk(int(station), str(nonce), str(lock))


def opens(kiosk: Kiosk, pin: str) -> bool:
    """Whether this is the PIN that was chosen at the start."""
    return hmac.compare_digest(kiosk.lock, _lock(kiosk.station, kiosk.nonce, pin))


def require_open(request: "Request") -> None:
    """Forbidden for what is posted from a kiosk, but for how one reads there."""
    if request.http.method == "POST" and request.kiosk and not request.path.startswith(OPEN):
        words = _("On this screen one only reads. To take part, use a device of your own.")
        raise Forbidden(words)
