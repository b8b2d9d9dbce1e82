"""A tie that nobody breaks, and another round of what was void or decided nothing."""

from typing import Any

import pytest
from cast import Cast
from conftest import Client
from optioning import OPTIONS, result
from polling import close, make, vote

from forum.base import db, links
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import Audience, of_subject
from forum.base.links import Relation
from forum.base.verify import verify
from voting.methods.common.election import options as options_of
from voting.methods.majority import threshold
from voting.methods.method import methods
from voting.polls import queries, service
from voting.polls.rules import Of, Outcome, Quorum


def tied(cast: Cast, way: str, marks: tuple[str, str], **draft: Any) -> int:
    """A vote among three options, published as the tie that it is."""
    poll = make(cast, method=way, options=OPTIONS, **draft)
    vote(cast.bob, poll, marks[0])
    vote(cast.dana, poll, marks[1])
    close(cast, poll)
    with db.transaction() as tx:
        service.publish(tx, cast.alice, poll, undecided=True)
    return poll


def next_of(cast: Cast, poll: int) -> queries.PollRow:
    with db.transaction() as tx:
        made = service.again(tx, cast.alice, poll)
    with db.reading() as tx:
        return queries.poll_access(tx, cast.alice, made).poll


def test_a_tie_may_stay_one(cast: Cast, client: Client) -> None:
    poll = make(cast, method="plurality", options=OPTIONS)
    vote(cast.bob, poll, "o1")
    vote(cast.dana, poll, "o2")
    close(cast, poll)
    alice = client("alice")
    assert alice.post(f"/polls/{poll}/publish").status_code == 409
    assert "Publish without a decision" in alice.get(f"/polls/{poll}").text
    assert alice.post(f"/polls/{poll}/publish", data={"undecided": "1"}).status_code == 303
    page = client("bob").get(f"/polls/{poll}").text
    assert "Tie: nothing is decided" in page
    assert result(cast, poll)["outcome"] == Outcome.TIED
    with db.reading() as tx:
        event = of_subject(tx, f"poll:{poll}", audience=Audience.PUBLIC)[-1]
        assert (event.payload["outcome"], event.payload["winners"]) == ("tied", [])
        assert verify(tx).faults == []


def test_after_a_tie_it_is_between_those_who_are_even(cast: Cast, client: Client) -> None:
    poll = tied(cast, "plurality", ("o1", "o2"), explanation="For the **yard**.")
    answer = client("alice").post(f"/polls/{poll}/again")
    assert answer.status_code == 303
    with db.reading() as tx:
        [later] = links.linked(tx, f"poll:{poll}", Relation.CONTINUES, "in")
        row = queries.poll_access(tx, cast.alice, int(later.partition(":")[2])).poll
        event = of_subject(tx, later, audience=Audience.PUBLIC)[0]
    assert [one.id for one in options_of(row.rule)] == ["o1", "o2"]
    assert (row.round, row.question, event.payload["after"]) == (
        2,
        "Shall we take the glass lift?",
        poll,
    )
    assert "<strong>yard</strong>" in row.html
    for here, word in ((f"/polls/{poll}", "The next round"), (f"/polls/{row.id}", "Round 2")):
        assert word in client("bob").get(here).text
    assert client("alice").post(f"/polls/{poll}/again").status_code == 409
    assert result(cast, poll)["outcome"] == Outcome.TIED


@pytest.mark.parametrize(
    ("way", "marks", "left"),
    [
        ("consensing", ("o1:0,o2:5,o3:9", "o1:5,o2:0,o3:9"), ["o1", "o2", "o3"]),
        ("irv", ("o1>o3", "o2>o3"), ["o1", "o2", "o3"]),
        ("approval", ("o1,o2", "o2,o1"), ["o1", "o2"]),
    ],
)
def test_each_method_says_what_is_left(
    cast: Cast, way: str, marks: tuple[str, str], left: list[str]
) -> None:
    """The status quo stays, and who was to be eliminated is not all that is left to elect."""
    row = next_of(cast, tied(cast, way, marks))
    assert [one.id for one in options_of(row.rule)] == left


def test_places_that_are_filled_are_not_filled_again() -> None:
    way = methods()["plurality"]
    rule = way.rule({"seats": "2"}, OPTIONS)
    again = way.again(rule, ["o3"], ["o1", "o2"])
    assert (again["seats"], [one["id"] for one in again["options"]]) == (1, ["o1", "o2"])


def test_of_a_void_or_inquorate_vote_all_comes_again(cast: Cast) -> None:
    void, few = make(cast), make(cast, quorum=Quorum(Of.CAST, threshold(">1/2")))
    close(cast, few, publish=True)
    with db.transaction() as tx:
        service.void(tx, cast.alice, void, "The roll was wrong.")
    for poll in (void, few):
        row = next_of(cast, poll)
        assert (row.round, row.meeting) == (2, None)
    assert row.quorum == {"of": "cast", "share": ">1/2"}


def test_what_is_decided_has_no_other_round(cast: Cast) -> None:
    poll, opened = make(cast), make(cast)
    vote(cast.bob, poll)
    close(cast, poll, publish=True)
    with db.transaction() as tx:
        for who, number, fault in (
            (cast.alice, poll, Conflict),
            (cast.alice, opened, Conflict),
            (cast.bob, poll, Forbidden),
            (cast.alice, 999, NotFound),
        ):
            with pytest.raises(fault):
                service.again(tx, who, number)
