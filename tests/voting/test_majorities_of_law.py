"""Majorities that laws name, least numbers, and support that each option needs for itself."""

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st
from optioning import OPTIONS, result
from polling import VOTERS, close, make, vote

from forum.base import db
from forum.base.errors import Conflict
from voting.methods.common.least import Least
from voting.methods.common.profiles import PROFILES
from voting.methods.common.result import Frame
from voting.methods.majority import threshold
from voting.methods.method import methods
from voting.polls import drafting, queries, service
from voting.polls.queries import PollRow
from voting.polls.rules import Of, Outcome, Quorum, RollEntry

ASKED = {
    "question": "Shall we take the glass lift?",
    "secrecy": "open",
    "profile": "square_root",
    "method": "majority",
    "quorum": "cast >=3/2√",
    "majority_threshold": ">1/2",
    "majority_base": "valid",
    "majority_tie": "fails",
}


def made(cast: Cast, client: Client, **changed: str) -> PollRow:
    answer = client("alice").post(f"/items/{cast.item}/polls", data=ASKED | changed)
    assert answer.status_code == 303, answer.text
    poll = int(answer.headers["location"].split("/")[2].split("#")[0])
    with db.reading() as tx:
        return queries.poll_access(tx, cast.alice, poll).poll


def test_what_cannot_be_met_says_why(cast: Cast, client: Client) -> None:
    page = client("alice").get(f"/items/{cast.item}/polls/new").text
    assert "?profile=square_root" in page
    assert "?profile=villagers" not in page
    assert "This rule counts those present; open the poll from its meeting." in page
    assert "This rule needs two weights" in page
    held = {one.profile.name for one in drafting.offers(meeting=True) if not one.why_not}
    assert held == PROFILES.keys() - {"owners", "owners_special"}


def test_choosing_one_fills_the_form_in(cast: Cast, client: Client) -> None:
    page = client("alice").get(f"/items/{cast.item}/polls/new?profile=square_root").text
    assert "Debian constitution" in page
    assert 'value="cast &gt;=3/2√" selected' in page
    row = made(cast, client)
    assert row.quorum == {"of": "cast", "share": ">=3/2√"}
    assert row.rule["profile"] == "square_root"
    assert "Debian constitution" in client(None).get(f"/polls/{row.id}").text


def test_what_was_changed_is_no_longer_the_laws(cast: Cast, client: Client) -> None:
    for changed in ({"quorum": ""}, {"majority_threshold": ">=2/3"}, {"profile": "no such"}):
        assert "profile" not in made(cast, client, **changed).rule


@pytest.mark.parametrize(("voters", "outcome"), [(2, Outcome.INQUORATE), (3, Outcome.CARRIED)])
def test_a_least_number_of_votes(cast: Cast, voters: int, outcome: Outcome) -> None:
    poll = make(cast, quorum=Quorum(Of.CAST, Least(3)))
    for name in VOTERS[:voters]:
        vote(cast[name], poll)
    close(cast, poll)
    found = result(cast, poll)
    assert (found["outcome"], found["quorum"]["needed"]) == (outcome, 3)


def test_a_share_and_a_number_do_not_go_together(cast: Cast, client: Client) -> None:
    form = ASKED | {"least": "3"}
    answer = client("alice").post(f"/items/{cast.item}/polls", data=form)
    assert answer.status_code == 422
    assert made(cast, client, quorum="", least="3").quorum == {"of": "cast", "share": ">=3"}


@given(number=st.integers(1, 10**9 - 1), votes=st.integers(0, 10**9), base=st.integers(0, 10**9))
def test_a_number_is_kept_and_compared_exactly(number: int, votes: int, base: int) -> None:
    quorum = Quorum(Of.CAST, Least(number))
    assert Quorum.read(quorum.pack()) == quorum
    assert quorum.met(base, None, votes) == (votes >= quorum.needed(base))


@given(
    counts=st.dictionaries(st.sampled_from(["o1", "o2", "o3"]), st.integers(0, 10**6), min_size=1),
    share=st.sampled_from(["", ">=1/3", ">=1/2", ">1/2", ">=2/3"]),
)
def test_nobody_is_elected_without_the_support_that_is_needed(
    counts: dict[str, int], share: str
) -> None:
    way = methods()["plurality"]
    rule = way.rule({"threshold": share, "seats": "3"}, OPTIONS)
    found = way.tally(counts, rule, Frame(eligible=sum(counts.values()), lot="3 5"))
    valid = sum(counts.values())
    enough = {
        ident
        for ident, have in counts.items()
        if have and (not share or threshold(share).carries(have, valid))
    }
    assert set(found.winners) == enough
    old = {name: value for name, value in rule.items() if name != "threshold"}
    if not share:
        assert way.tally(counts, old, Frame(eligible=valid, lot="3 5")) == found


@pytest.mark.parametrize("share", [">1/2", ">=1/3"])
def test_a_quorum_of_votes_does_not_take_away_that_of_the_meeting(cast: Cast, share: str) -> None:
    poll = make(cast, opened=False, quorum=Quorum(Of.CAST, threshold(">=1/5")))
    roll = [RollEntry(cast[name].id, present=name in VOTERS[:2]) for name in VOTERS[:5]]
    asked = Quorum(Of.PRESENT, threshold(share))
    with db.transaction() as tx:
        if share == ">1/2":  # two of five are there
            with pytest.raises(Conflict, match="no quorum now"):
                service.open(tx, cast.alice, poll, roll=roll, present=2, quorum=asked)
            return
        service.open(tx, cast.alice, poll, roll=roll, present=2, quorum=asked)
    with db.reading() as tx:
        kept = queries.poll_access(tx, cast.alice, poll).poll.quorum
    assert kept == {"of": "cast", "share": ">=1/5"}
