"""Registering, signing in and out, and the first administrator's one-use page."""

from urllib.parse import quote

from forum.base import auth, limits
from forum.base.canonical import sha256hex
from forum.base.db import reading, transaction
from forum.base.errors import Invalid, NotFound
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import conduct, letters, options, queries, robots, rules, service
from forum.members.doorway import GUARDIAN, back, entered, swept
from forum.members.doorway import enter as come_in
from forum.members.models import PLATFORM
from forum.members.passwords import hashed, matches
from forum.members.providers import port
from forum.members.service import doors

routes = Routes("forum.members.routes")


@routes.get("/sign-in")
def sign_in(request: Request) -> Response:
    """The way in; who is in already goes on, and a kiosk shows the way to one's own phone."""
    if request.kiosk:
        return request.done(f"/kiosk/phone?to={quote(back(request))}")
    if request.actor and not request.form.errors:
        return request.done(back(request))
    with reading() as db:
        return request.page(
            db, back=back(request), by_mail=letters.offered(), services=port.listed()
        )


@routes.post("/sign-in", page="sign_in")
def enter(request: Request) -> Response:
    """Check the password (outside any transaction: it takes its time on purpose) and sign in.

    An unknown login name takes as long, counts against the same limits and gets the same answer.
    """
    login = rules.folded(request.form.text("login", max=200))
    password = request.form.text("password", max=200)
    request.form.check()
    limits.check(f"sign-in:{sha256hex(login.encode())}", per_minute=10, burst=20)
    limits.check_address("sign-in", request.address)
    shut = doors.door("password", login)
    with reading() as db:
        doors.require_open(db, shut)
        found = queries.credential(db, login)
    if not matches(found[1] if found else None, password) or found is None:
        with transaction() as tx:
            doors.failed(tx, shut, found[0] if found else None)
        words = _("Login name or password is not right.")
        raise Invalid(words, fields={"password": words})
    shared = request.form.flag("shared")
    with transaction() as tx:
        doors.opened(tx, shut)
        to = come_in(request, tx, found[0], shared=shared, to=back(request))
    return entered(request, to, shared=shared)


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
    return swept(answer) if shared else answer


@routes.get("/register")
def register(request: Request) -> Response:
    """A form of three fields: no phone, no mail."""
    if request.kiosk:
        return request.done("/kiosk/phone?to=/register")
    with reading() as db:
        options.require_open(db)
        return request.page(
            db,
            back=back(request),
            texts=conduct.texts(db, [PLATFORM]),
            services=port.listed(),
            _trap=robots.TRAP,
            _began=robots.began(request.form),
        )


@routes.post("/register", page="register")
def join(request: Request) -> Response:
    """Open an account and sign in; a robot gets the same answer and no account."""
    form = request.form
    login, name = form.text("login", max=200), form.text("name", max=200)
    password = form.text("password", max=200)
    form.check()
    service.check_password(password, rules.folded(login))
    robots.check_pace(form)
    limits.check_address("register", request.address)
    note = _("Your account is open. Welcome!")
    if robots.trapped(form):
        return request.done(back(request), note=note)
    secret = hashed(password)
    shared, minor = form.flag("shared"), form.flag("minor")
    with transaction() as tx:
        options.require_open(tx)
        new = service.register(
            tx, login=login, name=name, password=secret, lang=request.lang, minor=minor
        )
        service.accept(tx, queries.actor_of(tx, new), form.lists("_accepted"))
        come_in(request, tx, new, shared=shared)
    answer = request.done(GUARDIAN if minor else back(request), note=note, id=new)
    return swept(answer) if shared else answer


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
        come_in(request, tx, new, shared=False)
    return request.done("/", note=_("You administrate this server now."), id=new)
