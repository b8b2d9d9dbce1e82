"""Papers entered twice: neither clerk sees the other's, and what differs is settled by both."""

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st
from papering import FIVE, NO, YES, begun, box, closed, faults, figures, keyed, publish, row
from polling import ELMS, close, make, secret, vote

from forum.base import db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from voting.boxes import queries as boxes
from voting.papers import page, rules, service
from voting.papers.models import Kind
from voting.polls.models import Secrecy


def test_two_clerks_and_what_differs(cast: Cast) -> None:
    poll = secret(cast)
    made = box(cast, poll, *FIVE)
    with pytest.raises(Conflict, match="closed"):
        begun(cast, made, 5)
    close(cast, poll)
    with pytest.raises(Invalid, match="More papers"):
        begun(cast, made, 6)
    begun(cast, made, 5)
    keyed(cast, made, "shu", [YES] * 5)
    keyed(cast, made, "shu", [NO])  # one's own mistake, before the other has read it
    keyed(cast, made, "alice", [YES] * 4)
    with pytest.raises(Forbidden, match="Two others"):
        keyed(cast, made, "admin", [YES])
    with pytest.raises(Conflict, match="settled together"):
        keyed(cast, made, "shu", [YES])
    with pytest.raises(Conflict, match="read alike"):
        closed(cast, made)
    keyed(cast, made, "alice", [YES], start=5)
    with db.transaction() as tx:
        with pytest.raises(Conflict, match="alike"):
            service.settle(tx, cast.shu, made, 2, Kind.VALID, mark="yes")
        with pytest.raises(Forbidden):
            service.settle(tx, cast.admin, made, 1, Kind.VALID, mark="yes")
        service.settle(tx, cast.shu, made, 1, Kind.INVALID)
        with pytest.raises(Forbidden, match="other clerk"):
            service.agree(tx, cast.shu, made, 1)
    with pytest.raises(Conflict, match="read alike"):
        closed(cast, made)
    with db.transaction() as tx:
        service.agree(tx, cast.alice, made, 1)
    closed(cast, made)
    assert figures(cast, poll)["invalid"] == 1
    assert figures(cast, poll)["yes"] == 4


def test_what_the_method_refuses_is_asked(cast: Cast, client: Client) -> None:
    poll = secret(cast, method="irv", options=ELMS)
    made = box(cast, poll, *FIVE)
    close(cast, poll)
    begun(cast, made, 5)
    here = f"/papers/{made}/entry"
    shu = client("shu")
    same = {"marks": "ranks", "place": "1", "rank_o1": "1", "rank_o2": "1"}
    answer = shu.post(here, data=same)
    assert answer.status_code == 422
    assert "press Invalid" in answer.text
    assert "Paper 1 of 5" in answer.text
    assert shu.post(here, data={"marks": "ranks", "place": "1"}).status_code == 422
    assert shu.post(here, data={"place": "1", "as": "invalid"}).status_code == 303
    assert "Paper 2 of 5" in shu.get(here).text
    # The other clerk sees nothing of it.
    other = client("alice").get(f"{here}?place=1").text
    assert "Paper 1 of 5" in other
    assert "You have entered" not in other
    assert "You have entered" in shu.get(f"{here}?place=1").text
    for who, status in (("bob", 403), (None, 303)):
        assert client(who).get(here).status_code == status
    assert shu.get("/papers/999/entry").status_code == 404
    assert shu.post(here, data={"place": "9", "as": "blank"}).status_code == 404


def test_a_signed_form_is_a_named_vote(cast: Cast) -> None:
    poll = make(cast, secrecy=Secrecy.OPEN)
    made = box(cast, poll, "hui", "rong", "bob")
    vote(cast.dana, poll, "no")
    with db.transaction() as tx:
        for who in ("shu", "alice"):
            service.read(tx, cast[who], made, cast.hui.id, Kind.VALID, mark="yes")
            service.read(tx, cast[who], made, cast.rong.id, Kind.BLANK)
        with pytest.raises(NotFound):
            service.read(tx, cast.shu, made, cast.dana.id, Kind.VALID, mark="yes")
        with pytest.raises(Conflict, match="entered"):
            service.hand_back(tx, cast.shu, poll, cast.hui.id)
    with pytest.raises(Conflict, match="vote is closed"):
        closed(cast, made, 1)
    close(cast, poll)
    closed(cast, made, 1, "Bob keeps his form.")
    publish(cast, poll)
    with db.reading() as tx:
        named = {one.voter_id: one.choice for one in boxes.named(tx, poll)}
        assert named == {cast.hui.id: "yes", cast.dana.id: "no"}
        _heads, lines = page.channels(tx, row(cast, poll))
        assert lines[:3] == [
            ("Votes handed in", "1", "2"),
            ("For", "0", "1"),
            ("Against", "1", "0"),
        ]
    assert faults() == []


SAID = st.sampled_from([Kind.VALID, Kind.BLANK, Kind.INVALID])
READ = st.builds(
    rules.Reading, SAID, st.sampled_from(["yes", "no"]), st.just(""), st.just(1), st.just(None)
)


@given(READ, READ, READ, st.booleans())
def test_a_paper_says_what_two_people_have_seen(
    first: rules.Reading, second: rules.Reading, third: rules.Reading, agreed: bool
) -> None:
    settled = third._replace(agreed=2 if agreed else None)
    place = rules.Place(first, second, settled)
    if first.said == second.said:
        assert place.final == first
    else:
        assert place.final == (settled if agreed else None)
    assert rules.Place(first, None, settled).final is None
