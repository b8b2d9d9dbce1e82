"""A vote of very many in a meeting: closed by the chair, counted by the machine, announced."""

from collections.abc import Callable

import pytest
import sitting as hall
from cast import Cast
from polling import vote
from sitting import Sitting
from starlette.testclient import TestClient

from forum.base import db, ticker
from forum.base.db import Db
from sessions.meetings import service as meetings
from voting.boxes.models import Channel
from voting.polls.models import Poll, PollState, Secrecy
from voting.polls.service import Draft, finishing

Client = Callable[[str | None], TestClient]


@pytest.fixture
def closed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> tuple[Sitting, int]:
    """A secret vote of everybody in session, closed by the chair; nothing is counted yet."""
    monkeypatch.setattr(finishing, "AT_ONCE", 2)
    sitting = hall.debating(cast)
    draft = Draft("Shall block 7 get the lift of offer A?", secrecy=Secrecy.SECRET)
    with db.transaction() as tx:
        poll = meetings.hold_poll(tx, cast.alice, sitting.meeting, draft, channel=Channel.ONLINE)
        meetings.open_poll(tx, cast.alice, sitting.meeting, poll)
    for name in ("alice", "bob", "dana", "rong", "shu"):
        vote(cast[name], poll)
    with db.transaction() as tx:
        meetings.close_poll(tx, cast.alice, sitting.meeting, poll)
    return sitting, poll


def state(poll: int) -> PollState:
    with db.reading() as tx:
        return PollState(tx.get_one(Poll, poll).state)


def test_the_chair_announces_it_once_and_it_is_public_in_the_end(
    client: Client, cast: Cast, closed: tuple[Sitting, int]
) -> None:
    sitting, poll = closed
    alice, here = client("alice"), f"/meetings/{sitting.meeting}"
    console = alice.get(f"{here}/console").text
    assert "Counted 0 of 5 ballots." in console
    assert "The halls are counting." not in console
    assert "Announce the result as soon as it is there" in console
    answer = alice.post(f"{here}/polls/{poll}/publish", data={"back": "console"})
    assert answer.headers["location"].startswith(f"{here}/console")
    console = alice.get(f"{here}/console").text
    assert "When that is done, the result is announced." in console
    assert "Announce the result as soon as it is there" not in console
    assert state(poll) is PollState.COUNTING
    ticker.run_due()
    ticker.run_due()
    assert state(poll) is PollState.PUBLISHED
    assert "Carried" in client("bob").get(here).text


def test_without_that_the_chair_announces_it_afterwards(
    client: Client, cast: Cast, closed: tuple[Sitting, int]
) -> None:
    sitting, poll = closed
    ticker.run_due()
    assert state(poll) is PollState.FINISHED
    assert "Announce the result" in client("alice").get(f"/meetings/{sitting.meeting}/console").text

    def announce(tx: Db) -> bool:
        return meetings.publish_poll(tx, cast.alice, sitting.meeting, poll)

    with db.transaction() as tx:
        assert announce(tx)
    assert state(poll) is PollState.PUBLISHED


def test_everybody_sees_how_far_it_is(client: Client, closed: tuple[Sitting, int]) -> None:
    sitting, _poll = closed
    for reader, page in (("bob", ""), (None, ""), (None, "/screen")):
        shown = client(reader).get(f"/meetings/{sitting.meeting}{page}").text
        assert "Counted 0 of 5 ballots." in shown
        assert "Nothing of the result is known before all ballots are counted." in shown
