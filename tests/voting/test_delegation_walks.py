"""A reader's part in votes given to others: as the rules say, and no more asked than it needs."""

import random

import pytest
from cast import Cast
from delegating import followed, give, row
from polling import VOTERS, close, vote
from sqlalchemy import ColumnElement, delete, event, insert, literal

from forum.base import clock, db
from forum.consultations import service as consultations
from forum.members import service as members
from voting.delegations import queries, rules, walks
from voting.delegations.models import Delegation
from voting.polls import passed
from voting.polls.queries import right
from voting.polls.rules import RollEntry

PLACES = ("poll:9", "item:9", "consultation:1")
MOST = 4


def by_hand(given: dict[int, int], voted: set[int], giver: int) -> list[int]:
    """To whom a vote goes in turn."""
    met, here = [giver], giver
    while here in given and len(met) <= MOST:
        here = given[here]
        again = here in met
        met.append(here)
        if again or here in voted:
            break
    return met[1:]


def field(roll: set[int], voted: set[int], aside: set[int]) -> walks.Field:
    """People by their numbers."""

    def among(some: set[int]) -> walks.About:
        def of(member: walks.Person) -> ColumnElement[bool]:
            return member.in_(some) if some else literal(False)

        return of

    return walks.Field(PLACES, among(roll), among(voted), among(aside))


def crowd(number: int) -> list[int]:
    with db.transaction() as tx:
        return [
            members.register(tx, login=f"person{n}", name=f"Person {n}", password=None)
            for n in range(number)
        ]


def laid(people: list[int], rng: random.Random) -> None:
    """Words at random: some have more than one, some none, some come back to where they were."""
    rows = [
        {
            "place": place,
            "consultation_id": 1,
            "giver_id": giver,
            "delegate_id": rng.choice([one for one in people if one != giver]),
            "at": clock.now(),
        }
        for place in PLACES
        for giver in people
        if rng.random() < 0.4
    ]
    with db.transaction() as tx:
        tx.execute(delete(Delegation))
        if rows:
            tx.execute(insert(Delegation), rows)


def test_the_database_walks_as_the_rules_do(anywhere: Cast) -> None:
    people, rng = crowd(9), random.Random(20)
    for _turn in range(40):
        laid(people, rng)
        roll = {one for one in people if rng.random() < 0.9}
        voted = {one for one in people if rng.random() < 0.2}
        aside = {one for one in people if rng.random() < 0.1} - voted
        cap = rng.choice([None, 1, 2, 3])
        known = field(roll, voted, aside)
        with db.reading() as tx:
            words = rules.specific(queries.words(tx, PLACES))
            given = {giver: to for giver, to in words.items() if giver in roll}
            for me in people:
                stops = walks.chain(tx, known, me, MOST)
                assert [one.member for one in stops] == by_hand(given, voted, me)
                assert [one.voted for one in stops] == [one.member in voted for one in stops]
                assert walks.held(tx, known, me) == sum(to == me for to in given.values())
                took = dict.fromkeys(voted | {me}, True)
                ways = rules.resolve(given, took, cap, aside=aside)
                carries = sum(way.holder == me for way in ways.values())
                assert walks.carried(tx, known, me, cap) == carries


def test_what_a_vote_became_is_walked_to_its_holder(anywhere: Cast) -> None:
    poll = followed(anywhere)
    for giver, delegate in (("bob", "hui"), ("hui", "rong"), ("rong", "dana")):
        give(anywhere, giver, delegate)
    vote(anywhere.dana, poll)
    close(anywhere, poll, publish=True)
    called = [anywhere[name].id for name in ("hui", "rong", "dana")]
    with db.reading() as tx:
        assert walks.kept_way(tx, poll, anywhere.bob.id, 8) == called
        assert walks.kept_way(tx, poll, anywhere.bob.id, 2) == called[:2]
        assert walks.kept_way(tx, poll, anywhere.dana.id, 8) == []
        assert queries.carried(tx, poll, anywhere.dana.id) == 3


@pytest.mark.parametrize("over", [False, True])
def test_a_page_asks_the_same_of_few_and_of_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, *, over: bool
) -> None:
    """As many statements for sixty as for six, and none that reads everybody's words."""
    everybody = crowd(60)
    with db.transaction() as tx:
        for one in everybody:
            consultations.enlist(tx, cast.alice, cast.consultation, one)
    roll = [RollEntry(one) for one in (*everybody, *(cast[name].id for name in VOTERS))]
    told: list[str] = []

    def part(size: int) -> tuple[passed.Passed, int]:
        poll = followed(cast, roll=roll)
        give(cast, "dana", "hui", f"poll:{poll}")
        rows = [
            {
                "place": f"poll:{poll}",
                "consultation_id": cast.consultation,
                "giver_id": one,
                "delegate_id": cast.dana.id,
                "at": clock.now(),
            }
            for one in everybody[:size]
        ]
        with db.transaction() as tx:
            tx.execute(insert(Delegation), rows)
        if over:
            vote(cast.dana, poll)
            close(cast, poll, publish=True)
        with monkeypatch.context() as patch, db.reading() as tx:
            for name in ("words", "kept"):
                patch.setattr(queries, name, None)
            known = row(cast, poll)
            mine = right(tx, poll, cast.dana)
            told.clear()
            found = passed.part(tx, cast.dana, known, mine, eligible=True)
            assert found is not None
            return found, len(told)

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        told.append(statement)

    engine = db.storage().read_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        (few, asked), (many, asked_again) = part(6), part(60)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert (few.carries, many.carries) == (6, 60)
    assert 0 < asked == asked_again


def test_what_somebody_holds_does_not_hide_what_they_gave(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "LIST_MOST", 2)
    give(cast, "bob", "hui")
    for giver in ("dana", "rong", "shu"):
        give(cast, giver, "bob")
    with db.reading() as tx:
        given, held = queries.mine(tx, cast.bob)
        assert [one.delegate_id for one in given] == [cast.hui.id]
        assert len(held) == 2
        assert passed.panel(tx, cast.bob, [cast.place])["held"] == 3
