"""Hands and paper: two tellers, reconciliation, exceptions, and one vote a person."""

from collections.abc import Callable
from functools import partial

import pytest
from cast import Cast
from polling import make, people, secret, vote

from forum.base import db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from voting.boxes.models import Channel
from voting.polls import queries, service
from voting.polls.models import NoteKind, PollState, TallyState
from voting.polls.rules import Count

HALL = "venue:1"


@pytest.fixture
def poll(cast: Cast) -> int:
    """Alice, Bob and Dana in the hall, the others online."""
    hall = people(cast, "alice", "bob", "dana", channel=Channel.HANDS, venue=HALL)
    return make(cast, roll=[*hall, *people(cast, "rong", "hui", "shu")], present=6)


def enter(cast: Cast, poll: int, who: str, count: Count, *, verb: str = "enter") -> None:
    with db.transaction() as tx:
        verb_of = {"enter": service.enter_hands, "confirm": service.confirm_hands}
        verb_of[verb](tx, cast[who], poll, HALL, count)


def close(cast: Cast, poll: int) -> PollState:
    with db.transaction() as tx:
        service.close(tx, cast.alice, poll)
    return state(cast, poll)


def state(cast: Cast, poll: int) -> PollState:
    with db.reading() as tx:
        return queries.poll_access(tx, cast.alice, poll).poll.state


def test_hands_and_online_votes_are_one_result(cast: Cast, poll: int) -> None:
    vote(cast.rong, poll, "no")
    vote(cast.hui, poll, "yes")
    enter(cast, poll, "alice", Count({"yes": 2, "no": 1}))
    enter(cast, poll, "shu", Count({"no": 1, "yes": 2, "abstain": 0}), verb="confirm")
    assert close(cast, poll) is PollState.FINISHED
    with db.reading() as tx:
        found = queries.poll_access(tx, cast.alice, poll).poll.result
    assert found is not None
    assert (found["figures"]["yes"], found["figures"]["no"]) == (3, 2)
    assert found["outcome"] == "carried"


def test_finishing_waits_for_the_second_teller(cast: Cast, poll: int) -> None:
    assert close(cast, poll) is PollState.COUNTING
    enter(cast, poll, "alice", Count({"yes": 3}))
    assert state(cast, poll) is PollState.COUNTING
    with pytest.raises(Conflict):
        enter(cast, poll, "shu", Count({"yes": 2, "no": 1}), verb="confirm")
    enter(cast, poll, "shu", Count({"yes": 2}))
    enter(cast, poll, "alice", Count({"yes": 2}), verb="confirm")
    assert state(cast, poll) is PollState.FINISHED
    with pytest.raises(Conflict):
        enter(cast, poll, "alice", Count({"yes": 3}))


def test_one_teller_is_not_two(cast: Cast, poll: int) -> None:
    with pytest.raises(Conflict, match="no first count"):
        enter(cast, poll, "alice", Count({"yes": 3}), verb="confirm")
    enter(cast, poll, "alice", Count({"yes": 3}))
    with pytest.raises(Forbidden, match="second teller"):
        enter(cast, poll, "alice", Count({"yes": 3}), verb="confirm")


