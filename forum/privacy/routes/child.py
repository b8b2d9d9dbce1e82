"""Somebody under 14: the rules for children, the declaration, and the link for a guardian."""

from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.purposes import CHILD, ask
from forum.base.web import Request, Response
from forum.members import service as accounts
from forum.members.routes.mail import address_of
from forum.privacy import queries
from forum.privacy.queries import Child
from forum.privacy.routes.data import routes
from forum.privacy.service import guardians

HERE = "/settings/guardian"


@routes.get("/privacy/children")
def children_rules(request: Request) -> Response:
    """The rules for children under 14 and their guardians, for everybody to read."""
    with reading() as db:
        return request.page(db, agreed=ask(CHILD))


@routes.get(HERE)
def own_guardian(request: Request) -> Response:
    """How it stands with one's guardian; for others, the way to say that one is under 14."""
    actor = request.member
    with reading() as db:
        return request.page(db, child=queries.child(db, actor.id))


@routes.post(HERE, page="own_guardian")
def declare(request: Request) -> Response:
    """Say that one is under 14."""
    with transaction() as tx:
        accounts.declare(tx, request.member, request.member.id)
    return request.done(HERE, note=_("It is noted. Now your guardian has the word."))


@routes.post(f"{HERE}/link", page="own_guardian", unlogged=True)
def guardian_link(request: Request) -> Response:
    """Make the link for a guardian; it is shown this once."""
    with transaction() as tx:
        token = guardians.make_link(tx, request.member)
    with reading() as db:
        address = f"{address_of(request)}/guardian/{token}"
        return request.page(db, address=address, days=guardians.LINK_LASTS.days)


@routes.get(f"{HERE}/form")
def own_form(request: Request) -> Response:
    """The form that a guardian signs on paper, for the child to bring along."""
    return paper(request, request.member.id, HERE)


@routes.post(f"{HERE}/grown", page="own_guardian")
def say_grown(request: Request) -> Response:
    """Say that one is 14 by now."""
    with transaction() as tx:
        guardians.say_grown(tx, request.member)
    return request.done(HERE, note=_("It is noted. Your station confirms it at the counter."))


def paper(request: Request, member: int, back: str) -> Response:
    """The form for somebody who is under 14; NotFound for others."""
    with reading() as db:
        found = of(db, member)
        return request.page(
            db,
            child=found,
            back=back,
            agreed=ask(CHILD),
            template="privacy/guardian_form.html",
        )


def of(db: Db, member: int) -> Child:
    """A child; NotFound for whoever is none."""
    if (found := queries.child(db, member)) is None:
        raise NotFound(_("This is not the account of a child."))
    return found
