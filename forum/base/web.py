"""The app: every room's routes behind one door.

A POST's body is read here (async, bounded), then the sync route runs in the thread pool: parse →
service or query → render. POSTs have a limiter of their own, so a burst never starves reads.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import anyio.to_thread
from anyio import CapacityLimiter
from sqlalchemy.exc import IntegrityError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.routing import Route as HttpRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from forum.base import confirm, db, guard, i18n, idempotency, live, log, pages, registry, ticker
from forum.base.auth import actor_for
from forum.base.db import reading
from forum.base.errors import Forbidden, Invalid, NotFound, Refusal, SignInNeeded, WrongVerb
from forum.base.forms import Form, read_form
from forum.base.i18n import _
from forum.base.request import Request
from forum.base.routing import Fork, Route, Routes
from forum.base.settings import Settings, configure

__all__ = ["Form", "Request", "Response", "Route", "Routes", "create_app"]

UNKNOWN = Route("GET", "-", lambda: None, "base")
KEPT_FROM = 40  # characters from which a typed text is shown again on an error page


def _load_actor(request: Request) -> None:
    if request.credential:
        with reading() as tx:
            request.actor = actor_for(tx, request.credential)
    request.http.scope["folkmoot"]["actor"] = request.actor.id if request.actor else None


def refuse(request: Request, refusal: Refusal) -> Response:
    """A refusal as JSON, as the form again with its errors, or as a page that keeps the text."""
    if request.wants == "json":
        shown: dict[str, Any] = {"error": refusal.code, "message": refusal.message}
        if refusal.fields:
            shown["fields"] = refusal.fields
        return JSONResponse(shown, refusal.status)
    if isinstance(refusal, SignInNeeded) and request.http.method in ("GET", "HEAD"):
        return request.done(f"/sign-in?{urlencode({'next': request.address_line})}")
    if isinstance(refusal, Invalid) and request.route.page:
        form_page = _page_of(request.route)
        request.form.errors = refusal.fields or {"": refusal.message}
        request.form.action = request.path
        request.route = form_page
        given = request.http.path_params.items()
        needed = {name: value for name, value in given if re.search(rf"{{{name}\b", form_page.path)}
        answer: Response = form_page.handler(request, **needed)
        return answer
    typed = [
        text
        for name, texts in request.form.values.items()
        if "password" not in name
        for text in texts
        if len(text) >= KEPT_FROM or "\n" in text
    ]
    with reading() as tx:
        return request.page(
            tx,
            status=refusal.status,
            template="error.html",
            message=refusal.message,
            code=refusal.code,
            status_code=refusal.status,
            _typed=typed,
        )


def _page_of(route: Route) -> Route:
    for routes in Routes.everywhere:
        if routes.room == route.room and f"GET {route.page}" in routes.found:
            return routes.found[f"GET {route.page}"]
    raise RuntimeError(f"{route.room}: no page is called {route.page}")


def _work(request: Request) -> Response:
    """Run a sync route in this thread, in the reader's language, under its key if it has one."""
    _load_actor(request)
    with i18n.using(request.lang):
        try:
            return _keyed(request)
        except Refusal as refusal:
            return refuse(request, refusal)


def _keyed(request: Request) -> Response:
    handler, arguments = request.route.handler, request.http.path_params
    key = request.headers.get("idempotency-key", "")[:80]
    if not (key and request.actor and request.route.method == "POST"):
        answer: Response = handler(request, **arguments)
        return answer
    values = request.form.values
    mark = idempotency.fingerprint("POST", request.path, values)
    mine = idempotency.Pending(request.actor.id, key, mark)
    if (first := idempotency.first_answer(mine)) is not None:
        return _again(request, first)
    idempotency.pending.set(mine)
    try:
        answer = handler(request, **arguments)
    except IntegrityError:
        # The same key, at the same instant: the other one did the work.
        if (first := idempotency.first_answer(mine)) is None:
            raise
        return _again(request, first)
    if idempotency.pending.get() is None:  # the work was written, and the key with it
        body = bytes(answer.body).decode() if request.wants == "json" else ""
        location = answer.headers.get("location", "")
        kept = {"status": answer.status_code, "location": location, "body": body}
        idempotency.keep_answer(mine, kept)
    return answer


def _again(request: Request, first: dict[str, Any]) -> Response:
    if first["body"]:
        headers = {"location": first["location"]} if first["location"] else None
        return Response(first["body"], first["status"], headers, "application/json")
    return RedirectResponse(first["location"] or request.path, 303)


Endpoint = Callable[[HttpRequest], Awaitable[Response]]


