"""The cookie of a sign-in that is under way at a service: signed, short-lived, for one browser."""

from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

from forum.base import keys
from forum.base.web import Request
from forum.members.providers.port import Attempt

COOKIE = "attempt"
LASTS = timedelta(minutes=10)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keys.cookie_secret(), salt="attempt")


def keep(request: Request, attempt: Attempt) -> None:
    """Let the browser bring it back; one that begins anew gives up the one before."""
    signed = str(_serializer().dumps(list(attempt)))
    request.set_cookie(COOKIE, signed, max_age=int(LASTS.total_seconds()))


def take(request: Request) -> Attempt | None:
    """What this browser set out with; it is asked for once."""
    signed = request.cookies.get(COOKIE, "")
    request.set_cookie(COOKIE, "", max_age=0)
    try:
        return Attempt(*_serializer().loads(signed, max_age=int(LASTS.total_seconds())))
    except (BadSignature, TypeError):
        return None
