"""Registering, signing in and out, and the first administrator's one-use page."""

from datetime import timedelta
from urllib.parse import quote

from forum.base import auth, limits
from forum.base.canonical import sha256hex
from forum.base.db import Db, reading, transaction
from forum.base.errors import Invalid, NotFound
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import devices, queries, rules, service
from forum.members.passwords import hashed, matches

routes = Routes("forum.members.routes")

SHARED_LASTS = timedelta(hours=2)


def back(request: Request) -> str:
    """Where the reader was before; an address on this site."""
    wish = request.form.value("back") or request.query.value("back") or request.query.value("next")
    return str(wish) if str(wish).startswith("/") else "/"


def _enter(request: Request, tx: Db, member_id: int, *, shared: bool) -> None:
    label = devices.label(request.headers.get("user-agent", ""))
    lasts = SHARED_LASTS if shared else auth.LASTS
    token = service.sign_in(tx, member_id, label=label, lasts=lasts)
    age = None if shared else int(auth.LASTS.total_seconds())
    request.set_cookie(auth.COOKIE, token, max_age=age)
    # Pages then keep nothing on the device: no drafts, no copies.
    request.set_cookie("shared", "1" if shared else "", max_age=None if shared else 0)


def _swept(answer: Response) -> Response:
    """A device of many keeps nothing of anybody, with or without our script.

    On one's own device the script clears what is this member's: another one's post may wait there.
    """
    answer.headers["clear-site-data"] = '"storage"'
    return answer


@routes.get("/sign-in")
def sign_in(request: Request) -> Response:
    """The way in; who is in already goes on, and a kiosk shows the way to one's own phone."""
    if request.kiosk:
        return request.done(f"/kiosk/phone?to={quote(back(request))}")
    if request.actor and not request.form.errors:
        return request.done(back(request))
    with reading() as db:
        return request.page(db, back=back(request))


@routes.post("/sign-in", page="sign_in")
def enter(request: Request) -> Response:
    """Check the password (outside any transaction: it takes its time on purpose) and sign in.

    An unknown login name takes as long, counts against the same limits and gets the same answer.
    """
    login = rules.folded(request.form.text("login", max=200))
    password = request.form.text("password", max=200)
    request.form.check()
    limits.check(f"sign-in:{sha256hex(login.encode())}", per_minute=1, burst=10)
    limits.check_address("sign-in", request.address)
    with reading() as db:
        found = queries.credential(db, login)
    if not matches(found[1] if found else None, password) or found is None:
        words = _("Login name or password is not right.")
        raise Invalid(words, fields={"password": words})
    shared = request.form.flag("shared")
    with transaction() as tx:
        _enter(request, tx, found[0], shared=shared)
    answer = request.done(back(request), note=_("You are signed in."))
    return _swept(answer) if shared else answer


@routes.post("/sign-out")
def leave(request: Request) -> Response:
    """Sign this device out."""
    actor = request.actor
    if actor is not None and actor.credential_id is not None:
        with transaction() as tx:
            service.sign_out(tx, actor, actor.credential_id)
    shared = request.looks.shared_device
    request.set_cookie(auth.COOKIE, "", max_age=0)
    request.set_cookie("shared", "", max_age=0)
    answer = request.done("/", note=_("You are signed out."))
    return _swept(answer) if shared else answer


@routes.get("/register")
def register(request: Request) -> Response:
    """A form of three fields: no phone, no mail."""
    if request.kiosk:
        return request.done("/kiosk/phone?to=/register")
    with reading() as db:
        return request.page(db, back=back(request))


@routes.post("/register", page="register")
def join(request: Request) -> Response:
    """Open an account and sign in."""
    form = request.form
    login, name = form.text("login", max=200), form.text("name", max=200)
    password = form.text("password", max=200)
    form.check()
    service.check_password(password, rules.folded(login))
    limits.check_address("register", request.address)
    secret = hashed(password)
    shared = form.flag("shared")
    with transaction() as tx:
        new = service.register(tx, login=login, name=name, password=secret, lang=request.lang)
        _enter(request, tx, new, shared=shared)
    answer = request.done(back(request), note=_("Your account is open. Welcome!"), id=new)
    return _swept(answer) if shared else answer


@routes.get("/first/{token}")
def first(request: Request, token: str) -> Response:
    """The first administrator's page, as long as its link holds."""
    with reading() as db:
        if not queries.first_link_holds(db, sha256hex(token.encode())):
            words = _("This link is used up or its hour is over. Start the server again.")
            raise NotFound(words)
        return request.page(db, token=token)


@routes.post("/first/{token}", page="first")
def found(request: Request, token: str) -> Response:
    """Open the first administrator's account; the link is used up."""
    form = request.form
    login, name = form.text("login", max=200), form.text("name", max=200)
    password = form.text("password", max=200)
    form.check()
    service.check_password(password, rules.folded(login))
    limits.check_address("register", request.address)  # before a hash is made for anybody
    secret = hashed(password)
    with transaction() as tx:
        new = service.found(tx, token, login=login, name=name, password=secret, lang=request.lang)
        _enter(request, tx, new, shared=False)
    return request.done("/", note=_("You administrate this server now."), id=new)
