"""Help and privacy: pages of words."""

from forum.base.db import reading
from forum.base.terms import all_terms
from forum.base.web import Request, Response, Routes
from forum.privacy import words as purposes

routes = Routes("forum.front.routes")


@routes.get("/help")
def help_page(request: Request) -> Response:
    """How to take part, and what the words mean, on one page."""
    with reading() as db:
        return request.page(db, terms=all_terms())


@routes.get("/privacy")
def privacy(request: Request) -> Response:
    """What is kept of a person, why, who sees it, and what one may ask for."""
    with reading() as db:
        return request.page(db, purposes=purposes.table())
