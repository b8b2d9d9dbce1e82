"""A large box is counted beside everything else: as a small one is, once, and with nothing told."""

import json
from typing import Any

import pytest
from cast import Cast
from optioning import OPTIONS
from polling import close, make, people, vote
from tallying import (
    EVERYBODY,
    Killed,
    facts,
    interrupted,
    row,
    sound,
    told,
    voted,
)

from forum.base import clock, db, ticker
from forum.base.db import Db
from forum.base.errors import Conflict
from voting.boxes import queries as boxes
from voting.boxes import unboxing
from voting.boxes.models import Channel
from voting.polls import counting, progress, service
from voting.polls.models import Poll, PollState, Secrecy, VenueTally
from voting.polls.progress import COUNT, Progress
from voting.polls.rules import Count
from voting.polls.service import finishing

pytestmark = pytest.mark.usefixtures("everything_is_large")


class _Undone(Exception):
    pass


def counted_at_once(cast: Cast, poll: int) -> tuple[dict[str, Any], Any]:
    """What a closing that counts itself comes to; undone again."""
    kept: list[Any] = []

    def closing(tx: Db) -> None:
        service.close(tx, cast.alice, poll, at_once=True)
        found = boxes.closing(tx, poll)
        assert found is not None
        kept.extend((found.facts, tx.get_one(Poll, poll).result))
        raise _Undone

    with pytest.raises(_Undone), db.transaction() as tx:
        closing(tx)
    return {name: said for name, said in kept[0].items() if name != "salt"}, kept[1]


WAYS = [
    ("majority", Secrecy.OPEN),
    ("majority", Secrecy.SECRET),
    ("irv", Secrecy.OPEN),
    ("irv", Secrecy.SECRET),
    ("majority_judgment", Secrecy.SECRET),
]


@pytest.mark.parametrize(("way", "secrecy"), WAYS)
def test_it_comes_to_the_same_as_at_once(anywhere: Cast, way: str, secrecy: Secrecy) -> None:
    poll = voted(anywhere, way, secrecy)
    record, result = counted_at_once(anywhere, poll)
    close(anywhere, poll)
    assert row(poll).state == PollState.COUNTING
    assert row(poll).result is None
    assert ticker.run_due() == 1
    assert row(poll).state == PollState.FINISHED
    assert json.dumps(facts(poll), sort_keys=True) == json.dumps(record, sort_keys=True)
    assert row(poll).result == result
    assert len(told(poll, "polls:poll:finished")) == 1
    assert ticker.run_due() == 0


def test_it_goes_through_every_portion_and_its_record_is_sound(cast: Cast) -> None:
    poll = voted(cast, "irv", Secrecy.SECRET)
    close(cast, poll)
    ticker.run_due()
    said = [event.payload for event in told(poll, "polls:ballots:counted")]
    assert [one["counted"] for one in said] == [0, 0, 2, 4, 6, 7]
    assert {one["total"] for one in said} == {7}
    assert sound()


def test_what_is_small_is_counted_with_the_closing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finishing, "AT_ONCE", 7)
    poll = voted(cast, "majority", Secrecy.SECRET)
    close(cast, poll)
    assert row(poll).state == PollState.FINISHED
    assert told(poll, "polls:ballots:counted") == []


