"""How a no is shown: as JSON, as the form again, or as a page that keeps what was typed."""

import re
from typing import Any
from urllib.parse import urlencode

from starlette.responses import JSONResponse, Response

from forum.base.db import reading
from forum.base.errors import Invalid, Refusal, SignInNeeded
from forum.base.request import Request
from forum.base.routing import Route, Routes

# What a form sends of itself (ids, choices, numbers) is not shown again on an error page.
_BY_MACHINE = re.compile(r"[!-~]{0,39}")


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
        try:
            answer: Response = form_page.handler(request, **needed)
        except Refusal as other:  # the form itself is not theirs to see
            return refuse(request, other)
        return answer
    typed = [
        text
        for name, texts in request.form.values.items()
        if "password" not in name
        for text in texts
        if not _BY_MACHINE.fullmatch(text)
    ]
    with reading() as tx:
        return request.page(
            tx,
            status=refusal.status,
            template=refusal.template,
            message=refusal.message,
            code=refusal.code,
            status_code=refusal.status,
            _typed=typed,
            _back=_came_from(request),
            _refusal=refusal,
            _fields=[(name, text) for name, all_ in request.form.values.items() for text in all_],
            _to=request.address_line,
            _files=any(request.form.file(name) for name in request.form.files),
        )


def _came_from(request: Request) -> str:
    """The page of ours that the reader was on; after signing in they want to be there again."""
    came = request.headers.get("referer", "")
    if request.http.method == "POST" and came.startswith(f"{request.base_url}/"):
        return came.removeprefix(request.base_url)
    return "/"


def _page_of(route: Route) -> Route:
    for routes in Routes.everywhere:
        if routes.room == route.room and f"GET {route.page}" in routes.found:
            return routes.found[f"GET {route.page}"]
    raise RuntimeError(f"{route.room}: no page is called {route.page}")
