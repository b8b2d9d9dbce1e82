"""Records from elsewhere become meetings through the services, wholly, once, or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cast import Cast
from conftest import Client
from records import council, log, minutes
from sqlmodel import col, func, select

from forum.agenda.models import Item
from forum.base import clock
from forum.base.db import Db, reading, transaction
from forum.base.errors import Refusal
from forum.base.events import EventRow
from forum.base.transfer import Imported, importer_of
from forum.base.verify import verify
from forum.followups.models import Task
from forum.members.models import Member
from sessions.captions.models import CaptionSegment
from sessions.floor.models import Speech
from sessions.meetings.models import Attendance, Meeting, Mode
from sessions.minutes.models import Decision
from sessions.minutes.models import Minutes as MinutesRow
from sessions.motions.models import Motion
from voting.polls.models import Poll

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
IRC, COUNCIL = "w3c-irc", "open-council"


def load(kind: str, *paths: Path) -> Imported:
    with transaction() as tx:
        return importer_of(kind).load(tx, paths)


def count(db: Db, model: type) -> int:
    return db.exec(select(func.count()).select_from(model)).one()


def walk(client: Client, made: Imported) -> dict[str, str]:
    """All pages of an imported meeting; a draft of minutes is not for guests."""
    with reading() as db:
        consultation = db.get_one(Meeting, made.id).consultation_id
        (draft,) = db.exec(select(MinutesRow.id).where(col(MinutesRow.meeting_id) == made.id))
        public = [made.url, f"/consultations/{consultation}"]
        for kind, model in (
            ("items", Item), ("polls", Poll), ("decisions", Decision), ("tasks", Task)
        ):  # fmt: skip
            idents = db.exec(select(model.id).order_by(col(model.id).desc()).limit(2)).all()
            public += [f"/{kind}/{ident}" for ident in idents]
    guest, admin = client(None), client("admin")
    pages = {path: guest.get(path) for path in public}
    pages |= {path: admin.get(path) for path in (f"/minutes/{draft}", f"/minutes/{draft}/print")}
    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    return {path: page.text for path, page in pages.items()}


def test_a_log_is_played(cast: Cast, client: Client, tmp_path: Path) -> None:
    made = load(IRC, log(tmp_path))
    assert (made.kind, made.url) == ("meeting", f"/meetings/{made.id}")
    with reading() as db:
        meeting = db.get_one(Meeting, made.id)
        assert (meeting.state, meeting.title) == ("adjourned", "Garden group")
        assert clock.iso(meeting.opened_at or clock.now()) == "2024-05-07T15:00:10.000Z"
        assert count(db, Attendance) == 4
        assert [s.state for s in db.exec(select(Speech))] == ["finished"]
        polls = db.exec(select(Poll).order_by(col(Poll.id))).all()
        assert [(poll.state, poll.secrecy) for poll in polls] == [
            ("voided", "open"), ("published", "open"), ("published", "open")
        ]  # fmt: skip
        figures = [poll.result and poll.result["figures"] for poll in polls][1:]
        assert [(f["consent"], f["stand_aside"], f["block"]) for f in figures if f] == [
            (3, 1, 0), (1, 0, 1)
        ]  # fmt: skip
        decided = db.exec(select(Decision).order_by(col(Decision.id))).all()
        assert [(one.basis, one.poll_id) for one in decided] == [
            ("poll", polls[1].id), ("poll", polls[2].id), ("consensus", None)
        ]  # fmt: skip
        tasks = db.exec(select(Task).order_by(col(Task.id))).all()
        dev = db.exec(select(Member).where(col(Member.name) == "Dev Rao")).one()
        assert [(task.handler_id, task.unit) for task in tasks] == [
            (dev.id, ""), (None, "somebody")
        ]  # fmt: skip
        assert dev.password is None
        lines = db.exec(select(CaptionSegment).order_by(col(CaptionSegment.at))).all()
        assert [line.speech_id is not None for line in lines[:4]] == [False, False, True, False]
        assert verify(db).sound
    text = "".join(walk(client, made).values())
    assert "Taken over from an IRC log." in text
    assert "children may fall in" in text


def test_a_council_is_played(cast: Cast, client: Client, tmp_path: Path) -> None:
    made = load(COUNCIL, minutes(tmp_path))
    assert made.counts == {
        "items": 5, "motions": 7, "named_votes": 4, "agreeing": 3, "passed": 4, "failed": 1
    }  # fmt: skip
    with reading() as db:
        states = db.exec(select(Motion.state).order_by(col(Motion.id))).all()
        assert states == ["rejected", "withdrawn", "carried", "carried", "carried"]
        modes = db.exec(select(Attendance.mode)).all()
        assert modes.count(Mode.ONLINE) == 2
        assert count(db, Decision) == 4
        assert verify(db).sound
    text = "".join(walk(client, made).values())
    assert "Fern: B. Birch" in text
    assert "A by-law on ponds" in text


def wrong(folder: Path) -> Path:
    """Minutes that state another result than the roll call gives."""
    found = council()
    found["items"]["3"]["content"][0]["result"]["string"] = "Motion Passed (3 to 0)"
    return minutes(folder, found)


@pytest.mark.parametrize(("kind", "write"), [(IRC, log), (COUNCIL, wrong)])
def test_the_same_again_changes_nothing_and_says_so(
    cast: Cast, tmp_path: Path, kind: str, write: Callable[[Path], Path]
) -> None:
    path = write(tmp_path)
    first = load(kind, path)
    if kind == COUNCIL:
        assert first.counts["agreeing"] == 2
        assert "item 3: stated is passed (3 to 0), counted passed (2 to 1)" in first.warnings
    with reading() as db:
        before = (count(db, EventRow), count(db, Member))
    again = load(kind, path)
    assert (again.id, again.counts) == (first.id, first.counts)
    assert "nothing has changed" in again.warnings[0]
    assert again.warnings[1:] == first.warnings
    path.write_text(path.read_text("utf-8") + "\n \n", encoding="utf-8")
    with pytest.raises(Refusal, match="imported before"):
        load(kind, path)
    with reading() as db:
        assert (count(db, EventRow), count(db, Member)) == before


SCRIPT = '<script>alert("x")</script>'


def test_script_is_words_everywhere(cast: Cast, client: Client, tmp_path: Path) -> None:
    evil = json.loads(json.dumps(council()).replace("pond", SCRIPT.replace('"', "'")))
    evil["title"] += SCRIPT
    evil["also_present"] = [f"X. {SCRIPT}"]
    evil["items"]["1"]["attachments"][0] |= {"title": f"]({SCRIPT}", "url": "javascript:alert(1)"}
    text = log(tmp_path).read_text("utf-8")
    text = text.replace("pond", SCRIPT).replace("cruz", "<b>cruz").replace("Eve", "E<script>")
    for made in (
        load(COUNCIL, minutes(tmp_path, evil)),
        load(IRC, log(tmp_path, text.replace("garden", SCRIPT))),
    ):
        for path, page in walk(client, made).items():
            assert "<script>alert" not in page, path
            assert "javascript:alert" not in page, path


@pytest.mark.parametrize("kind", [IRC, COUNCIL])
def test_what_cannot_be_read_leaves_nothing(cast: Cast, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "2024-01-01.bin"
    with reading() as db:
        before = (count(db, EventRow), count(db, Member))
    for data in (b"", b"\0" * 100, b'{"title": "x"}', b"x" * 10_000_000):
        path.write_bytes(data)
        with pytest.raises(Refusal):
            load(kind, path)
    with pytest.raises(Refusal, match="one file"):
        load(kind, tmp_path)
    with pytest.raises(Refusal, match="one file"):
        load(kind, path, path)
    with reading() as db:
        assert (count(db, EventRow), count(db, Member)) == before


def test_a_log_without_topics_is_a_meeting_too(cast: Cast, tmp_path: Path) -> None:
    text = "[15:00:01] <ann> hello\n[15:00:02] <bo> present-\n[15:00:03] <ann> bye"
    made = load(IRC, log(tmp_path, text))
    early = "[15:00:01] <ann> q+\n[15:00:02] <ann> RESOLVED: At once.\n[15:00:03] <ann> ack that"
    other = load(IRC, log(tmp_path, early))
    assert (made.counts["present"], other.counts["resolutions"]) == (1, 1)
    with reading() as db:
        assert count(db, CaptionSegment) == 3
        assert verify(db).sound


def test_a_real_log(cast: Cast) -> None:
    path = DATA / "live-w3c-irc" / "jsonld-2013-10-15" / "irc.log"
    if not path.is_file():
        pytest.skip("jsonld-2013-10-15 is not there")
    made = load(IRC, path)
    with reading() as db:
        assert count(db, Task) == made.counts["actions"] == 3
        assert count(db, Decision) == made.counts["resolutions"] == 7
        assert count(db, Poll) == made.counts["polls"] == 8
        assert verify(db).sound
