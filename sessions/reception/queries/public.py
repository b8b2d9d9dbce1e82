"""What everybody reads of a reception: numbers by venue, by way, by matter; nobody's name."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base.db import Db
from sessions.meetings import queries as meetings
from sessions.meetings.models import VenueKind
from sessions.reception import rules, words
from sessions.reception.categories import Category
from sessions.reception.models import Route, Visitor, VisitState, Word


class VenueTally(NamedTuple):
    """How a venue stands: who is being received, how many wait, were received, said something.

    One of an earlier sitting counts, if anybody came there; nobody is sent there any more.
    """

    id: int
    kind: VenueKind
    name: str
    serving: tuple[int, ...] = ()
    waiting: int = 0
    next: int | None = None
    received: int = 0
    words: int = 0
    former: bool = False


class Tally(NamedTuple):
    """The whole reception in numbers; a word is counted on the way that it goes now."""

    venues: tuple[VenueTally, ...]
    routes: Mapping[Route, int]
    unrouted: int
    categories: Mapping[Category, int]

    @property
    def received(self) -> int:
        """Everybody received, at whatever venue."""
        return sum(venue.received for venue in self.venues)

    @property
    def words(self) -> int:
        """Everything that was brought."""
        return sum(venue.words for venue in self.venues)

    @property
    def by_route(self) -> list[tuple[str, int]]:
        """The ways that were taken, in words."""
        named = [(words.route(way), self.routes[way]) for way in Route if way in self.routes]
        return [*named, (words.route(None), self.unrouted)] if self.unrouted else named

    @property
    def by_category(self) -> list[tuple[str, int]]:
        """What people spoke of, in words."""
        return [
            (words.category(about), self.categories[about])
            for about in Category
            if about in self.categories
        ]


def tally(db: Db, meeting: int) -> Tally:
    """The numbers as they stand now."""
    came = db.execute(
        select(col(Visitor.venue_id), col(Visitor.number), col(Visitor.state))
        .where(col(Visitor.meeting_id) == meeting)
        .order_by(col(Visitor.number))
    ).all()
    said = db.execute(
        select(col(Word.venue_id), col(Word.route), col(Word.category), func.count())
        .where(col(Word.meeting_id) == meeting, col(Word.struck).is_(False))
        .group_by(col(Word.venue_id), col(Word.route), col(Word.category))
    ).all()
    venues, routes, categories = [], dict[Route, int](), dict[Category, int]()
    unrouted = 0
    for _venue, way, about, number in said:
        categories[Category(about)] = categories.get(Category(about), 0) + number
        if way is None:
            unrouted += number
        else:
            routes[Route(way)] = routes.get(Route(way), 0) + number
    for row in meetings.venues(db, meeting, former=True):
        here = [(number, VisitState(state)) for at, number, state in came if at == row.id]
        if row.over_at is not None and not here:
            continue
        waiting = [number for number, state in here if state is VisitState.WAITING]
        venues.append(
            VenueTally(
                row.id,
                row.kind,
                row.name,
                tuple(number for number, state in here if state is VisitState.RECEIVED),
                len(waiting),
                waiting[0] if waiting else None,
                sum(state in rules.SEEN for _number, state in here),
                sum(number for venue, _way, _about, number in said if venue == row.id),
                row.over_at is not None,
            )
        )
    return Tally(tuple(venues), routes, unrouted, categories)
