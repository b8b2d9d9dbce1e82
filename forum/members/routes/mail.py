"""Coming in by a link in a letter; what a mail scanner opens (a GET) uses nothing up."""

from typing import Any

from forum.base import limits
from forum.base.db import reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.settings import settings
from forum.base.web import Request, Response, Routes
from forum.members import conduct, letters, options, people, queries, rules, service
from forum.members.doorway import GUARDIAN, back, enter, entered
from forum.members.identities import Purpose
from forum.members.models import PLATFORM, Entry
from forum.members.passwords import hashed
from forum.members.service import links

routes = Routes("forum.members.routes")


def require_letters() -> None:
    """Where no letters are sent, their pages are not there."""
    if not letters.offered():
        raise NotFound(_("This server sends no mail."))


def address_of(request: Request) -> str:
    """The address of this server as letters give it."""
    return settings().base_url.rstrip("/") or request.base_url


@routes.get("/sign-in/mail")
def by_mail(request: Request) -> Response:
    """Ask for a link; the same page for an account that is there and one that is not."""
    require_letters()
    with reading() as db:
        sent = bool(request.query.value("sent"))
        entry = options.value(db, options.REGISTRATION)
        opens = entry == Entry.OPEN
        return request.page(db, back=back(request), sent=sent, opens=opens)


@routes.post("/sign-in/mail", page="by_mail")
def ask_link(request: Request) -> Response:
    """Send a link to the address: to sign in, or to open an account where there is none."""
    return _ask(request, Purpose.SIGN_IN, "/sign-in/mail?sent=1")


@routes.get("/sign-in/mail/{token}")
def mail_link(request: Request, token: str) -> Response:
    """A button; the link itself does nothing yet."""
    with reading() as db:
        links.look(db, Purpose.SIGN_IN, token)
        return request.page(db, token=token)


@routes.post("/sign-in/mail/{token}", unlogged=True)
def follow_link(request: Request, token: str) -> Response:
    """Come in by the link, which is used up."""
    limits.check_address("link", request.address)
    with transaction() as tx:
        link = links.claim(tx, Purpose.SIGN_IN, token)
        to = enter(request, tx, link.member_id or 0, shared=link.shared, to=link.back)
    return entered(request, to, shared=link.shared)


@routes.get("/register/mail/{token}")
def register_link(request: Request, token: str) -> Response:
    """A form for a name; the address is known already."""
    with reading() as db:
        options.require_open(db)
        links.look(db, Purpose.REGISTER, token)
        return request.page(db, token=token, texts=conduct.texts(db, [PLATFORM]))


@routes.post("/register/mail/{token}", page="register_link", unlogged=True)
def join_by_link(request: Request, token: str) -> Response:
    """Open an account whose address is confirmed; a password is not needed."""
    form = request.form
    login, name = form.text("login", max=200), form.text("name", max=200)
    password = form.text("password", max=200, optional=True)
    form.check()
    if password:
        service.check_password(password, rules.folded(login))
    limits.check_address("register", request.address)
    secret, minor = hashed(password) if password else None, form.flag("minor")
    with transaction() as tx:
        new, link = links.join(
            tx, token, login=login, name=name, password=secret, lang=request.lang, minor=minor
        )
        service.accept(tx, queries.actor_of(tx, new), form.lists("_accepted"))
        onward = GUARDIAN if minor else link.back
        to = enter(request, tx, new, shared=link.shared, to=onward)
    note = _("Your account is open. Welcome!")
    return entered(request, to, shared=link.shared, note=note)


@routes.get("/new-password")
def lost(request: Request) -> Response:
    """A lost password: by a link in a letter, or by a code from the counter."""
    with reading() as db:
        sent = bool(request.query.value("sent"))
        return request.page(db, by_mail=letters.offered(), sent=sent)


@routes.post("/new-password", page="lost")
def ask_password(request: Request) -> Response:
    """Send a link to a new password; the answer is the same for every address."""
    return _ask(request, Purpose.RESET, "/new-password?sent=1")


@routes.get("/new-password/{token}")
def password_link(request: Request, token: str) -> Response:
    """The form for the new password."""
    with reading() as db:
        links.look(db, Purpose.RESET, token)
        return request.page(db, token=token)


@routes.post("/new-password/{token}", page="password_link", unlogged=True)
def choose_password(request: Request, token: str) -> Response:
    """Take the new password; everybody else who was in is out."""
    password = request.form.text("password", max=200)
    request.form.check()
    limits.check_address("link", request.address)
    with reading() as db:
        link = links.look(db, Purpose.RESET, token)
        login = people.account(db, queries.actor_of(db, link.member_id or 0)).login
    service.check_password(password, login)
    secret = hashed(password)
    with transaction() as tx:
        link = links.new_password(tx, token, secret)
        to = enter(request, tx, link.member_id or 0, shared=link.shared, to=link.back)
    return entered(request, to, shared=link.shared, note=_("Your new password holds."))


def _ask(request: Request, purpose: Purpose, to: str) -> Response:
    require_letters()
    address = request.form.text("mail", max=254)
    shared = request.form.flag("shared")
    request.form.check()
    limits.check_address("letter", request.address)
    known: dict[str, Any] = {"base": address_of(request), "back": back(request)}
    with transaction() as tx:
        links.ask(tx, purpose, address, shared=shared, **known)
    return request.done(to)
