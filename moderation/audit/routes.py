"""The log as a page: filters, chain status, links to what each event is about."""

from urllib.parse import urlencode

from forum.base import keys
from forum.base.db import Db, reading
from forum.base.events import Audience
from forum.base.links import steps
from forum.base.refs import parse
from forum.base.registry import Step, events, panel
from forum.base.web import Request, Response, Routes
from forum.consultations import queries as consultations
from forum.consultations.rules import MODERATING
from forum.members import queries as members
from moderation.audit import queries
from moderation.audit.queries import Entry, Filter
from moderation.audit.words import kind_words, room_words

routes = Routes(__name__)


def _filter(request: Request) -> Filter:
    query = request.query
    return Filter(
        stream=query.text("stream", max=64, optional=True),
        kind=query.text("kind", max=80, optional=True),
        person=query.integer("person", optional=True),
        day=query.text("day", max=10, optional=True),
    )


def _address(wanted: Filter, number: int) -> str:
    values = {name: str(value) for name, value in wanted._asdict().items() if value}
    return f"/audit?{urlencode({**values, 'page': str(number)})}"


def _lines(db: Db, request: Request, entries: list[Entry]) -> list[dict[str, object]]:
    """What the events say, with the names of people and things, in a handful of queries."""
    seen = [entry for entry in entries if not entry.hidden]
    refs = {entry.subject for entry in seen} | {entry.stream for entry in seen}
    things: dict[str, Step] = {step.ref: step for step in steps(db, request.actor, sorted(refs))}
    called = members.names(db, {entry.actor_id for entry in seen if entry.actor_id is not None})
    return [
        {
            **entry._asdict(),
            "words": kind_words(entry.kind) if not entry.hidden else "",
            "actor": called.get(entry.actor_id) if entry.actor_id is not None else None,
            "thing": things.get(entry.subject),
            "where": things.get(entry.stream),
        }
        for entry in entries
    ]


def _called(lines: list[dict[str, object]], person: int | None) -> object:
    """The name behind the filter, where it stands in the log that one reads anyway."""
    return next((line["actor"] for line in lines if line.get("actor_id") == person), None)


@routes.get("/audit")
def audit(request: Request) -> Response:
    """One log as far as its reader may see it; all of them for administrators."""
    wanted = _filter(request)
    number = request.query.integer("page", optional=True, min=1) or 1
    with reading() as db:
        administrates = members.administrates(db, request.actor)
        if not wanted.stream and not administrates:
            return _logs(db, request)
        offset = (number - 1) * queries.PAGE
        entries, audience, more = queries.log(db, request.actor, wanted, offset=offset)
        stream = members.place_names(db, request.actor, [wanted.stream] if wanted.stream else [])
        lines = _lines(db, request, entries)
        return request.page(
            db,
            wanted=wanted,
            person=_called(lines, wanted.person),
            stream=stream.get(wanted.stream),
            head=queries.chain(db, wanted.stream) if wanted.stream else None,
            key=keys.public_key(),
            fingerprint=keys.fingerprint(keys.public_key()),
            entries=lines,
            full=audience >= Audience.MODERATOR,
            rooms=sorted({(kind.partition(":")[0]) for kind in events}),
            _room_words=room_words,
            pager={
                "previous": _address(wanted, number - 1) if number > 1 else None,
                "next": _address(wanted, number + 1) if more else None,
                "number": number,
                "pages": 0,
            },
        )


def _logs(db: Db, request: Request) -> Response:
    """The logs that somebody may read: where they lead first, then the open consultations."""
    led = members.places_of(db, request.actor, MODERATING)
    found, _total = consultations.consultations(db, request.actor, limit=50)
    return request.page(
        db,
        template="audit/logs.html",
        fingerprint=keys.fingerprint(keys.public_key()),
        led=list(members.place_names(db, request.actor, led).values()),
        consultations=[(f"consultation:{row.id}", row.title) for row in found],
    )


@panel("consultations:consultation", order=95)
@panel("floor:meeting", order=95)
def openness(db: Db, request: Request, subject: str) -> str | None:
    """At the foot of a consultation or meeting: its log and chain, for moderators their tools."""
    kind, ident = parse(subject)
    leads = queries.reader(db, request.actor, subject) >= Audience.MODERATOR
    return request.fragment(
        db, "audit/panel.html", place=subject, kind=kind, ident=ident, leads=leads
    )
