"""Papers entered twice, settled, reconciled, and mixed among the ballots so that nothing shows."""

import json
from pathlib import Path

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st
from papering import (
    BLANK,
    FIVE,
    INVALID,
    NO,
    YES,
    begun,
    box,
    closed,
    counted,
    faults,
    figures,
    keyed,
    publish,
    row,
)
from polling import ELMS, close, secret, vote

from forum.base import db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import Audience, history
from voting.boxes import queries as boxes
from voting.boxes import tree
from voting.papers import page, queries, service
from voting.papers.models import BatchState, Kind
from voting.polls import publication, small
from voting.polls import queries as polls
from voting.polls import service as votes
from voting.polls.models import PollState


def test_paper_and_online_are_one_result(cast: Cast) -> None:
    poll = secret(cast)
    made = box(cast, poll, *FIVE)
    vote(cast.bob, poll, "no")
    vote(cast.alice, poll, "yes")
    close(cast, poll)
    assert row(cast, poll).state is PollState.COUNTING
    counted(cast, made, [YES, NO, BLANK, INVALID], unreturned=1, reason="Taken home.")
    found = figures(cast, poll)
    assert [found[name] for name in ("yes", "no", "blank", "invalid", "cast")] == [2, 2, 1, 1, 6]
    with db.reading() as tx:
        leaves = list(boxes.sealed(tx, poll))
        closing = boxes.closing(tx, poll)
        assert closing is not None
        assert closing.facts["size"] == len(leaves) == 4
        assert closing.facts["root"] == tree.root([commit for commit, _text in leaves])
        (line,) = closing.facts["tally"]["venues"]
        assert line["counted"] == {"ballots": 4}  # of fewer than five only how many
        assert queries.pile_of(tx, made) == {}
        told = history(tx, cast.place, audience=Audience.MODERATOR, kinds=["papers:box:confirmed"])
        kept = {"poll": poll, "box": made, "issued": 5, "unreturned": 1, "whole": True}
        assert {name: told[0].payload[name] for name in kept} == kept
    assert faults() == []


def test_large_enough_parts_are_told_apart(cast: Cast, client: Client) -> None:
    poll = secret(cast)
    made = box(cast, poll, *FIVE)
    close(cast, poll)
    counted(cast, made, [YES, YES, YES, NO, NO])
    publish(cast, poll)
    with db.reading() as tx:
        heads, lines = page.channels(tx, row(cast, poll))
        assert heads == ["", "Online", "On paper"]
        assert ("For", "0", "3") in lines
        assert ("Votes handed in", "0", "5") in lines
        (told,) = history(tx, cast.place, audience=Audience.PUBLIC, kinds=["papers:channels:told"])
        assert told.payload["boxes"][0] | {"of:yes": 3, "of:no": 2} == told.payload["boxes"][0]
    shown = client(None).get(f"/polls/{poll}").text
    assert "The result by way of voting" in shown
    assert faults() == []


def test_orders_on_paper(cast: Cast, tmp_path: Path) -> None:
    poll = secret(cast, method="irv", options=ELMS)
    made = box(cast, poll, *FIVE)
    vote(cast.bob, poll, "o1>o2")
    close(cast, poll)
    marks = [(Kind.VALID, "o2>o1"), (Kind.VALID, "o2"), (Kind.VALID, "o2>o3"), BLANK, INVALID]
    counted(cast, made, marks)
    found = figures(cast, poll)
    assert (found["valid"], found["blank"], found["invalid"], found["cast"]) == (4, 1, 1, 6)
    with db.reading() as tx:  # a blank order is a ballot like that of somebody online
        assert len(list(boxes.sealed(tx, poll))) == 5
    assert faults() == []
    publish(cast, poll)
    file = tmp_path / "ballots.json"
    with db.reading() as tx:
        told = publication.document(tx, row(cast, poll))
    file.write_text(json.dumps(told, default=str))
    assert len(told["ballots"]) == 5
    report = publication.check(file)
    assert report is not None
    assert report.faults == []


def test_a_box_adds_up_or_says_why(cast: Cast) -> None:
    poll = secret(cast)
    made = box(cast, poll, *FIVE)
    close(cast, poll)
    begun(cast, made, 3)
    for who in ("shu", "alice"):
        keyed(cast, made, who, [YES] * 3)
    with pytest.raises(Invalid, match="add up"):
        closed(cast, made, 1)
    closed(cast, made, 1, "One paper was torn at the desk.")
    with db.reading() as tx:
        assert [note.body for note in polls.notes(tx, poll)] == ["One paper was torn at the desk."]
    assert row(cast, poll).state is PollState.FINISHED
    assert faults() == []


def test_a_box_that_is_short_says_why(cast: Cast, client: Client) -> None:
    poll = secret(cast)
    made = box(cast, poll, *FIVE)
    close(cast, poll)
    begun(cast, made, 3)
    for who in ("shu", "alice"):
        keyed(cast, made, who, [YES] * 3)
    shu, here = client("shu"), f"/papers/{made}/confirm"
    for silent in ("", "  "):
        refused = shu.post(here, data={"unreturned": "2", "reason": silent})
        assert refused.status_code == 422
        assert "Papers are missing" in refused.text
    reason = "Two neighbours took theirs on a journey."
    assert shu.post(here, data={"unreturned": "2", "reason": reason}).status_code == 303
    publish(cast, poll)
    shown = client(None).get(f"/polls/{poll}").text
    assert "Papers that did not come back: Box 1" in shown
    assert reason in shown
    assert faults() == []


