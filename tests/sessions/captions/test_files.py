"""Caption files in and out: a look before anything is written, what is wrong by line, machines."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from sqlalchemy import update

from forum.base import clock, settings, ticker, verify
from forum.base.db import reading, transaction
from sessions.captions import queries, service, tracks, webvtt
from sessions.captions.models import CaptionRevision, TrackState
from sessions.meetings import queries as meetings
from sessions.meetings import service as sittings
from sessions.meetings.rules import Act

VTT = """WEBVTT - a meeting

NOTE nothing of this counts

1
00:00:01.000 --> 00:00:03.000
<v {bob}>Knees get older.

00:00:04.000 --> 00:00:02.000
Backwards.

00:00:05.000 --> 00:00:06.000 line:0
<v Mr Unknown>I &amp; <i>mine</i>.
<v.loud {rong}>No.

not a time
Lost.
"""
MP3 = b"ID3\x04\x00 a voice"


def handed_in(cast: Cast, client: Client, meeting: int, text: str) -> str:
    path = f"/meetings/{meeting}/captions/files"
    upload = {"file": ("cap.vtt", text.encode(), "text/vtt")}
    answer = client("shu").post(path, files=upload, data={"begins_at": ""})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_file_is_looked_at_before_it_is_taken_in(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    text = VTT.format(bob=cast.bob.name, rong=cast.rong.name)
    track = handed_in(cast, client, found.meeting, text)
    page = client("shu").get(track).text
    assert "This cue ends before it begins." in page
    assert "Line 9" in page
    assert "Line 16" in page
    assert "nobody here; it stays a name" in page
    with reading() as db:
        assert queries.count(db, found.meeting) == 0
    assert client("bob").get(track).status_code == 404
    assert client("bob").post(f"{track}/import").status_code == 403
    assert client("shu").post(f"{track}/import").status_code == 303
    assert client("shu").post(f"{track}/import").status_code == 409
    with reading() as db:
        lines = queries.lines(db, found.meeting)
        opened = meetings.meeting_row(db, found.meeting).opened_at
        row = tracks.of_meeting(db, found.meeting)[0]
        assert verify.verify(db).sound
    assert [(line.member_id, line.speaker, line.words) for line in lines] == [
        (cast.bob.id, cast.bob.name, "Knees get older."),
        (None, "Mr Unknown", "I & mine."),
        (cast.rong.id, cast.rong.name, "No."),
    ]
    assert opened is not None
    assert [round((line.at - opened).total_seconds()) for line in lines] == [1, 5, 5]
    assert (row.state, row.file_id, row.lines) == (TrackState.DONE, None, 3)
    with transaction() as tx:
        tx.execute(update(CaptionRevision).values(body="Something else."))
        assert {fault.kind for fault in verify.verify(tx).faults} == {"text_changed"}


def test_what_is_no_caption_file_is_refused(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    path = f"/meetings/{found.meeting}/captions/files"
    for data, status in ((b"1\n00:00:01,000 --> 00:00:02,000\nSRT", 422), (b"\xff\xfe", 422)):
        assert client("shu").post(path, files={"file": ("a.vtt", data)}).status_code == status
    large = b"WEBVTT\n\n" + b"x" * 10_000_001
    assert client("shu").post(path, files={"file": ("a.vtt", large)}).status_code == 413
    assert client("bob").post(path, files={"file": ("a.vtt", b"WEBVTT")}).status_code == 403
    track = handed_in(cast, client, found.meeting, "WEBVTT\n")
    assert client("shu").post(f"{track}/import").status_code == 409
    assert client("shu").post(f"{track}/discard").status_code == 303


def test_what_goes_out_comes_in_again(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    with transaction() as tx:
        service.type_line(tx, cast.shu, found.meeting, "1 --> 2 & <v X>", member=cast.bob.id)
        service.type_line(tx, cast.shu, found.meeting, "Next.")
    text = client(None).get(f"/meetings/{found.meeting}/captions/export/vtt").text
    parsed = webvtt.parse(text)
    assert parsed.problems == []
    assert [(cue.voice, cue.words) for cue in parsed.cues] == [
        (cast.bob.name, "1 → 2 & <v X>"),
        ("", "Next."),
    ]


class Ear(BaseHTTPRequestHandler):
    """A service that hears two sentences; `answers` are given first."""

    answers: ClassVar[list[int]] = []
    heard: ClassVar[list[tuple[str, str | None, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.heard.append((self.path, self.headers["authorization"], body))
        status = self.answers.pop(0) if self.answers else 200
        said = (
            b'{"text": "A B", "segments": [{"start": 1.5, "end": 2, "text": " Good evening. "},'
            b' {"start": 3, "end": 4.25, "text": "The lift."}]}'
        )
        self.send_response(status)
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_said: Any) -> None:
        """Nothing."""


@pytest.fixture
def ear(cast: Cast) -> Iterator[type[Ear]]:
    """The service on loopback, set in the settings."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Ear.answers, Ear.heard = [], []
    before = settings.settings()
    address = f"http://127.0.0.1:{server.server_port}"
    settings.configure(
        data=before.data, stt_url=address, stt_key="s3cret", allow_private_addresses=True
    )
    yield Ear
    settings.configure(data=before.data)
    server.shutdown()
    thread.join()
    server.server_close()


