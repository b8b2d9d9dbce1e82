"""Calendars and news as somebody outside may read them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from forum.base import auth, calendars, news, registry
from forum.base.auth import Actor
from forum.base.calendars import Entry
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.news import Feed
from forum.base.refs import parse
from forum.base.registry import Step
from forum.feeds.models import CalendarLink, NewsItem
from forum.members import queries as members
from forum.members.models import PLATFORM
from forum.outbox import queries as outbox
from forum.outbox.models import Verb

PAGE = 50
BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)  # when a feed without an entry was last changed


class Item(NamedTuple):
    """One entry of a feed."""

    id: str
    title: str
    url: str
    at: datetime
    state: str


class Page(NamedTuple):
    """A part of a feed, the newest first; `more` where older ones follow."""

    items: list[Item]
    updated: datetime
    more: bool


def linked_since(db: Db, actor: Actor) -> datetime | None:
    """Since when a link shows somebody's calendar; None where none does."""
    query = select(col(CalendarLink.made_at)).where(col(CalendarLink.member_id) == actor.id)
    return db.execute(query).scalar_one_or_none()


def owner(db: Db, secret: str) -> Actor:
    """Whose calendar a link shows; NotFound for one that shows nothing (any more)."""
    query = select(col(CalendarLink.member_id)).where(
        col(CalendarLink.digest) == auth.digest(secret)
    )
    member = db.execute(query).scalar_one_or_none()
    if member is None:
        raise NotFound(_("This calendar link is not in use."))
    return members.actor_of(db, member)


def own_calendar(db: Db, actor: Actor) -> list[Entry]:
    """What has a date where somebody belongs or what they follow, as they may see it now."""
    followed = [row.ref for row in outbox.followed(db, actor) if row.verb is Verb.FOLLOW]
    held = [place for place in members.places_of(db, actor) if place != PLATFORM]
    return calendars.entries(db, actor, [*held, *followed], own=True)


def public_calendar(db: Db, place: str) -> list[Entry]:
    """What has a date in a place, as everybody may see it."""
    public_place(db, place)
    return calendars.entries(db, None, [place], own=False)


def public_place(db: Db, place: str) -> str:
    """The name of a place that everybody may know of; NotFound for any other."""
    if place == PLATFORM:
        return ""
    kind, ident = parse(place)
    if kind not in news.PLACES or registry.streams[kind](db, None, ident) is None:
        raise NotFound(_("There is no such place."))
    return registry.resolvers[kind](db, None, [ident])[ident].title


def feed(db: Db, place: str, kind: Feed, page: int) -> Page:
    """A page of a place's news of one kind; what the public may not see is left out."""
    query = (
        select(col(NewsItem.event_id), col(NewsItem.kind), col(NewsItem.about), col(NewsItem.at))
        .where(col(NewsItem.place) == place, col(NewsItem.feed) == kind.value)
        .order_by(col(NewsItem.id).desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    rows = db.execute(query).all()
    known = public_steps(db, [row.about for row in rows])
    items = [
        Item(
            UUID(row.event_id).urn,
            sentence(row.kind, known[row.about].title),
            known[row.about].url,
            row.at,
            known[row.about].state,
        )
        for row in rows[:PAGE]
        if row.about in known and row.kind in news.declared
    ]
    return Page(items, items[0].at if items else BEFORE_ALL, len(rows) > PAGE)


def sentence(kind: str, title: str) -> str:
    """An event in the words of its news, in the reader's language."""
    return _(news.declared[kind].words) % {"title": title}


def public_steps(db: Db, refs: Sequence[str]) -> dict[str, Step]:
    """What these things are called, those of them that everybody may see."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        kind, ident = parse(ref)
        by_kind[kind].add(ident)
    return {
        step.ref: step
        for kind, ids in by_kind.items()
        for step in registry.resolvers[kind](db, None, sorted(ids)).values()
    }
