"""Answering by word and in writing; what is late; who is told."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from dutying import asked, over, running

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict
from forum.base.events import history
from forum.members import inbox
from sessions.captions import service as captions
from sessions.duty import queries, service
from sessions.meetings import service as meetings
from sessions.meetings.models import Meeting, MeetingState
from sessions.meetings.rules import Act


def _told(db: Db, who: Actor) -> str:
    return " ".join(letter.words for letter in inbox.lines(db, who)[0])


def test_one_question_at_a_time_is_before_the_representative(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = running(tx, cast)
        first, second = asked(tx, cast, duty), asked(tx, cast, duty, "Who pays?")
        service.support(tx, cast.shu, first)
    post = "/duty/questions/{}/{}"
    for name, status in ((None, 401), ("bob", 403), ("rong", 403), ("alice", 303)):
        assert client(name).post(post.format(first, "put")).status_code == status, name
    assert client("alice").post(post.format(second, "put")).status_code == 409
    assert client("alice").post(post.format(second, "answered")).status_code == 409
    assert "When is the lift built?" in client(None).get(f"{duty.url}/screen").text
    assert duty.url in client("bob").get(f"/meetings/{duty.meeting}").text
    with transaction() as tx:
        line = captions.type_line(tx, cast.shu, duty.meeting, "In May.", member=cast.rong.id)
    assert client("alice").post(post.format(first, "answered")).status_code == 303
    assert f"/captions/{line}" in client(None).get(duty.url).text
    with reading() as db:
        (event,) = history(db, duty.sitting.stream, kinds=("duty:question:answered",))
        assert "When is the lift built?" in _told(db, cast.bob)
        assert "When is the lift built?" in _told(db, cast.shu)
    assert (event.payload["asker"], event.payload["supports"]) == (cast.bob.id, 1)
    client("alice").post(post.format(second, "put"))
    client("alice").post(post.format(second, "back"))
    with reading() as db:
        board = queries.board(db, queries.report_access(db, None, duty.report))
    assert [line.id for line in board.open] == [second]
    assert [line.id for line in board.answered] == [first]


def test_what_is_open_is_answered_in_writing(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = over(tx, cast)
        board = queries.board(tx, queries.report_access(tx, cast.rong, duty.report))
        (open_one,) = board.open
    page = f"/duty/questions/{open_one.id}"
    assert "to be answered in writing" in client(None).get(f"/people/{cast.rong.id}").text
    assert f"{duty.url}#questions" in client("rong").get("/").text
    for name, status in ((None, 401), ("bob", 403), ("hui", 403)):
        answer = client(name).post(f"{page}/answers", data={"body": "x"})
        assert answer.status_code == status, name
    assert client("rong").post(f"{page}/answers", data={"body": ""}).status_code == 422
    body = {"body": "The **town** pays."}
    assert client("rong").post(f"{page}/answers", data=body).status_code == 303
    assert "<strong>town</strong>" in client(None).get(duty.url).text
    assert f"{duty.url}#questions" not in client("rong").get("/").text
    with reading() as db:
        assert "And who pays for it?" in _told(db, cast.bob)
        assert queries.owed(db, cast.rong.id) == []


def test_what_is_late_is_said(cast: Cast) -> None:
    with transaction() as tx:
        duty = over(tx, cast)
    with clock.travel(days=16):
        ticker.run_due()
        with reading() as db:
            found = history(db, duty.sitting.stream, kinds=("duty:answers:overdue",))
            assert [event.payload["open"] for event in found] == [1]
            assert queries.owed(db, cast.rong.id)[0].late
            assert "The date for your answers has passed" in _told(db, cast.rong)


def test_until_another_day_nobody_is_asked(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        duty = running(tx, cast)
        question = asked(tx, cast, duty)
        service.put(tx, cast.alice, question)
        until = clock.now() + timedelta(days=7)
        meetings.step(tx, cast.alice, duty.meeting, Act.SUSPEND, until=until)
        board = queries.board(tx, queries.report_access(tx, None, duty.report))
    assert (board.answering, [line.id for line in board.open]) == (None, [question])
    assert client("alice").post(f"/duty/questions/{question}/put").status_code == 409


def test_the_same_answer_is_published_once_and_none_is_added_to_a_closed_record(cast: Cast) -> None:
    with transaction() as tx:
        duty = over(tx, cast)
        (open_one,) = queries.board(tx, queries.report_access(tx, None, duty.report)).open
        first = service.write_answer(tx, cast.rong, open_one.id, "The town pays.")
        assert service.write_answer(tx, cast.rong, open_one.id, "The town pays.") == first
        told = history(tx, duty.sitting.stream, kinds=("duty:answer:written",))
        meetings.step(tx, cast.alice, duty.meeting, Act.ADJOURN)
        tx.get_one(Meeting, duty.meeting).state = MeetingState.ARCHIVED
        tx.flush()
    assert len(told) == 1
    with pytest.raises(Conflict), transaction() as tx:
        service.write_answer(tx, cast.rong, open_one.id, "And the station.")
