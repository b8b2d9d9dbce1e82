"""The app: every room's routes behind one door.

A POST's body is read here (async, bounded), then the sync route runs in the thread pool: parse →
service or query → render. POSTs have a limiter of their own, so a burst never starves reads.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, cast

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
from starlette.types import ASGIApp, Receive, Scope, Send

from forum.base import (
    confirm,
    db,
    guard,
    i18n,
    idempotency,
    installed,
    kiosk,
    live,
    log,
    minors,
    pages,
    ports,
    registry,
    scripts,
    seen,
    sender,
    styles,
    ticker,
)
from forum.base.auth import actor_for
from forum.base.db import reading
from forum.base.errors import Conflict, Forbidden, NotFound, Refusal, WrongVerb
from forum.base.forms import Form, read_form
from forum.base.i18n import _
from forum.base.refusing import refuse
from forum.base.request import Request
from forum.base.routing import Fork, Route, Routes
from forum.base.settings import Settings, configure

__all__ = ["Form", "Request", "Response", "Route", "Routes", "create_app"]

UNKNOWN = Route("GET", "-", lambda: None, "base")


def _load_actor(request: Request) -> None:
    if request.credential:
        with reading() as tx:
            request.actor = actor_for(tx, request.credential)
        seen.note(request)
    request.http.scope["folkmoot"]["actor"] = request.actor.id if request.actor else None


def _work(request: Request) -> Response:
    """Run a sync route in this thread, in the reader's language, under its key if it has one."""
    _load_actor(request)
    with i18n.using(request.lang):
        try:
            kiosk.require_open(request)
            minors.require_open(request)
            installed.require_same_reader(request)
            return _keyed(request)
        except Refusal as refusal:
            return refuse(request, refusal)
        except IntegrityError as error:  # another one did the same at the same instant
            facts = request.http.scope["folkmoot"]
            log.fault(facts["id"], request.route.path, error)
            words = _("This has been done already. Please reload the page to see it.")
            return refuse(request, Conflict(words))


def _keyed(request: Request) -> Response:
    handler, arguments = request.route.handler, request.http.path_params
    key = request.headers.get("idempotency-key", "")[:80]
    keyed = request.route.method == "POST" and not request.route.unlogged
    if not (key and request.actor and keyed):
        return cast("Response", handler(request, **arguments))
    mark = idempotency.fingerprint("POST", request.path, request.form.values)
    mine = idempotency.Pending(request.actor.id, key, mark)
    if (first := idempotency.first_answer(mine)) is not None:
        return _again(request, first)
    idempotency.pending.set(mine)
    try:
        answer: Response = handler(request, **arguments)
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


class _Door:
    """A route as an ASGI application, so that Starlette puts nothing more around it."""

    def __init__(self, route: Route, config: Settings, limits: dict[str, CapacityLimiter]) -> None:
        self.route = route
        self.config = config
        self.limiter = limits[route.method]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        facts = scope["folkmoot"]
        facts["route"] = self.route.path
        facts["unlogged"] = self.route.unlogged
        request = Request(HttpRequest(scope, receive, send), self.route)
        try:
            answer = await self._answer(request)
        finally:
            if request.form.files:
                await request.http.close()
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        posts, parallel = self.route.method == "POST", self.route.parallel
        refused = None
        if posts or parallel:
            with i18n.using(request.lang):
                refused = await _open_body(request, self.config) if posts else None
                if refused is None and parallel:
                    return await _parallel(request, self.limiter)
        work = refused or partial(_work, request)
        return await anyio.to_thread.run_sync(work, limiter=self.limiter)


async def _open_body(request: Request, config: Settings) -> Callable[[], Response] | None:
    """Read the body and judge the origin; returns what answers when one of them is refused."""
    http = request.http
    try:
        bound, upload = config.max_body, config.max_upload
        request.form = await read_form(http, request.headers, bound=bound, upload_bound=upload)
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
    own = guard.same_origin(request.headers, http.scope["scheme"])
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
        answer: Response = await request.route.handler(request, **request.http.path_params)
    except Refusal as refusal:
        no = refusal
    else:
        return answer

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


class _Compressed(GZipMiddleware):
    """Pages and data go out compressed; what answers a POST is short, and comes in bursts."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leave POSTs alone."""
        if scope["type"] == "http" and scope["method"] == "POST":
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


class _App(Starlette):
    """Starlette with the gate in place of its own layers, which stand in the way of a burst."""

    def build_middleware_stack(self) -> ASGIApp:
        """Gate, compression, router."""
        # No token stands in any page, so compressing them gives nothing away. A fast level: on 2G
        # the difference to none is fivefold, to the best a tenth.
        whole = _Compressed(self.router, minimum_size=1000, compresslevel=2)
        return guard.Gate(whole, refused=_http_error, broken=_broken)


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
        async with live.running(config), ticker.running(), sender.running(), ports.running(config):
            yield
        db.close()

    rooms = [
        (route, _Door(route, config, limits))
        for routes in Routes.everywhere
        for route in routes.found.values()
    ]
    table: list[BaseRoute] = [Fork(rooms), *live.routes()]
    table.append(HttpRoute("/healthz", _healthz, name="healthz"))
    table += [*styles.routes(), *scripts.routes()]
    table.append(Mount("/static", _Static(directory=pages.ROOT / "static"), name="static"))
    return _App(routes=table, lifespan=lifespan)
