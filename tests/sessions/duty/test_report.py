"""A report: announced, written, begun with its item, ended with its meeting, in the minutes."""

from cast import Cast
from conftest import Client
from dutying import YEAR, announced, asked, over, running
from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, erasure, ticker
from forum.base.db import reading, transaction
from forum.base.events import history
from forum.base.verify import verify
from sessions.duty import queries, service
from sessions.duty.models import DutyQuestion, DutyRating, Rating, ReportState
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act
from sessions.minutes.queries import minutes as books

FACTS = {"first": "2025-01-01", "last": "2025-12-31", "answer_days": "15", "rating_days": "7"}


def test_who_announces_whom(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
    post = f"/meetings/{duty.meeting}/duty"
    data = {**FACTS, "reporter": str(cast.rong.id)}
    for name, offered in ((None, False), ("bob", False), ("rong", True), ("shu", True)):
        assert ('name="reporter"' in client(name).get(post).text) is offered, name
    for name, status in ((None, 401), ("bob", 403), ("shu", 303), ("rong", 303)):
        assert client(name).post(post, data=data).status_code == status, name
    for wrong in ({"last": "2024-01-01"}, {"reporter": str(cast.bob.id)}, {"item": "999"}):
        assert client("shu").post(post, data={**data, **wrong}).status_code == 422, wrong
    assert client("shu").post("/meetings/999/duty", data=data).status_code == 404
    dropped = client("shu").post(f"/duty/{duty.report + 1}/drop")
    assert dropped.status_code == 303
    assert client(None).get(f"/duty/{duty.report + 1}").status_code == 404
    with transaction() as tx:
        asked(tx, cast, duty)
    assert client("shu").post(f"{duty.url}/drop").status_code == 409


def test_the_report_is_written_and_its_wordings_are_kept(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
    for name, status in ((None, 401), ("bob", 403), ("rong", 303)):
        answer = client(name).post(f"{duty.url}/text", data={"body": "I **asked** for a lift."})
        assert answer.status_code == status, name
    client("shu").post(f"{duty.url}/text", data={"body": "She asked for two lifts."})
    changed = {**FACTS, "item": str(cast.item), "answer_days": "3"}
    assert client("shu").post(f"{duty.url}/facts", data=changed).status_code == 303
    page = client(None).get(duty.url).text
    assert "two lifts" in page
    assert "<strong>asked</strong>" in page
    assert f'href="/items/{cast.item}' in page
    assert duty.url in client(None).get(f"/items/{cast.item}").text
    with reading() as db:
        written = history(db, duty.sitting.stream, kinds=("duty:report:written",))
        assert verify(db).sound
    assert len(written) == 2
    assert "lift" not in str([event.payload for event in written])


def test_it_begins_with_its_item_and_ends_with_the_meeting(cast: Cast) -> None:
    with transaction() as tx:
        duty = announced(tx, cast)
        service.change(tx, cast.alice, duty.report, YEAR._replace(item=cast.item))
        meetings.open_item(tx, cast.alice, duty.meeting, cast.item)
        assert queries.report_access(tx, None, duty.report).report.state is ReportState.RUNNING
        asked(tx, cast, duty)
        meetings.close_item(tx, cast.alice, duty.meeting)
        meetings.step(tx, cast.alice, duty.meeting, Act.ADJOURN)
        over_now = queries.report_access(tx, None, duty.report).report
        assert over_now.state is ReportState.OVER
        meetings.step(tx, cast.alice, duty.meeting, Act.REOPEN)
        again = queries.report_access(tx, None, duty.report).report
    assert over_now.rating_until is not None
    assert (again.state, again.rating_until) == (ReportState.RUNNING, None)


def test_the_minutes_tell_of_it_in_order(cast: Cast) -> None:
    with transaction() as tx:
        duty = over(tx, cast)
        board = queries.board(tx, queries.report_access(tx, cast.rong, duty.report))
        service.write_answer(tx, cast.rong, board.open[0].id, "The town pays.")
        for name in ("alice", "bob", "dana", "shu", "hui"):
            service.rate(tx, cast[name], duty.report, Rating.SATISFIED)
        meetings.step(tx, cast.alice, duty.meeting, Act.ADJOURN)
    with clock.travel(days=8):
        ticker.run_due()
        with reading() as db:
            (book,) = books.versions(db, duty.meeting)
            told = [
                (entry.kind.value, entry.person, entry.text, entry.facts.get("why"))
                for entry in books.record(db, book).entries().values()
                if entry.kind.value.startswith("duty")
            ]
    assert told == [
        ("duty_report", cast.rong.id, "", None),
        ("duty_answer", cast.bob.id, "When is the lift built?", None),
        ("duty_answer", cast.bob.id, "And who pays for it?", "The town pays."),
        ("duty_rating", cast.rong.id, "", None),
    ]


def test_words_go_with_their_person_and_counts_stay(cast: Cast) -> None:
    with transaction() as tx:
        duty = running(tx, cast)
        question = asked(tx, cast, duty)
        service.end(tx, cast.alice, duty.report)
        service.rate(tx, cast.bob, duty.report, Rating.MOSTLY, "So so.")
    with transaction() as tx:
        erasure.erase(tx, cast.bob.id)
    with reading() as db:
        assert verify(db).sound
        row = db.get_one(DutyQuestion, question)
        assert (row.body, row.salt) == ("", None)
        rated = db.execute(select(col(DutyRating.rating), col(DutyRating.body))).one()
        assert tuple(rated) == ("mostly", "")