def _endpoint(route: Route, config: Settings, limits: dict[str, CapacityLimiter]) -> Endpoint:
    async def endpoint(http: HttpRequest) -> Response:
        facts = http.scope["folkmoot"]
        facts["route"] = route.path
        facts["unlogged"] = route.unlogged
        request = Request(http, route)
        if route.method == "POST":
            refused = await _open_body(request, config)
            if refused is not None:
                return await anyio.to_thread.run_sync(refused, limiter=limits["POST"])
        if route.parallel:
            return await _parallel(request, limits[route.method])
        return await anyio.to_thread.run_sync(_work, request, limiter=limits[route.method])

    return endpoint


async def _open_body(request: Request, config: Settings) -> Callable[[], Response] | None:
    """Read the body and judge the origin; returns what answers when one of them is refused."""
    http = request.http
    try:
        with i18n.using(request.lang):
            bound, upload = config.max_body, config.max_upload
            request.form = await read_form(http, bound=bound, upload_bound=upload)
    except Refusal as refusal:
        no = refusal

        def say_no() -> Response:
            _load_actor(request)
            request.route = UNKNOWN
            with i18n.using(request.lang):
                return refuse(request, no)

        return say_no
    if request.bearer or request.route.open:
        return None
    own = guard.same_origin(http.headers, http.scope["scheme"])
    if own is True or (own is None and (not request.cookies or confirm.confirmed(request))):
        return None

    def ask() -> Response:
        _load_actor(request)
        with i18n.using(request.lang):
            if own is False or request.wants == "json":
                words = _("This request came from another site and was not carried out.")
                return refuse(request, Forbidden(words))
            return confirm.page(request)

    return ask


async def _parallel(request: Request, limiter: CapacityLimiter) -> Response:
    try:
        with i18n.using(request.lang):
            answer: Response = await request.route.handler(request, **request.http.path_params)
            return answer
    except Refusal as refusal:
        no = refusal

    def say_no() -> Response:
        _load_actor(request)
        with i18n.using(request.lang):
            return refuse(request, no)

    return await anyio.to_thread.run_sync(say_no, limiter=limiter)


async def _http_error(http: HttpRequest, error: Exception) -> Response:
    """Starlette's own refusals (no such path, wrong method) in our words."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    request = Request(http, UNKNOWN)

    def say_no() -> Response:
        _load_actor(request)
        with i18n.using(request.lang):
            if status == 404:
                return refuse(request, NotFound(_("There is nothing at this address.")))
            return refuse(request, WrongVerb(_("This address does not do that.")))

    return await anyio.to_thread.run_sync(say_no)


async def _broken(http: HttpRequest, error: Exception) -> Response:
    """A fault of ours: the log has it with the request's id, the reader an apology with the id."""
    facts = http.scope["folkmoot"]
    log.fault(facts["id"], facts.get("route", "-"), error)
    with i18n.using(Request(http, UNKNOWN).lang):
        words = _("Something went wrong on our side. Nothing that was saved is lost.")
        text = f"{words} ({facts['id']})"
    if http.headers.get("accept", "").startswith("application/json") or facts["json"]:
        return JSONResponse({"error": "fault", "message": words, "id": facts["id"]}, 500)
    return Response(text, 500, media_type="text/plain")


class _Static(StaticFiles):
    """Static files; those asked for with a digest may be kept for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        lasting = b"v=" in scope["query_string"]
        kept = "public, max-age=31536000, immutable" if lasting else "no-cache"
        response.headers["cache-control"] = kept
        return response


async def _healthz(_http: HttpRequest) -> Response:
    def look() -> None:
        with reading() as tx:
            tx.connection().exec_driver_sql("select 1")

    await anyio.to_thread.run_sync(look)
    return JSONResponse({"status": "ok"})


def create_app(config: Settings | None = None) -> Starlette:
    """The whole application for a data folder that has been migrated."""
    config = config or configure()
    registry.load()
    limits = {
        "GET": CapacityLimiter(config.reader_threads),
        "POST": CapacityLimiter(config.writer_threads),
    }

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with live.running(config), ticker.running():
            yield
        db.close()

    rooms = [
        HttpRoute(
            route.path,
            _endpoint(route, config, limits),
            methods=[route.method],
            name=f"{route.room}:{route.name}",
        )
        for routes in Routes.everywhere
        for route in routes.found.values()
    ]
    table: list[BaseRoute] = [Fork(rooms), *live.routes()]
    table.append(HttpRoute("/healthz", _healthz, name="healthz"))
    files = GZipMiddleware(_Static(directory=pages.ROOT / "static"), compresslevel=6)
    table.append(Mount("/static", files, name="static"))
    app = Starlette(
        routes=table,
        lifespan=lifespan,
        exception_handlers={HTTPException: _http_error, Exception: _broken},
    )
    app.add_middleware(guard.Gate)
    return app
