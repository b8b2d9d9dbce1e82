"""A meeting that goes on another day: what is kept, what begins anew, and what can be mended."""

from datetime import UTC, datetime, timedelta

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from icalendar import Calendar, Component
from sqlmodel import col, select

from forum.base import clock
from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import Audience, history
from forum.members.models import InboxRow
from sessions.floor import queries as floor
from sessions.floor import service as speaking
from sessions.floor.models import SpeechState
from sessions.meetings import notice, presence, program, queries, service, sittings
from sessions.meetings.models import MeetingState, VenueKind
from sessions.meetings.rules import Act
from voting.boxes.models import Channel
from voting.polls import service as voting
from voting.polls.service import Draft


def kinds(tx: Db, stream: str) -> list[str]:
    return [event.kind for event in history(tx, stream, audience=Audience.MODERATOR)]


def told(tx: Db, member: int) -> list[str]:
    rows = select(InboxRow.kind).where(col(InboxRow.member_id) == member)
    return list(tx.exec(rows))


def waiting(tx: Db, meeting: int) -> list[int]:
    found = floor.floor(tx, queries.meeting_row(tx, meeting))
    return [entry.speech.id for entry in found.waiting]


def suspend(tx: Db, cast: Cast, meeting: int, *, days: int = 7) -> datetime:
    """Alice adjourns to another day, at this hour."""
    when = clock.now() + timedelta(days=days)
    service.step(tx, cast.alice, meeting, Act.SUSPEND, until=when, ends=when + timedelta(hours=2))
    return when


def test_roll_and_list_are_kept_and_everybody_checks_in_anew(cast: Cast, tx: Db) -> None:
    found = hall.started(tx, cast)
    meeting = found.meeting
    service.open_item(tx, cast.alice, meeting, found.item)
    service.declare_quorum(tx, cast.alice, meeting)
    heard, first, second = (
        speaking.request(tx, who, meeting) for who in (cast.shu, cast.bob, cast.rong)
    )
    speaking.recognise(tx, cast.alice, heard)
    roll = presence.counts(tx, meeting).entitled
    order = waiting(tx, meeting)
    assert set(order) == {first, second}
    when = suspend(tx, cast, meeting)

    row = queries.meeting_row(tx, meeting)
    assert (row.state, row.number, row.starts_at) == (MeetingState.SUSPENDED, 2, when)
    assert row.current_item_id == found.item
    assert presence.counts(tx, meeting)[:4] == (roll, 0, 0, {})
    assert floor.speech_row(tx, heard).state is SpeechState.FINISHED
    assert waiting(tx, meeting) == order
    assert "meetings:meeting:suspended" in told(tx, cast.charlie.id) + told(tx, cast.bob.id)

    # Bob comes to the school this time, rong does not come. Who is struck again still waits.
    with pytest.raises(Conflict, match="goes on another day"):
        service.check_in(tx, cast.hui, meeting, found.hall, [cast.bob.id])
    with clock.at(when - timedelta(hours=1)):
        (mistaken,) = service.check_in(tx, cast.hui, meeting, found.hall, [cast.bob.id])
        service.undo_check_in(tx, cast.hui, meeting, mistaken)
        service.check_in(tx, cast.hui, meeting, found.hall, [cast.bob.id])
        service.step(tx, cast.alice, meeting, Act.START)
    assert program.last_check(tx, meeting) is None
    assert set(waiting(tx, meeting)) == set(order)
    assert floor.speech_row(tx, first).venue_id == found.hall
    with pytest.raises(Conflict, match="not checked in"):
        speaking.recognise(tx, cast.alice, second)
    speaking.recognise(tx, cast.alice, first)
    assert kinds(tx, found.stream).count("meetings:meeting:started") == 1
    assert [one.number for one in sittings.held(tx, meeting)] == [1]
    suspend(tx, cast, meeting)
    assert queries.meeting_row(tx, meeting).number == 3


def test_it_needs_the_chair_a_time_to_come_and_no_vote_under_way(cast: Cast, tx: Db) -> None:
    found = hall.started(tx, cast)
    meeting, later = found.meeting, clock.now() + timedelta(days=1)
    with pytest.raises(Forbidden):
        service.step(tx, cast.bob, meeting, Act.SUSPEND, until=later)
    for until, ends in ((None, None), (clock.now(), None), (later, later)):
        with pytest.raises(Invalid):
            service.step(tx, cast.alice, meeting, Act.SUSPEND, until=until, ends=ends)
    service.open_item(tx, cast.alice, meeting, found.item)
    poll = service.hold_poll(tx, cast.alice, meeting, Draft("Offer A?"), channel=Channel.ONLINE)
    service.open_poll(tx, cast.alice, meeting, poll)
    with pytest.raises(Conflict, match="Finish the vote"):
        suspend(tx, cast, meeting)
    voting.void(tx, cast.alice, poll, "Asked too early.")
    suspend(tx, cast, meeting)
    with pytest.raises(Conflict, match="Goes on another day"):
        suspend(tx, cast, meeting)


