"""A guardian: reads the rules for children, consents, and keeps a child's data in hand."""

from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.purposes import CHILD, ask
from forum.base.web import Request, Response
from forum.privacy import queries, service
from forum.privacy.routes.child import of
from forum.privacy.routes.data import copy_of, routes
from forum.privacy.service import guardians

MINE = "/settings/children"


@routes.get("/guardian/{token}")
def become_guardian(request: Request, token: str) -> Response:
    """The rules for children, whose account it is, and the button by which one consents."""
    actor = request.member
    with reading() as db:
        child = of(db, guardians.child_of(db, actor, token))
        return request.page(db, child=child, token=token, agreed=ask(CHILD))


@routes.post("/guardian/{token}", page="become_guardian", unlogged=True)
def consent(request: Request, token: str) -> Response:
    """Consent for the child; the link is used up."""
    if not request.form.flag("agreed"):
        request.form.wrong("agreed", _("Please tick this if you agree."))
    request.form.check()
    with transaction() as tx:
        guardians.consent(tx, request.member, token)
    return request.done(MINE, note=_("Your consent is noted. The child can take part now."))


@routes.get(MINE)
def children(request: Request) -> Response:
    """The children whose guardian one is, and what one may do for them."""
    actor = request.member
    with reading() as db:
        found = queries.children(db, actor.id)
        return request.page(
            db,
            children=found,
            wishes=queries.wishes(db, [child.id for child in found]),
            agreed=ask(CHILD),
            days=service.WAIT.days,
        )


@routes.post(f"{MINE}/{{child:int}}/withdraw")
def withdraw_for_child(request: Request, child: int) -> Response:
    """Take one's consent for a child back."""
    with transaction() as tx:
        guardians.withdraw(tx, request.member, child)
    return request.done(MINE, note=_("Your consent is taken back. The child can only read now."))


@routes.post(f"{MINE}/{{child:int}}/agree")
def agree_for_child(request: Request, child: int) -> Response:
    """Agree to the rules for children as they read now."""
    with transaction() as tx:
        guardians.renew(tx, request.member, child)
    return request.done(MINE, note=_("Your consent is noted. The child can take part now."))


@routes.post(f"{MINE}/{{child:int}}/copy")
def take_for_child(request: Request, child: int) -> Response:
    """Everything that is kept of one's child, as one archive."""
    with reading() as db:
        found = guardians.require_guardian(db, request.member, child)
    return copy_of(request, request.member, found.id, found.name)


@routes.post(f"{MINE}/{{child:int}}/erase")
def erase_child(request: Request, child: int) -> Response:
    """Ask for one's child's account to be erased."""
    with transaction() as tx:
        service.ask(tx, guardians.require_guardian(tx, request.member, child).id)
    return request.done(MINE, note=_("The account of the child is going to be erased."))


@routes.post(f"{MINE}/{{child:int}}/stay")
def keep_child(request: Request, child: int) -> Response:
    """Let one's child's account stay after all."""
    with transaction() as tx:
        mine = guardians.require_guardian(tx, request.member, child)
        service.withdraw(tx, request.member, mine.id)
    return request.done(MINE, note=_("The account of the child stays."))
