"""The people of a demo whom one may become."""

from forum.base import auth
from forum.base.db import reading, transaction
from forum.base.demo import require_demo
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.front import personas
from forum.members import queries as members
from forum.members import service

routes = Routes("forum.front.routes")


@routes.get("/demo/personas")
def demo_personas(request: Request) -> Response:
    """The people of the demo, each with what they are."""
    require_demo()
    with reading() as db:
        return request.page(db, people=personas.personas(db), back=request.query.value("back"))


@routes.post("/demo/personas")
def become(request: Request) -> Response:
    """Be somebody else with one click."""
    require_demo()
    member = request.form.integer("persona")
    back = str(request.form.value("back")) or "/"
    with transaction() as tx:
        name = members.actor_of(tx, member).name
        token = service.sign_in(tx, member, label="Demo")
    request.set_cookie(auth.COOKIE, token, max_age=None)
    return request.done(back, note=_("You are %(name)s now.") % {"name": name})
