"""Sending a file piece by piece, and going on after a cut."""

from datetime import timedelta
from pathlib import Path

import pytest
from attaching import PDF
from cast import Cast
from conftest import Client
from starlette.testclient import TestClient

from forum.attachments import routes, service
from forum.attachments.models import Upload
from forum.attachments.queries import Progress
from forum.base import clock, settings
from forum.base.db import reading, transaction

DATA = PDF + b"." * 2000


@pytest.fixture
def place(cast: Cast) -> str:
    """The cast's item."""
    return f"item:{cast.item}"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a test's size."""
    monkeypatch.setattr(routes, "PIECE", 1000)


def begin(browser: TestClient, place: str, **other: str) -> dict[str, int]:
    """Begin; returns what the server says."""
    about = {"name": "offer.pdf", "size": str(len(DATA)), "mark": "1700000000000", **other}
    answer = browser.post(f"/attach/{place}/uploads", data=about)
    assert answer.status_code == 200, answer.text
    found: dict[str, int] = answer.json()
    return found


def send(browser: TestClient, upload: int, offset: int, size: int = 1000) -> tuple[int, int]:
    """Send a piece; returns the status, and where the next begins."""
    part = {"piece": ("blob", DATA[offset : offset + size])}
    json = {"accept": "application/json"}
    fields = {"offset": str(offset)}
    answer = browser.post(f"/uploads/{upload}", data=fields, files=part, headers=json)
    return answer.status_code, answer.json().get("offset", -1)


def part(upload: int) -> Path:
    """Where the bytes of an upload lie."""
    with reading() as db:
        row = db.get_one(Upload, upload)
        return service.part(Progress(*(getattr(row, name) for name in Progress._fields)))


def test_piece_by_piece(client: Client, cast: Cast, place: str) -> None:
    alice = client("alice")
    begun = begin(alice, place)
    assert (begun["offset"], begun["piece"]) == (0, 1000)
    upload, offset = begun["id"], 0
    while offset < len(DATA):
        status, offset = send(alice, upload, offset)
        assert status == 200
    json = {"accept": "application/json"}
    answer = alice.post(f"/uploads/{upload}/finish", headers=json)
    assert answer.status_code == 201
    assert answer.json()["url"] == f"/items/{cast.item}#files"
    assert client(None).get("/files/1").content == DATA
    assert alice.get(f"/uploads/{upload}").status_code == 404


def test_it_goes_on_after_a_cut(client: Client, cast: Cast, place: str) -> None:
    """The same file, chosen again, is known; the place to go on is asked for."""
    upload = begin(client("alice"), place)["id"]
    assert send(client("alice"), upload, 0) == (200, 1000)
    again = begin(client("alice"), place)
    assert (again["id"], again["offset"]) == (upload, 1000)
    assert client("alice").get(f"/uploads/{upload}").json()["offset"] == 1000
    assert "offer.pdf" in client("alice").get(f"/attach/{place}").text
    other = begin(client("alice"), place, mark="1700000000001")
    assert (other["id"] != upload, other["offset"]) == (True, 0)


def test_a_piece_at_the_wrong_place_changes_nothing(client: Client, cast: Cast, place: str) -> None:
    """Sent twice, too early, or longer than the file."""
    alice = client("alice")
    upload = begin(alice, place)["id"]
    assert send(alice, upload, 0)[0] == 200
    assert send(alice, upload, 0)[0] == 409
    assert send(alice, upload, 2000)[0] == 409
    assert send(alice, upload, 1000)[0] == 200
    much = {"piece": ("blob", b"x" * 900)}
    assert alice.post(f"/uploads/{upload}", data={"offset": "2000"}, files=much).status_code == 409
    assert part(upload).read_bytes() == DATA[:2000]
    assert alice.get(f"/uploads/{upload}").json()["offset"] == 2000


@pytest.mark.parametrize("piece", [b"", b"x" * 1001])
def test_a_piece_is_bounded(client: Client, cast: Cast, place: str, piece: bytes) -> None:
    alice = client("alice")
    upload = begin(alice, place)["id"]
    answer = alice.post(
        f"/uploads/{upload}", data={"offset": "0"}, files={"piece": ("blob", piece)}
    )
    assert answer.status_code == 422


def test_half_a_file_is_not_finished(client: Client, cast: Cast, place: str) -> None:
    alice = client("alice")
    upload = begin(alice, place)["id"]
    send(alice, upload, 0)
    assert alice.post(f"/uploads/{upload}/finish").status_code == 409


def test_anothers_upload_is_not_there(client: Client, cast: Cast, place: str) -> None:
    upload = begin(client("alice"), place)["id"]
    admin = client("admin")
    assert admin.get(f"/uploads/{upload}").status_code == 404
    assert send(admin, upload, 0)[0] == 404
    assert admin.post(f"/uploads/{upload}/finish").status_code == 404
    assert admin.post(f"/uploads/{upload}/give-up").status_code == 404
    assert client(None).get(f"/uploads/{upload}").status_code == 303
    assert client(None).post(f"/uploads/{upload}/finish").status_code == 401


def test_giving_up(client: Client, cast: Cast, place: str) -> None:
    alice = client("alice")
    upload = begin(alice, place)["id"]
    send(alice, upload, 0)
    lies = part(upload)
    answer = alice.post(f"/uploads/{upload}/give-up")
    assert answer.headers["location"] == f"/attach/{place}"
    assert alice.get(f"/uploads/{upload}").status_code == 404
    with transaction() as tx:
        service.sweep(tx, "")
    assert not lies.exists()


def test_another_upload_holds_nothing_of_one_before(client: Client, cast: Cast, place: str) -> None:
    """SQLite gives the id of a row that is gone to the next one."""
    alice = client("alice")
    before = begin(alice, place)["id"]
    for offset in (0, 1000):
        send(alice, before, offset)
    alice.post(f"/uploads/{before}/give-up")
    other, short = client("admin"), PDF
    upload = begin(other, place, name="mine.pdf", size=str(len(short)))["id"]
    assert upload == before
    files = {"piece": ("blob", short)}
    assert other.post(f"/uploads/{upload}", data={"offset": "0"}, files=files).status_code == 200
    assert part(upload).read_bytes() == short
    # Whatever else lies in a part, no more of it is taken than was sent.
    part(upload).write_bytes(short + b"more")
    assert other.post(f"/uploads/{upload}/finish").status_code == 303
    assert client(None).get("/files/1").content == short


def test_what_nobody_goes_on_with_is_swept(client: Client, cast: Cast, place: str) -> None:
    """After a day; what is under way stays."""
    alice = client("alice")
    upload = begin(alice, place)["id"]
    send(alice, upload, 0)
    lies = part(upload)
    for after, stays in ((timedelta(hours=23), True), (timedelta(hours=25), False)):
        with clock.at(clock.now() + after), transaction() as tx:
            service.sweep(tx, "")
        assert lies.exists() == stays


def test_begun_ones_count(client: Client, cast: Cast, place: str) -> None:
    """Against the quota, and no more than a few at once."""
    alice = client("alice")
    settings.settings().member_quota = len(DATA) * 2
    for mark in "ab":
        begin(alice, place, mark=mark)
    about = {"name": "offer.pdf", "size": str(len(DATA)), "mark": "c"}
    assert alice.post(f"/attach/{place}/uploads", data=about).status_code == 413
    settings.settings().member_quota = len(DATA) * 100
    for mark in "cde":
        begin(alice, place, mark=mark)
    assert alice.post(f"/attach/{place}/uploads", data={**about, "mark": "f"}).status_code == 409
