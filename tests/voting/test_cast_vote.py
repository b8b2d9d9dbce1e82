"""Casting: who may, what is refused, what a retry gets, and that open votes can change."""

from datetime import timedelta

import pytest
from cast import Cast
from polling import VOTERS, close, credential, make, people, secret, vote

from forum.base import clock, db, keys
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound, SignInNeeded
from forum.base.writer import write_now
from voting.boxes import ballots
from voting.boxes import queries as boxes
from voting.boxes.models import Channel
from voting.polls import queries, service


def result(cast: Cast, poll: int) -> dict[str, int]:
    with db.reading() as tx:
        found = queries.poll_access(tx, cast.alice, poll).poll.result
    assert found is not None
    figures: dict[str, int] = found["figures"]
    return figures


def test_a_vote_counts(cast: Cast) -> None:
    poll = secret(cast)
    for name in VOTERS:
        vote(cast[name], poll, "no" if name == "bob" else "yes")
    close(cast, poll, publish=True)
    assert result(cast, poll) | {"needed": 0} == {
        "yes": 6,
        "no": 1,
        "abstain": 0,
        "blank": 0,
        "invalid": 0,
        "cast": 7,
        "base": 7,
        "needed": 0,
    }


def test_the_receipt_is_the_signed_commitment_and_says_nothing_else(cast: Cast) -> None:
    poll = secret(cast)
    receipt = vote(cast.bob, poll, "yes", nonce="ab" * 16)
    text = ballots.secret_ballot(poll, "majority/1", {"vote": "yes"}, "ab" * 16)
    assert receipt.commit == ballots.commitment(text)
    assert keys.verify(ballots.receipt_statement(poll, receipt.commit), receipt.signature)


def test_a_retry_gets_the_same_receipt_even_after_the_closing(cast: Cast) -> None:
    poll = secret(cast)
    first = vote(cast.bob, poll, "yes")
    assert vote(cast.bob, poll, "yes") == first._replace(again=True)
    close(cast, poll)
    assert vote(cast.bob, poll, "yes") == first._replace(again=True)


def test_a_secret_vote_cannot_be_changed(cast: Cast) -> None:
    poll = secret(cast)
    vote(cast.bob, poll, "yes")
    with pytest.raises(Conflict, match="voted already"):
        vote(cast.bob, poll, "no")
    with pytest.raises(Conflict, match="voted already"):
        vote(cast.bob, poll, "yes", nonce="cd" * 16)
    close(cast, poll)
    assert result(cast, poll)["cast"] == 1


def test_nobody_can_vote_with_anothers_random_number(cast: Cast) -> None:
    poll = secret(cast)
    vote(cast.bob, poll, "yes", nonce="ab" * 16)
    with pytest.raises(Conflict, match="random number"):
        vote(cast.dana, poll, "yes", nonce="ab" * 16)
    vote(cast.dana, poll, "yes")  # her right was not used up by that
    close(cast, poll)
    assert result(cast, poll)["yes"] == 2


def test_an_open_vote_can_be_changed_while_open(cast: Cast) -> None:
    poll = make(cast)
    assert not vote(cast.bob, poll, "yes").again
    assert vote(cast.bob, poll, "no").again
    with db.reading() as tx:
        mine = boxes.own_vote(tx, poll, cast.bob.id)
    assert mine is not None
    assert mine.choice == "no"
    close(cast, poll)
    assert result(cast, poll)["cast"] == 1
    assert vote(cast.bob, poll, "no").again  # the answer was lost on its way: it is counted
    with pytest.raises(Conflict, match="closed"):
        vote(cast.bob, poll, "yes")


def test_a_mute_takes_away_words_not_the_vote(cast: Cast) -> None:
    poll = secret(cast)
    assert vote(cast.dana, poll).commit


@pytest.mark.parametrize("secrecy", ["open", "secret"])
def test_refusals(cast: Cast, secrecy: str) -> None:
    poll = make(cast, secrecy=secrecy)
    with pytest.raises(Forbidden, match="roll"):
        vote(cast.charlie, poll)
    with pytest.raises(NotFound):
        vote(cast.bob, 999)
    with pytest.raises(SignInNeeded):
        write_now(service.cast_batch, service.Cast("0" * 64, poll, "yes", "", "ab" * 16))
    with pytest.raises(Invalid):
        vote(cast.bob, poll, "maybe")
    close(cast, poll)
    with pytest.raises(Conflict, match="closed"):
        vote(cast.bob, poll)


def test_a_ballot_needs_its_random_number(cast: Cast) -> None:
    poll = secret(cast)
    for nonce in ("AB" * 16, "ab" * 15, "x" * 32):
        with pytest.raises(Invalid):
            vote(cast.bob, poll, nonce=nonce)


def test_before_the_opening_and_after_the_closing_time(cast: Cast) -> None:
    poll = make(cast, opened=False)
    with pytest.raises(Forbidden):
        vote(cast.bob, poll)  # there is no roll yet
    poll = secret(cast, closes_at=clock.now() + timedelta(hours=1))
    vote(cast.bob, poll)
    with clock.travel(hours=2), pytest.raises(Conflict, match="closed"):
        vote(cast.dana, poll)  # though the closing itself has yet to be carried out


def test_who_was_absent_at_the_opening_does_not_vote(cast: Cast) -> None:
    roll = [*people(cast, "alice", "bob"), *people(cast, "dana", present=False)]
    poll = make(cast, roll=roll, present=2)
    vote(cast.bob, poll)
    with pytest.raises(Forbidden, match="present"):
        vote(cast.dana, poll)


def test_who_votes_by_hand_does_not_vote_online(cast: Cast) -> None:
    hall = people(cast, "bob", channel=Channel.HANDS, venue="venue:1")
    poll = make(cast, roll=[*hall, *people(cast, "alice")])
    with pytest.raises(Conflict, match="venue"):
        vote(cast.bob, poll)


def test_a_batch_answers_each_item(cast: Cast) -> None:
    poll, named = secret(cast), make(cast)
    bob, dana = credential(cast.bob), credential(cast.dana)
    charlie = credential(cast.charlie)
    items = [
        service.Cast(bob, poll, "yes", "", "aa" * 16),
        service.Cast(charlie, poll, "yes", "", "bb" * 16),
        service.Cast(bob, poll, "yes", "", "aa" * 16),
        service.Cast(bob, poll, "no", "", "cc" * 16),
        service.Cast(dana, poll, "yes", "", "aa" * 16),
        service.Cast(None, poll, "yes", "", "dd" * 16),
        service.Cast(dana, poll, "no", "", "ee" * 16),
        service.Cast(bob, named, "yes"),
        service.Cast(bob, named, "no"),
        service.Cast(bob, 777, "no"),
    ]
    with db.transaction() as tx:
        answers = service.cast_batch(tx, items)
    kinds = [type(answer).__name__ for answer in answers]
    assert kinds == [
        "Receipt",
        "NotOnRoll",
        "Receipt",
        "Conflict",
        "Conflict",
        "SignInNeeded",
        "Receipt",
        "Receipt",
        "Receipt",
        "NotFound",
    ]
    with db.reading() as tx:
        assert boxes.turnout(tx, poll) == 2
        mine = boxes.own_vote(tx, named, cast.bob.id)
        assert mine is not None
        assert mine.choice == "no"
