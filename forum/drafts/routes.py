"""Leaving drafts at sign-out, and finding them again."""

from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.drafts import queries, rules, service

routes = Routes(__name__)


@routes.get("/drafts")
def drafts(request: Request) -> Response:
    """One's own drafts that are kept on the server."""
    with reading() as db:
        return request.page(db, drafts=queries.drafts(db, request.member))


@routes.post("/drafts")
def keep(request: Request) -> Response:
    """Keep what this device holds; asked for by the page right before it signs out."""
    actor = request.member
    given = rules.parsed(str(request.form.value("drafts", "[]")))
    with transaction() as tx:
        service.keep(tx, actor, given)
    return request.done("/drafts", kept=len(given))


@routes.post("/drafts/received")
def receive(request: Request) -> Response:
    """The device says that it has these again, or the reader that they are not wanted."""
    actor, ids = request.member, request.form.integers("draft")
    request.form.check()
    with transaction() as tx:
        service.drop(tx, actor, ids)
    return request.done("/drafts", note=_("The draft is gone."))