def test_ended_by_mistake_it_goes_on_with_whoever_was_there(cast: Cast, tx: Db) -> None:
    found = hall.started(tx, cast)
    meeting = found.meeting
    service.check_out(tx, cast.shu, meeting, [cast.shu.id])
    before = queries.meeting_row(tx, meeting)
    there = presence.counts(tx, meeting)
    clock_in = clock.now() + timedelta(minutes=1)
    with clock.at(clock_in):
        when = suspend(tx, cast, meeting)
    with clock.at(when - timedelta(hours=1)):
        service.check_in(tx, cast.hui, meeting, found.hall, [cast.bob.id])
        service.step(tx, cast.alice, meeting, Act.REOPEN)
    assert "meetings:meeting:reopened" in told(tx, cast.charlie.id) + told(tx, cast.hui.id)
    assert notice.told(tx, found.stream) == []
    assert queries.meeting_row(tx, meeting) == before
    now = presence.counts(tx, meeting)
    assert (now.present, now.venues[found.hall]) == (there.present, there.venues[found.hall] + 1)
    assert sittings.held(tx, meeting) == []


def test_an_opening_is_taken_back_until_something_has_happened(cast: Cast, tx: Db) -> None:
    found = hall.started(tx, cast)
    meeting = found.meeting
    service.declare_quorum(tx, cast.alice, meeting)
    service.step(tx, cast.alice, meeting, Act.UNDO_START)
    row = queries.meeting_row(tx, meeting)
    assert (row.state, row.opened_at) == (MeetingState.CONVENED, None)
    assert kinds(tx, found.stream)[-1] == "meetings:meeting:unopened"
    assert "meetings:meeting:unopened" in told(tx, cast.charlie.id) + told(tx, cast.hui.id)
    service.step(tx, cast.alice, meeting, Act.START)
    suspend(tx, cast, meeting)
    service.step(tx, cast.alice, meeting, Act.START)
    service.step(tx, cast.alice, meeting, Act.UNDO_START)
    assert queries.meeting_row(tx, meeting).state is MeetingState.SUSPENDED
    service.step(tx, cast.alice, meeting, Act.START)
    service.open_item(tx, cast.alice, meeting, found.item)
    with pytest.raises(Conflict, match="begun to work"):
        service.step(tx, cast.alice, meeting, Act.UNDO_START)


def test_a_sitting_opened_early_begins_with_nobody(cast: Cast, tx: Db) -> None:
    """Nor does who came for an opening that is taken back, or put off, count days later."""
    found = hall.started(tx, cast)
    meeting = found.meeting
    service.declare_quorum(tx, cast.alice, meeting)
    when = suspend(tx, cast, meeting)
    service.step(tx, cast.alice, meeting, Act.START)
    assert presence.counts(tx, meeting).venues == {}
    assert program.last_check(tx, meeting) is None
    service.check_in(tx, cast.hui, meeting, found.hall, [cast.bob.id, cast.rong.id])
    service.step(tx, cast.alice, meeting, Act.UNDO_START)
    assert presence.counts(tx, meeting).venues == {}
    assert kinds(tx, found.stream)[-2:] == [
        "meetings:attendance:counted",
        "meetings:meeting:unopened",
    ]
    with clock.at(when - timedelta(hours=1)):
        service.check_in(tx, cast.hui, meeting, found.hall, [cast.shu.id])
        service.step(tx, cast.alice, meeting, Act.START)
        service.step(tx, cast.alice, meeting, Act.UNDO_START)  # the doors are open: she is there
        assert presence.counts(tx, meeting).venues == {found.hall: 1}
        row = queries.meeting_row(tx, meeting)
        put_off = service.Draft(row.title, when + timedelta(days=3), None, row.quorum)
        service.edit_meeting(tx, cast.alice, meeting, put_off)
        assert presence.counts(tx, meeting).venues == {}


def test_a_sitting_that_is_dropped_ends_the_meeting(cast: Cast, tx: Db) -> None:
    found = hall.started(tx, cast)
    meeting = found.meeting
    service.open_item(tx, cast.alice, meeting, found.item)
    began = queries.meeting_row(tx, meeting).opened_at
    there = presence.counts(tx, meeting)
    when = suspend(tx, cast, meeting)
    with pytest.raises(Conflict):  # on a console that was not looked at again
        service.step(tx, cast.alice, meeting, Act.ADJOURN)
    with pytest.raises(Conflict, match="Close the current item"):
        service.step(tx, cast.alice, meeting, Act.DROP)
    service.close_item(tx, cast.alice, meeting, postponed="Nobody has time.")
    with clock.at(when - timedelta(hours=1)):
        service.check_in(tx, cast.hui, meeting, found.hall, [cast.hui.id])
        service.step(tx, cast.alice, meeting, Act.DROP)
    row = queries.meeting_row(tx, meeting)
    assert (row.state, row.number, row.opened_at) == (MeetingState.ADJOURNED, 1, began)
    assert "meetings:sitting:dropped" in told(tx, cast.bob.id)
    service.step(tx, cast.alice, meeting, Act.REOPEN)
    assert presence.counts(tx, meeting) == there


