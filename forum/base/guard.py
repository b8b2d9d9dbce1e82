"""What stands before every route: origin checks, security headers, request ids, one log line."""

import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from itertools import count
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from forum.base import log
from forum.base.settings import settings

ExceptionHandler = Callable[[HttpRequest, Exception], Awaitable[Response]]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def own_origin(headers: Mapping[str, str], scheme: str) -> str:
    """The origin under which this request reached us."""
    if base := settings().base_url:
        parts = urlsplit(base)
        return f"{parts.scheme}://{parts.netloc}"
    return f"{scheme}://{headers.get('host', '')}"


def same_origin(headers: Mapping[str, str], scheme: str) -> bool | None:
    """Whether a page of ours sent this: by Sec-Fetch-Site, else by Origin; None: cannot be told."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is not None:
        return origin == own_origin(headers, scheme)
    return None


def security_headers(scheme: str, host: str) -> list[tuple[str, str]]:
    """The headers that every answer carries."""
    # 'self' does not cover websockets in older browsers.
    sockets = f"ws://{host} wss://{host}" if host else ""
    found = [
        ("content-security-policy", f"{POLICY}; connect-src 'self' {sockets}".rstrip()),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("permissions-policy", "camera=(self), geolocation=(), microphone=()"),
    ]
    if scheme == "https":
        found.append(("strict-transport-security", "max-age=31536000"))
    return found


# Data is never shown as a page: nobody may take it for one, and the rest has nothing to bear on.
DATA = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
}


@lru_cache(maxsize=64)
def _encoded(scheme: str, host: str, *, data: bool) -> list[tuple[bytes, bytes]]:
    headers = DATA.items() if data else security_headers(scheme, host)
    return [(name.encode(), value.encode("latin-1")) for name, value in headers]


# Ids of requests tell them apart and are no secret: drawing each would cost a system call.
_PROCESS = secrets.token_hex(5)
_numbers = count()


class Gate:
    """Wraps the router: each request gets its id and JSON suffix, each answer its headers.

    What the router lets through as an exception is answered here too: `refused` for Starlette's own
    refusals, `broken` for a fault of ours, which is then raised for the server to know.
    """

    def __init__(self, app: ASGIApp, *, refused: ExceptionHandler, broken: ExceptionHandler):
        self.app = app
        self.refused = refused
        self.broken = broken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass HTTP requests on with `scope["folkmoot"]` filled; leave the rest alone."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        ident = f"{_PROCESS}{next(_numbers):06x}"
        facts = scope["folkmoot"] = {"id": ident, "json": False, "status": None}
        path = scope["path"]
        if path.endswith(".json") and not path.startswith("/static/"):
            facts["json"] = True
            scope["path"] = path.removesuffix(".json") or "/"
            if "raw_path" in scope:
                scope["raw_path"] = scope["path"].encode()

        def answer(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                facts["status"] = message["status"]
                out = message["headers"]
                given = dict(out)
                data = given.get(b"content-type") == b"application/json"
                host = "" if data else dict(scope["headers"]).get(b"host", b"").decode("latin-1")
                known = _encoded(scope["scheme"], host, data=data)
                out += [header for header in known if header[0] not in given]
                out.append((b"x-request-id", ident.encode()))
            return send(message)

        try:
            await self.app(scope, receive, answer)
        except Exception as error:
            ours = not isinstance(error, HTTPException)
            if facts["status"] is None:  # else half of an answer has left, and no other can
                say = self.broken if ours else self.refused
                response = await say(HttpRequest(scope, receive), error)
                await response(scope, receive, answer)
            if ours:
                raise
        finally:
            if not facts.get("unlogged"):
                log.request(
                    id=facts["id"],
                    method=scope["method"],
                    route=facts.get("route", "-"),
                    status=facts["status"] or 500,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                    actor=facts.get("actor"),
                )
