"""The rules of Nantang by example: concrete situations, who speaks next, and why."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from sessions.floor import book
from sessions.floor.models import Lane, Side
from sessions.floor.order import Reason, Turn, Waiting, arrange
from sessions.floor.turns import Bounds, Used, left_to

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
RULE = book.rules()["nantang"]
FOR, AGAINST = Side.PRO, Side.CON
HALL, SCHOOL, ONLINE = 1, 2, 3


class Asks(NamedTuple):
    """Somebody who raised a hand; in the order in which they stand in the table."""

    name: str
    side: Side
    venue: int = HALL
    lane: Lane = Lane.SPEECH
    preferred: int | None = None


def spoke(name: str, side: Side, venue: int = HALL) -> Turn:
    return Turn(ord(name), venue, side, 120_000)


SITUATIONS = {
    "the first hand goes first": ([], [Asks("A", FOR), Asks("B", FOR)], "AB", Reason.ASKED),
    "after a speech for it one against it": (
        [spoke("X", FOR)],
        [Asks("A", FOR), Asks("B", AGAINST)],
        "BA",
        Reason.SIDE,
    ),
    "for and against alternate as long as both wait": (
        [],
        [Asks("A", FOR), Asks("B", FOR), Asks("C", AGAINST), Asks("D", AGAINST)],
        "ACBD",
        Reason.ASKED,
    ),
    "who has not spoken goes before who asked earlier": (
        [spoke("A", FOR), spoke("X", AGAINST)],
        [Asks("A", FOR), Asks("B", FOR)],
        "BA",
        Reason.SPOKEN,
    ),
    "a new voice goes first even on the side just heard": (
        [spoke("A", AGAINST), spoke("X", FOR)],
        [Asks("A", AGAINST), Asks("B", FOR)],
        "BA",
        Reason.SPOKEN,
    ),
    "among those who spoke once the sides alternate": (
        [spoke("A", FOR), spoke("B", AGAINST), spoke("X", AGAINST)],
        [Asks("B", AGAINST), Asks("A", FOR)],
        "AB",
        Reason.SIDE,
    ),
    "one queue over all venues": (
        [spoke("X", FOR, SCHOOL)],
        [Asks("A", AGAINST, SCHOOL), Asks("B", AGAINST, ONLINE), Asks("C", FOR, HALL)],
        "ACB",
        Reason.ASKED,
    ),
    "the chair's override goes before the rule": (
        [],
        [Asks("A", FOR), Asks("B", AGAINST, preferred=1)],
        "BA",
        Reason.CHAIR,
    ),
    "a point of order goes before everything": (
        [],
        [Asks("A", FOR, preferred=1), Asks("B", Side.NEITHER, lane=Lane.ORDER)],
        "BA",
        Reason.ORDER,
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_who_speaks_next_and_why(situation: str) -> None:
    turns, hands, order, reason = SITUATIONS[situation]
    waiting = [
        Waiting(
            number,
            ord(hand.name),
            hand.venue,
            hand.lane,
            hand.side,
            NOON + timedelta(minutes=number),
            hand.preferred,
        )
        for number, hand in enumerate(hands)
    ]
    places = arrange(waiting, turns, RULE.criteria)
    assert "".join(chr(place.entry.member) for place in places) == order
    assert places[0].reason is reason


def test_two_minutes_and_two_speeches() -> None:
    assert (RULE.seconds, RULE.times, RULE.motion_times, RULE.sides) == (120, 2, 2, True)
    bounds = Bounds(times=RULE.times, motion_times=RULE.motion_times)
    assert not left_to(bounds, Used(times=1)).nothing
    assert left_to(bounds, Used(times=2)).nothing
    # On the next motion everybody may speak anew.
    assert left_to(bounds, Used(times=2, motion_times=0), motion=True).times == 2
    assert left_to(bounds, Used(times=3, motion_times=2), motion=True).nothing
