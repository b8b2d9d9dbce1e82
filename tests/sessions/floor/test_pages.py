"""The live pages of a meeting, by plain forms: taking part, chairing, desks, the wall."""

import pytest
import sitting as hall
from cast import Cast
from conftest import Client

from forum.base.db import transaction
from sessions.floor import queries as floor_queries
from sessions.floor import service
from sessions.meetings import presence, queries
from sessions.meetings import service as meetings
from sessions.meetings.models import MeetingState
from voting.boxes.models import Channel
from voting.polls import queries as polls
from voting.polls.models import PollState
from voting.polls.service import Draft


@pytest.mark.parametrize("page", ["", "/screen"])
def test_everybody_who_may_read_looks_on(cast: Cast, client: Client, page: str) -> None:
    sitting = hall.debating(cast)
    shown = client(None).get(f"/meetings/{sitting.meeting}{page}")
    assert shown.status_code == 200
    assert "Which kind of lift?" in shown.text
    assert "Bob" not in shown.text
    assert client(None).get(f"/meetings/999{page}").status_code == 404


def test_the_console_and_the_desks_are_for_those_who_keep_them(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    here = f"/meetings/{sitting.meeting}"
    assert client("alice").get(f"{here}/console").status_code == 200
    assert client("bob").get(f"{here}/console").status_code == 403
    assert client("hui").get(f"{here}/desk/{sitting.hall}").status_code == 200
    assert client("hui").get(f"{here}/desk/{sitting.main}").status_code == 403
    assert client("bob").get(f"{here}/desk/{sitting.hall}").status_code == 403
    assert client("clerk").get(f"{here}/desk/999").status_code == 404
    assert client(None).get(f"{here}/console").status_code == 303


def test_a_member_checks_in_speaks_and_leaves(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    here = f"/meetings/{sitting.meeting}"
    clerk = client("clerk")
    assert "Check in online" in clerk.get(here).text
    assert clerk.post(f"{here}/check-in").status_code == 303
    assert "Checked in" in clerk.get(here).text
    assert clerk.post(f"{here}/speakers").status_code == 303
    assert clerk.post(f"{here}/speakers").status_code == 409
    shown = clerk.get(here).text
    assert "You are on the list of speakers." in shown
    assert "The clerk" in shown
    with transaction() as tx:
        row = floor_queries.speeches(tx, sitting.meeting, sitting.item)[0]
    assert client("bob").post(f"/speakers/{row.id}/withdraw").status_code == 403
    assert clerk.post(f"/speakers/{row.id}/withdraw").headers["location"] == here
    assert clerk.post(f"{here}/orders", data={"body": ""}).status_code == 422
    assert clerk.post(f"{here}/orders", data={"body": "Wrong item."}).status_code == 303
    assert "Your point of order is before the chair." in clerk.get(here).text
    assert clerk.post(f"{here}/check-out").status_code == 303
    assert client(None).post(f"{here}/check-in").status_code == 401
    guest = client(None).get(here).text
    assert "Sign in to take part" in guest


def test_the_chair_runs_the_floor_from_the_console(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    with transaction() as tx:
        bob = service.request(tx, cast.bob, sitting.meeting)
        rong = service.request(tx, cast.rong, sitting.meeting)
    alice = client("alice")
    console = f"/meetings/{sitting.meeting}/console"
    assert "Give the floor to Bob" in alice.get(console).text
    steps: list[tuple[str, dict[str, object], str]] = [
        (f"/speakers/{rong}/prefer", {"reason": "She has to leave."}, "She has to leave."),
        (f"/speakers/{rong}/recognize", {}, "End the speech of Rong the representative"),
        (f"/speakers/{rong}/pause", {}, "Let Rong the representative go on"),
        (f"/speakers/{rong}/resume", {}, "End the speech of Rong the representative"),
        (f"/speakers/{rong}/extend", {"seconds": 60}, "Rong"),
        (f"/speakers/{rong}/finish", {}, "Give the floor to Bob"),
        (f"/speakers/{bob}/skip", {}, "Bob was passed over."),
        (f"/speakers/{bob}/restore", {}, "Give the floor to Bob"),
        (f"/meetings/{sitting.meeting}/list/close", {}, "List closed"),
        (f"/meetings/{sitting.meeting}/list/reopen", {}, "Close the list"),
        (
            f"/meetings/{sitting.meeting}/list",
            {"rule": "nantang", "seconds": 120, "times": 2},
            "Nantang rules",
        ),
        (f"/meetings/{sitting.meeting}/notice", {"sentence": "Back at 15:30."}, "Back at 15:30."),
        (f"/meetings/{sitting.meeting}/quorum", {}, "quorum reached (5 of 7)"),
    ]
    for path, data, shows in steps:
        done = alice.post(path, data={**data, "back": "console"})
        assert (path, done.status_code) == (path, 303)
        assert done.headers["location"] == console
        assert shows in alice.get(console).text, path
    assert client("bob").post(f"/speakers/{bob}/recognize").status_code == 403
    assert alice.post("/speakers/999/recognize").status_code == 404


def test_a_point_of_order_is_heard_first_and_ruled_on(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    with transaction() as tx:
        service.request(tx, cast.rong, sitting.meeting)
        point = service.raise_order(tx, cast.bob, sitting.meeting, "Not on the order of the day.")
    alice = client("alice")
    console = alice.get(f"/meetings/{sitting.meeting}/console").text
    assert "Hear the point of order of Bob" in console
    ruled = {"ruling": "not_upheld", "words": "It is item one.", "back": "console"}
    assert alice.post(f"/speakers/{point}/rule", data=ruled).status_code == 303
    assert alice.post(f"/speakers/{point}/rule", data=ruled).status_code == 409
    shown = client(None).get(f"/meetings/{sitting.meeting}").text
    assert "It is item one." in shown


def test_a_vote_by_hands_and_phones_from_first_to_last(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    here = f"/meetings/{sitting.meeting}"
    alice, clerk, shu = client("alice"), client("clerk"), client("shu")
    question = {"question": "Shall it be offer A?", "now": "1", "back": "console"}
    made = alice.post(f"{here}/polls", data=question)
    assert made.headers["location"] == f"{here}/console"
    with transaction() as tx:
        poll = polls.of_meeting(tx, sitting.stream)[0].id
    assert "Close the vote" in alice.get(f"{here}/console").text
    assert "Shall it be offer A?" in client(None).get(f"{here}/screen").text
    assert "You vote in the hall" in client("bob").get(here).text
    dana = client("dana")
    assert f"/polls/{poll}/ballot" in dana.get(here).text
    voted = dana.post(f"{here}/polls/{poll}/ballot", data={"choice": "yes"})
    assert voted.headers["location"] == here
    assert "Your vote is counted." in dana.get(here).text
    desk = f"{here}/desk/{sitting.main}"
    assert "Enter the first count" in clerk.get(desk).text
    count = {"poll": poll, "votes_yes": 2, "votes_no": 1}
    assert clerk.post(f"{desk}/hands", data=count).status_code == 303
    assert clerk.post(f"{desk}/hands", data={**count, "second": "1"}).status_code == 403
    wrong = {**count, "votes_no": 0, "second": "1"}
    assert shu.post(f"{desk}/hands", data=wrong).status_code == 409
    assert shu.post(f"{desk}/hands", data={**count, "second": "1"}).status_code == 303
    assert alice.post(f"{here}/polls/{poll}/close", data={"back": "console"}).status_code == 303
    assert "The halls are counting." in alice.get(f"{here}/console").text
    school = f"{here}/desk/{sitting.hall}"
    one = {"poll": poll, "votes_no": 1}
    assert client("hui").post(f"{school}/hands", data=one).status_code == 303
    assert clerk.post(f"{school}/hands", data={**one, "second": "1"}).status_code == 303
    assert "Announce the result" in alice.get(f"{here}/console").text
    assert "Carried" not in client(None).get(here).text
    assert alice.post(f"{here}/polls/{poll}/publish").headers["location"] == here
    assert "Carried" in client(None).get(f"{here}/screen").text
    with transaction() as tx:
        assert polls.poll_access(tx, cast.alice, poll).poll.state is PollState.PUBLISHED
    assert "Back to the meeting" in client(None).get(f"/polls/{poll}").text


def test_a_secret_vote_is_cast_on_its_own_page(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    secret = {"question": "Who?", "secrecy": "secret", "channel": "hands", "back": "console"}
    alice = client("alice")
    here = f"/meetings/{sitting.meeting}"
    refused = alice.post(f"{here}/polls", data=secret)
    assert refused.status_code == 422
    assert "Let the halls vote on paper" in refused.text
    assert "Who?" in refused.text
    assert alice.post(f"{here}/polls", data={**secret, "channel": "online"}).status_code == 303
    with transaction() as tx:
        poll = polls.of_meeting(tx, sitting.stream)[0].id
    assert alice.post(f"{here}/polls/{poll}/open").status_code == 303
    bob = client("bob")
    assert f"/polls/{poll}#ballot" in bob.get(here).text
    cast_here = bob.post(f"{here}/polls/{poll}/ballot", data={"choice": "yes"})
    assert cast_here.status_code == 409


def test_a_desk_finds_checks_in_and_mends(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    clerk = client("clerk")
    desk = f"/meetings/{sitting.meeting}/desk/{sitting.main}"
    assert "Charlie" not in clerk.get(desk).text
    assert "Charlie from elsewhere" in clerk.get(f"{desk}?q=charlie").text
    assert "opens an account first" in clerk.get(f"{desk}?q=Nobody+at+all").text
    both = {"member": [cast.hui.id, cast.charlie.id]}
    assert clerk.post(f"{desk}/check-in", data=both).status_code == 303
    assert clerk.post(f"{desk}/check-in", data={}).status_code == 422
    shown = clerk.get(desk).text
    assert "Hui the handler" in shown
    assert "Guest" in shown
    with transaction() as tx:
        here = presence.here(tx, sitting.meeting, [cast.hui.id])[cast.hui.id]
    asked = {"member": cast.hui.id, "side": "neither", "back": f"desk/{sitting.main}"}
    answer = clerk.post(f"/meetings/{sitting.meeting}/speakers", data=asked)
    assert answer.headers["location"] == desk
    assert clerk.post(f"{desk}/undo", data={"attendance": here.id}).status_code == 303
    assert clerk.post(f"{desk}/undo", data={"attendance": here.id}).status_code == 404
    assert clerk.post(f"{desk}/check-out", data={"member": cast.charlie.id}).status_code == 303
    assert clerk.post(f"{desk}/check-out", data={"member": cast.charlie.id}).status_code == 409
    school = f"/meetings/{sitting.meeting}/desk/{sitting.hall}"
    hui = client("hui")
    assert hui.post(f"{school}/link", data={"link": "down"}).headers["location"] == school
    assert "Disconnected" in client("alice").get(f"/meetings/{sitting.meeting}/console").text


def test_the_meeting_ends_and_can_be_reopened(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    alice = client("alice")
    here = f"/meetings/{sitting.meeting}"
    assert alice.post(f"{here}/step", data={"act": "adjourn"}).status_code == 409
    assert alice.post(f"{here}/items/close", data={"back": "console"}).status_code == 303
    assert "Close the meeting" in alice.get(f"{here}/console").text
    assert alice.post(f"{here}/step", data={"act": "adjourn"}).status_code == 303
    assert "The meeting is over." in client(None).get(f"{here}/screen").text
    assert "Reopen: closed by mistake" in alice.get(f"{here}/console").text
    assert alice.post(f"{here}/step", data={"act": "reopen"}).status_code == 303
    again = {"item": sitting.item, "back": "console"}
    assert alice.post(f"{here}/items/open", data=again).status_code == 303
    until = {"act": "break", "until": "2030-01-01T10:00"}
    assert alice.post(f"{here}/step", data=until).status_code == 303
    assert "Go on after the break" in alice.get(f"{here}/console").text
    with transaction() as tx:
        row = queries.meeting_row(tx, sitting.meeting)
        assert row.state is MeetingState.RECESS
        assert row.resumes_at is not None


def test_pages_stand_in_both_languages_and_as_data(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    with transaction() as tx:
        service.request(tx, cast.bob, sitting.meeting)
        meetings.hold_poll(
            tx, cast.alice, sitting.meeting, Draft("Offer A?"), channel=Channel.ONLINE
        )
    alice = client("alice")
    alice.cookies.set("lang", "zh_Hans_CN")
    here = f"/meetings/{sitting.meeting}"
    for path in ("", "/console", f"/desk/{sitting.main}", "/screen", "/edit"):
        assert alice.get(f"{here}{path}").status_code == 200
    data = client(None).get(f"{here}.json").json()
    assert data["quorum"] == {
        "entitled": 7,
        "present": 5,
        "needed": 4,
        "reached": True,
        "represented": 0,
    }
    assert data["speakers"]["waiting"][0]["name"] == "Bob"
    one = client("bob").get(here, headers={"hx-request": "true", "hx-target": "personal"}).text
    assert one.lstrip().startswith('<section id="personal"')
