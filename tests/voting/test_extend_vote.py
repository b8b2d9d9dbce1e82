"""More time: only for those who lead, only later, with a reason, and never past the closing."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from polling import VOTERS, make, secret, told, vote
from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, db, ticker
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, of_subject
from forum.base.ticker import Due
from forum.base.verify import verify
from voting.polls import queries, service
from voting.polls.models import PollState


def test_it_closes_later_and_says_why(cast: Cast, client: Client) -> None:
    poll = make(cast, closes_at=clock.now() + timedelta(hours=1))
    vote(cast.bob, poll)
    page = client("alice").get(f"/polls/{poll}").text
    assert f'action="/polls/{poll}/extend"' in page
    until = "2199-01-01T10:00"
    form = {"until": until, "reason": "The lift firm sent its offer late."}
    assert client("bob").post(f"/polls/{poll}/extend", data=form).status_code == 403
    assert client("alice").post("/polls/999/extend", data=form).status_code == 404
    assert client("alice").post(f"/polls/{poll}/extend", data=form).status_code == 303
    with clock.travel(hours=2):
        ticker.run_due()
        with db.reading() as tx:
            assert queries.poll_access(tx, cast.bob, poll).poll.state is PollState.STARTED
    assert "The lift firm sent its offer late." in client(None).get(f"/polls/{poll}").text
    with db.reading() as tx:
        events = of_subject(tx, f"poll:{poll}", audience=Audience.PUBLIC)
        assert verify(tx).faults == []
    [event] = [one for one in events if one.kind == "polls:poll:extended"]
    assert event.payload["after"] == "2199-01-01T02:00:00.000Z"
    assert event.payload["before"] < event.payload["after"]


def test_a_vote_is_never_shortened(cast: Cast) -> None:
    soon = clock.now() + timedelta(hours=1)
    poll = make(cast, closes_at=soon)
    with db.transaction() as tx:
        for moment in (soon, soon - timedelta(minutes=1), clock.now()):
            with pytest.raises(Invalid):
                service.extend(tx, cast.alice, poll, moment, "Because")
        with pytest.raises(Invalid):
            service.extend(tx, cast.alice, poll, soon + timedelta(hours=1), " ")
        with pytest.raises(Forbidden):
            service.extend(tx, cast.shu, poll, soon + timedelta(hours=1), "Because")
        with pytest.raises(NotFound):
            service.extend(tx, cast.alice, 999, soon + timedelta(hours=1), "Because")


def test_what_has_no_end_gets_one(cast: Cast) -> None:
    poll = make(cast)
    with db.transaction() as tx:
        service.extend(tx, cast.alice, poll, clock.now() + timedelta(hours=1), "Enough")
    with clock.travel(hours=2):
        ticker.run_due()
    with db.reading() as tx:
        assert queries.poll_access(tx, cast.alice, poll).poll.state is PollState.FINISHED


def test_nothing_is_extended_once_its_time_is_over(cast: Cast) -> None:
    poll = make(cast, closes_at=clock.now() + timedelta(hours=1))
    with clock.travel(hours=2), db.transaction() as tx, pytest.raises(Conflict, match="passed"):
        service.extend(tx, cast.alice, poll, clock.now() + timedelta(hours=1), "Late")
    draft = make(cast, opened=False)
    with db.transaction() as tx, pytest.raises(Conflict):
        service.extend(tx, cast.alice, draft, clock.now() + timedelta(hours=1), "Early")


def test_the_closing_and_more_time_wait_for_each_other(anywhere: Cast) -> None:
    """Whichever comes first, the poll is either closed or has its new end; nothing dies of it."""
    poll = make(anywhere, closes_at=clock.now() + timedelta(hours=1))
    vote(anywhere.bob, poll)
    start, done = threading.Barrier(2), []

    def extend() -> None:
        start.wait()
        with suppress(Conflict), db.transaction() as tx:
            later = clock.now() + timedelta(hours=9)
            service.extend(tx, anywhere.alice, poll, later, "More people want to vote.")
        done.append("extended")

    def close() -> None:
        start.wait()
        with db.transaction() as tx, suppress(Conflict):
            service.close(tx, None, poll)
        done.append("closed")

    threads = [threading.Thread(target=deed) for deed in (extend, close)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["closed", "extended"]
    with db.reading() as tx:
        assert queries.poll_access(tx, anywhere.alice, poll).poll.state is PollState.FINISHED
        assert verify(tx).faults == []


def test_the_ticker_and_more_time_take_their_rows_in_one_order(anywhere: Cast) -> None:
    """A reminder falls due while more time is given: neither waits for the other in a ring."""
    poll = make(anywhere, closes_at=clock.now() + timedelta(days=3))
    start = threading.Barrier(2)

    def extend() -> None:
        start.wait()
        with db.transaction() as tx:
            later = clock.now() + timedelta(days=9)
            service.extend(tx, anywhere.alice, poll, later, "More people want to vote.")

    def tick() -> None:
        start.wait()
        ticker.run_due()

    with clock.travel(hours=49):
        threads = [threading.Thread(target=deed) for deed in (extend, tick)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with db.reading() as tx:
        row = queries.poll_access(tx, anywhere.alice, poll).poll
        failed = tx.execute(select(col(Due.kind)).where(col(Due.failures) > 0)).all()
    assert failed == []
    assert row.closes_at is not None
    assert row.closes_at > clock.now() + timedelta(days=10)


@pytest.mark.parametrize("kind", ["open", "secret"])
def test_who_has_not_voted_is_told(cast: Cast, kind: str) -> None:
    poll = make(cast) if kind == "open" else secret(cast)
    vote(cast.bob, poll)
    with db.transaction() as tx:
        service.extend(tx, cast.alice, poll, clock.now() + timedelta(hours=1), "More time")
    everybody = {cast[name].id for name in VOTERS} - {cast.alice.id}
    silent = everybody - {cast.bob.id}
    assert told("polls:poll:extended") == (silent if kind == "open" else everybody)