def test_killed_in_the_middle_it_is_counted_anew_and_once(
    anywhere: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die() -> None:
        raise Killed

    poll = voted(anywhere, "irv", Secrecy.SECRET)
    close(anywhere, poll)
    begun = interrupted(monkeypatch, die, after=2)
    with pytest.raises(Killed):
        ticker.run_due()
    assert row(poll).state == PollState.COUNTING
    assert ticker.run_due() == 0
    with clock.travel(seconds=61):
        assert ticker.run_due() == 1
    assert len(begun) == 2
    assert row(poll).state == PollState.FINISHED
    assert len(told(poll, "polls:poll:finished")) == 1
    assert facts(poll)["number"] == 1
    assert facts(poll)["size"] == 7


@pytest.mark.parametrize("after", [1, 4])
def test_declared_void_in_the_middle_nothing_is_finished(
    anywhere: Cast, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Between two portions, and after the last one."""

    def void() -> None:
        with db.transaction() as tx:
            service.void(tx, anywhere.alice, poll, "The question was ambiguous.")

    poll = voted(anywhere, "irv", Secrecy.SECRET)
    close(anywhere, poll)
    interrupted(monkeypatch, void, after=after)
    ticker.run_due()
    assert row(poll).state == PollState.VOIDED
    assert row(poll).result is None
    assert told(poll, "polls:poll:finished") == []
    with db.reading() as tx:
        assert boxes.closing(tx, poll) is None
        assert ticker.scheduled(tx, COUNT, f"poll:{poll}") is None


def test_what_changed_meanwhile_is_counted_again(
    anywhere: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line of a hall becomes another one while the machine reads the ballots."""

    def change() -> None:
        with db.transaction() as tx:
            line = tx.get_one(VenueTally, (poll, "Hall", Channel.HANDS))
            line.counted = Count({"yes": 2}).pack()

    roll = [
        *people(anywhere, "bob", "dana", "rong", "hui"),
        *people(anywhere, "shu", "clerk", channel=Channel.HANDS, venue="Hall"),
    ]
    poll = make(anywhere, roll=roll)
    for name in ("bob", "dana", "rong", "hui"):
        vote(anywhere[name], poll, "no")
    close(anywhere, poll)
    assert ticker.run_due() == 0  # the hall is not counted yet
    hands = Count({"yes": 1, "no": 1})
    with db.transaction() as tx:
        service.enter_hands(tx, anywhere.shu, poll, "Hall", hands)
    with db.transaction() as tx:
        service.confirm_hands(tx, anywhere.clerk, poll, "Hall", hands)
    begun = interrupted(monkeypatch, change)
    assert ticker.run_due() == 1
    assert len(begun) == 2
    found = row(poll).result
    assert found is not None
    assert (found["figures"]["yes"], found["figures"]["no"]) == (2, 4)
    assert len(told(poll, "polls:poll:finished")) == 1
    assert sound()


def test_asked_for_twice_it_is_counted_once(
    anywhere: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever finds all counted once more while the machine counts begins no second count."""

    def again() -> None:
        with db.transaction() as tx:
            finishing.finish_if_counted(tx, anywhere.alice, tx.get_one(Poll, poll))
        assert ticker.run_due() == 0

    poll = voted(anywhere, "majority", Secrecy.OPEN)
    close(anywhere, poll)
    begun = interrupted(monkeypatch, again)
    assert ticker.run_due() == 1
    assert len(begun) == 1
    assert ticker.run_due() == 0
    assert len(told(poll, "polls:poll:finished")) == 1


def test_a_tie_waits_for_who_leads_the_vote(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the casting vote is counted from the signed record, without opening the box again."""
    poll = make(cast, rule={"tie": "chair"})
    for name, choice in zip(EVERYBODY[:4], ("yes", "no", "yes", "no"), strict=True):
        vote(cast[name], poll, choice)
    close(cast, poll)
    with db.transaction() as tx:
        assert not service.publish(tx, cast.alice, poll)
    ticker.run_due()
    ticker.run_due()
    assert row(poll).state == PollState.FINISHED
    begun = interrupted(monkeypatch, lambda: None)
    with db.transaction() as tx:
        service.break_tie(tx, cast.alice, poll, "yes")
        assert service.publish(tx, cast.alice, poll)
    assert begun == []
    found = row(poll).result
    assert found is not None
    assert found["outcome"] == "carried"
    monkeypatch.undo()
    assert sound()


def test_only_who_leads_the_vote_asks_for_that_and_only_of_the_machine(cast: Cast) -> None:
    roll = [
        *people(cast, "bob", "dana", "rong"),
        *people(cast, "shu", channel=Channel.HANDS, venue="Hall"),
    ]
    poll = make(cast, roll=roll)
    close(cast, poll)
    with pytest.raises(Conflict, match="halls"), db.transaction() as tx:
        service.publish(tx, cast.alice, poll)


def test_a_lot_in_a_large_box_is_drawn_by_counting_once_more(anywhere: Cast) -> None:
    poll = make(anywhere, method="irv", options=OPTIONS, secrecy=Secrecy.SECRET)
    for name, mark in zip(EVERYBODY[:6], ("o1", "o2") * 3, strict=True):
        vote(anywhere[name], poll, mark)
    close(anywhere, poll)
    ticker.run_due()
    record = facts(poll)
    found = row(poll).result
    assert found is not None
    assert found["outcome"] == "tied"
    with db.transaction() as tx:
        assert not service.draw_lot(tx, anywhere.alice, poll, "3 17 22")
    with db.transaction() as tx:
        assert service.draw_lot(tx, anywhere.shu, poll, "3 17 22")
    assert row(poll).state == PollState.COUNTING
    assert row(poll).result is None
    ticker.run_due()
    assert row(poll).state == PollState.FINISHED
    result = row(poll).result
    assert result is not None
    assert result["outcome"] == "chosen"
    assert facts(poll) == record
    with db.reading() as tx:
        whole = counting.whole(tx, row(poll))
        assert counting.result(row(poll), whole.tally, whole.root) == result
    assert sound()


def test_a_record_that_is_played_counts_at_once(cast: Cast) -> None:
    poll = voted(cast, "majority", Secrecy.OPEN)
    with db.transaction() as tx:
        service.close(tx, cast.alice, poll, at_once=True)
        assert service.publish(tx, cast.alice, poll)
    assert row(poll).state == PollState.PUBLISHED


def test_where_nothing_is_counted_there_is_no_progress(cast: Cast) -> None:
    poll = voted(cast, "majority", Secrecy.OPEN)

    def found() -> Progress | None:
        with db.reading() as tx:
            return progress.progress(tx, poll, PollState(row(poll).state))

    assert found() is None
    close(cast, poll)
    now = found()
    assert now == (0, 7, False)
    assert now is not None
    assert not now.all_read
    assert now._replace(counted=7).all_read
    ticker.run_due()
    assert found() is None


@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_how_many_lie_in_a_box(anywhere: Cast, secrecy: Secrecy) -> None:
    poll = voted(anywhere, "majority", secrecy)
    close(anywhere, poll)
    secret = secrecy is Secrecy.SECRET
    with db.reading() as tx:
        assert unboxing.size(tx, poll, secret=secret) == 7
        assert unboxing.more_than(tx, poll, 6, secret=secret)
        assert not unboxing.more_than(tx, poll, 7, secret=secret)
