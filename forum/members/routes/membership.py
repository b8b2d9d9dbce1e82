"""From guest to member, and from card to password: the same account, with one more way in."""

from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import people, rules, service
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
        return request.page(db, account=account, guest=actor.guest_of is not None)


@routes.post("/settings/membership", page="membership")
def become_member(request: Request) -> Response:
    """Give the account a password, and a guest a membership; everything said stays theirs."""
    form, actor = request.form, request.member
    login = form.text("login", max=200)
    password = form.text("password", max=200)
    form.check()
    service.check_password(password, rules.folded(login))
    secret = hashed(password)
    with transaction() as tx:
        service.become_member(tx, actor, login=login, password=secret)
    note = _("You are a member now.") if actor.guest_of else _("Your password is saved.")
    return request.done("/settings", note=note)
