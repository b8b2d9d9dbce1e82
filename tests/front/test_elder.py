"""The larger view: one task a screen, and how large its letters are."""

from itertools import pairwise

import pytest
from cast import Cast
from conftest import Client
from flagging import argument
from polling import make
from sitting import debating
from starlette.testclient import TestClient

from forum.base import looks


def elder(client: Client, who: str | None) -> TestClient:
    """A reader in the larger view."""
    reader = client(who)
    reader.post("/appearance", data={"mode": "elder"})
    return reader


def test_an_item_is_read_discussed_and_answered_on_screens_of_their_own(
    client: Client, cast: Cast
) -> None:
    said = argument(cast, "alice", "The glass one is brighter.")
    page, bob = f"/items/{cast.item}", elder(client, "bob")
    first = bob.get(page).text
    assert "Two offers are on the table." in first
    assert "The glass one is brighter." not in first
    assert f'href="{page}?step=say"' in first
    form = bob.get(f"{page}?step=say").text
    assert 'name="body"' in form
    assert "Two offers are on the table." not in form
    wrong = bob.post(f"{page}/arguments", data={"stance": "pro", "body": ""})
    assert wrong.status_code == 422
    assert 'name="body"' in wrong.text
    assert "The glass one is brighter." in bob.get(f"{page}?step=arguments").text
    there = bob.get(f"/arguments/{said}").headers["location"]
    assert "The glass one is brighter." in bob.get(there).text
    whole = client("dana").get(page).text
    assert "Two offers are on the table." in whole
    assert "The glass one is brighter." in whole
    assert "?step=" not in whole


def test_who_has_to_vote_comes_to_the_ballot_first(client: Client, cast: Cast) -> None:
    poll = make(cast)
    assert f'action="/polls/{poll}/ballot"' in elder(client, "bob").get(f"/polls/{poll}").text
    guest = elder(client, None).get(f"/polls/{poll}").text
    assert f'action="/polls/{poll}/ballot"' not in guest
    assert f'href="/polls/{poll}?step=roll"' in guest


@pytest.mark.parametrize("step", ["now", "speakers", "program", "here", "more"])
def test_a_meeting_shows_its_state_on_every_screen_and_one_part(
    client: Client, cast: Cast, step: str
) -> None:
    meeting = debating(cast).meeting
    page = elder(client, "bob").get(f"/meetings/{meeting}?step={step}").text
    parts = {"now": "personal", "speakers": "speakers", "program": "program", "here": "attendance"}
    assert 'id="state"' in page
    shown = {key for key, part in parts.items() if f'id="{part}"' in page}
    assert shown == {step} & set(parts)


def test_the_home_page_too(client: Client, cast: Cast) -> None:
    bob = elder(client, "bob")
    assert "What became of what you said</h2>" not in bob.get("/").text
    assert "What became of what you said</h2>" in bob.get("/?step=said").text
    assert "What to do now" in bob.get("/?step=nonsense").text


@pytest.mark.parametrize("who", [None, "bob"])
def test_the_size_of_the_letters_is_kept(client: Client, cast: Cast, who: str | None) -> None:
    reader = elder(client, who)
    assert f'data-text="{looks.USUAL}"' in reader.get("/help").text
    for size in looks.TEXT_SIZES:
        assert reader.post("/appearance", data={"text_size": size}).status_code == 303
        assert f'data-text="{size}"' in reader.get("/help").text
    assert reader.post("/appearance", data={"text_size": "99"}).status_code == 422
    if who:
        assert 'data-text="30"' in client(who).get("/help").text


def test_the_steps_of_size_reach_from_18_to_30() -> None:
    assert (looks.TEXT_SIZES[0], looks.TEXT_SIZES[-1]) == (18, 30)
    walked = [looks.Looks("auto", "elder", 18, shared_device=False, kiosk=False)]
    while walked[-1].larger != walked[-1].text_size:
        walked.append(walked[-1]._replace(text_size=walked[-1].larger))
    assert tuple(step.text_size for step in walked) == looks.TEXT_SIZES
    assert all(step.smaller == before.text_size for before, step in pairwise(walked))
    assert looks.text_size("x", 24) == 24
