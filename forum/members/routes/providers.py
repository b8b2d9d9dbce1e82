"""Coming in by a sign-in service of others, and the services that open one's own account."""

from forum.base import limits
from forum.base.db import reading, transaction
from forum.base.errors import Invalid
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import attempts, conduct, options, people, queries, service
from forum.members.doorway import GUARDIAN, back, enter, entered
from forum.members.identities import Purpose
from forum.members.models import PLATFORM
from forum.members.passwords import matches
from forum.members.providers import port
from forum.members.providers.port import Provider
from forum.members.routes.mail import address_of
from forum.members.service import links
from forum.members.service import providers as ties

routes = Routes("forum.members.routes")

WAYS = "/settings/ways"


def _callback(request: Request, provider: Provider) -> str:
    return f"{address_of(request)}/sign-in/with/{provider.key}/back"


def _away(request: Request, url: str) -> Response:
    """On to the service's own page; a form could not lead there, for our policy forbids it."""
    answer = request.send(b"", "text/plain")
    answer.status_code = 303
    answer.headers["location"] = url
    return answer


def _set_out(request: Request, provider: Provider, attempt: port.Attempt) -> str:
    limits.check_address("provider", request.address)
    with port.turn():
        url = provider.begin(attempt, _callback(request, provider), request.lang)
    attempts.keep(request, attempt)
    return url


@routes.get("/sign-in/with/{provider}")
def begin_with(request: Request, provider: str) -> Response:
    """Set out to a service; who is in already goes on."""
    if request.kiosk:
        return request.done("/kiosk/phone?to=/sign-in")
    service_ = port.named(provider)
    if request.actor:
        return request.done(back(request))
    shared = request.query.flag("shared")
    attempt = port.fresh(provider, back=back(request), shared=shared)
    return _away(request, _set_out(request, service_, attempt))


@routes.get("/sign-in/with/{provider}/back")
def came_back(request: Request, provider: str) -> Response:
    """Somebody comes back from a service: known, new, or with a service for their account.

    Only the browser that set out gets in, with what it set out with, once: an address with
    another's code or ticket in it opens nothing here.
    """
    limits.check_address("provider", request.address)
    service_ = port.named(provider)
    attempt = attempts.take(request)
    given = {name: texts[-1] for name, texts in request.query.values.items()}
    if attempt is None or attempt.provider != provider:
        raise service_.refused("this browser did not set out, or long ago")
    if given.get("state", "" if service_.returns_state else attempt.state) != attempt.state:
        raise service_.refused("another state came back")
    if attempt.member and (request.actor is None or request.actor.id != attempt.member):
        raise service_.refused("another account than the one that set out is signed in")
    _use_up(service_, attempt, given)
    with port.turn():
        subject = service_.finish(attempt, _callback(request, service_), given)
    tied = ties.tie(service_, subject)
    if attempt.member:
        with transaction() as tx:
            ties.attach(tx, request.member, tied)
        words = _("%(service)s opens your account from now on.") % {"service": service_.label}
        return request.done(WAYS, note=words)
    with transaction() as tx:
        known = ties.known(tx, tied)
        if known is None:
            token = ties.welcome(tx, tied, back=attempt.back, shared=attempt.shared)
            return request.done(f"/register/with/{token}")
        to = enter(request, tx, known, shared=attempt.shared, to=attempt.back)
    return entered(request, to, shared=attempt.shared)


def _use_up(service_: Provider, attempt: port.Attempt, given: dict[str, str]) -> None:
    """Whatever comes of it, the same state, code or ticket is worth nothing again."""
    once = service_.once(given)
    with transaction() as tx:
        new = ties.spend(tx, kind="state", value=attempt.state)
        if once:
            new = ties.spend(tx, kind=service_.realm, value=once) and new
    if not new:
        raise service_.refused("it was presented before")


@routes.get("/register/with/{token}")
def newcomer(request: Request, token: str) -> Response:
    """A form for the name: all that a service does not say for somebody."""
    with reading() as db:
        options.require_open(db)
        links.look(db, Purpose.NEWCOMER, token)
        return request.page(db, token=token, texts=conduct.texts(db, [PLATFORM]))


@routes.post("/register/with/{token}", page="newcomer", unlogged=True)
def join_with(request: Request, token: str) -> Response:
    """Open the account that the service opens from now on."""
    name, minor = request.form.text("name", max=200), request.form.flag("minor")
    request.form.check()
    limits.check_address("register", request.address)
    with transaction() as tx:
        new, link = ties.join(tx, token, name=name, lang=request.lang, minor=minor)
        service.accept(tx, queries.actor_of(tx, new), request.form.lists("_accepted"))
        to = enter(request, tx, new, shared=link.shared, to=GUARDIAN if minor else link.back)
    note = _("Your account is open. Welcome!")
    return entered(request, to, shared=link.shared, note=note)


@routes.get(WAYS)
def ways(request: Request) -> Response:
    """The services that open one's account, and those that could."""
    actor = request.member
    with reading() as db:
        mine = {link.provider: link.linked_at for link in ties.linked(db, actor.id)}
        known = port.offered()
        return request.page(
            db,
            mine=[
                {"key": key, "label": known[key].label if key in known else key, "since": since}
                for key, since in mine.items()
            ],
            others=[
                {"key": key, "label": found.label}
                for key, found in known.items()
                if key not in mine
            ],
            has_password=people.account(db, actor).has_password,
        )


@routes.post("/settings/ways/{provider}", page="ways")
def tie_way(request: Request, provider: str) -> Response:
    """Confirm that it is oneself, then go and fetch the service's word."""
    actor, service_ = request.member, port.named(provider)
    _confirm(request)
    attempt = port.fresh(provider, member=actor.id)
    url = _set_out(request, service_, attempt)
    with reading() as db:
        page = "members/go_on.html"
        return request.page(db, template=page, label=service_.label, _to=url)


@routes.post("/settings/ways/{provider}/remove", page="ways")
def untie_way(request: Request, provider: str) -> Response:
    """Take a service off one's account."""
    actor = request.member
    _confirm(request)
    with transaction() as tx:
        ties.detach(tx, actor, provider)
    return request.done(WAYS, note=_("It no longer opens your account."))


def _confirm(request: Request) -> None:
    """Ways in are changed by whoever knows the password, not by who finds an open window."""
    actor = request.member
    limits.check(f"password:{actor.id}", per_minute=1, burst=10)
    with reading() as db:
        account = people.account(db, actor)
        known = queries.credential(db, account.login)
        if not account.has_password:
            ties.require_fresh(db, actor)
            return
    password = request.form.text("password", max=200)
    request.form.check()
    if not matches(known[1] if known else None, password):
        words = _("This is not your password.")
        raise Invalid(words, fields={"password": words})
