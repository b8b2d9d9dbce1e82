"""Where one takes part: a page, and the menu in the head of every page."""

from forum.base.db import reading
from forum.base.web import Request, Response, Routes
from forum.front.places import mine

routes = Routes("forum.front.routes")


@routes.get("/places")
def places(request: Request) -> Response:
    """The stations and consultations that one is part of; htmx fetches them for the menu."""
    with reading() as db:
        found = mine(db, request.member)
        if request.htmx and request.htmx.target == "place-list":
            menu = request.fragment(db, "front/_place_menu.html", places=found)
            return request.send(menu.encode(), "text/html")
        return request.page(db, places=found)
