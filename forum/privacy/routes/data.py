"""One's own data: what one consented to, a copy to take along, and the way out."""

from forum.base import clock, erasure, limits
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Invalid
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import people
from forum.members import queries as members
from forum.members.passwords import matches
from forum.privacy import queries, service, words
from forum.privacy.service import consents

routes = Routes("forum.privacy.routes")


@routes.get("/settings/data")
def data(request: Request) -> Response:
    """What one consented to, may take along, and how one's account is erased."""
    actor = request.member
    with reading() as db:
        return request.page(
            db,
            account=people.account(db, actor),
            wish=queries.wish(db, actor.id),
            days=service.WAIT.days,
            consents=words.shown(queries.consents_of(db, actor.id)),
        )


@routes.post("/settings/data/consents/{purpose}/withdraw")
def withdraw_consent(request: Request, purpose: str) -> Response:
    """Take a consent back; the data goes at once."""
    with transaction() as tx:
        consents.withdraw(tx, request.member, purpose)
    words_ = _("Your consent is taken back, and the data is removed.")
    return request.done("/settings/data#consents", note=words_)


@routes.post("/settings/data/consents/{purpose}/agree")
def agree_again(request: Request, purpose: str) -> Response:
    """Consent to a purpose that reads differently now."""
    with transaction() as tx:
        consents.agree_again(tx, request.member, purpose)
    return request.done("/settings/data#consents", note=_("Your consent is noted."))


@routes.post("/settings/data/copy", page="data")
def take(request: Request) -> Response:
    """Everything that is kept of oneself, as one archive."""
    return copy_of(request, request.member, request.member.id, request.member.name)


def copy_of(request: Request, reader: Actor, member: int, name: str) -> Response:
    """The archive of somebody whom the reader may take it for."""
    limits.check(f"copy:{reader.id}", per_minute=1, burst=3)
    with reading() as db:
        content = _packed(request, db, member, name)
    with transaction() as tx:
        service.taken(tx, member)
    return request.send(content, "application/zip", filename=f"folkmoot-{clock.now():%Y-%m-%d}.zip")


def _packed(request: Request, db: Db, member: int, name: str) -> bytes:
    found = erasure.gathered(db, member)
    shown = request.fragment(db, "privacy/copy.html", found=found, whose=name)
    return queries.packed(found, shown.encode(), queries.attached(db, member))


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
        service.ask(tx, actor.id)
    return request.done("/settings/data", note=_("Your account is going to be erased."))


@routes.post("/settings/data/stay", page="data")
def stay(request: Request) -> Response:
    """Stay after all."""
    with transaction() as tx:
        service.withdraw(tx, request.member, request.member.id)
    return request.done("/settings/data", note=_("Your account stays."))
