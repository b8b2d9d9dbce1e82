"""The receivers of a place's news, for those who run the place."""

from forum.base import news, registry
from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.news import Feed
from forum.base.web import Request, Response, Routes
from forum.hooks import queries, service
from forum.hooks.ports import dialects
from forum.members import grounds, options
from forum.members.models import PLATFORM

routes = Routes(__name__)


@routes.get("/hooks")
def hooks(request: Request) -> Response:
    """Where the public news of a place go, and the way to add a receiver."""
    place = str(request.form.value("place") or request.query.value("place") or PLATFORM)
    with reading() as db:
        return _page(db, request, place, "")


def _page(db: Db, request: Request, place: str, secret: str) -> Response:
    ground = grounds.ruled(db, request.actor, place)
    return request.page(
        db,
        template="hooks/hooks.html",
        ground=ground,
        hooks=queries.hooks(db, place),
        secret=secret,
        _dialects=[
            (each.name, _(each.words), _(each.help))
            for each in sorted(dialects.values(), key=lambda each: each.name)
        ],
        _feeds=[(feed.value, news.name(feed)) for feed in Feed],
    )


@routes.post("/hooks", page="hooks", unlogged=True)
def make(request: Request) -> Response:
    """Add a receiver; a secret that we made for it is shown this once."""
    form, actor = request.form, request.member
    place = str(form.value("place"))
    with reading() as db:
        grounds.ruled(db, actor, place)
    draft = service.Draft(
        form.choice("dialect", list(dialects)),
        form.text("label", max=80),
        form.text("address", max=1000),
        form.text("secret", max=200, optional=True),
        [Feed(feed) for feed in form.lists("feed") if feed in set(Feed)],
    )
    form.check()
    with transaction() as tx:
        made = service.make(tx, actor, place, draft)
    if not made.secret:
        note = _("News go there from now on. Send a greeting to see whether it works.")
        return request.done(_address(place), note=note, id=made.id)
    form.values.clear()
    with reading() as db:
        return _page(db, request, place, made.secret)


@routes.post("/hooks/{hook:int}/remove")
def remove(request: Request, hook: int) -> Response:
    """Send a receiver nothing more."""
    with transaction() as tx:
        place = service.remove(tx, request.member, hook)
    return request.done(_address(place), note=_("The receiver is removed."))


@routes.post("/hooks/{hook:int}/test")
def test(request: Request, hook: int) -> Response:
    """Send a receiver a greeting."""
    with transaction() as tx:
        place = service.test(tx, request.member, hook)
    return request.done(_address(place), note=_("A greeting is on its way."))


def _address(place: str) -> str:
    return "/hooks" + (f"?place={place}" if place != PLATFORM else "")


@registry.panel("members:admin", order=80)
def from_admin(db: Db, request: Request, subject: str) -> str | None:
    """The way here from the page of those who run a place."""
    place = PLATFORM if subject == options.STREAM else subject
    return request.fragment(db, "hooks/way.html", address=_address(place))
