"""One request, as a room's route sees it, and the answers that it can give."""

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.requests import Request as HttpRequest
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, RedirectResponse, Response

from forum.base import auth, guard, i18n, installed, links, notes, pages, panels, registry, styles
from forum.base import kiosk as kiosks
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import SignInNeeded
from forum.base.forms import Form, from_query
from forum.base.fragments import guest_pages
from forum.base.i18n import _
from forum.base.looks import Looks, looks
from forum.base.notes import Note, Undo
from forum.base.once import once
from forum.base.routing import Route
from forum.base.settings import settings

if TYPE_CHECKING:
    from htmx_flask.requests import HtmxHeaders

_quoted = partial(quote, safe="/%?#&=:,+@!~$'()*;")  # an address as it may stand in a header


class Request:
    """One request, as a room's route sees it."""

    def __init__(self, http: HttpRequest, route: Route, form: Form | None = None) -> None:
        self.http = http
        self.route = route
        self.form = form or Form()
        # By their lower-case names: asking Starlette's own for one looks through all of them.
        self.headers: Mapping[str, str] = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in http.scope["headers"]
        }
        self.cookies = cookie_parser(self.headers.get("cookie", ""))
        self.path: str = http.scope["path"]
        self.actor: Actor | None = None
        self._cookies: list[tuple[str, str, int | None]] = []

    @once
    def query(self) -> Form:
        """What stands behind the question mark of the address."""
        return from_query(self.http.scope["query_string"].decode("latin-1"))

    @once
    def htmx(self) -> "HtmxHeaders | None":
        """What htmx says of its request; None for any other request."""
        if "hx-request" not in self.headers:
            return None
        # Flask comes with it: loaded when the first such request comes, not at every start.
        headers: HtmxHeaders = import_module("htmx_flask.requests").HtmxHeaders(self.http.headers)
        return headers

    @property
    def wants(self) -> str:
        """How the answer is wanted: "json", "block" (htmx names its target) or "page"."""
        if self.http.scope["folkmoot"]["json"] or self.accepts_json:
            return "json"
        return "block" if self.htmx and self.htmx.target else "page"

    @property
    def accepts_json(self) -> bool:
        """Whether a program asks: it says so in Accept, or posted JSON."""
        wish = self.headers.get("accept", "")
        kind = self.headers.get("content-type", "")
        return "application/json" in wish or kind.startswith("application/json")

    @once
    def bearer(self) -> str | None:
        """The token of a program, if it sent one."""
        scheme, _sep, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" and token.strip() else None

    @once
    def credential(self) -> str | None:
        """The digest of the caller's token: bearer first, then cookie; on a kiosk nobody's."""
        token = self.bearer or (None if self.kiosk else self.cookies.get(auth.COOKIE))
        return auth.digest(token) if token else None

    @once
    def kiosk(self) -> kiosks.Kiosk | None:
        """The station's counter at which this browser stands, if it is a kiosk."""
        signed = self.cookies.get(kiosks.COOKIE)
        return kiosks.read(signed) if signed else None

    @property
    def looks(self) -> Looks:
        """How the reader wants pages to look."""
        return looks(self.actor, self.cookies, kiosk=self.kiosk is not None)

    @property
    def member(self) -> Actor:
        """The signed-in actor; raises SignInNeeded for a guest."""
        if self.actor is None:
            raise SignInNeeded(_("Please sign in first."))
        return self.actor

    @property
    def lang(self) -> str:
        """The reader's language: by setting, then browser."""
        wish = self.actor.lang if self.actor else None
        accept = self.headers.get("accept-language", "")
        return i18n.choose(wish, self.cookies.get("lang"), accept=accept)

    @property
    def old_browser(self) -> bool:
        """Whether the browser is too old for the sheet that others get."""
        return styles.needs_flat(self.headers.get("user-agent", ""))

    @property
    def address_line(self) -> str:
        """Path and query as the browser's address line has them."""
        query = self.http.scope["query_string"].decode("latin-1")
        return f"{self.path}?{query}" if query else self.path

    @property
    def address(self) -> str:
        """Where the request comes from (trusted proxies are resolved before us)."""
        return self.http.client.host if self.http.client else ""

    @property
    def base_url(self) -> str:
        """The address under which this server was reached, without a slash at the end."""
        return guard.own_origin(self.headers, self.http.scope["scheme"])

    def set_cookie(self, name: str, value: str, *, max_age: int | None = 31_536_000) -> None:
        """Set a cookie with the answer; None makes it end with the browser, 0 removes it."""
        self._cookies.append((name, value, max_age))

    def note(self, sentence: str, undo: Undo | None = None) -> None:
        """A sentence to show once on the next page."""
        self.set_cookie(notes.COOKIE, notes.packed(Note(sentence, undo)), max_age=60)

    def _taken_note(self) -> Note:
        if notes.BACKGROUND in self.headers or not (signed := self.cookies.get(notes.COOKIE)):
            return Note("")
        self.set_cookie(notes.COOKIE, "", max_age=0)
        return notes.unpacked(signed) or Note("")

    def context(self, db: Db | None) -> dict[str, Any]:
        """What every template knows of this reader."""
        actor = self.actor
        known = pages.shared_context()
        known.update(
            actor=actor,
            path=self.path,
            query=self.query,
            form=self.form,
            page_name=f"{self.route.room}:{self.route.name}",
            base_url=self.base_url,
            old_browser=self.old_browser,
            unread=0,
            live=None,
            chain=[],
            panels=[],
            looks=self.looks,
            own_address=self.address_line if self.http.method == "GET" else self.path,
            **self.looks._asdict(),
            **self._taken_note()._asdict(),
        )
        if actor and db:
            for add in registry.contexts:
                known.update(add(db, actor))
        return known

    def _whole_key(self, version: str) -> tuple[str, ...] | None:
        if self.actor or self.wants != "page" or notes.COOKIE in self.cookies or self.form.errors:
            return None
        address = f"{self.base_url}{self.address_line}"
        return (address, self.lang, *map(str, self.looks), str(self.old_browser), version)

    def fresh(self, version: str) -> Response | None:
        """A guest's page of this version if it is kept (or the reader has it already)."""
        key = self._whole_key(version)
        body = guest_pages.find(key) if key else None
        if key is None or body is None:
            return None
        return self._whole(key, body)

    def _whole(self, key: tuple[str, ...], body: bytes) -> Response:
        etag = f'"{auth.digest(repr(key))[:32]}"'
        headers = {"etag": etag, "cache-control": "private, no-cache", "vary": "cookie"}
        self._let_keep(headers)
        if self.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="text/html", headers=headers)

    def page(
        self,
        db: Db | None,
        *,
        subject: str | None = None,
        status: int = 200,
        version: str | None = None,
        template: str | None = None,
        keep: bool = False,
        **data: Any,
    ) -> Response:
        """The route's page, one block of it, or its data as JSON.

        `subject`: the thing that the page is about; gives `chain` and the panels of higher rooms.
        `version`: keep the page for guests under this version (ask `fresh` first).
        `keep`: the reader's own device may keep it for reading without a line.
        """
        status = 422 if self.form.errors and status == 200 else status
        if subject is not None and db is not None:
            data.setdefault("subject", subject)
            data.setdefault("chain", links.chain(db, self.actor, subject))
        if self.wants == "json":
            shown = pages.public(data)
            if self.form.errors:
                shown["fields"] = self.form.errors
            return self._send(JSONResponse(shown, status))
        name = template or f"{self.route.room}/{self.route.name}.html"
        block = self.htmx.target if self.htmx else None
        if block is not None and block not in pages.parts(name):
            block = None
        context = {**self.context(db), **data}
        if subject is not None and db is not None and block is None:
            context["panels"] = panels.made(db, self, context["page_name"], subject)
        body = pages.encoded(name, context, block)
        if version is not None and (key := self._whole_key(version)) and status == 200:
            guest_pages.keep({key: body})
            return self._whole(key, body)
        headers = {"cache-control": "private, no-store", "vary": "cookie, hx-request"}
        if block is not None and context["note"]:
            headers["folkmoot-note"] = quote(context["note"])
        if keep and status == 200 and block is None:
            self._let_keep(headers)
        return self._send(Response(body, status, headers, "text/html"))

    def _let_keep(self, headers: dict[str, str]) -> None:
        """Say for whom a device of their own may keep this page."""
        if not self.looks.shared_device:
            headers[installed.KEEP] = str(self.actor.id) if self.actor else installed.GUEST

    def fragment(self, db: Db, name: str, **data: Any) -> str:
        """A template rendered for this reader, for use as a panel."""
        return pages.render(name, {**self.context_of_panel(db), **data})

    def context_of_panel(self, db: Db) -> dict[str, Any]:
        """What a panel knows: the page's context without what is shown once a page."""
        return {
            **pages.shared_context(),
            "actor": self.actor,
            "path": self.path,
            "query": self.query,
            "form": self.form,
            "base_url": self.base_url,
            "mode": self.looks.mode,
        }

    def done(self, url: str, *, note: str = "", undo: Undo | None = None, **data: Any) -> Response:
        """The answer to a verb: on to a page, with a sentence shown once; JSON for programs.

        `undo`: what the sentence's button posts to take the deed back.
        """
        if not url.startswith("/") or url.startswith("//"):
            url = "/"
        if self.wants == "json":
            code = 201 if "id" in data else 200
            shown = {"url": url, "note": note, **pages.public(data)}
            return self._send(JSONResponse(shown, code, {"location": _quoted(url)}))
        if note:
            self.note(note, undo)
        page, _sharp, place = url.partition("#")
        if place and self.htmx:  # a script's request loses the fragment: app.js puts it back
            url = f"{page}{'&' if '?' in page else '?'}at={place}"
        return self._send(RedirectResponse(_quoted(url), 303))

    def send(self, content: bytes, kind: str, *, filename: str | None = None) -> Response:
        """Bytes of another kind than a page (an export, a picture)."""
        headers = {"cache-control": "private, no-store"}
        if filename:
            named = f"attachment; filename*=UTF-8''{quote(filename)}"
            headers["content-disposition"] = named
        return self._send(Response(content, 200, headers, kind))

    def _send(self, response: Response) -> Response:
        for name, value, max_age in self._cookies:
            response.set_cookie(
                name,
                value,
                max_age=max_age,
                httponly=name not in ("theme", "mode", "text"),
                secure=settings().secure or self.http.scope["scheme"] == "https",
                samesite="lax",
            )
        self._cookies.clear()
        return response
