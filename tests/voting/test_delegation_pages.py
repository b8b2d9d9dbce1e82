"""Votes given to others on the pages, and in the file that anybody counts from."""

from collections.abc import Callable
from pathlib import Path

from cast import Cast
from delegating import followed, give
from polling import close, make, vote
from starlette.testclient import TestClient

from forum.base import db
from forum.base.commands.verify import check_file
from voting.polls import service as voting
from voting.polls.models import Secrecy

Client = Callable[[str | None], TestClient]


def test_anybody_counts_them_from_the_file(cast: Cast, client: Client, tmp_path: Path) -> None:
    poll = followed(cast)
    give(cast, "bob", "dana")
    vote(cast.dana, poll)
    close(cast, poll, publish=True)
    file = tmp_path / "ballots.json"
    file.write_text(client(None).get(f"/polls/{poll}/ballots.json").text)
    found = check_file(file, None)
    assert found is not None
    assert found.faults == []
    file.write_text(file.read_text().replace(r"\"through\":" + str(cast.dana.id), r"\"through\":1"))
    found = check_file(file, None)
    assert found is not None
    assert found.faults


def test_a_resident_gives_their_vote_by_plain_forms(client: Client, cast: Cast) -> None:
    poll = followed(cast, most=3)
    bob = client("bob")
    page = bob.get(f"/polls/{poll}").text
    assert "One person carries at most 3" in page
    assert f"/delegations/new?place=poll:{poll}" in page
    looked = bob.get(f"/delegations/new?place={cast.place}&q=dan").text
    assert "Dana, muted" in looked
    assert "Charlie" not in bob.get(f"/delegations/new?place={cast.place}&q=charlie").text
    answer = bob.post("/delegations", data={"place": cast.place, "delegate": cast.dana.id})
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/consultations/{cast.consultation}",
    )
    page = bob.get(f"/polls/{poll}").text
    assert "Your delegate has not voted yet" in page
    assert "Your vote is with" in bob.get(f"/consultations/{cast.consultation}").text
    dana = client("dana")
    assert "If you vote, you vote for 1 other person" in dana.get(f"/polls/{poll}").text
    vote(cast.dana, poll, "no")
    page = bob.get(f"/polls/{poll}").text
    assert "How they voted is not shown" in page
    close(cast, poll)
    page = bob.get(f"/polls/{poll}").text  # counted, but not for everybody's eyes yet
    assert "voted for you" not in page
    with db.transaction() as tx:
        voting.publish(tx, cast.alice, poll)
    page = bob.get(f"/polls/{poll}").text
    assert "Dana, muted voted for you: Against." in page
    assert "1 vote was cast by another person" in page
    assert "Bob, cast by Dana, muted" in page
    assert "You voted for 1 other person as well" in dana.get(f"/polls/{poll}").text


def test_what_a_late_click_is_told(client: Client, cast: Cast) -> None:
    """The represented learn nothing by trying answers after the closing."""
    poll = followed(cast)
    give(cast, "bob", "dana")
    vote(cast.dana, poll, "no")
    close(cast, poll)
    bob = client("bob")
    told = [bob.post(f"/polls/{poll}/ballot", data={"choice": one}) for one in ("yes", "no")]
    assert [one.status_code for one in told] == [409, 409]
    assert bob.get(f"/polls/{poll}.json").json()["own"] is None


def test_pages_for_the_two_of_them_alone(client: Client, cast: Cast) -> None:
    made = give(cast, "bob", "dana")
    assert "Dana, muted" in client("bob").get("/delegations").text
    assert "from Bob" in client("dana").get("/delegations").text
    assert client(None).get("/delegations").status_code in (303, 401)
    hui = client("hui")
    assert "Dana, muted" not in hui.get("/delegations").text
    assert hui.post(f"/delegations/{made}/withdraw").status_code == 404
    assert hui.post(f"/delegations/{made}/decline").status_code == 404
    assert client("bob").post(f"/delegations/{made}/decline").status_code == 403
    assert client("charlie").get(f"/delegations/new?place={cast.place}").status_code == 403
    assert hui.get("/delegations/new?place=poll:77").status_code == 404
    assert client("dana").post(f"/delegations/{made}/decline").status_code == 303
    inbox = client("bob").get("/inbox").text
    assert "declines" in inbox


def test_where_it_is_not_followed_the_page_says_so(client: Client, cast: Cast) -> None:
    give(cast, "bob", "dana")
    hidden, plain = make(cast, secrecy=Secrecy.SECRET), make(cast)
    bob = client("bob")
    assert "a secret ballot follows nobody" in bob.get(f"/polls/{hidden}").text
    assert "this vote does not follow it" in bob.get(f"/polls/{plain}").text
    assert "follows nobody" not in client("hui").get(f"/polls/{hidden}").text
    assert "Your vote is with Dana" in bob.get(f"/items/{cast.item}").text
