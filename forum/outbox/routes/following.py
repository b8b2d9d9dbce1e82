"""Following and muting: a button on a thing's page, and the list of all that one does."""

from forum.base import i18n, registry
from forum.base.db import Db, reading, transaction
from forum.base.fragments import cached
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members.doorway import back
from forum.outbox import queries, service
from forum.outbox.models import Verb

routes = Routes("forum.outbox.routes")

NEITHER = "neither"


@routes.get("/inbox/follows")
def follows(request: Request) -> Response:
    """What one follows and what one has muted."""
    with reading() as db:
        found = queries.followed(db, request.member)
        return request.page(
            db,
            followed=[thing for thing in found if thing.verb is Verb.FOLLOW],
            muted=[thing for thing in found if thing.verb is Verb.MUTE],
        )


@routes.post("/inbox/follows", page="follows")
def wish(request: Request) -> Response:
    """Follow a thing, mute it, or neither."""
    form, actor = request.form, request.member
    about = form.text("about", max=64)
    verb = form.choice("verb", [Verb.FOLLOW.value, Verb.MUTE.value, NEITHER])
    form.check()
    wanted = None if verb == NEITHER else Verb(verb)
    with transaction() as tx:
        service.wish(tx, actor, about, wanted)
    note = {
        Verb.FOLLOW: _("You follow this now."),
        Verb.MUTE: _("You will not be told of this any more."),
        None: _("You are told of this as usual."),
    }[wanted]
    return request.done(back(request), note=note)


@registry.panel("consultations:consultation", order=92)
@registry.panel("agenda:item", order=92)
@registry.panel("followups:task", order=92)
@registry.panel("stations:station", order=92)
@registry.panel("floor:meeting", order=92)
def follow_panel(db: Db, request: Request, subject: str) -> str | None:
    """Whether one wants to be told of this thing."""
    if request.actor is None:
        return None
    verb = queries.verb_of(db, request.actor, subject)
    facts = {
        "about": subject,
        "verb": verb.value if verb else "",
        "by_place": subject.startswith(("consultation:", "station:")),
    }

    def make() -> str:
        return request.fragment(db, "outbox/follow_panel.html", **facts)

    # The same for all who follow alike.
    depends = (*facts.values(), request.path, request.looks.mode, i18n.current())
    return cached(("follow", *depends), make)