@pytest.mark.parametrize("dropped", [False, True])
def test_whoever_goes_on_after_all_is_where_they_were(cast: Cast, tx: Db, dropped: bool) -> None:
    found = hall.started(tx, cast)
    meeting = found.meeting
    there = presence.counts(tx, meeting)
    with clock.at(clock.now() + timedelta(minutes=1)):
        when = suspend(tx, cast, meeting)
        place = service.Place(VenueKind.MAIN, "Library", "Lilac Road 9", cast.hui.id)
        library = service.set_venue(tx, cast.alice, meeting, place, venue=found.main)
        service.drop_venue(tx, cast.alice, meeting, found.hall)
    with clock.at(when - timedelta(hours=1)):
        service.check_in(tx, cast.hui, meeting, library, [cast.charlie.id, cast.bob.id])
        if dropped:
            service.step(tx, cast.alice, meeting, Act.DROP)
        service.step(tx, cast.alice, meeting, Act.REOPEN)
    assert presence.counts(tx, meeting) == there
    venues = [venue.id for venue in queries.venues(tx, meeting)]
    assert venues == [found.main, found.hall, found.online]
    service.check_out(tx, cast.hui, meeting, [cast.bob.id])


def test_the_next_sitting_may_be_elsewhere(cast: Cast, tx: Db) -> None:
    found = hall.started(tx, cast)
    meeting = found.meeting
    suspend(tx, cast, meeting)
    place = service.Place(VenueKind.MAIN, "Library", "Lilac Road 9")
    library = service.set_venue(tx, cast.alice, meeting, place, venue=found.main)
    service.drop_venue(tx, cast.alice, meeting, found.hall)
    assert [venue.id for venue in queries.venues(tx, meeting)] == [library, found.online]
    former = queries.venues(tx, meeting, former=True)
    assert {(venue.id, venue.name) for venue in former} >= {(found.main, "Community hall")}
    service.step(tx, cast.alice, meeting, Act.START)
    service.check_in(tx, cast.clerk, meeting, library, [cast.bob.id])
    with pytest.raises(Conflict):
        service.drop_venue(tx, cast.alice, meeting, library)


def test_calendars_have_an_appointment_for_each_sitting(cast: Cast, client: Client) -> None:
    def events() -> list[Component]:
        answer = client(None).get(f"/meetings/{meeting}/calendar.ics")
        return list(Calendar.from_ical(answer.content).walk("VEVENT"))

    def days() -> list[tuple[str, str, datetime]]:
        return [(str(one["uid"]), str(one["status"]), one.decoded("dtstart")) for one in events()]

    with transaction() as tx:
        meeting = hall.started(tx, cast).meeting
    (single,) = days()
    (begun,) = events()
    with transaction() as tx:
        when = suspend(tx, cast, meeting).astimezone(UTC).replace(microsecond=0)
    first, second = days()
    assert first == single
    assert (second[1], second[2]) == ("CONFIRMED", when)
    with transaction() as tx:
        service.step(tx, cast.alice, meeting, Act.REOPEN)
        later = suspend(tx, cast, meeting, days=9).astimezone(UTC).replace(microsecond=0)
    known = days()
    assert len({uid for uid, _state, _start in known}) == 3
    assert [(state, start) for _uid, state, start in known] == [
        ("CONFIRMED", single[2]),
        ("CANCELLED", when),
        ("CONFIRMED", later),
    ]
    # It was suspended before its time: an appointment never ends before it begins, nor days after.
    assert events()[0].decoded("dtend") == single[2]
    assert events()[0].decoded("sequence") > begun.decoded("sequence")


def test_the_pages_say_when_it_goes_on(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        meeting = hall.started(tx, cast).meeting
    chair, here = client("alice"), f"/meetings/{meeting}"
    refused = chair.post(f"{here}/step", data={"act": "suspend", "back": "console"})
    assert refused.status_code == 422
    form = {"act": "suspend", "until": "2199-03-05T19:00", "back": "console"}
    assert client("bob").post(f"{here}/step", data=form).status_code == 403
    assert chair.post(f"{here}/step", data=form, follow_redirects=False).status_code == 303
    for who, path in (("bob", ""), (None, "/screen"), ("alice", "/console"), (None, "")):
        page = client(who).get(here + path).text
        assert "2199" in page, path
        assert "Sitting 2" in page, path
    page = client("bob").get(here).text
    assert "You can check in from" in page
    assert "Check in online" not in page
    assert "Open sitting 2" in chair.get(f"{here}/console").text
