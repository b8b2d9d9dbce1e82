"""In a meeting the chair puts several options to the vote, and draws the lot if they are even."""

from collections.abc import Callable

import pytest
import sitting
from cast import Cast
from polling import vote
from starlette.testclient import TestClient

from forum.base import db
from voting.polls import queries

Client = Callable[[str | None], TestClient]

ASKED = {"method": "irv", "question": "Which tree?", "options": "Elm\nLime\nOak", "now": "1"}


@pytest.fixture
def meeting(cast: Cast) -> sitting.Sitting:
    return sitting.debating(cast)


def test_options_are_put_to_the_vote_on_the_open_item(
    client: Client, cast: Cast, meeting: sitting.Sitting
) -> None:
    here = f"/meetings/{meeting.meeting}"
    alice, bob = client("alice"), client("bob")
    assert f"{here}/polls/new" in alice.get(f"{here}/console").text
    assert "method=irv" in alice.get(f"{here}/polls/new").text
    assert 'name="options"' in alice.get(f"{here}/polls/new?method=irv").text
    assert bob.get(f"{here}/polls/new").status_code == 403
    assert bob.post(f"{here}/polls/among", data=ASKED).status_code == 403
    refused = alice.post(f"{here}/polls/among", data=ASKED | {"options": "Elm"})
    assert refused.status_code == 422
    assert 'name="options"' in refused.text
    answer = alice.post(f"{here}/polls/among", data=ASKED, headers={"accept": "application/json"})
    assert answer.status_code == 201, answer.text
    poll = answer.json()["id"]
    assert f"/polls/{poll}#ballot" in bob.get(here).text


def test_a_tie_is_the_chairs_next_button_until_the_lot_is_drawn(
    client: Client, cast: Cast, meeting: sitting.Sitting
) -> None:
    here = f"/meetings/{meeting.meeting}"
    alice = client("alice")
    even = ASKED | {"method": "plurality", "options": "Elm\nLime", "channel": "online"}
    json = {"accept": "application/json"}
    poll = alice.post(f"{here}/polls/among", data=even, headers=json).json()["id"]
    vote(cast.bob, poll, "o1")
    vote(cast.dana, poll, "o2")
    assert alice.post(f"{here}/polls/{poll}/close", data={"back": "console"}).status_code == 303
    page = alice.get(f"{here}/console").text
    assert "Draw the lot" in page
    assert "Give the casting vote" not in page
    assert alice.post(f"{here}/polls/{poll}/publish", data={}).status_code == 409
    assert alice.post(f"/polls/{poll}/lot", data={"seed": "dice 3 5"}).status_code == 303
    assert client("shu").post(f"/polls/{poll}/lot", data={"seed": "3 5"}).status_code == 303
    hidden = client("bob").get(f"/polls/{poll}").text + client("bob").get(here).text
    assert "dice 3 5" not in hidden
    assert alice.post(f"{here}/polls/{poll}/publish", data={}).status_code == 303
    with db.reading() as tx:
        result = queries.poll_access(tx, cast.bob, poll).poll.result
    assert result is not None
    name = {"o1": "Elm", "o2": "Lime"}[result["winners"][0]]
    for path in (here, f"{here}/screen", f"/polls/{poll}"):
        assert f"<strong>{name}</strong>" in client("bob").get(path).text


def test_a_majority_of_law_keeps_its_own_quorum(
    client: Client, cast: Cast, meeting: sitting.Sitting
) -> None:
    """It asks for more to be present than the meeting does; the meeting's would be too little."""
    here = f"/meetings/{meeting.meeting}"
    alice = client("alice")
    page = alice.get(f"{here}/polls/new").text
    assert "?profile=villagers" in page
    assert "?profile=owners" not in page
    page = alice.get(f"{here}/polls/new?profile=village_group").text
    assert "Organic Law" in page
    law = {
        "profile": "village_group",
        "method": "majority",
        "quorum": "present >=2/3",
        "majority_threshold": ">1/2",
        "majority_base": "present",
        "majority_tie": "fails",
        "question": "Do we build the well?",
        "now": "1",
    }
    json = {"accept": "application/json"}
    poll = alice.post(f"{here}/polls/among", data=law, headers=json).json()["id"]
    with db.reading() as tx:
        row = queries.poll_access(tx, cast.bob, poll).poll
    assert row.quorum == {"of": "present", "share": ">=2/3"}
    assert row.rule["profile"] == "village_group"


def test_another_round_is_held_in_the_meeting(
    client: Client, cast: Cast, meeting: sitting.Sitting
) -> None:
    here = f"/meetings/{meeting.meeting}"
    alice = client("alice")
    even = ASKED | {"method": "plurality", "options": "Elm\nLime\nOak", "channel": "hands"}
    json = {"accept": "application/json"}
    poll = alice.post(f"{here}/polls/among", data=even, headers=json).json()["id"]
    assert alice.post(f"/polls/{poll}/void", data={"reason": "Wrong trees."}).status_code == 303
    assert f'action="{here}/polls/{poll}/again"' in alice.get(f"/polls/{poll}").text
    assert client("bob").post(f"{here}/polls/{poll}/again").status_code == 403
    assert alice.post(f"/polls/{poll}/again").status_code == 409
    made = alice.post(f"{here}/polls/{poll}/again", headers=json).json()["id"]
    assert alice.post(f"{here}/polls/{made}/open", data={"back": "console"}).status_code == 303
    with db.reading() as tx:
        row = queries.poll_access(tx, cast.bob, made).poll
    assert (row.round, row.meeting) == (2, f"meeting:{meeting.meeting}")
    assert alice.post(f"{here}/polls/{poll}/again").status_code == 409
