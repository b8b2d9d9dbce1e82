"""From guest to member, and from card to password: the same account, with one more way in."""

from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import contacts, letters, people, rules, service
from forum.members.passwords import hashed

routes = Routes("forum.members.routes")


@routes.get("/settings/membership")
def membership(request: Request) -> Response:
    """Choose a login name and a password; a guest becomes a member by it."""
    actor = request.member
    with reading() as db:
        account = people.account(db, actor)
        if account.has_password and actor.guest_of is None:
            return request.done("/settings")
        guest = actor.guest_of is not None
        return request.page(
            db,
            account=account,
            guest=guest,
            confirmed=guest and actor.id in contacts.mail_of(db, [actor.id]),
            closed=_closed(db, actor) if guest else "",
            by_mail=letters.offered(),
        )


def _closed(db: Db, actor: Actor) -> str:
    """Why a guest cannot become a member yet; empty where they can."""
    try:
        service.require_membership(db, actor)
    except Forbidden as refusal:
        return refusal.message
    return ""


@routes.post("/settings/membership", page="membership")
def become_member(request: Request) -> Response:
    """Give the account a password, and a guest a membership; everything said stays theirs."""
    form, actor = request.form, request.member
    password = form.text("password", max=200, optional=True)
    login = form.text("login", max=200, optional=not password)
    form.check()
    if password:
        service.check_password(password, rules.folded(login))
    secret = hashed(password) if password else None
    with transaction() as tx:
        service.take_membership(tx, actor, login=login, password=secret)
    note = _("You are a member now.") if actor.guest_of else _("Your password is saved.")
    return request.done("/settings", note=note)