def sent(client: Client, meeting: int, data: bytes = MP3) -> Any:
    path = f"/meetings/{meeting}/captions/recordings"
    return client("shu").post(path, files={"recording": ("a.mp3", data)}, data={"agreed": "1"})


def test_what_a_machine_wrote_says_so_and_waits_for_a_person(
    cast: Cast, client: Client, ear: type[Ear], caplog: pytest.LogCaptureFixture
) -> None:
    found = hall.debating(cast)
    ear.answers.append(503)
    answer = sent(client, found.meeting)
    assert answer.status_code == 303
    assert ear.heard == []  # nothing is asked before the commit
    ticker.run_due()
    with transaction() as tx:
        track = tracks.of_meeting(tx, found.meeting)[0]
        assert track.state is TrackState.WAITING
        assert ticker.scheduled(tx, "captions:transcribe", str(track.id)) is not None
    service.transcribe(str(track.id))
    path, key, body = ear.heard[-1]
    assert (path, key) == ("/v1/audio/transcriptions", "Bearer s3cret")
    assert b'name="model"\r\n\r\nwhisper-1\r\n' in body
    assert MP3 in body
    assert "s3cret" not in caplog.text
    assert "127.0.0.1" not in caplog.text
    here = f"/meetings/{found.meeting}/captions"
    page, file = client(None).get(here).text, client(None).get(f"{here}/export/vtt").text
    data = client(None).get(f"{here}.json").json()
    assert "AI生成 / machine-made" in page
    assert '<meta name="ai-generated"' in page
    assert file.count("[AI生成 / machine-made]") == 2
    assert 'AIGC {"Label": "1"' in file
    assert [(line["words"], line["ai_generated"], line["confirmed"]) for line in data["lines"]] == [
        ("Good evening.", True, False),
        ("The lift.", True, False),
    ]
    with reading() as db:
        row = tracks.of_meeting(db, found.meeting)[0]
        assert (row.state, row.file_id) == (TrackState.DONE, None)
        assert tracks.open_lines(db, row.id) == 2
        assert verify.verify(db).sound
    ticker.run_due()
    first, second = (line["id"] for line in data["lines"])
    assert client("bob").post(f"/captions/{first}/confirm").status_code == 403
    assert client("shu").post(f"/captions/{first}/confirm").status_code == 303
    assert client("shu").post(f"/captions/{first}/confirm").status_code == 409
    assert client("shu").post(f"/caption-tracks/{row.id}/confirm").status_code == 303
    with reading() as db:
        assert queries.segment_access(db, cast.shu, second).line.confirmed
    assert "AI生成 / machine-made" in client(None).get(here).text


def test_what_the_service_does_not_take_is_told_and_not_kept(
    cast: Cast, client: Client, ear: type[Ear]
) -> None:
    found = hall.debating(cast)
    ear.answers.append(400)
    assert sent(client, found.meeting, b"not a sound").status_code == 422
    sent(client, found.meeting)
    ticker.run_due()
    with reading() as db:
        row = tracks.of_meeting(db, found.meeting)[0]
        assert (row.state, row.problem, row.file_id) == (TrackState.FAILED, "refused", None)
    shown = client("shu").get(f"/caption-tracks/{row.id}").text
    assert "The service did not take the recording." in shown


def test_without_a_service_there_is_no_way_to_one(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    page = client("shu").get(f"/meetings/{found.meeting}/captions/files").text
    assert "recordings" not in page
    assert sent(client, found.meeting).status_code == 409


def test_addresses_of_the_own_network_are_not_asked(
    cast: Cast, client: Client, ear: type[Ear]
) -> None:
    found = hall.debating(cast)
    open_one = settings.settings()
    settings.configure(data=open_one.data, stt_url=open_one.stt_url)
    sent(client, found.meeting)
    ticker.run_due()
    with reading() as db:
        assert tracks.of_meeting(db, found.meeting)[0].problem == "denied"
    assert ear.heard == []


def test_between_sittings_a_file_begins_with_the_one_that_was(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        found = hall.started(tx, cast)
        opened = meetings.meeting_row(tx, found.meeting).opened_at
        later = clock.now() + timedelta(days=7)
        sittings.step(tx, cast.alice, found.meeting, Act.SUSPEND, until=later)
    here = f"/meetings/{found.meeting}/captions/files"
    shu = client("shu")
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {cast.people['bob']}>Good evening.\n"
    answer = shu.post(here, files={"file": ("evening.vtt", text.encode(), "text/vtt")})
    assert answer.status_code == 303
    with reading() as tx:
        (track,) = tracks.of_meeting(tx, found.meeting)
        assert track.begins_at == opened
    assert later.strftime("%Y-%m-%dT") not in shu.get(here).text
    assert opened is not None
    with transaction() as tx, clock.at(opened + timedelta(hours=2, minutes=5)):
        service.type_line(tx, cast.shu, found.meeting, "The school locks up now.")
    file = shu.get(f"/meetings/{found.meeting}/captions/export/vtt").text
    assert "02:05:00.000 --> " in file
