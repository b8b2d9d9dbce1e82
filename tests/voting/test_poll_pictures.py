"""The pictures of a vote: only of what is public, and small figures of secret votes left out."""

from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st
from polling import VOTERS, close, make, people, secret, vote

from forum.base import db
from voting.polls import pictures, queries
from voting.polls.rules import SMALL


def rows(cast: Cast, poll: int) -> list[tuple[str, ...]]:
    with db.reading() as read:
        row = queries.poll_access(read, cast.alice, poll).poll
        drawn = pictures.turnout(read, cast.alice, row)
    return list(drawn.rows) if drawn else []


def test_the_result_is_drawn_when_it_is_public(cast: Cast, client: Client) -> None:
    poll = make(cast)
    for name, choice in (("alice", "yes"), ("bob", "yes"), ("shu", "no"), ("hui", "abstain")):
        vote(cast[name], poll, choice)
    bars = 'class="picture-svg picture-bars"'
    assert bars not in client("alice").get(f"/polls/{poll}").text
    close(cast, poll)
    assert bars not in client("alice").get(f"/polls/{poll}").text  # counted, not published
    with db.transaction() as tx:
        from_lead = queries.poll_access(tx, cast.alice, poll).poll
        assert from_lead.result is not None
        assert pictures.result(from_lead) is None
    close_and_look = client("alice").post(f"/polls/{poll}/publish")
    assert close_and_look.status_code == 303
    page = client(None).get(f"/polls/{poll}").text
    assert bars in page
    assert "<desc>For 2 · 66.7%; Against 1 · 33.3%; Abstain 1; needed: 2</desc>" in page
    with db.reading() as read:
        drawn = pictures.result(queries.poll_access(read, None, poll).poll)
    assert drawn is not None
    assert list(drawn.rows) == [
        ("For", "2", "66.7%"), ("Against", "1", "33.3%"), ("Needed", "2", ""), ("Abstain", "1", "")
    ]  # fmt: skip


def test_turnout_is_told_by_venue(cast: Cast) -> None:
    roll = people(cast, "alice", "bob", "dana", venue="venue:1") + people(cast, "rong", "hui")
    absent = people(cast, "shu", present=False)
    poll = make(cast, roll=roll + absent, present=5, eligible=6)
    for name in ("alice", "bob", "rong"):
        vote(cast[name], poll)
    assert rows(cast, poll) == []  # never while it runs
    close(cast, poll, publish=True)
    assert rows(cast, poll) == [("In all", "5", "3"), ("venue:1", "3", "2"), ("Online", "2", "1")]


def test_small_figures_of_a_secret_vote_are_not_told(cast: Cast) -> None:
    roll = people(cast, "alice", "bob", "dana", "rong", "hui", venue="venue:1")
    poll = secret(cast, roll=roll + people(cast, "shu", "clerk"), present=7, eligible=7)
    for name in VOTERS:
        vote(cast[name], poll)
    close(cast, poll, publish=True)
    # The one of two that is not small would give the other one away.
    assert rows(cast, poll) == [("In all", "7", "7"), ("venue:1", "–", "–"), ("Online", "–", "–")]


def test_one_place_needs_no_picture(cast: Cast) -> None:
    poll = make(cast)
    vote(cast.bob, poll)
    close(cast, poll, publish=True)
    assert rows(cast, poll) == []


@given(st.lists(st.integers(0, 30), max_size=8))
def test_no_small_figure_can_be_worked_out(cells: list[int]) -> None:
    shown = pictures.shielded(cells)
    assert all(cell is None or not 0 < cell < SMALL for cell in shown)
    assert all(cell in (None, figure) for cell, figure in zip(shown, cells, strict=True))
    hidden = [figure for cell, figure in zip(shown, cells, strict=True) if cell is None]
    if 0 < sum(hidden) < SMALL:  # then it is all there is, and the result tells it anyway
        assert sum(cells) == sum(hidden)