def test_a_small_box_is_mixed_with_another(cast: Cast) -> None:
    poll = secret(cast)
    large, small = box(cast, poll, *FIVE), box(cast, poll, "bob", name="Box 2")
    close(cast, poll)
    with pytest.raises(Conflict, match="mix them"):
        begun(cast, small, 1)
    with db.transaction() as tx:
        service.merge(tx, cast.shu, small, large)
    counted(cast, large, [YES] * 6)
    with db.reading() as tx:
        assert [one.state for one in queries.batches(tx, poll)] == [
            BatchState.CONFIRMED,
            BatchState.MERGED,
        ]
        assert len(queries.takers(tx, poll, batch=large)) == 6
    assert figures(cast, poll)["yes"] == 6


def test_left_out_too_late_and_begun_again(cast: Cast, client: Client) -> None:
    poll = secret(cast)
    made = box(cast, poll, *FIVE)
    vote(cast.alice, poll, "yes")
    with db.transaction() as tx, pytest.raises(Conflict, match="late yet"):
        service.reject(tx, cast.shu, poll, "Gate", 3, "Lost")
    close(cast, poll)
    begun(cast, made, 2)
    keyed(cast, made, "shu", [YES, NO])
    with db.transaction() as tx:
        service.restart(tx, cast.alice, made)
    with db.transaction() as tx, pytest.raises(Forbidden):
        service.leave_out(tx, cast.shu, made, "The seal was broken.")
    with db.transaction() as tx:
        service.leave_out(tx, cast.alice, made, "The seal was broken.")
    assert row(cast, poll).state is PollState.FINISHED
    assert figures(cast, poll)["cast"] == 1
    publish(cast, poll)
    late = {"name": "Gate 3", "papers": "4", "reason": "Found the next day."}
    assert client("bob").post(f"/polls/{poll}/papers/late", data=late).status_code == 403
    assert client("shu").post(f"/polls/{poll}/papers/late", data=late).status_code == 303
    shown = client(None).get(f"/polls/{poll}").text
    assert "Came too late: Gate 3" in shown
    assert "Found the next day." in shown
    assert figures(cast, poll)["cast"] == 1
    assert faults() == []


def test_sums_stay_possible(cast: Cast, client: Client) -> None:
    poll = secret(cast)
    made = box(cast, poll, *FIVE)
    close(cast, poll)
    form = {"venue": f"papers:{made}", "channel": "paper", "votes_yes": "5"}
    refused = client("shu").post(f"/polls/{poll}/hands", data=form)
    assert refused.status_code == 409
    with db.transaction() as tx:
        service.only_sums(tx, cast.shu, made)
    assert client("shu").post(f"/polls/{poll}/hands", data=form).status_code == 303
    assert client("alice").post(f"/polls/{poll}/hands/confirm", data=form).status_code == 303
    assert row(cast, poll).state is PollState.FINISHED
    assert figures(cast, poll)["yes"] == 5
    with db.reading() as tx:
        assert queries.batches(tx, poll)[0].state is BatchState.CONFIRMED


def test_a_void_vote_forgets_what_was_read(cast: Cast) -> None:
    poll = secret(cast)
    made = box(cast, poll, *FIVE)
    close(cast, poll)
    begun(cast, made, 5)
    keyed(cast, made, "shu", [YES] * 5)
    with db.transaction() as tx:
        votes.void(tx, cast.alice, poll, "Wrong question")
    with db.reading() as tx:
        assert queries.pile_of(tx, made) == {}


def test_ballots_lie_as_if_all_had_come_at_once(on_postgres: Cast) -> None:
    """Neither place nor transaction tells which of them came on paper."""
    cast = on_postgres
    poll, before = secret(cast), secret(cast)
    vote(cast.bob, before)
    close(cast, before)
    first, second = (
        box(cast, poll, "dana", "rong", "hui"),
        box(cast, poll, "shu", "clerk", name="2"),
    )
    vote(cast.bob, poll, "no")
    vote(cast.alice, poll, "no")
    close(cast, poll)
    with db.transaction() as tx:
        service.merge(tx, cast.shu, second, first)
    counted(cast, first, [YES] * 5)
    with db.reading() as tx:
        run = tx.connection().exec_driver_sql
        rows = run("select xmin::text, poll_id, commitment from sealed_ballot order by ctid").all()
        assert len(rows) == 8
        assert len({xmin for xmin, *_rest in rows}) == 1
        assert [tuple(one[1:]) for one in rows] == sorted(tuple(one[1:]) for one in rows)
        assert run("select count(*) from paper_entry").scalar_one() == 0


@given(
    st.dictionaries(st.text("abc", min_size=1), st.integers(0, 12), max_size=5),
    st.integers(0, 12),
)
def test_no_part_that_can_be_told_apart_is_small(parts: dict[str, int], online: int) -> None:
    told = small.shielded({name: size for name, size in parts.items() if size}, online)
    rest = online + sum(size for name, size in parts.items() if name not in told)
    assert all(parts[name] >= 5 for name in told)
    assert not told or rest == 0 or rest >= 5
