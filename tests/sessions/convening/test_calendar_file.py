"""A meeting as a calendar file: changes are counted, a cancellation stays, summer time is right."""

from datetime import UTC, datetime, timedelta

import preparing
import sitting as hall
from cast import Cast
from conftest import Client
from icalendar import Calendar, Component

from forum.base.db import transaction
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from sessions.meetings import queries
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act


def read(client: Client, who: str | None, meeting: int) -> Component:
    """The one event of the file."""
    answer = client(who).get(f"/meetings/{meeting}/calendar.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert not event.errors
    return event


def test_changes_count_up_and_calling_off_strikes(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        found = preparing.called(tx, cast)
    first = read(client, None, found.meeting)
    with transaction() as tx:
        row = queries.meeting_row(tx, found.meeting)
        later = row.starts_at + timedelta(days=7)
        draft = meetings.Draft(row.title, later, later + timedelta(hours=1), row.quorum)
        meetings.edit_meeting(tx, cast.alice, found.meeting, draft)
    second = read(client, None, found.meeting)
    assert second["uid"] == first["uid"]
    assert second.decoded("sequence") > first.decoded("sequence")
    assert second.decoded("dtstart") == later.replace(microsecond=0)
    with transaction() as tx:
        meetings.step(tx, cast.alice, found.meeting, Act.CALL_OFF)
    third = read(client, None, found.meeting)
    assert (third["status"], third["uid"]) == ("CANCELLED", first["uid"])
    assert third.decoded("sequence") > second.decoded("sequence")


def test_only_those_on_the_roll_are_told_the_video_room(cast: Cast, client: Client) -> None:
    room = "https://meet.example.org/lift"
    with transaction() as tx:
        found = preparing.called(tx, cast)
        place = meetings.Place(VenueKind.ONLINE, "Online", url=room)
        meetings.set_venue(tx, cast.alice, found.meeting, place, venue=found.online)
    assert str(read(client, "bob", found.meeting)["conference"]) == room
    assert str(read(client, None, found.meeting)["conference"]).endswith(
        f"/meetings/{found.meeting}"
    )
    here = f"/meetings/{found.meeting}"
    assert room in client("bob").get(here).text
    assert room not in client(None).get(here).text
    assert room not in client("charlie").get(here).text


def test_a_draft_is_in_no_file_and_a_closed_door_stays_closed(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        draft = preparing.drafted(tx, cast)
        meeting = hall.convened(tx, cast).meeting
        private = consultations.Draft(
            "A lift", "L", "L", Visibility.INVITED, Eligibility.LISTED, zone="Europe/Berlin"
        )
        consultations.edit(tx, cast.alice, cast.consultation, private)
    assert client("alice").get(f"/meetings/{draft}/calendar.ics").status_code == 404
    for who, status in ((None, 404), ("charlie", 404), ("bob", 200)):
        assert client(who).get(f"/meetings/{meeting}/calendar.ics").status_code == status


def test_moved_over_the_end_of_summer_time_it_keeps_its_hour(cast: Cast, client: Client) -> None:
    alice = client("alice")
    with transaction() as tx:
        berlin = consultations.Draft(
            "A lift", "L", "L", Visibility.PUBLIC, Eligibility.LISTED, zone="Europe/Berlin"
        )
        consultations.edit(tx, cast.alice, cast.consultation, berlin)
    typed = {"title": "Berlin", "starts_at": "2027-10-30T19:00", "venue": "Hall"}
    made = alice.post(f"/consultations/{cast.consultation}/meetings", data=typed)
    meeting = int(made.headers["location"].split("/")[2])
    assert alice.post(f"/meetings/{meeting}/convene", data={}).status_code == 303
    before = read(client, None, meeting).decoded("dtstart")
    assert before == datetime(2027, 10, 30, 17, tzinfo=UTC)
    moved = {"title": "Berlin", "starts_at": "2027-10-31T19:00"}
    assert alice.post(f"/meetings/{meeting}", data=moved).status_code == 303
    assert read(client, None, meeting).decoded("dtstart") == datetime(2027, 10, 31, 18, tzinfo=UTC)
    page = client(None).get(f"/meetings/{meeting}").text
    assert "19:00" in page
    assert 'data-zone="Europe/Berlin"' in page
    leapt = {"title": "Berlin", "starts_at": "2027-03-28T02:30", "venue": "Hall"}
    answer = alice.post(f"/consultations/{cast.consultation}/meetings", data=leapt)
    assert answer.status_code == 422
    assert "the clocks go forward" in answer.text
