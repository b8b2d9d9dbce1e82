"""Raised cards: one of each suit, only ever numbers, and no trace of who."""

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sitting import Sitting

from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import Audience, history
from sessions.floor import cards, service
from sessions.floor.models import Card
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act


def opened(tx: Db, cast: Cast) -> Sitting:
    sitting = hall.started(tx, cast)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    return sitting


def up(tx: Db, sitting: Sitting) -> dict[Card, int]:
    return {card: n for card, n in cards.figures(tx, sitting.meeting).total.items() if n}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.integers(1, 6), st.integers(0, 30), max_size=6))
def test_no_figure_tells_of_fewer_than_five(present: dict[int, int]) -> None:
    """Neither a venue's own, nor what is left when the shown ones are taken from the whole."""
    shown = cards.telling(present)
    rest = sum(present.values()) - sum(present[venue] for venue in shown)
    assert all(present[venue] >= 5 for venue in shown)
    assert not shown or rest == 0 or rest >= 5


def test_one_card_of_each_suit(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    service.hold_card(tx, cast.bob, sitting.meeting, Card.WARM)
    service.hold_card(tx, cast.bob, sitting.meeting, Card.MOVE_ON)
    service.hold_card(tx, cast.rong, sitting.meeting, Card.COLD)
    assert up(tx, sitting) == {Card.WARM: 1, Card.COLD: 1, Card.MOVE_ON: 1}
    service.hold_card(tx, cast.bob, sitting.meeting, Card.COLD)
    service.hold_card(tx, cast.bob, sitting.meeting, Card.WARM, up=False)
    assert up(tx, sitting) == {Card.COLD: 2, Card.MOVE_ON: 1}
    service.hold_card(tx, cast.bob, sitting.meeting, Card.COLD, up=False)
    assert cards.own(tx, sitting.meeting, cast.bob.id) == {Card.MOVE_ON}
    with pytest.raises(Forbidden, match="Check in"):
        service.hold_card(tx, cast.charlie, sitting.meeting, Card.WARM)
    with pytest.raises(Forbidden, match="not speak"):
        service.hold_card(tx, cast.dana, sitting.meeting, Card.WARM)


def test_the_log_knows_numbers_and_no_names(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    before = history(tx, sitting.stream)[-1].seq
    service.hold_card(tx, cast.bob, sitting.meeting, Card.WARM)
    service.hold_card(tx, cast.rong, sitting.meeting, Card.COLD)
    told = history(tx, sitting.stream, after=before, audience=Audience.MODERATOR)
    assert {event.kind for event in told} == {"floor:cards:counted"}
    assert {event.actor_id for event in told} == {None}
    # Three in the hall, one at the school, one online: no venue tells on its own.
    assert told[-1].payload == {
        "item": sitting.item,
        "cards": {"warm": 1, "neutral": 0, "cold": 1, "move_on": 0},
        "venues": {},
    }
    for who in ("bob", "rong"):
        assert not history(tx, f"member:{cast[who].id}", after=0, kinds=["floor:cards:counted"])


def test_a_crowd_is_written_and_counted_once(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    bob = client("bob")
    here = f"/meetings/{sitting.meeting}"
    bob.post(f"{here}/cards", data={"card": "warm"})
    bob.post(f"{here}/cards", data={"card": "warm"})
    assert 'aria-pressed="true"' in bob.get(here).text
    assert client("charlie").post(f"{here}/cards", data={"card": "warm"}).status_code == 403
    assert client(None).post(f"{here}/cards", data={"card": "warm"}).status_code in (303, 401)
    assert bob.post(f"{here}/cards", data={"card": "hot"}).status_code == 422
    assert client("dana").post("/meetings/99/cards", data={"card": "warm"}).status_code == 404
    with transaction() as tx:
        head = history(tx, sitting.stream)[-1].seq
        nobody = [service.Holding(None, sitting.meeting, Card.COLD)] * 3
        answers = service.hold_cards_batch(tx, nobody)
        assert len(answers) == len([a for a in answers if a]) == 3
        assert history(tx, sitting.stream)[-1].seq == head
    with reading() as db:
        assert up(db, sitting) == {Card.WARM: 1}


def test_cards_go_with_their_holder_with_the_item_and_at_the_chairs_word(
    cast: Cast, tx: Db
) -> None:
    sitting = opened(tx, cast)
    for who in (cast.bob, cast.rong):
        service.hold_card(tx, who, sitting.meeting, Card.WARM)
    meetings.check_out(tx, cast.rong, sitting.meeting, [cast.rong.id])
    assert up(tx, sitting) == {Card.WARM: 1}
    with pytest.raises(Forbidden):
        service.clear_cards(tx, cast.bob, sitting.meeting)
    service.clear_cards(tx, cast.alice, sitting.meeting)
    assert up(tx, sitting) == {}
    service.hold_card(tx, cast.bob, sitting.meeting, Card.MOVE_ON)
    meetings.close_item(tx, cast.alice, sitting.meeting)
    assert cards.own(tx, sitting.meeting, cast.bob.id) == frozenset()
    with pytest.raises(Conflict, match="No item"):
        service.hold_card(tx, cast.bob, sitting.meeting, Card.WARM)
    meetings.step(tx, cast.alice, sitting.meeting, Act.BREAK)
    with pytest.raises(Conflict, match="not in session"):
        service.hold_card(tx, cast.bob, sitting.meeting, Card.WARM)


def test_a_desk_counts_those_without_a_phone(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    service.hold_card(tx, cast.bob, sitting.meeting, Card.WARM)
    with pytest.raises(Forbidden):
        service.count_hall(tx, cast.hui, sitting.meeting, sitting.main, {Card.WARM: 1})
    with pytest.raises(Invalid, match="Only 2"):
        service.count_hall(
            tx, cast.clerk, sitting.meeting, sitting.main, {Card.WARM: 2, Card.COLD: 1}
        )
    service.count_hall(tx, cast.clerk, sitting.meeting, sitting.main, {Card.COLD: 2})
    service.count_hall(tx, cast.clerk, sitting.meeting, sitting.main, {Card.COLD: 1})
    assert up(tx, sitting) == {Card.WARM: 1, Card.COLD: 1}
    counted = cards.counted(tx, sitting.meeting, sitting.main)
    assert counted == dict.fromkeys(Card, 0) | {Card.COLD: 1}
