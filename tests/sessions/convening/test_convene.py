"""A meeting is drafted from a type in one form, and convened in time or with a reason."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import preparing
import pytest
import sitting as hall
from cast import Cast
from conftest import Client

from forum.base import clock
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from forum.consultations.queries import Access, access
from sessions.convening import queries as read
from sessions.convening import service
from sessions.convening.events import NoticeShortened
from sessions.meetings import program, queries
from sessions.meetings import service as meetings
from sessions.meetings.models import MeetingState
from sessions.meetings.rules import Act
from sessions.minutes import queries as minutes
from sessions.minutes.record import EntryKind
from sessions.minutes.words import sentence


def brief(tx: Db, cast: Cast) -> None:
    """Give the consultation something to read."""
    consultations.write_briefing(tx, cast.alice, cast.consultation, "The offers", "Offer A.")


def test_one_form_makes_a_meeting_of_a_type(cast: Cast, client: Client) -> None:
    alice = client("alice")
    new = f"/consultations/{cast.consultation}/meetings"
    page = alice.get(f"{new}/new").text
    for words in ("Assembly", "Hearing", "Duty report", "Reception by representatives"):
        assert words in page
    typed = {"type": "assembly", "starts_at": "2030-03-05T19:00", "venue": "Hall", "items": "1"}
    made = alice.post(new, data=typed)
    meeting = int(made.headers["location"].split("/")[2])
    with reading() as db:
        row = queries.meeting_row(db, meeting)
        assert read.preparing.prepared(db, meeting).kind.key == "assembly"
        assert len(program.slots(db, meeting)) == 4
    assert row.title == "Assembly: A lift for block 7"
    assert (row.quorum, row.ends_at) == (">=2/3", row.starts_at + timedelta(minutes=150))
    shown = alice.get(f"/meetings/{meeting}/prepare").text
    assert "missing" in shown
    assert "Briefing pack" in shown
    assert f'href="/meetings/{meeting}/edit#venues"' in shown


def test_a_meeting_is_held_again_at_the_same_hour(cast: Cast, client: Client) -> None:
    alice = client("alice")
    with transaction() as tx:
        draft = consultations.Draft("Berlin", "B", "B", *_open(tx, cast), zone="Europe/Berlin")
        consultations.edit(tx, cast.alice, cast.consultation, draft)
    typed = {
        "type": "reception", "starts_at": "2026-03-22T19:00", "venue": "Hall",
        "every": "week", "times": "2", "items": "1",
    }  # fmt: skip
    made = alice.post(f"/consultations/{cast.consultation}/meetings", data=typed)
    assert made.status_code == 303
    with reading() as db:
        access = consultations_access(db, cast)
        rows = sorted(queries.of_consultation(db, access), key=lambda row: row.starts_at)
        walls = [row.starts_at.astimezone(ZoneInfo("Europe/Berlin")) for row in rows]
        assert [str(wall) for wall in walls] == [
            "2026-03-22 19:00:00+01:00",
            "2026-03-29 19:00:00+02:00",
        ]
        assert all(len(program.slots(db, row.id)) == 1 for row in rows)


def _open(tx: Db, cast: Cast) -> tuple[Visibility, Eligibility]:
    row = consultations_access(tx, cast).consultation
    return row.visibility, row.eligibility


def consultations_access(db: Db, cast: Cast) -> Access:
    """The consultation as alice leads it."""
    return access(db, cast.alice, cast.consultation)


def test_what_the_type_demands_must_be_there(cast: Cast, tx: Db) -> None:
    meeting = preparing.drafted(tx, cast)
    with pytest.raises(Conflict, match="a briefing"):
        service.convene(tx, cast.alice, meeting)
    # The chair's console takes the same step through the same gate.
    with pytest.raises(Conflict, match="a briefing"):
        meetings.step(tx, cast.alice, meeting, Act.CONVENE)


def test_too_late_is_refused_with_the_date_that_would_do(cast: Cast, client: Client) -> None:
    now = datetime(2027, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    with clock.at(now):
        with transaction() as tx:
            brief(tx, cast)
            meeting = preparing.drafted(tx, cast, days=9)
        with pytest.raises(Conflict, match="March 12, 2027"), transaction() as tx:
            service.convene(tx, cast.alice, meeting)
        with reading() as db:
            assert queries.meeting_row(db, meeting).state is MeetingState.DRAFT
        with transaction() as tx:
            service.convene(tx, cast.alice, meeting, "The water main has burst.")
            (told,) = [
                event
                for event in history(tx, f"meeting:{meeting}", audience=Audience.PUBLIC)
                if event.kind == NoticeShortened.kind
            ]
    assert (told.payload["given"], told.payload["wanted"]) == (9, 10)
    assert "water" not in str(told.payload)
    for who in (None, "bob"):
        assert "The water main has burst." in client(who).get(f"/meetings/{meeting}").text
    notice = client(None).get(f"/meetings/{meeting}/agenda/print").text
    assert "The water main has burst." in notice


def test_a_reason_for_haste_holds_for_its_own_sitting(cast: Cast, tx: Db) -> None:
    brief(tx, cast)
    meeting = preparing.drafted(tx, cast, days=2)
    service.convene(tx, cast.alice, meeting, "The water main has burst.")
    meetings.step(tx, cast.alice, meeting, Act.START)
    until = clock.now() + timedelta(days=30)
    meetings.step(tx, cast.alice, meeting, Act.SUSPEND, until=until)
    sooner = meetings.Draft("Sooner", clock.now() + timedelta(days=1))
    with pytest.raises(Conflict, match="why the notice is short"):
        meetings.edit_meeting(tx, cast.alice, meeting, sooner)


def test_the_reason_stands_in_the_minutes(cast: Cast, tx: Db) -> None:
    brief(tx, cast)
    meeting = preparing.drafted(tx, cast, days=2)
    service.convene(tx, cast.alice, meeting, "The water main has burst.")
    meetings.step(tx, cast.alice, meeting, Act.START)
    meetings.step(tx, cast.alice, meeting, Act.ADJOURN)
    (version,) = minutes.versions(tx, meeting)
    access = minutes.minutes_access(tx, cast.shu, version.id)
    record = minutes.record(tx, access.minutes)
    (entry,) = [
        entry
        for section in record.sections
        for entry in section.entries
        if entry.kind is EntryKind.SHORT_NOTICE
    ]
    assert entry.text == "The water main has burst."
    said = sentence(entry, {cast.alice.id: "Alice"}, record.zone)
    assert said == "Short notice: 2 of 10 days. Alice gave the reason:"


def test_in_time_needs_no_reason_and_only_the_chair_gives_one(cast: Cast, tx: Db) -> None:
    brief(tx, cast)
    meeting = preparing.drafted(tx, cast)
    with pytest.raises(Conflict, match="in time"):
        service.convene(tx, cast.alice, meeting, "Why not?")
    for person, refusal in ((cast.shu, Forbidden), (cast.bob, NotFound)):
        with pytest.raises(refusal):
            service.state_reason(tx, person, meeting, "Because")
    with pytest.raises(NotFound):
        service.convene(tx, cast.alice, 999)


def test_what_is_announced_is_brought_forward_in_time_or_with_a_reason(cast: Cast, tx: Db) -> None:
    found = preparing.called(tx, cast)
    row = queries.meeting_row(tx, found.meeting)
    later = row.starts_at + timedelta(days=1)
    draft = meetings.Draft(row.title, later, None, row.quorum)
    meetings.edit_meeting(tx, cast.alice, found.meeting, draft)
    sooner = draft._replace(starts_at=clock.now() + timedelta(days=2))
    with tx.begin_nested(), pytest.raises(Conflict, match="10 days"):
        meetings.edit_meeting(tx, cast.alice, found.meeting, sooner)
    service.state_reason(tx, cast.alice, found.meeting, "The hall closes.")
    meetings.edit_meeting(tx, cast.alice, found.meeting, sooner)
    meetings.step(tx, cast.alice, found.meeting, Act.CALL_OFF)
    assert read.preparing.short_notice(tx, found.meeting) is None
    with pytest.raises(Conflict, match="10 days"):
        service.convene(tx, cast.alice, found.meeting)


def test_a_meeting_without_a_type_is_convened_as_before(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    assert read.preparing.prepared(tx, sitting.meeting).kind.key == ""
    with pytest.raises(Conflict, match="stays as it is"):
        service.set_preparation(tx, cast.alice, sitting.meeting, "assembly", asks=True)
    late = clock.now() + timedelta(days=9)
    with pytest.raises(Invalid):
        service.set_preparation(tx, cast.alice, sitting.meeting, "", asks=True, reply_by=late)


def test_the_page_is_for_those_who_prepare(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        meeting = preparing.drafted(tx, cast, kind="hearing", days=1)
    here = f"/meetings/{meeting}"
    assert client(None).get(f"{here}/prepare").status_code == 303
    assert client("bob").get(f"{here}/prepare").status_code == 404
    assert client("hui").get(f"{here}/prepare").status_code == 404
    assert client("shu").get(f"{here}/prepare").status_code == 200
    assert client("shu").post(f"{here}/convene", data={"reason": "x"}).status_code == 403
    page = client("alice").get(f"{here}/prepare").text
    assert "working days before" in page
    answer = client("alice").post(f"{here}/convene", data={"reason": ""})
    assert answer.status_code == 409
