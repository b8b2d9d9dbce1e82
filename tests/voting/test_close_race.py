"""Closing and casting never interleave: what was acknowledged is exactly what counts."""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from cast import Cast
from polling import VOTERS, credential, make, secret, vote

from forum.base import db
from forum.base.auth import Actor
from forum.base.canonical import sha256hex
from forum.base.errors import Conflict, Refusal
from forum.base.writer import write_now
from forum.members import service as members
from voting.boxes import queries as boxes
from voting.boxes.ballots import Receipt
from voting.polls import queries, service
from voting.polls.models import PollState
from voting.polls.rules import RollEntry

CROWD = 40


def crowd() -> list[Actor]:
    """Many voters."""
    with db.transaction() as tx:
        return [
            Actor(members.register(tx, login=f"voter{n}", name=f"Voter {n}", password=None), "")
            for n in range(CROWD)
        ]


def together(*deeds: Callable[[], None]) -> None:
    """Do all at once."""
    start = threading.Barrier(len(deeds))
    faults: list[BaseException] = []

    def run(deed: Callable[[], None]) -> None:
        start.wait()
        try:
            deed()
        except BaseException as fault:  # noqa: BLE001 - told by the test's own thread
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.mark.parametrize("secrecy", ["secret", "open"])
def test_the_closing_counts_what_was_acknowledged(anywhere: Cast, secrecy: str) -> None:
    voters = crowd()
    roll = [RollEntry(voter.id) for voter in voters]
    poll = make(anywhere, secrecy=secrecy, roll=roll)
    tokens = [credential(voter) for voter in voters]
    acknowledged: list[Receipt] = []

    def cast(n: int) -> None:
        item = service.Cast(tokens[n], poll, "yes" if n % 3 else "no", "", f"{n:032x}")
        with suppress(Conflict):  # too late
            acknowledged.append(write_now(service.cast_batch, item))

    def close() -> None:
        while len(acknowledged) < CROWD // 4:
            pass
        with db.transaction() as tx:
            service.close(tx, anywhere.alice, poll)

    together(close, *(partial(cast, n) for n in range(CROWD)))
    with db.reading() as tx:
        found = queries.poll_access(tx, anywhere.alice, poll).poll
        assert found.state is PollState.FINISHED
        assert found.result is not None
        assert found.result["figures"]["cast"] == len(acknowledged)
        assert boxes.turnout(tx, poll) == len(acknowledged)
        if secrecy == "secret":
            commits = sorted(receipt.commit for receipt in acknowledged)
            assert [commit for commit, _text in boxes.sealed(tx, poll)] == commits


def test_one_voter_many_ballots(anywhere: Cast) -> None:
    poll = secret(anywhere)
    token = credential(anywhere.bob)
    receipts: list[Receipt] = []

    def cast(n: int) -> None:
        item = service.Cast(token, poll, "yes", "", f"{n:032x}")
        with suppress(Conflict):  # has voted already
            receipts.append(write_now(service.cast_batch, item))

    together(*(partial(cast, n) for n in range(12)))
    assert len(receipts) == 1
    with db.transaction() as tx:
        service.close(tx, anywhere.alice, poll)
    with db.reading() as tx:
        assert [commit for commit, _text in boxes.sealed(tx, poll)] == [receipts[0].commit]


def test_one_random_number_many_voters(anywhere: Cast) -> None:
    poll = secret(anywhere)
    tokens = {name: credential(anywhere[name]) for name in VOTERS}
    receipts: list[str] = []

    def cast(name: str) -> None:
        with suppress(Conflict):  # another ballot bears this random number
            write_now(service.cast_batch, service.Cast(tokens[name], poll, "yes", "", "a" * 32))
            receipts.append(name)

    together(*(partial(cast, name) for name in VOTERS))
    assert len(receipts) == 1
    for name in VOTERS:
        if name not in receipts:
            assert vote(anywhere[name], poll).commit  # nobody's right was used up in vain


def test_two_polls_close_at_once_while_a_third_is_open(anywhere: Cast) -> None:
    first, second, third = secret(anywhere), secret(anywhere), secret(anywhere)
    for poll in (first, second, third):
        vote(anywhere.bob, poll)

    def close(poll: int) -> None:
        with db.transaction() as tx:
            service.close(tx, anywhere.alice, poll)

    def cast(name: str) -> None:
        vote(anywhere[name], third)

    together(
        partial(close, first),
        partial(close, second),
        *(partial(cast, name) for name in VOTERS if name != "bob"),
    )
    close(third)
    with db.reading() as tx:
        chain = boxes.closings(tx)
        assert [closing.number for closing in chain] == [1, 2, 3]
        assert [closing.facts["size"] for closing in chain] == [1, 1, 7]
        digests = [sha256hex(closing.record.encode()) for closing in chain]
        assert [closing.facts["previous"] for closing in chain][1:] == digests[:2]


def test_one_right_one_vote(anywhere: Cast) -> None:
    """Everybody tries both channels at the same time; each gets one."""
    voters = ("bob", "dana", "rong", "hui", "shu", "clerk")
    poll = make(anywhere)
    won: list[tuple[str, str]] = []

    def online(name: str) -> None:
        try:
            vote(anywhere[name], poll)
        except Refusal:
            return
        won.append((name, "online"))

    def hall(name: str) -> None:
        try:
            with db.transaction() as tx:
                service.take_in_hall(tx, anywhere.alice, poll, anywhere[name].id, "venue:1")
        except Refusal:
            return
        won.append((name, "hands"))

    together(*(partial(way, name) for name in voters for way in (online, hall)))
    assert sorted(name for name, _way in won) == sorted(voters)
    with db.reading() as tx:
        for name, way in won:
            assert boxes.part(tx, poll, anywhere[name].id) == way
            own = boxes.own_vote(tx, poll, anywhere[name].id)
            assert (own is not None) == (way == "online")
        issued = sum(tally.issued for tally in queries.tallies(tx, poll))
    assert issued == sum(way == "hands" for _name, way in won)
