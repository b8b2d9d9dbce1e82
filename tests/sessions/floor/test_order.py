"""The comparator: the same people in the same order, everybody served, and the reason told."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.floor import book
from sessions.floor.models import Lane, Side
from sessions.floor.order import Place, Reason, Rule, Turn, Waiting, arrange

START = datetime(2026, 3, 5, 11, tzinfo=UTC)
RULES = sorted(book.rules().items())
MAIN, HALL, ONLINE = 1, 2, 3

sides = st.sampled_from(Side)
venues = st.sampled_from([MAIN, HALL, ONLINE])


@st.composite
def rooms(draw: st.DrawFn) -> tuple[list[Waiting], list[Turn]]:
    """A list of speakers and what was said before."""
    members = draw(st.lists(st.integers(1, 30), unique=True, max_size=12))
    waiting = [
        Waiting(
            number,
            member,
            draw(venues),
            draw(st.sampled_from([Lane.SPEECH, Lane.SPEECH, Lane.SPEECH, Lane.ORDER])),
            draw(sides),
            START + timedelta(seconds=draw(st.integers(0, 5))),
            draw(st.sampled_from([None, None, None, None, 1, 2])),
        )
        for number, member in enumerate(members, 1)
    ]
    turns = draw(
        st.lists(st.builds(Turn, st.integers(1, 30), venues, sides, st.integers(0, 300_000)))
    )
    return waiting, turns


def asked(ident: int, *, member: int = 0, venue: int = MAIN, side: Side = Side.PRO) -> Waiting:
    """Somebody who asked `ident` minutes after the start."""
    when = START + timedelta(minutes=ident)
    return Waiting(ident, member or ident, venue, Lane.SPEECH, side, when)


def ids(places: Sequence[Place]) -> list[int]:
    return [place.entry.id for place in places]


@pytest.mark.parametrize(("name", "rule"), RULES)
@settings(deadline=None)
@given(room=rooms(), seed=st.randoms(use_true_random=False))
def test_the_order_depends_on_nothing_but_what_is_known(
    name: str, rule: Rule, room: tuple[list[Waiting], list[Turn]], seed: object
) -> None:
    waiting, turns = room
    shuffled = list(waiting)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    places = arrange(waiting, turns, rule.criteria)
    assert places == arrange(shuffled, turns, rule.criteria)
    assert sorted(ids(places)) == sorted(entry.id for entry in waiting)


@pytest.mark.parametrize(("name", "rule"), RULES)
@settings(deadline=None)
@given(room=rooms())
def test_points_of_order_then_the_chair_then_the_rule(
    name: str, rule: Rule, room: tuple[list[Waiting], list[Turn]]
) -> None:
    waiting, turns = room
    ranks = []
    for place in arrange(waiting, turns, rule.criteria):
        if place.entry.lane is Lane.ORDER:
            assert place.reason is Reason.ORDER
            ranks.append((0, 0))
        elif place.entry.preferred is not None:
            assert place.reason is Reason.CHAIR
            ranks.append((1, place.entry.preferred))
        else:
            assert place.reason not in (Reason.ORDER, Reason.CHAIR)
            ranks.append((2, 0))
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(("name", "rule"), RULES)
@settings(deadline=None)
@given(room=rooms())
def test_the_look_ahead_is_what_happens(
    name: str, rule: Rule, room: tuple[list[Waiting], list[Turn]]
) -> None:
    """Serving the first again and again gives the order that was shown, but for those who
    are measured by what they have said: they have one entry each, so nothing moves."""
    waiting, turns = room
    shown = ids(arrange(waiting, turns, rule.criteria))
    served = []
    left, past = list(waiting), list(turns)
    while left:
        first = arrange(left, past, rule.criteria)[0].entry
        served.append(first.id)
        left.remove(first)
        if first.lane is Lane.SPEECH:
            past.append(Turn(first.member, first.venue, first.side, 60_000))
    assert served == shown


@pytest.mark.parametrize(("name", "rule"), RULES)
@settings(deadline=None)
@given(
    crowd=st.lists(st.tuples(venues, sides), min_size=1, max_size=6),
    where=venues,
    side=sides,
    earlier=st.integers(0, 3),
)
def test_nobody_starves(
    name: str, rule: Rule, crowd: list[tuple[int, Side]], where: int, side: Side, earlier: int
) -> None:
    """However eagerly the others ask again after each speech, everybody's turn comes."""
    patient = Waiting(0, 99, where, Lane.SPEECH, side, START)
    turns = [Turn(99, where, side, 60_000)] * earlier
    left = [patient] + [
        Waiting(n, n, venue, Lane.SPEECH, lane, START - timedelta(minutes=n))
        for n, (venue, lane) in enumerate(crowd, 1)
    ]
    bound = len(crowd) * (earlier + 2) * 3 + 1
    for number in range(bound):
        first = arrange(left, turns, rule.criteria)[0].entry
        if first.id == 0:
            return
        left.remove(first)
        turns.append(Turn(first.member, first.venue, first.side, 60_000))
        again = START + timedelta(minutes=number + 1)
        left.append(first._replace(id=100 + number, asked=again))
    pytest.fail(f"not heard in {bound} turns")


def test_nantang_lets_new_voices_first_and_both_sides_in_turn() -> None:
    rule = book.rules()["nantang"]
    turns = [Turn(1, MAIN, Side.PRO, 90_000)]
    waiting = [
        asked(1, member=1, side=Side.CON),
        asked(2, side=Side.PRO),
        asked(3, side=Side.PRO, venue=HALL),
        asked(4, side=Side.CON, venue=ONLINE),
    ]
    places = arrange(waiting, turns, rule.criteria)
    assert ids(places) == [4, 2, 3, 1]
    assert [place.reason for place in places] == [
        Reason.SIDE,
        Reason.ASKED,
        Reason.SPOKEN,
        Reason.ASKED,
    ]
    assert (rule.seconds, rule.times, rule.sides) == (120, 2, True)


def test_venues_take_turns_beginning_with_the_one_silent_longest() -> None:
    rule = book.rules()["balanced"]
    turns = [Turn(50, ONLINE, Side.PRO, 1), Turn(51, MAIN, Side.PRO, 1)]
    waiting = [asked(1), asked(2), asked(3, venue=ONLINE), asked(4, venue=HALL)]
    places = arrange(waiting, turns, rule.criteria)
    assert ids(places) == [4, 3, 1, 2]
    assert [place.reason for place in places] == [
        Reason.VENUE,
        Reason.VENUE,
        Reason.ASKED,
        Reason.ASKED,
    ]


def test_in_one_venue_the_shorter_speaker_goes_first() -> None:
    rule = book.rules()["balanced"]
    turns = [Turn(1, MAIN, Side.PRO, 90_000), Turn(2, MAIN, Side.PRO, 60_000)]
    places = arrange([asked(1), asked(2)], turns, rule.criteria)
    assert ids(places) == [2, 1]
    assert places[0].reason is Reason.TIME


def test_first_come_first_served() -> None:
    places = arrange([asked(2), asked(1, venue=HALL)], [], book.rules()["first_come"].criteria)
    assert ids(places) == [1, 2]
    assert {place.reason for place in places} == {Reason.ASKED}


def test_a_list_of_five_hundred_is_arranged_without_squaring_the_work() -> None:
    waiting = [asked(n, venue=n % 3 + 1, side=list(Side)[n % 3]) for n in range(1, 501)]
    assert len(arrange(waiting, [], book.rules()["nantang"].criteria)) == 500
