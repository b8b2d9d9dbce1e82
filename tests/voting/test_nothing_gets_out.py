"""What must not come of papers, mended drafts and deeds at once: parts of a count, false alarms."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from conftest import Client
from delegating import followed, give
from papering import BLANK, FIVE, begun, box, counted, keyed
from polling import VOTERS, close, make, secret, vote
from proxying import put, sitting, together
from proxying import vote as cast_in
from publishing import found, published, voted

from forum.base import clock, db, ticker
from forum.base.erasure import gathered
from forum.base.errors import Conflict, Forbidden
from forum.privacy import service as privacy
from voting.boxes import service as boxes
from voting.boxes.queries import turnout
from voting.papers import queries
from voting.papers import service as papers
from voting.papers.models import BatchState, Kind
from voting.polls import service, small
from voting.polls.rules import Count
from voting.polls.service.common import locked


def test_the_file_of_a_mended_vote_is_sound(cast: Cast, tmp_path: Path) -> None:
    poll = make(cast, opened=False)
    with db.transaction() as tx:
        service.change(tx, cast.alice, poll, service.Draft("The steel lift?", "It is **cheaper**."))
        service.open(tx, cast.alice, poll)
    voted(cast, poll)
    assert found(tmp_path / "mended.zip", published(cast, poll)) == []


def test_papers_told_apart_do_not_tell_a_small_hall() -> None:
    """All online voters took papers: the whole without the papers would be the hall's three."""
    papers = Count({}, 1, 0, 0).pack() | {small.KEYED: 8, "of:yes": 5, "of:no": 3}
    shown = small.apart(secret=True, size=8, halls=[3])
    assert small.told(papers, "confirmed", shown, secret=True) == {small.KEYED: 9}
    alone = small.apart(secret=True, size=8, halls=[])
    assert small.told(papers, "confirmed", alone, secret=True) == papers


def test_a_desk_learns_of_nobody_that_they_voted_in_secret(cast: Cast, client: Client) -> None:
    poll = secret(cast)
    made = box(cast, poll)
    vote(cast.hui, poll)
    shown = client("shu").get(f"/polls/{poll}/papers.json?q=hu").json()
    assert {one["standing"] for one in shown["found"]} == {"May take a paper"}
    assert {one["may"] for one in shown["found"]} == {True}
    form = {"member": str(cast.hui.id), "box": str(made)}
    answer = client("shu").post(f"/polls/{poll}/papers/issue", data=form)
    assert answer.status_code == 409
    assert "online already" in answer.text
    named = make(cast)
    vote(cast.hui, named)
    box(cast, named)
    shown = client("shu").get(f"/polls/{named}/papers.json?q=hui").json()
    assert [one["standing"] for one in shown["found"]] == ["Has voted online"]


@pytest.mark.parametrize("voters", [VOTERS[:3], VOTERS])
def test_a_reason_of_few_secret_ballots_stays_with_them(
    cast: Cast, client: Client, voters: tuple[str, ...]
) -> None:
    poll = secret(cast, method="consent")
    for name in voters[1:]:
        vote(cast[name], poll, "consent")
    vote(cast[voters[0]], poll, "block", reason="My flat is on the ground floor.")
    close(cast, poll, publish=True)
    shown = client(None).get(f"/polls/{poll}.json").json()["reasons"]
    assert len(shown) == (len(voters) > 4)


def test_what_differs_is_for_the_two_who_read_it(cast: Cast, client: Client) -> None:
    poll = make(cast)
    made = box(cast, poll, "hui")
    keyed(cast, made, "shu", [(Kind.VALID, "yes")], start=cast.hui.id)
    keyed(cast, made, "alice", [BLANK], start=cast.hui.id)
    here = f"/papers/{made}/differences.json"
    assert client("alice").get(here).status_code == 200
    assert client("admin").get(here).status_code == 403


def test_nobody_reads_in_their_data_how_others_voted(cast: Cast) -> None:
    """Between the closing and the publication the ballot that a holder's choice became."""
    poll = followed(cast)
    give(cast, "bob", "dana")
    vote(cast.dana, poll, "no")
    vote(cast.hui, poll, "no")
    close(cast, poll)
    for member, kept in ((cast.bob.id, False), (cast.hui.id, True)):
        with db.reading() as tx:
            tables = gathered(tx, member)["tables"]
        assert ("named_ballot" in tables) is kept
        assert "vote_followed" not in tables
    with db.transaction() as tx:
        service.publish(tx, cast.alice, poll)
    with db.reading() as tx:
        tables = gathered(tx, cast.bob.id)["tables"]
    assert {"named_ballot", "vote_followed"} <= tables.keys()


