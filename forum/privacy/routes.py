"""One's own data: a copy to take along, and the way out."""

from forum.base import clock, erasure, limits
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Invalid
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import people
from forum.members import queries as members
from forum.members.passwords import matches
from forum.privacy import queries, service

routes = Routes(__name__)


@routes.get("/settings/data")
def data(request: Request) -> Response:
    """What one may take along, and how one's account is erased."""
    actor = request.member
    with reading() as db:
        account = people.account(db, actor)
        wish = queries.wish(db, actor.id)
        return request.page(db, account=account, wish=wish, days=service.WAIT.days)


@routes.post("/settings/data/copy", page="data")
def take(request: Request) -> Response:
    """Everything that is kept of oneself, as one archive."""
    actor = request.member
    limits.check(f"copy:{actor.id}", per_minute=1, burst=3)
    with reading() as db:
        content = _packed(request, db, actor)
    with transaction() as tx:
        service.taken(tx, actor.id)
    name = f"folkmoot-{clock.now():%Y-%m-%d}.zip"
    return request.send(content, "application/zip", filename=name)


def _packed(request: Request, db: Db, actor: Actor) -> bytes:
    found = erasure.gathered(db, actor.id)
    shown = request.fragment(db, "privacy/copy.html", found=found, whose=actor.name)
    return queries.packed(found, shown.encode(), queries.attached(db, actor.id))


@routes.post("/settings/data/erase", page="data")
def erase(request: Request) -> Response:
    """Ask for one's account to be erased, with the password; without one, with one's name."""
    form, actor = request.form, request.member
    typed = form.text("proof", max=200)
    form.check()
    limits.check(f"password:{actor.id}", per_minute=1, burst=10)
    with reading() as db:
        account = people.account(db, actor)
        known = members.credential(db, account.login)
    secret = known[1] if known else None
    fits = matches(secret, typed) if account.has_password else typed == account.name
    if not fits:
        mistyped = _("It reads otherwise.")
        wrong = _("This is not your password.") if account.has_password else mistyped
        raise Invalid(wrong, fields={"proof": wrong})
    with transaction() as tx:
        service.ask(tx, actor)
    return request.done("/settings/data", note=_("Your account is going to be erased."))


@routes.post("/settings/data/stay", page="data")
def stay(request: Request) -> Response:
    """Stay after all."""
    with transaction() as tx:
        service.withdraw(tx, request.member)
    return request.done("/settings/data", note=_("Your account stays."))
