"""What each speaking rule promises in its docstring, tested to the letter."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.floor import book
from sessions.floor.models import Lane, Side
from sessions.floor.order import Quota, Reason, Turn, Waiting, arrange

START = datetime(2026, 3, 5, 11, tzinfo=UTC)
TENANTS, OWNERS = "Tenants", "Owners"


class Person(NamedTuple):
    """From where somebody speaks, on which side, of which group."""

    venue: int
    side: Side
    group: str


people = st.builds(
    Person,
    st.sampled_from([1, 2]),
    st.sampled_from([Side.PRO, Side.CON]),
    st.sampled_from([TENANTS, OWNERS]),
)
crowds = st.lists(people, max_size=2)
endless = st.lists(st.lists(people, max_size=2), min_size=1, max_size=8)


class Hall:
    """A list that is served turn by turn while people come and ask."""

    def __init__(self, name: str, quota: Quota | None = None) -> None:
        rule = book.rules()[name]
        self.criteria, self.quota = rule.criteria, quota if rule.grouped else None
        self.waiting: list[Waiting] = []
        self.turns: list[Turn] = []
        self.asked = 0

    def ask(self, person: Person, member: int | None = None) -> int:
        """Somebody asks now; a new face, unless it is said who."""
        self.asked += 1
        who = self.asked if member is None else member
        when = START + timedelta(seconds=self.asked)
        self.waiting.append(
            Waiting(
                self.asked, who, person.venue, Lane.SPEECH, person.side, when, None, person.group
            )
        )
        return self.asked

    def serve(self) -> Waiting:
        """Whose turn it is speaks for a minute."""
        first = arrange(self.waiting, self.turns, self.criteria, self.quota)[0].entry
        self.waiting.remove(first)
        self.turns.append(Turn(first.member, first.venue, first.side, 60_000, first.group))
        return first


LANES: list[tuple[str, Callable[[Person], object], int]] = [
    ("first_come", lambda person: None, 1),
    ("openslides", lambda person: None, 1),
    ("balanced", lambda person: person.venue, 2),
    ("nantang", lambda person: person.side, 2),
    # Every second turn may be the quota's.
    ("quota", lambda person: person, 2 * 2 * 2 * 2),
]


def test_every_rule_has_its_promise_tested() -> None:
    assert {name for name, _lane, _cells in LANES} == book.rules().keys()


@pytest.mark.parametrize(("name", "lane", "cells"), LANES)
@settings(deadline=None, max_examples=40)
@given(ahead=crowds, patient=people, newcomers=endless)
def test_a_new_voice_is_reached_though_newcomers_never_cease(
    name: str,
    lane: Callable[[Person], object],
    cells: int,
    ahead: list[Person],
    patient: Person,
    newcomers: list[list[Person]],
) -> None:
    """After those of the same lane who asked earlier, and one turn of each other lane for each."""
    hall = Hall(name, Quota(TENANTS, 2))
    for person in ahead:
        hall.ask(person)
    mine = hall.ask(patient)
    bound = (sum(lane(person) == lane(patient) for person in ahead) + 1) * cells
    for number in range(bound):
        if hall.serve().id == mine:
            return
        for person in newcomers[number % len(newcomers)]:
            hall.ask(person)
    pytest.fail(f"not heard in {bound} turns")


@pytest.mark.parametrize("name", sorted(book.rules()))
@settings(deadline=None, max_examples=40)
@given(crowd=st.lists(people, min_size=1, max_size=4), patient=people, earlier=st.integers(0, 2))
def test_of_a_crowd_to_which_nobody_comes_everybody_is_reached(
    name: str, crowd: list[Person], patient: Person, earlier: int
) -> None:
    """However often the others ask again, and whatever was said before."""
    hall = Hall(name, Quota(TENANTS, 2))
    hall.turns = [Turn(99, patient.venue, patient.side, 60_000, patient.group)] * earlier
    faces = dict(enumerate(crowd))
    for member, person in faces.items():
        hall.ask(person, member)
    mine = hall.ask(patient, 99)
    for _turn in range((len(crowd) + 1) * (earlier + 2) * 16):
        first = hall.serve()
        if first.id == mine:
            return
        hall.ask(faces[first.member], first.member)
    pytest.fail("not heard")


@settings(deadline=None, max_examples=60)
@given(every=st.integers(2, 5), coming=st.lists(st.lists(people, max_size=2), max_size=25))
def test_the_first_group_is_heard_at_least_every_nth_time_while_it_waits(
    every: int, coming: list[list[Person]]
) -> None:
    hall = Hall("quota", Quota(TENANTS, every))
    without = 0
    for arrivals in coming:
        for person in arrivals:
            hall.ask(person)
        if not hall.waiting:
            continue
        waits = any(entry.group == TENANTS for entry in hall.waiting)
        without = 0 if hall.serve().group == TENANTS or not waits else without + 1
        assert without < every


@pytest.mark.parametrize("name", ["first_come", "openslides"])
@given(crowd=st.lists(people, max_size=6))
def test_nobody_is_overtaken_by_a_later_speech(name: str, crowd: list[Person]) -> None:
    hall = Hall(name)
    asked = [hall.ask(person) for person in crowd]
    assert [hall.serve().id for _one in asked] == asked


def test_the_quota_says_that_it_is_the_quota() -> None:
    hall = Hall("quota", Quota(TENANTS, 2))
    hall.turns = [Turn(50, 1, Side.PRO, 1, TENANTS), Turn(51, 1, Side.PRO, 1, OWNERS)]
    hall.ask(Person(1, Side.PRO, ""))
    tenant = hall.ask(Person(1, Side.PRO, TENANTS))
    places = arrange(hall.waiting, hall.turns, hall.criteria, hall.quota)
    assert [(place.entry.id, place.reason) for place in places] == [
        (tenant, Reason.QUOTA),
        (1, Reason.ASKED),
    ]
    free = arrange(hall.waiting, hall.turns, hall.criteria)
    assert [(place.entry.group, place.reason) for place in free] == [
        ("", Reason.GROUP),
        (TENANTS, Reason.ASKED),
    ]


def test_what_goes_before_the_list_goes_in_this_order() -> None:
    lanes = [Lane.SPEECH, Lane.INTERVENTION, Lane.QUESTION, Lane.ORDER]
    waiting = [Waiting(n, n, 1, lane, Side.NEITHER, START) for n, lane in enumerate(lanes)]
    places = arrange(waiting, [], book.rules()["openslides"].criteria)
    assert [place.entry.lane for place in places] == lanes[::-1]
    assert [place.reason for place in places] == [
        Reason.ORDER,
        Reason.QUESTION,
        Reason.INTERVENTION,
        Reason.ASKED,
    ]
