"""Calendars, feeds, and the pages that say where they are."""

import re
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from forum.base import limits, news, pages, registry
from forum.base.calendars import Entry
from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import TAGS, _, using
from forum.base.news import Feed
from forum.base.settings import settings
from forum.base.web import Request, Response, Routes
from forum.feeds import queries, service
from forum.members.models import PLATFORM

routes = Routes(__name__)

ICAL = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # none may stand in XML
KEPT = 300  # seconds for which a program need not ask again


@routes.get("/settings/calendar")
def calendar_link(request: Request) -> Response:
    """Whether a link shows one's calendar, and what it shows."""
    with reading() as db:
        since = queries.linked_since(db, request.member)
        return request.page(db, since=since, secret="")


@routes.post("/settings/calendar", unlogged=True)
def make_link(request: Request) -> Response:
    """Make a link to one's calendar and show it this once."""
    # A retry makes another link rather than that this one is kept with the stored answers.
    with transaction() as tx:
        secret = service.make_link(tx, request.member)
    link = f"{request.base_url}/calendar/{secret}.ics"
    with reading() as db:
        since = queries.linked_since(db, request.member)
        shown = "feeds/calendar_link.html"
        return request.page(db, template=shown, since=since, secret=link)


@routes.post("/settings/calendar/revoke")
def revoke_link(request: Request) -> Response:
    """Let the link show nothing any more."""
    with transaction() as tx:
        service.revoke_link(tx, request.member)
    return request.done("/settings/calendar", note=_("The link shows nothing any more."))


@routes.get("/calendar/{token}.ics")
def own_calendar(request: Request, token: str) -> Response:
    """Somebody's meetings and deadlines, for whoever has the link."""
    limits.check(f"calendar:{request.address}", per_minute=60, burst=120)
    with reading() as db:
        actor = queries.owner(db, token)
        with using(actor.lang or settings().language):
            return _calendar(request, settings().name, queries.own_calendar(db, actor))


@routes.get("/consultations/{consultation:int}/calendar.ics")
def of_consultation(request: Request, consultation: int) -> Response:
    """The meetings of a public consultation."""
    return _public_calendar(request, f"consultation:{consultation}")


@routes.get("/stations/{station:int}/calendar.ics")
def of_station(request: Request, station: int) -> Response:
    """The public meetings of a station and all that stands under it."""
    return _public_calendar(request, f"station:{station}")


def _public_calendar(request: Request, place: str) -> Response:
    with reading() as db:
        title = queries.public_place(db, place)
        return _calendar(request, title, queries.public_calendar(db, place))


def _calendar(request: Request, name: str, entries: list[Entry]) -> Response:
    # The library takes as long to load as a page to make: only where a calendar is asked for.
    from forum.feeds import ical  # noqa: PLC0415

    return _fresh(request, ical.calendar(name, entries, request.base_url), ICAL)


@routes.get("/feeds/{feed}.atom")
def news_of_all(request: Request, feed: str) -> Response:
    """The public news of the whole platform."""
    return _atom(request, PLATFORM, feed)


@routes.get("/consultations/{consultation:int}/feeds/{feed}.atom")
def news_of_consultation(request: Request, consultation: int, feed: str) -> Response:
    """The public news of a consultation."""
    return _atom(request, f"consultation:{consultation}", feed)


@routes.get("/stations/{station:int}/feeds/{feed}.atom")
def news_of_station(request: Request, station: int, feed: str) -> Response:
    """The public news of a station and all that stands under it."""
    return _atom(request, f"station:{station}", feed)


def _atom(request: Request, place: str, feed: str) -> Response:
    if feed not in set(Feed):
        raise NotFound(_("There is no such feed."))
    kind = Feed(feed)
    page = request.query.integer("page", optional=True, min=1, max=1000) or 1
    request.query.check()
    with reading() as db:
        shown = {
            "title": " · ".join(filter(None, (news.name(kind), queries.public_place(db, place)))),
            "site": settings().name,
            "lang_tag": TAGS[request.lang],
            "origin": request.base_url,
            "address": news.address(place, kind),
            "page": page,
            **queries.feed(db, place, kind, page)._asdict(),
        }
    body = UNPRINTABLE.sub("", pages.render("feeds/news.xml", shown))
    return _fresh(request, body.encode(), ATOM)


def _fresh(request: Request, body: bytes, kind: str) -> Response:
    """The body, or the word that the program has it already."""
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {
        "etag": etag,
        "cache-control": f"private, max-age={KEPT}",
        "vary": "accept-language, cookie",
    }
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, kind)


@routes.get("/feeds")
def feeds(request: Request) -> Response:
    """The feeds and the calendar of a place, or of the platform."""
    place = request.query.text("place", default=PLATFORM, max=64)
    with reading() as db:
        try:
            title = queries.public_place(db, place)
        except ValueError:
            raise NotFound(_("There is no such place.")) from None
        return request.page(db, place=place, title=title, **_addresses(place))


def _addresses(place: str) -> dict[str, Any]:
    kind, _colon, ident = place.partition(":")
    calendar = f"/{kind}s/{ident}/calendar.ics" if kind in news.PLACES else ""
    return {"alternates": news.alternates(place), "calendar": calendar}


@registry.panel("consultations:consultation", order=95)
@registry.panel("stations:station", order=95)
def outside(db: Db, request: Request, subject: str) -> str | None:
    """Where a public place can be read from outside."""
    try:
        queries.public_place(db, subject)
    except NotFound:
        return None
    address = f"/feeds?place={quote(subject, safe=':')}"
    return request.fragment(db, "feeds/outside.html", address=address)
