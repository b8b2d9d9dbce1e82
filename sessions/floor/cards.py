"""Raised cards, read: only ever as numbers, and of a venue only where enough people are there."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlmodel import col

from forum.base.db import Db
from sessions.floor.models import Card, HallCards, RaisedCard
from sessions.meetings import presence
from sessions.meetings.models import Attendance
from voting.polls.rules import SMALL

Counts = dict[Card, int]


class Figures(NamedTuple):
    """How many cards are up: in all, and at each venue that is large enough to be told."""

    total: Counts
    venues: dict[int, Counts]

    @property
    def any(self) -> bool:
        """Whether any card is up."""
        return any(self.total.values())


NONE_UP = Figures(dict.fromkeys(Card, 0), {})


def telling(present: Mapping[int, int], small: int = SMALL) -> set[int]:
    """The venues whose own figures tell nothing of one person.

    Those with too few people are folded into the whole; where all the folded ones together are
    still too few, the next larger venue goes too, since subtracting would bare them.
    """
    shown = sorted((venue for venue, n in present.items() if n >= small), key=lambda v: present[v])
    while shown and 0 < sum(present.values()) - sum(present[venue] for venue in shown) < small:
        shown.pop(0)
    return set(shown)


def figures(db: Db, meeting: int) -> Figures:
    """What is held up now, on phones by those who are here, and in the halls as desks counted."""
    by_venue: dict[int, Counter[Card]] = defaultdict(Counter)
    for venue, card, number in (*_phones(db, meeting), *_halls(db, meeting)):
        by_venue[venue][Card(card)] += number
    if not by_venue:
        return NONE_UP
    total = sum(by_venue.values(), Counter[Card]())
    shown = telling(presence.counts(db, meeting).venues)
    return Figures(
        {card: total[card] for card in Card},
        {venue: {card: by_venue[venue][card] for card in Card} for venue in sorted(shown)},
    )


def _phones(db: Db, meeting: int) -> list[tuple[int, str, int]]:
    here = and_(
        col(Attendance.meeting_id) == meeting,
        col(Attendance.member_id) == col(RaisedCard.member_id),
        col(Attendance.out_at).is_(None),
    )
    found = db.execute(
        select(col(Attendance.venue_id), col(RaisedCard.card), func.count())
        .join(Attendance, here)
        .where(col(RaisedCard.meeting_id) == meeting)
        .group_by(col(Attendance.venue_id), col(RaisedCard.card))
    )
    return [(venue, card, number) for venue, card, number in found]


def _halls(db: Db, meeting: int) -> list[tuple[int, str, int]]:
    found = db.execute(
        select(col(HallCards.venue_id), col(HallCards.card), col(HallCards.number)).where(
            col(HallCards.meeting_id) == meeting
        )
    )
    return [(venue, card, number) for venue, card, number in found]


def room(db: Db, meeting: int, venue: int, suit: str) -> int:
    """How many people at a venue hold up no card of this suit on a phone."""
    on_phones = sum(
        number
        for where, card, number in _phones(db, meeting)
        if where == venue and Card(card).suit == suit
    )
    return presence.counts(db, meeting).venues.get(venue, 0) - on_phones


def counted(db: Db, meeting: int, venue: int) -> Counts:
    """What the desk of a venue counted last."""
    found = {Card(card): number for where, card, number in _halls(db, meeting) if where == venue}
    return {card: found.get(card, 0) for card in Card}


def own(db: Db, meeting: int, member: int) -> frozenset[Card]:
    """The cards that somebody holds up now; for their own eyes."""
    found = db.execute(
        select(col(RaisedCard.card)).where(
            col(RaisedCard.meeting_id) == meeting, col(RaisedCard.member_id) == member
        )
    )
    return frozenset(Card(card) for card in found.scalars())