def test_who_is_erased_is_not_voted_for(cast: Cast) -> None:
    poll = put(cast, sitting(cast))
    with db.transaction() as tx:
        privacy.erase(tx, None, cast.hui.id)
    with pytest.raises(Forbidden):
        cast_in(cast.bob, poll, principal=cast.hui.id)


def test_nobody_goes_to_a_hall_when_the_time_is_over(cast: Cast) -> None:
    poll = make(cast, closes_at=clock.now() + timedelta(hours=1), present=7)
    with clock.travel(hours=2), db.transaction() as tx, pytest.raises(Conflict, match="closed"):
        service.take_in_hall(tx, cast.alice, poll, cast.bob.id, "hall:1")


@pytest.mark.parametrize("called", ["papers:{box}", "papers:elm"])
def test_a_hall_called_like_a_box_is_a_hall(cast: Cast, called: str) -> None:
    """Neither this vote's box nor another's is touched by what a teller calls a hall."""
    other = secret(cast)
    made = box(cast, other, *FIVE)
    close(cast, other)
    begun(cast, made, 5)
    keyed(cast, made, "shu", [BLANK])
    poll = make(cast, present=7)
    hall = called.format(box=made)
    with db.transaction() as tx:
        service.take_in_hall(tx, cast.alice, poll, cast.bob.id, hall)
        service.except_venue(tx, cast.alice, poll, hall, "Nobody counted.")
    with db.reading() as tx:
        assert [one.state for one in queries.batches(tx, other)] == [BatchState.KEYING]
        assert len(queries.pile_of(tx, made)) == 1


@pytest.mark.parametrize("verb", ["close", "void"])
def test_the_end_by_hand_and_more_time_wait_in_one_order(
    on_postgres: Cast, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """Neither has what the other waits for: of two at once the second finds what the first did."""
    poll = make(on_postgres, closes_at=clock.now() + timedelta(hours=1))
    both = threading.Barrier(2)

    def stopping(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **more: Any) -> Any:
            done = real(*args, **more)
            with suppress(threading.BrokenBarrierError):
                both.wait(timeout=0.5)
            return done

        return run

    monkeypatch.setattr(ticker, "hold", stopping(ticker.hold))
    monkeypatch.setattr("voting.polls.service.ending.locked", stopping(locked))

    def extend() -> None:
        with suppress(Conflict), db.transaction() as tx:
            later = clock.now() + timedelta(hours=9)
            service.extend(tx, on_postgres.alice, poll, later, "More people want to vote.")

    def end() -> None:
        with db.transaction() as tx:
            if verb == "close":
                service.close(tx, on_postgres.alice, poll)
            else:
                service.void(tx, on_postgres.alice, poll, "It was the wrong question.")

    together(extend, end)


@pytest.mark.parametrize("verb", ["except", "void"])
def test_a_box_and_the_closing_of_another_vote_wait_in_one_order(
    on_postgres: Cast, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """Both need the sealed box and the log of the consultation: the box comes first."""
    cast = on_postgres
    poll, other = secret(cast), secret(cast)
    full, lost = box(cast, poll, *FIVE), box(cast, poll, "alice", "bob", name="Box 2")
    close(cast, poll)
    counted(cast, full, [BLANK] * 5)
    vote(cast.bob, other)
    both = threading.Barrier(2)

    def stopping(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **more: Any) -> Any:
            with suppress(threading.BrokenBarrierError):
                both.wait(timeout=0.5)
            return real(*args, **more)

        return run

    monkeypatch.setattr(boxes, "reseal", stopping(boxes.reseal))
    monkeypatch.setattr("voting.polls.service.ending.boxes.turnout", stopping(turnout))

    def end() -> None:
        with db.transaction() as tx:
            if verb == "void":
                service.void(tx, cast.alice, poll, "It was the wrong question.")
            else:
                papers.leave_out(tx, cast.alice, lost, "It was lost.")

    together(end, lambda: close(cast, other))
