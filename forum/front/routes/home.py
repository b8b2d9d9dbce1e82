"""The home page of whoever reads it."""

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.web import Request, Response, Routes
from forum.consultations import words as consultations
from forum.consultations.models import Stage
from forum.followups import words as followups
from forum.front import hints, homes, queries, since, words
from forum.front.hints import Hint
from forum.front.homes import Home
from forum.front.since import Since
from forum.members import people, service
from forum.members import queries as members
from sessions.meetings import words as meetings

routes = Routes("forum.front.routes")


@routes.get("/")
def home(request: Request) -> Response:
    """What is open, what comes next, what came of things; for staff, their work first."""
    if request.kiosk:
        return request.done("/kiosk")
    greets = request.actor is None and "hints" not in request.cookies
    with reading() as db:
        # Words like "in two hours" age: a kept page is good for the minute.
        version = f"{queries.newest(db)}:{clock.now():%H%M}:{greets}"
        if kept := request.fresh(version):
            return kept
        found = homes.home(db, request.actor)
        places = {f"station:{row.station_id}" for row in (*found.near, *found.elsewhere)}
        named = members.place_names(db, request.actor, (places - {"station:None"}) | {*found.desks})
        news, arrived = _news(db, request.actor)
        answer = request.page(
            db,
            version=version,
            home=found,
            since=news,
            stations={place: step.title for place, step in named.items()},
            stages={stage: consultations.stage(stage) for stage in Stage},
            _desks=[named[place] for place in found.desks if place in named],
            _hint=_hint(db, request, found, greets=greets),
            _own=words,
            _meetings=meetings,
            _words=followups,
        )
    if request.actor is not None and arrived:
        with transaction() as tx:
            service.arrive(tx, request.actor.id)
    return answer


def _news(db: Db, actor: Actor | None) -> tuple[Since | None, bool]:
    """What happened since somebody was here before, and whether to note that they are here."""
    if actor is None:
        return None, False
    before, arrived = since.last_visit(db, actor)
    found = since.since(db, actor, before) if before else None
    return (found if found and found.places else None), arrived


def _hint(db: Db, request: Request, found: Home, *, greets: bool) -> Hint | None:
    if request.actor is None:
        return hints.GUEST if greets else None
    return hints.hint(found.roles, people.account(db, request.actor).hints)
