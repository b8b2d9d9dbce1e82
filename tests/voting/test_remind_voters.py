"""Who has not voted yet, and the reminders to them: names only where votes are named."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from polling import VOTERS, make, people, secret, told, vote
from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, db, ticker
from forum.base.errors import Conflict, Forbidden
from forum.base.events import EventRow
from voting.boxes.models import Channel
from voting.polls import queries, service, waiting

REMINDED = "polls:voters:reminded"


def reminders() -> int:
    with db.reading() as tx:
        rows = tx.execute(select(col(EventRow.id)).where(col(EventRow.kind) == REMINDED))
        return len(rows.all())


def everybody(cast: Cast) -> set[int]:
    return {cast[name].id for name in VOTERS} - {cast.alice.id}


def test_those_who_lead_see_who_is_missing(cast: Cast, client: Client) -> None:
    poll = make(cast)
    vote(cast.bob, poll, "no")
    alice = client("alice")
    page = alice.get(f"/polls/{poll}/missing").text
    assert "Rong the representative" in page
    assert ">Bob<" not in page
    assert "6 have not voted online yet." in alice.get(f"/polls/{poll}").text
    for who, status in (("bob", 403), ("shu", 403), (None, 401)):
        assert client(who).get(f"/polls/{poll}/missing.json").status_code == status
    assert alice.get("/polls/999/missing").status_code == 404
    draft = make(cast, opened=False)
    assert alice.get(f"/polls/{draft}/missing").status_code == 409


def test_of_a_secret_vote_only_a_number_in_steps(cast: Cast, client: Client) -> None:
    poll = secret(cast)
    for name in VOTERS[:5]:
        vote(cast[name], poll)
    alice = client("alice")
    assert alice.get(f"/polls/{poll}/missing.json").json()["total"] == 7  # not told yet
    with clock.travel(seconds=2):
        ticker.run_due()
    vote(cast.shu, poll)
    found = alice.get(f"/polls/{poll}/missing.json").json()
    assert (found["total"], found["names"]) == (2, [])
    assert "The clerk" not in alice.get(f"/polls/{poll}/missing").text


@pytest.mark.parametrize("kind", ["open", "secret"])
def test_a_reminder_goes_to_those_who_have_not_voted(cast: Cast, client: Client, kind: str) -> None:
    """Of a secret vote to all: who got none would be known to have voted, and since when."""
    poll = make(cast, secrecy=kind)
    for voter in (cast.bob, cast.rong):
        vote(voter, poll)
    assert client("bob").post(f"/polls/{poll}/remind").status_code == 403
    assert client("alice").post(f"/polls/{poll}/remind").status_code == 303
    all_others = everybody(cast)
    silent = all_others - {cast.bob.id, cast.rong.id}
    assert told(REMINDED) == (silent if kind == "open" else all_others)
    assert client("alice").post(f"/polls/{poll}/remind").status_code == 409
    with clock.travel(hours=7):
        assert client("alice").post(f"/polls/{poll}/remind").status_code == 303


def test_those_who_cannot_vote_online_are_not_reminded(cast: Cast) -> None:
    roll = [
        *people(cast, "bob", "dana"),
        *people(cast, "rong", present=False),
        *people(cast, "hui", channel=Channel.HANDS, venue="venue:1"),
    ]
    poll = make(cast, roll=roll, present=3)
    with db.reading() as tx:
        assert waiting.asked(tx, poll, secret=False) == sorted([cast.bob.id, cast.dana.id])
        assert waiting.asked(tx, poll, secret=True) == sorted([cast.bob.id, cast.dana.id])


@pytest.mark.parametrize(("days", "times"), [(1, 0), (3, 1)])
def test_what_lasts_reminds_once_by_itself(cast: Cast, days: int, times: int) -> None:
    make(cast, closes_at=clock.now() + timedelta(days=days))
    with clock.travel(hours=24 * days - 23):
        ticker.run_due()
        ticker.run_due()
        assert reminders() == times


def test_more_time_moves_the_reminder(cast: Cast) -> None:
    poll = make(cast, closes_at=clock.now() + timedelta(days=3))
    with db.transaction() as tx:
        service.extend(tx, cast.alice, poll, clock.now() + timedelta(days=6), "Holidays")
    with clock.travel(hours=24 * 3):
        ticker.run_due()
        assert reminders() == 0
    with clock.travel(hours=24 * 5 + 1):
        ticker.run_due()
        assert reminders() == 1


def test_none_follows_another_or_comes_after_the_closing(cast: Cast) -> None:
    poll, closed = (make(cast, closes_at=clock.now() + timedelta(days=3)) for _n in range(2))
    with db.transaction() as tx:
        service.close(tx, cast.alice, closed)
        with pytest.raises(Conflict):
            service.remind(tx, cast.alice, closed)
        with pytest.raises(Forbidden):
            service.remind(tx, cast.bob, poll)
    with clock.travel(hours=47), db.transaction() as tx:
        service.remind(tx, cast.alice, poll)
    with clock.travel(hours=49):
        ticker.run_due()
    assert reminders() == 1
    with db.reading() as tx:
        row = queries.poll_access(tx, cast.alice, poll).poll
    assert row.reminded_at is not None
