"""Typing captions: who may, where a line belongs, and what the log says of it."""

import sitting as hall
from cast import Cast
from conftest import Client

from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.events import history
from sessions.captions import queries, service
from sessions.floor import service as floor
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act


def test_a_line_is_the_speaker_s_on_the_open_item(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    with transaction() as tx:
        speech = floor.request(tx, cast.bob, found.meeting)
        floor.recognise(tx, cast.alice, speech)
    page = client("shu").get(f"/meetings/{found.meeting}/captions/typing").text
    assert f'value="{cast.bob.id}" selected' in page
    answer = client("shu").post(
        f"/meetings/{found.meeting}/captions",
        data={"words": "The lift is <b>old</b>.", "speaker": str(cast.bob.id)},
    )
    assert answer.status_code == 303
    with reading() as db:
        (line,) = queries.lines(db, found.meeting)
        (event,) = history(db, found.stream, kinds=("captions:segment:added",))
    assert (line.member_id, line.speech_id, line.item_id) == (cast.bob.id, speech, cast.item)
    assert event.payload["speech"] == speech
    assert "lift" not in str(event.payload)
    shown = client(None).get(f"/meetings/{found.meeting}/captions").text
    assert "The lift is &lt;b&gt;old&lt;/b&gt;." in shown
    assert cast.bob.name in shown


def test_who_calls_out_does_not_speak_in_the_speech(cast: Cast) -> None:
    found = hall.debating(cast)
    with transaction() as tx:
        speech = floor.request(tx, cast.bob, found.meeting)
        floor.recognise(tx, cast.alice, speech)
        service.type_line(tx, cast.shu, found.meeting, "Louder!", member=cast.rong.id)
        (line,) = queries.lines(tx, found.meeting)
    assert (line.speech_id, line.item_id) == (None, cast.item)


def test_a_typed_name_is_looked_for_on_the_roll(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    post = f"/meetings/{found.meeting}/captions"
    client("shu").post(post, data={"words": "One.", "name": f" {cast.rong.name.upper()} "})
    client("shu").post(post, data={"words": "Two.", "name": "Mr Unknown"})
    client("shu").post(post, data={"words": "Three.", "speaker": "=Mr Unknown"})
    with reading() as db:
        lines = queries.lines(db, found.meeting)
    assert [line.member_id for line in lines] == [cast.rong.id, None, None]
    assert [line.speaker for line in lines[1:]] == ["Mr Unknown", "Mr Unknown"]


def test_who_may_type(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    page, post = f"/meetings/{found.meeting}/captions/typing", f"/meetings/{found.meeting}/captions"
    for name, status in ((None, 401), ("bob", 403), ("hui", 303), ("clerk", 303), ("alice", 303)):
        data = {"words": "Said."}
        assert client(name).post(post, data=data).status_code == status, name
        seen = {401: 303, 303: 200}.get(status, status)  # a guest is asked to sign in
        assert client(name).get(page).status_code == seen, name
    assert client("shu").post("/meetings/999/captions", data={"words": "x"}).status_code == 404
    assert client("shu").post(post, data={"words": " "}).status_code == 422


def test_an_archived_meeting_takes_no_more_lines(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    with transaction() as tx:
        meetings.close_item(tx, cast.alice, found.meeting)
        meetings.step(tx, cast.alice, found.meeting, Act.ADJOURN)
        service.type_line(tx, cast.shu, found.meeting, "Late, but in time.")
        meetings.step(tx, cast.alice, found.meeting, Act.ARCHIVE)
    answer = client("shu").post(f"/meetings/{found.meeting}/captions", data={"words": "Too late."})
    assert answer.status_code == 409


def test_a_line_of_a_record_stands_at_its_own_time(cast: Cast) -> None:
    with transaction() as tx:
        found = hall.started(tx, cast)
    start = clock.now()
    with clock.travel(minutes=5), transaction() as tx:
        meetings.open_item(tx, cast.alice, found.meeting, found.item)
        speech = floor.request(tx, cast.bob, found.meeting)
        floor.recognise(tx, cast.alice, speech)
        said = service.Said(clock.now(), "In the speech.", member=cast.bob.id)
        early = service.Said(start, "Before it.", member=cast.bob.id)
        service.add(tx, cast.shu, found.meeting, said)
        service.add(tx, cast.shu, found.meeting, early)
        lines = queries.lines(tx, found.meeting)
        told = history(tx, found.stream, kinds=("captions:segment:added",))
    assert [(line.words, line.speech_id, line.item_id) for line in lines] == [
        ("Before it.", None, None),
        ("In the speech.", speech, found.item),
    ]
    assert [event.payload["source"] for event in told] == ["imported", "imported"]
