"""Cards: held up and taken down by oneself, counted in a hall by its desk, cleared by the chair.

Who holds up which is in one table and nowhere else: no event, no log line, no history.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import delete
from sqlmodel import col

from forum.base import auth
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound, Refusal, SignInNeeded
from forum.base.events import record
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.refs import ref
from forum.base.writer import batch
from forum.members import queries as members
from forum.members.models import PLATFORM
from sessions.floor import cards
from sessions.floor.events import CardsCleared, CardsCounted
from sessions.floor.models import Card, HallCards, RaisedCard
from sessions.floor.service.common import chaired, require_session, tell
from sessions.meetings import presence
from sessions.meetings import queries as meetings
from sessions.meetings.models import Meeting
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import at_desk


class Holding(NamedTuple):
    """Somebody holds a card up, or takes it down; `credential` says who."""

    credential: str | None
    meeting: int
    card: Card
    up: bool = True


@batch
def hold_cards_batch(tx: Db, items: list[Holding]) -> list[Refusal | None]:
    """Cards of many people in one transaction, and one count of them for each meeting."""
    actors = auth.actors_for(tx, {item.credential for item in items if item.credential})
    answers: list[Refusal | None] = [None] * len(items)
    for meeting in sorted({item.meeting for item in items}):
        mine = [(n, item) for n, item in enumerate(items) if item.meeting == meeting]
        people = {n: actors.get(item.credential or "") for n, item in mine}
        found = _hold(tx, meeting, [(people[n], item.card, item.up) for n, item in mine])
        for (n, _item), answer in zip(mine, found, strict=True):
            answers[n] = answer
    return answers


def hold_card(tx: Db, actor: Actor, meeting: int, card: Card, *, up: bool = True) -> None:
    """Hold up a card, in place of another of its suit, or take it down."""
    if refusal := _hold(tx, meeting, [(actor, card, up)])[0]:
        raise refusal


def _hold(
    tx: Db, meeting: int, wishes: Sequence[tuple[Actor | None, Card, bool]]
) -> list[Refusal | None]:
    tx.get(Meeting, meeting, with_for_update=True, populate_existing=True)
    people = {actor.id for actor, _card, _up in wishes if actor}
    there = presence.here(tx, meeting, people)
    answers = [_refusal(tx, meeting, actor, there) for actor, _card, _up in wishes]
    able = next((a for (a, _c, _u), no in zip(wishes, answers, strict=True) if not no), None)
    if able is None:
        return answers
    access = meetings.meeting_access(tx, able, meeting)
    try:
        item = _item(access)
    except Conflict as refusal:
        return [no or refusal for no in answers]
    silenced = _silenced(tx, access)
    for number, (actor, card, up) in enumerate(wishes):
        if actor is None or answers[number]:
            continue
        if actor.id in silenced:
            answers[number] = Forbidden(_("You may not speak here for now."))
            continue
        _put(tx, meeting, actor.id, card, up=up)
    if not all(answers):
        tx.flush()
        _count(tx, access, item)
    return answers


def _refusal(
    tx: Db, meeting: int, actor: Actor | None, there: Mapping[int, object]
) -> Refusal | None:
    if actor is None:
        return SignInNeeded(_("Please sign in first."))
    if actor.asleep:
        return GuardianFirst()
    if actor.id in there:
        return None
    try:
        meetings.meeting_access(tx, actor, meeting)
    except NotFound as refusal:
        return refusal
    return Forbidden(_("Check in first: only who is present can hold up a card."))


def _silenced(tx: Db, access: MeetingAccess) -> set[int]:
    places = [PLATFORM, *access.access.places, access.stream]
    return {mark.member_id for mark in members.marks(tx, places, limit=10_000)}


def _put(tx: Db, meeting: int, member: int, card: Card, *, up: bool) -> None:
    row = tx.get(RaisedCard, (meeting, member, card.suit))
    if row is None and up:
        tx.add(RaisedCard(meeting_id=meeting, member_id=member, suit=card.suit, card=card))
    elif row is not None and up:
        row.card = card
    elif row is not None and row.card == card:
        tx.delete(row)


def _item(access: MeetingAccess) -> int:
    """The item to which the cards belong."""
    require_session(access)
    if access.meeting.current_item_id is None:
        raise Conflict(_("No item is open."))
    return access.meeting.current_item_id


def count_hall(tx: Db, actor: Actor, meeting: int, venue: int, numbers: Mapping[Card, int]) -> None:
    """Enter how many in a hall hold up a card of paper or a hand; it replaces the last count."""
    access, found = at_desk(tx, actor, meeting, venue)
    item = _item(access)
    for suit in sorted({card.suit for card in Card}):
        asked = [card for card in Card if card.suit == suit and numbers.get(card, 0)]
        most = cards.room(tx, meeting, found.id, suit)
        if sum(numbers[card] for card in asked) > most:
            sentence = _("Only %(n)s people here hold up no card of this kind on a phone.")
            raise Invalid(sentence % {"n": most}, fields={asked[0].value: sentence % {"n": most}})
    here = col(HallCards.meeting_id) == meeting, col(HallCards.venue_id) == found.id
    tx.execute(delete(HallCards).where(*here))
    for card in Card:
        if numbers.get(card, 0):
            tx.add(
                HallCards(
                    meeting_id=meeting,
                    venue_id=found.id,
                    card=card,
                    number=numbers[card],
                    recorded_by=actor.id,
                )
            )
    tx.flush()
    _count(tx, access, item)


def clear_cards(tx: Db, actor: Actor, meeting: int) -> None:
    """Take all cards down."""
    access, _row = chaired(tx, actor, meeting)
    item = _item(access)
    take_down(tx, access, item)
    tell(tx, actor, access, CardsCleared(item))


def take_down(tx: Db, access: MeetingAccess, item: int, *, member: int | None = None) -> None:
    """Take down everybody's cards, or one person's; nothing is told where none was up."""
    meeting = access.meeting.id
    raised = delete(RaisedCard).where(col(RaisedCard.meeting_id) == meeting)
    if member is not None:
        raised = raised.where(col(RaisedCard.member_id) == member)
    gone = tx.execute(raised.returning(col(RaisedCard.suit))).all()
    if member is None:
        halls = delete(HallCards).where(col(HallCards.meeting_id) == meeting)
        gone = [*gone, *tx.execute(halls.returning(col(HallCards.card))).all()]
    if gone:
        _count(tx, access, item)


def _count(tx: Db, access: MeetingAccess, item: int) -> None:
    """Tell how many are up; the machine tells it, so that no name stands beside a card."""
    now = cards.figures(tx, access.meeting.id)
    told = CardsCounted(
        item,
        {card.value: number for card, number in now.total.items()},
        {
            str(venue): {card.value: number for card, number in shown.items()}
            for venue, shown in now.venues.items()
        },
    )
    record(tx, None, told, stream=access.stream, subject=ref("meeting", access.meeting.id))
