"""What stands before every route: origin checks, security headers, request ids, one log line."""

import secrets
import time
from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from forum.base import log
from forum.base.settings import settings

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


@lru_cache(maxsize=64)
def _encoded(scheme: str, host: str) -> list[tuple[bytes, bytes]]:
    headers = security_headers(scheme, host)
    return [(name.encode(), value.encode("latin-1")) for name, value in headers]


# Ids of requests tell them apart and are no secret: drawing each would cost a system call.
_PROCESS = secrets.token_hex(5)
_numbers = count()


def _host(scope: Scope) -> str:
    return next((value for name, value in scope["headers"] if name == b"host"), b"").decode(
        "latin-1"
    )


class Gate:
    """Wraps the app: gives each request its id and JSON suffix, each answer its headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass HTTP requests on with `scope["folkmoot"]` filled; leave the rest alone."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        ident = f"{_PROCESS}{next(_numbers):06x}"
        facts = scope["folkmoot"] = {"id": ident, "json": False, "status": 500}
        path = scope["path"]
        if path.endswith(".json") and not path.startswith("/static/"):
            facts["json"] = True
            scope["path"] = path.removesuffix(".json") or "/"
            if "raw_path" in scope:
                scope["raw_path"] = scope["path"].encode()
        headers = _encoded(scope["scheme"], _host(scope))

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                facts["status"] = message["status"]
                out = message["headers"]
                given = {name for name, _value in out}
                out.extend(header for header in headers if header[0] not in given)
                out.append((b"x-request-id", facts["id"].encode()))
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            if not facts.get("unlogged"):
                log.request(
                    id=facts["id"],
                    method=scope["method"],
                    route=facts.get("route", "-"),
                    status=facts["status"],
                    ms=round((time.perf_counter() - started) * 1000, 1),
                    actor=facts.get("actor"),
                )
