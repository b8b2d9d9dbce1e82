"""The home page, the chain of a thing, and the demo's personas."""

from forum.base import auth, clock, links, registry
from forum.base.db import reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.links import ORDER
from forum.base.refs import ref
from forum.base.web import Request, Response, Routes
from forum.consultations import words as consultations
from forum.consultations.models import Stage
from forum.followups import words as followups
from forum.front import homes, personas, queries, words
from forum.members import queries as members
from forum.members import service
from moderation.reports.words import rule_words
from sessions.meetings import words as meetings
from sessions.minutes import words as minutes

routes = Routes(__name__)

# What a chain still lacks while its end is not reached.
TO_COME = ("decision", "outcome", "task")


@routes.get("/")
def home(request: Request) -> Response:
    """What is open, what comes next, what came of things; for staff, their work first."""
    with reading() as db:
        # Words like "in two hours" age: a kept page is good for the minute.
        version = f"{queries.newest(db)}:{clock.now():%H%M}"
        if kept := request.fresh(version):
            return kept
        found = homes.home(db, request.actor)
        places = {f"station:{row.station_id}" for row in (*found.near, *found.elsewhere)}
        named = members.place_names(db, request.actor, places - {"station:None"})
        return request.page(
            db,
            version=version,
            home=found,
            stations={place: step.title for place, step in named.items()},
            stages={stage: consultations.stage(stage) for stage in Stage},
            _meetings=meetings,
            _minutes=minutes,
            _words=followups,
            _rule_words=rule_words,
        )


@routes.get("/chain/{kind}/{ident:int}")
def chain(request: Request, kind: str, ident: int) -> Response:
    """Where a thing came from and what came of it, from the first word to the kept promise."""
    own = ref(kind, ident) if kind.isidentifier() else ""
    with reading() as db:
        # Names of people are shown with what they did, never one number after the other.
        resolve = registry.resolvers.get(kind) if kind in ORDER else None
        thing = resolve(db, request.actor, [ident]).get(ident) if resolve else None
        if thing is None:
            raise NotFound(_("There is nothing to follow here."))
        steps = links.chain(db, request.actor, own)
        kinds = {step.kind for step in steps}
        last = max((ORDER.index(found) for found in kinds if found in ORDER), default=0)
        return request.page(
            db,
            thing=thing,
            steps=steps,
            dates=queries.dates(db, [step.ref for step in steps]),
            to_come=[later for later in TO_COME if ORDER.index(later) > last],
            _kinds=words.kinds(),
        )


@routes.get("/demo/personas")
def demo_personas(request: Request) -> Response:
    """The people of the demo, each with what they are."""
    personas.require_demo()
    with reading() as db:
        return request.page(db, people=personas.personas(db), back=request.query.value("back"))


@routes.post("/demo/personas")
def become(request: Request) -> Response:
    """Be somebody else with one click."""
    personas.require_demo()
    member = request.form.integer("persona")
    back = str(request.form.value("back")) or "/"
    with transaction() as tx:
        name = members.actor_of(tx, member).name
        token = service.sign_in(tx, member, label="Demo")
    request.set_cookie(auth.COOKIE, token, max_age=None)
    return request.done(back, note=_("You are %(name)s now.") % {"name": name})


@routes.get("/help")
def help_page(request: Request) -> Response:
    """How to take part, on one page."""
    with reading() as db:
        return request.page(db)


@routes.get("/privacy")
def privacy(request: Request) -> Response:
    """What is kept of a person, why, who sees it, and what one may ask for."""
    with reading() as db:
        return request.page(db)
