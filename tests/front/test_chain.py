"""The chain's page: both ways, as far as its reader may see."""

from cast import Cast
from conftest import Client
from followups import given

from forum.base.db import transaction
from forum.base.events import Audience
from forum.members import service as members
from forum.members.models import Role


def test_both_ways_and_what_is_still_to_come(client: Client, cast: Cast) -> None:
    task = given.task(cast)
    for thing in (f"item/{cast.item}", f"task/{task}"):
        page = client(None).get(f"/chain/{thing}")
        assert page.status_code == 200
        assert "Which kind of lift?" in page.text
        assert "Ask three firms for an offer" in page.text
        assert "A lift for block 7" in page.text
    early = client(None).get(f"/chain/consultation/{cast.consultation}.json").json()
    assert "dates" in early


def test_what_is_missing_is_said(client: Client, cast: Cast) -> None:
    data = client(None).get(f"/chain/item/{cast.item}.json").json()
    assert data["to_come"] == ["decision", "outcome", "task"]
    assert "Not yet." in client(None).get(f"/chain/item/{cast.item}").text


def test_steps_that_the_reader_may_not_see_are_left_out(client: Client, cast: Cast) -> None:
    given.task(cast, audience=Audience.MEMBER)
    url = f"/chain/item/{cast.item}"
    assert "Ask three firms" not in client(None).get(url).text
    assert "Ask three firms" in client("bob").get(url).text


def test_what_is_not_there(client: Client) -> None:
    for url in ("/chain/item/999", "/chain/nothing/1", "/chain/member/999", "/chain/x-y/1"):
        assert client(None).get(url).status_code == 404


def test_a_report_is_no_public_thing(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        members.grant(tx, None, cast.bob.id, Role.COMMITTEE, "platform")
    assert client("bob").get("/chain/report/1").status_code == 404
