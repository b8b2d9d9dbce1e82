"""Finding things by words of their names."""

from forum.base.db import reading
from forum.base.web import Request, Response, Routes
from forum.front import search as searching
from forum.members.paging import page

routes = Routes("forum.front.routes")


@routes.get("/search")
def search(request: Request) -> Response:
    """What bears these words in its name: a few of every kind, or one kind page by page."""
    query = request.query
    text = query.text("q", max=searching.LONGEST, optional=True)
    kind = query.choice("kind", ["", *searching.KINDS], default="")
    number = query.integer("page", optional=True, min=1, max=1000) or 1
    query.check()
    with reading() as db:
        if not kind:
            found = searching.search(db, request.actor, text)
            return request.page(db, q=text, kind="", found=found, pager=None)
        offset = (number - 1) * searching.PAGE
        hits = searching.of_kind(db, request.actor, kind, text, offset=offset)
        pager = page(
            "/search", number=number, total=hits.total, size=searching.PAGE, q=text, kind=kind
        )
        return request.page(db, q=text, kind=kind, found=[hits], pager=pager)
