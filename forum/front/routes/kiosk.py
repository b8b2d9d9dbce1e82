"""The screen at a counter: begun by an operator, used by everybody, ended with its PIN."""

from collections.abc import Sequence

from forum.arguments import rules as arguments
from forum.arguments import words
from forum.arguments.models import Stance
from forum.base import auth, clock, kiosk, limits, notes
from forum.base.db import reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.i18n import _
from forum.base.kiosk import Kiosk
from forum.base.web import Request, Response, Routes
from forum.front import counters
from forum.front.counters import Topic
from forum.members import service
from forum.stations import queries as stations
from sessions.meetings import words as meetings

routes = Routes("forum.front.routes")

PIN = range(4, 21)
OWN_COOKIES = ("lang", "theme", "mode", "text", "hints", "shared", notes.COOKIE)


def _here(request: Request) -> Kiosk:
    if request.kiosk is None:
        raise NotFound(_("This screen is no kiosk."))
    return request.kiosk


def _forget(request: Request) -> None:
    """Nothing that the one before chose is left for the next."""
    for name in OWN_COOKIES:
        if name in request.cookies:
            request.set_cookie(name, "", max_age=0)


def _target(request: Request) -> str:
    wish = str(request.query.value("to"))[:500]
    return wish if wish.startswith("/") and not wish.startswith("//") else "/"


@routes.get("/kiosk")
def counter(request: Request) -> Response:
    """The first page of a kiosk; elsewhere the page that begins one."""
    if request.kiosk is None:
        return request.done("/kiosk/start")
    with reading() as db:
        found = counters.counter(db, request.kiosk.station)
        return request.page(db, counter=found, _meetings=meetings)


@routes.get("/kiosk/start")
def start(request: Request) -> Response:
    """Make this browser the screen of a counter: for the station's operators."""
    if request.kiosk:
        return request.done("/kiosk")
    with reading() as db:
        return request.page(db, stations=counters.keeps(db, request.member))


@routes.post("/kiosk/start", page="start")
def begin(request: Request) -> Response:
    """Begin: the operator is signed out here, and nobody can sign in until the PIN ends it."""
    form, actor = request.form, request.member
    with reading() as db:
        if not counters.keeps(db, actor):
            raise Forbidden(_("Only the operators of a station set up its screen."))
    station, pin = form.integer("station"), form.text("pin", max=100)
    if pin and len(pin) not in PIN:
        form.wrong("pin", _("Four to twenty characters."))
    form.check()
    with transaction() as tx:
        counters.require_keeper(tx, actor, station)
        if actor.credential_id is not None:
            service.sign_out(tx, actor, actor.credential_id)
    request.set_cookie(auth.COOKIE, "", max_age=0)
    _forget(request)
    request.set_cookie(kiosk.COOKIE, kiosk.begin(station, pin))
    return request.done("/kiosk")


@routes.get("/kiosk/again")
def again(request: Request) -> Response:
    """From the beginning, as if nobody had been here."""
    _here(request)
    _forget(request)
    return request.done("/kiosk")


@routes.get("/kiosk/leave")
def leave(request: Request) -> Response:
    """Where staff end the kiosk."""
    _here(request)
    with reading() as db:
        return request.page(db)


@routes.post("/kiosk/leave", page="leave")
def end(request: Request) -> Response:
    """End the kiosk with the PIN that was chosen at its start."""
    here = _here(request)
    pin = request.form.text("pin", max=100)
    request.form.check()
    limits.check(f"kiosk:{here.nonce}", per_minute=2, burst=5)
    if not kiosk.opens(here, pin):
        words = _("This is not the PIN of this screen.")
        raise Invalid(words, fields={"pin": words})
    request.set_cookie(kiosk.COOKIE, "", max_age=0)
    return request.done("/", note=_("This browser is no kiosk any more."))


@routes.get("/kiosk/phone")
def phone(request: Request) -> Response:
    """Nobody signs in here; the same page opens on one's own phone."""
    _here(request)
    with reading() as db:
        return request.page(db, target=_target(request))


@routes.get("/kiosk/say")
def say(request: Request) -> Response:
    """Say something with help: one speaks, the clerk types, a slip of paper takes it along."""
    here = _here(request)
    with reading() as db:
        return request.page(
            db,
            topics=counters.topics(db),
            station=stations.station(db, here.station),
            stances=words.choices(),
            most=arguments.BODY_MOST,
        )


@routes.post("/kiosk/say", page="say", unlogged=True)
def slip(request: Request) -> Response:
    """The slip, to print and sign. It is kept nowhere: who has no account here cannot post."""
    here, form = _here(request), request.form
    topic, stance = form.integer("topic"), form.choice("stance", Stance)
    body = form.text("body", max=arguments.BODY_MOST)
    form.check()
    with reading() as db:
        return request.page(
            db,
            topic=_chosen(counters.topics(db), topic),
            station=stations.station(db, here.station),
            stance=words.stance(stance),
            body=body,
            made_at=clock.now(),
        )


def _chosen(topics: Sequence[Topic], wanted: int) -> Topic:
    for topic in topics:
        if topic.id == wanted:
            return topic
    raise Conflict(_("Nothing can be said on this topic any more."))