@pytest.mark.parametrize(
    ("who", "count", "refusal"),
    [
        ("bob", Count({"yes": 3}), Forbidden),
        ("alice", Count({"yes": 3, "no": 1}), Invalid),
        ("alice", Count({"yes": -1}), Invalid),
        ("alice", Count({"perhaps": 1}), Invalid),
    ],
)
def test_what_cannot_be_entered(
    cast: Cast, poll: int, who: str, count: Count, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        enter(cast, poll, who, count)


def test_there_are_only_the_venues_of_the_roll(cast: Cast, poll: int) -> None:
    with db.transaction() as tx, pytest.raises(NotFound):
        service.enter_hands(tx, cast.alice, poll, "venue:2", Count({}))


def test_a_venue_is_left_out_for_a_reason_only(cast: Cast, poll: int) -> None:
    vote(cast.rong, poll, "yes")
    close(cast, poll)
    with db.transaction() as tx, pytest.raises(Invalid):
        service.except_venue(tx, cast.alice, poll, HALL, " ")
    with db.transaction() as tx:
        service.except_venue(tx, cast.alice, poll, HALL, "The line was lost.")
    assert state(cast, poll) is PollState.FINISHED
    with db.reading() as tx:
        found = queries.poll_access(tx, cast.alice, poll).poll.result
        assert found is not None
        assert found["figures"]["cast"] == 1
        assert [note.body for note in queries.notes(tx, poll)] == ["The line was lost."]
        assert [tally.state for tally in queries.tallies(tx, poll)] == [TallyState.EXCEPTED]


def test_a_secret_poll_takes_no_hands(cast: Cast) -> None:
    hall = people(cast, "alice", "bob", channel=Channel.HANDS, venue=HALL)
    with pytest.raises(Conflict, match="show of hands"):
        secret(cast, roll=hall)


def test_a_secret_paper_box_needs_five_papers_and_adds_up(cast: Cast) -> None:
    papers = people(cast, "alice", "bob", "dana", "rong", "hui", channel=Channel.PAPER, venue=HALL)
    with pytest.raises(Conflict, match="five"):
        secret(cast, roll=papers[:4])
    poll = secret(cast, roll=[*papers, *people(cast, "shu")])
    vote(cast.shu, poll, "yes")

    def count(who: str, papers: Count, verb: Callable[..., None]) -> None:
        with db.transaction() as tx:
            verb(tx, cast[who], poll, HALL, papers, channel=Channel.PAPER)

    with pytest.raises(Invalid, match="add up"):
        count("alice", Count({"yes": 3}), service.enter_hands)
    paper = Count({"yes": 2, "no": 1}, invalid=1, unreturned=1)
    count("alice", paper, service.enter_hands)
    with pytest.raises(Invalid, match="missing"):
        count("shu", paper, service.confirm_hands)
    count("shu", paper, partial(service.confirm_hands, reason="Somebody took it home."))
    assert close(cast, poll) is PollState.FINISHED
    with db.reading() as tx:
        found = queries.poll_access(tx, cast.alice, poll).poll.result
        [note] = queries.notes(tx, poll)
    assert (note.kind, note.body) == (NoteKind.UNRETURNED, "Somebody took it home.")
    assert found is not None
    figures = found["figures"]
    assert (figures["yes"], figures["no"], figures["invalid"], figures["cast"]) == (3, 1, 1, 5)


def test_consent_takes_no_hands(cast: Cast) -> None:
    hall = people(cast, "alice", channel=Channel.HANDS, venue=HALL)
    with pytest.raises(Conflict, match="show of hands"):
        make(cast, method="consent", roll=hall)


def test_who_comes_late_votes_in_the_hall_or_online_never_both(cast: Cast, poll: int) -> None:
    vote(cast.rong, poll)
    with db.transaction() as tx:
        with pytest.raises(Conflict, match="online already"):
            service.take_in_hall(tx, cast.alice, poll, cast.rong.id, HALL)
        with pytest.raises(NotFound):
            service.take_in_hall(tx, cast.alice, poll, cast.charlie.id, HALL)
        service.take_in_hall(tx, cast.alice, poll, cast.hui.id, HALL)
        with pytest.raises(Conflict, match="already"):
            service.take_in_hall(tx, cast.alice, poll, cast.hui.id, HALL)
    with pytest.raises(Conflict, match="venue"):
        vote(cast.hui, poll)
    enter(cast, poll, "alice", Count({"yes": 4}))
    with db.transaction() as tx, pytest.raises(Conflict, match="counted"):
        service.take_in_hall(tx, cast.alice, poll, cast.shu.id, HALL)
