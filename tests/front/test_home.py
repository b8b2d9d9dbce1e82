"""The home page: what each reader finds first."""

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from flagging import argument
from followups import given
from hypothesis import given as examples
from hypothesis import strategies as st
from polling import make, vote
from sqlalchemy import event

from forum.base import clock, db
from forum.base.db import transaction
from forum.front.rules import Action, Urgency, first
from moderation.reports import service as reports
from moderation.reports.models import Rule

ACTIONS = st.lists(
    st.builds(Action, st.sampled_from(Urgency), st.text(), st.text()), min_size=1, max_size=9
)


def main(client: Client, who: str | None) -> dict[str, str]:
    found: dict[str, str] = client(who).get("/.json").json()["home"]["main"]
    return found


@examples(ACTIONS)
def test_the_most_urgent_thing_comes_first(actions: list[Action]) -> None:
    chosen = first(actions)
    assert all(chosen.urgency <= action.urgency for action in actions)
    same = [action for action in actions if action.urgency == chosen.urgency]
    assert chosen is same[0]


def test_a_guest_sees_what_is_open(client: Client) -> None:
    page = client(None).get("/").text
    assert "A lift for block 7" in page
    assert "Open an account" in page
    assert main(client, None)["url"] == "/consultations"


def test_a_resident_is_asked_to_speak_and_an_outsider_is_not(client: Client, cast: Cast) -> None:
    assert main(client, "bob")["url"] == f"/consultations/{cast.consultation}"
    assert main(client, "dana")["url"] == "/consultations"
    assert main(client, "charlie")["url"] == "/consultations"


def test_a_vote_that_waits_goes_before_and_is_gone_once_cast(client: Client, cast: Cast) -> None:
    poll = make(cast)
    assert main(client, "bob")["url"] == f"/polls/{poll}"
    assert "Waits for your vote" in client("bob").get("/").text
    assert main(client, "charlie")["url"] == "/consultations"
    vote(cast.bob, poll)
    assert main(client, "bob")["url"] == f"/consultations/{cast.consultation}"
    assert "Shall we take the glass lift?" in client("bob").get("/").text


def test_a_moderator_finds_the_reports(client: Client, cast: Cast) -> None:
    about = argument(cast)
    with transaction() as tx:
        reports.file(tx, cast.shu, f"argument:{about}", Rule.ATTACK)
    assert main(client, "alice")["url"] == "/reports"
    assert "It attacks a person" in client("alice").get("/").text
    assert "It attacks a person" not in client("bob").get("/").text


def test_a_representative_finds_the_duties_by_date(client: Client, cast: Cast) -> None:
    later, sooner = given.task(cast, days=20), given.task(cast, days=10)
    for who in ("rong", "hui"):
        assert main(client, who)["url"] == f"/tasks/{sooner}"
        page = client(who).get("/").text
        assert page.index(f"/tasks/{sooner}") < page.index(f"/tasks/{later}")
    with clock.travel(days=11):
        assert main(client, "rong")["text"] == "See to it"


def test_a_running_meeting_goes_before_everything(client: Client, cast: Cast) -> None:
    make(cast)
    with transaction() as tx:
        meeting = hall.started(tx, cast).meeting
    assert main(client, "alice")["url"] == f"/meetings/{meeting}/console"
    assert "/desk/" in main(client, "clerk")["url"]
    assert "/desk/" in main(client, "hui")["url"]
    assert main(client, "rong")["text"] == "Vote now"
    assert main(client, None)["url"] == f"/meetings/{meeting}"


def test_the_secretary_finds_the_minutes(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        hall.started(tx, cast)
    found = client("shu").get("/.json").json()["home"]["minutes"]
    assert [line["state"] for line in found] == ["live_draft"]
    assert client("bob").get("/.json").json()["home"]["minutes"] == []


def test_a_kept_page_is_made_anew_when_something_happens(client: Client, cast: Cast) -> None:
    guest = client(None)
    with clock.at(clock.now()):
        assert "glass lift" not in guest.get("/").text
    make(cast)
    assert "glass lift" in guest.get("/").text


@pytest.mark.parametrize("who", [None, "bob", "alice", "rong", "shu"])
def test_more_content_takes_no_more_queries(client: Client, cast: Cast, who: str | None) -> None:
    def asked() -> int:
        made: list[str] = []

        def note(*facts: object) -> None:
            made.append(str(facts[2]))

        event.listen(db.storage().read_engine, "before_cursor_execute", note)
        try:
            assert client(who).get("/").status_code == 200
        finally:
            event.remove(db.storage().read_engine, "before_cursor_execute", note)
        return len(made)

    given.task(cast)
    make(cast)
    few = asked()
    for _turn in range(3):
        given.task(cast)
        make(cast)
    assert asked() <= few
