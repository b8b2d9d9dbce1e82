"""Calendars: one's own by a secret link, and the public ones of places."""

import re
from datetime import timedelta
from typing import Any

import sitting
from cast import Cast
from conftest import Client
from followups import given
from icalendar import Calendar
from starlette.testclient import TestClient

from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act


def linked(browser: TestClient) -> str:
    """The path of a fresh link."""
    page = browser.post("/settings/calendar").text
    found = re.search(r"/calendar/[\w-]+\.ics", page)
    assert found is not None
    assert '<svg class="qr"' in page or 'class="qr"' in page
    return found[0]


def read(browser: TestClient, path: str) -> dict[str, Any]:
    """A calendar's components by their UID's beginning, all of them well-formed."""
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    whole = Calendar.from_ical(answer.text)
    parts = [part for part in whole.walk() if part.name in ("VEVENT", "VTODO")]
    assert all(part.errors == [] for part in (whole, *parts))
    assert str(whole["METHOD"]) == "PUBLISH"
    return {str(part["UID"]).partition("@")[0]: part for part in parts}


def test_a_meeting_is_an_appointment_with_its_places(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        meeting = sitting.convened(tx, cast).meeting
    path = linked(client("bob"))
    event = read(client(None), path)[f"meeting-{meeting}"]
    assert event["SUMMARY"] == "Second session on the lift"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["LOCATION"] == "Community hall, Lilac Road 7"
    assert "School" in event["DESCRIPTION"]
    assert "A lift for block 7" in event["DESCRIPTION"]
    assert event["CONFERENCE"] == f"http://testserver/meetings/{meeting}"
    assert event["CONFERENCE"].params["VALUE"] == "URI"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=2)
    assert event["DTSTART"].dt.utcoffset() == timedelta(0)


def test_what_changes_has_a_higher_sequence_and_what_is_called_off_stays(
    client: Client, cast: Cast
) -> None:
    with transaction() as tx:
        meeting = sitting.convened(tx, cast).meeting
    browser, path = client(None), linked(client("bob"))
    first = read(browser, path)[f"meeting-{meeting}"]
    later = clock.now() + timedelta(days=5)
    with transaction() as tx:
        meetings.edit_meeting(tx, cast.alice, meeting, meetings.Draft("Moved", later))
    moved = read(browser, path)[f"meeting-{meeting}"]
    assert (moved["UID"], moved["SEQUENCE"], moved["SUMMARY"]) == (first["UID"], 1, "Moved")
    assert moved["DTSTART"].dt == later.replace(microsecond=0)
    with transaction() as tx:
        meetings.step(tx, cast.alice, meeting, Act.CALL_OFF)
        hidden = meetings.Draft("Not yet for everybody", later + timedelta(days=9))
        meetings.edit_meeting(tx, cast.alice, meeting, hidden)
    off = read(browser, path)[f"meeting-{meeting}"]
    assert (off["STATUS"], off["SEQUENCE"]) == ("CANCELLED", 2)
    assert off["SUMMARY"] == "Called off: A lift for block 7"
    assert off["DTSTART"].dt == moved["DTSTART"].dt
    with transaction() as tx:
        meetings.step(tx, cast.alice, meeting, Act.CONVENE)
    again = read(browser, path)[f"meeting-{meeting}"]
    assert (again["STATUS"], again["SEQUENCE"]) == ("CONFIRMED", 3)
    assert again["SUMMARY"] == "Not yet for everybody"


def test_a_meeting_in_preparation_is_in_no_calendar(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        draft = meetings.Draft("Not yet", clock.now() + timedelta(days=1))
        meetings.draft_meeting(tx, cast.alice, cast.consultation, draft)
    assert read(client(None), linked(client("alice"))) == {}


def test_ones_tasks_are_to_be_done_by_a_date(client: Client, cast: Cast) -> None:
    task = given.answered(cast)
    todo = read(client(None), linked(client("hui")))[f"task-{task}"]
    assert todo.name == "VTODO"
    assert (todo["STATUS"], todo["PERCENT-COMPLETE"]) == ("COMPLETED", 100)
    assert todo["SUMMARY"] == "Ask three firms for an offer"
    assert "DUE" in todo
    assert "Three offers are here" not in todo.to_ical().decode()
    assert read(client(None), linked(client("bob"))) == {}


def test_only_what_one_may_see_at_the_moment_is_shown(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        meeting = sitting.convened(tx, cast).meeting
    browser = client(None)
    public = f"/consultations/{cast.consultation}/calendar.ics"
    station = f"/stations/{cast.station}/calendar.ics"
    bob, outsider = linked(client("bob")), linked(client("charlie"))
    assert f"meeting-{meeting}" in read(browser, public)
    assert f"meeting-{meeting}" in read(browser, station)
    assert read(browser, outsider) == {}
    with transaction() as tx:
        terms = (Visibility.INVITED, Eligibility.LISTED, "Asia/Shanghai")
        draft = consultations.Draft("A lift", "A lift", "A lift", *terms)
        consultations.edit(tx, cast.alice, cast.consultation, draft)
    assert f"meeting-{meeting}" in read(browser, bob)
    assert browser.get(public).status_code == 404
    assert read(browser, station) == {}
    with transaction() as tx:
        consultations.strike(tx, cast.alice, cast.consultation, cast.bob.id)
    assert read(browser, bob) == {}


def test_a_new_link_ends_the_old_one_and_revoking_ends_it_all(client: Client, cast: Cast) -> None:
    bob, browser = client("bob"), client(None)
    first = linked(bob)
    second = linked(bob)
    assert browser.get(first).status_code == 404
    assert browser.get(second).status_code == 200
    assert second not in bob.get("/settings/calendar").text
    assert bob.post("/settings/calendar/revoke").status_code == 303
    assert browser.get(second).status_code == 404
    assert bob.post("/settings/calendar/revoke").status_code == 409
    with reading() as db:
        told = history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)
    kinds = [event.kind for event in told]
    assert kinds[-3:] == ["feeds:calendar:linked"] * 2 + ["feeds:calendar:unlinked"]
    assert not any(second[10:20] in str(event) for event in told)


def test_only_members_have_one(client: Client) -> None:
    page = client(None).get("/settings/calendar")
    assert page.headers["location"].startswith("/sign-in")
    assert client(None).post("/settings/calendar").status_code in (303, 401)


def test_a_calendar_that_is_known_already_is_not_sent_again(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting.convened(tx, cast)
    browser, path = client(None), linked(client("bob"))
    etag = browser.get(path).headers["etag"]
    assert browser.get(path, headers={"if-none-match": etag}).status_code == 304
