"""Taking one's own vote back: while a named vote is open, and only one's own."""

import threading

import pytest
from cast import Cast
from conftest import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polling import close, make, secret, vote

from forum.base import clock, db, ticker
from forum.base.errors import Conflict
from forum.base.verify import verify
from voting.boxes import queries as boxes
from voting.polls import queries, service


def test_one_takes_ones_vote_back_and_votes_again(cast: Cast, client: Client) -> None:
    poll = make(cast)
    bob = client("bob")
    assert "Take my vote back" not in bob.get(f"/polls/{poll}").text
    assert bob.post(f"/polls/{poll}/ballot", data={"choice": "yes"}).status_code == 303
    vote(cast.dana, poll, "no")
    assert "Take my vote back" in bob.get(f"/polls/{poll}").text
    assert bob.post(f"/polls/{poll}/ballot/undo").status_code == 303
    page = bob.get(f"/polls/{poll}.json").json()
    assert (page["mine"], page["own"]) == ("vote", None)
    assert bob.post(f"/polls/{poll}/ballot/undo").status_code == 409
    with clock.travel(seconds=2):
        ticker.run_due()
    with db.reading() as tx:
        assert queries.turnout(tx, poll) == 1
    assert bob.post(f"/polls/{poll}/ballot", data={"choice": "no"}).status_code == 303
    close(cast, poll)
    with db.reading() as tx:
        assert [row.choice for row in boxes.named(tx, poll)] == ["no", "no"]
        assert verify(tx).faults == []


def test_nobody_undoes_a_secret_or_a_counted_vote(cast: Cast, client: Client) -> None:
    hidden, named = secret(cast), make(cast)
    for poll in (hidden, named):
        vote(cast.bob, poll)
    dana = client("dana").get(f"/polls/{hidden}").text
    assert "cannot be changed or taken back" in dana
    close(cast, named)
    bob = client("bob")
    for poll in (hidden, named):
        assert "Take my vote back" not in bob.get(f"/polls/{poll}").text
        assert bob.post(f"/polls/{poll}/ballot/undo").status_code == 409
    assert client(None).post(f"/polls/{named}/ballot/undo").status_code == 401
    assert bob.post("/polls/999/ballot/undo").status_code == 404
    with db.reading() as tx:
        assert boxes.turnout(tx, hidden) == 1
        assert len(boxes.named(tx, named)) == 1


def test_of_two_clicks_at_once_one_takes_it_back(anywhere: Cast) -> None:
    poll = make(anywhere)
    vote(anywhere.bob, poll)
    start, found = threading.Barrier(2), []

    def undo() -> None:
        start.wait()
        try:
            with db.transaction() as tx:
                service.undo(tx, anywhere.bob, poll)
            found.append("done")
        except Conflict:
            found.append("refused")

    threads = [threading.Thread(target=undo) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["done", "refused"]


DEEDS = st.lists(st.tuples(st.sampled_from(["bob", "dana"]), st.sampled_from(["yes", "no", ""])))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=DEEDS)
def test_the_last_word_of_each_counts(cast: Cast, deeds: list[tuple[str, str]]) -> None:
    """Whoever's last deed was to take it back has no vote; participation and ballots agree."""
    poll = make(cast)
    last: dict[int, str] = {}
    for name, choice in deeds:
        if choice:
            vote(cast[name], poll, choice)
            last[cast[name].id] = choice
        elif cast[name].id in last:
            with db.transaction() as tx:
                service.undo(tx, cast[name], poll)
            del last[cast[name].id]
        else:
            with pytest.raises(Conflict), db.transaction() as tx:
                service.undo(tx, cast[name], poll)
    with db.reading() as tx:
        assert {row.voter_id: row.choice for row in boxes.named(tx, poll)} == last
        assert boxes.turnout(tx, poll) == len(last)
