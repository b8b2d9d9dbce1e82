"""The page on which one says what one wants to be told, and when."""

from pathlib import Path

import pytest
from cast import Cast
from conftest import Client

from forum.base import settings
from forum.base.db import reading
from forum.base.registry import Group
from forum.outbox import queries, rules
from forum.outbox.models import Pace

ALL = {group.value: "weekly" for group in rules.CHOSEN}


def test_a_preset_is_one_click(client: Client, cast: Cast) -> None:
    """Three answers; the page shows which one holds."""
    browser = client("bob")
    assert browser.get("/settings/letters.json").json()["preset"] == "normal"
    assert browser.post("/settings/letters/preset", data={"preset": "fewer"}).status_code == 303
    assert browser.get("/settings/letters.json").json()["preset"] == "fewer"


def test_one_by_one_and_by_place(client: Client, cast: Cast) -> None:
    """A place's choice goes over that for everywhere, and can be taken back."""
    browser = client("bob")
    browser.post("/settings/letters", data=ALL)
    browser.post("/settings/letters", data=ALL | {"news": "now", "place": cast.place})
    with reading() as db:
        wishes = queries.wishes(db, [cast.bob.id])[cast.bob.id]
    assert rules.pace(wishes, Group.NEWS, [cast.place]) is Pace.NOW
    assert rules.pace(wishes, Group.NEWS, []) is Pace.WEEKLY
    page = browser.get(f"/settings/letters?place={cast.place}")
    assert "A lift for block 7" in page.text
    as_before = dict.fromkeys(ALL, "as_everywhere")
    browser.post("/settings/letters", data=as_before | {"place": cast.place})
    assert browser.get("/settings/letters.json").json()["places"] == []


def test_hours_are_checked(client: Client, cast: Cast) -> None:
    """A zone that there is, hours of the day."""
    browser = client("bob")
    hours = {"digest_hour": 9, "digest_day": 4, "quiet_from": 21, "quiet_to": 6}
    url = "/settings/letters/hours"
    assert browser.post(url, data=hours | {"zone": "Europe/Berlin"}).status_code == 303
    with reading() as db:
        assert queries.hours(db, [cast.bob.id])[cast.bob.id] == rules.Hours(
            "Europe/Berlin", 9, 4, 21, 6
        )
    assert browser.post(url, data=hours | {"zone": "Moon/Crater"}).status_code == 422
    assert browser.post(url, data=hours | {"zone": "UTC", "digest_hour": 24}).status_code == 422


@pytest.mark.parametrize("place", ["consultation:99", "nonsense", "member:1"])
def test_a_place_that_one_does_not_see_is_none(client: Client, place: str) -> None:
    """Neither its page nor a choice for it."""
    browser = client("charlie")
    assert browser.get(f"/settings/letters?place={place}").status_code == 404
    assert browser.post("/settings/letters", data=ALL | {"place": place}).status_code == 404


def test_a_guest_signs_in_first(client: Client) -> None:
    """These are somebody's own choices."""
    assert client(None).post("/settings/letters", data=ALL).status_code == 401


def test_the_mailbox_is_a_demos_alone(client: Client, data: Path) -> None:
    """And only where nobody else reaches it."""
    browser = client("bob")
    assert browser.get("/demo/mailbox").status_code == 404
    (data / settings.DEMO_MARKER).touch()
    settings.configure(data=data, host="0.0.0.0")
    assert browser.get("/demo/mailbox").status_code == 404
    settings.configure(data=data)
    (data / "mailbox").mkdir()
    raw = b"To: a@x.org\r\nSubject: Hello\r\nDate: now\r\n\r\nOpen https://x.org/y\r\n"
    (data / "mailbox" / "1.eml").write_bytes(raw)
    assert 'href="https://x.org/y"' in browser.get("/demo/mailbox").text
