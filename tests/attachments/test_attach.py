"""Attaching a file by the plain form; who may, who sees it, what is refused."""

from collections.abc import Iterator

import pytest
from attaching import PDF, attach, picture
from cast import Cast
from clamd import EICAR, Clamd, clamd
from conftest import Client
from followups import given
from sqlalchemy import func, select

from forum.attachments import service
from forum.attachments.models import Upload
from forum.base import clock, events, files, settings
from forum.base.db import reading, transaction
from forum.base.events import Audience
from forum.followups import service as followups


@pytest.fixture
def place(cast: Cast) -> str:
    """The cast's item."""
    return f"item:{cast.item}"


def left() -> int:
    """Uploads that are still on their way."""
    with reading() as db:
        return int(db.execute(select(func.count()).select_from(Upload)).scalar_one())


def test_a_file_stands_on_the_page(client: Client, cast: Cast, place: str) -> None:
    alice = client("alice")
    assert 'enctype="multipart/form-data"' in alice.get(f"/attach/{place}").text
    assert attach(alice, place, PDF, "报价.pdf") == f"/items/{cast.item}#files"
    for reader in (None, "bob"):
        page = client(reader).get(f"/items/{cast.item}").text
        assert "报价.pdf" in page
        assert f'href="/attach/{place}"' not in page
    assert f'href="/attach/{place}"' in alice.get(f"/items/{cast.item}").text
    with reading() as db:
        told = events.history(db, cast.place, audience=Audience.PUBLIC)
    assert told[-1].kind == "attachments:file:attached"
    assert told[-1].payload == {"file": 1, "place": place}
    assert left() == 0


def test_a_pdf_is_inert(client: Client, cast: Cast, place: str) -> None:
    """It is handed over, not shown, and could run nothing if it were."""
    attach(client("alice"), place, PDF, "offer.pdf")
    answer = client(None).get("/files/1")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_picture_is_asked_what_it_shows(client: Client, cast: Cast, place: str) -> None:
    alice = client("alice")
    assert attach(alice, place, picture(), "a.jpg") == "/files/1/edit"
    assert 'alt="Picture without a description: a.jpg"' in alice.get("/files/1/edit").text
    assert alice.post("/files/1", data={"alt": ""}).status_code == 422
    answer = alice.post("/files/1", data={"alt": "The <yard> from above"})
    assert answer.headers["location"] == f"/items/{cast.item}#files"
    page = client(None).get(f"/items/{cast.item}").text
    assert 'alt="The &lt;yard&gt; from above"' in page
    told = attach(alice, place, picture(), "b.jpg", alt="The gate")
    assert told == f"/items/{cast.item}#files"


def test_only_a_picture_is_described(client: Client, cast: Cast, place: str) -> None:
    attach(client("alice"), place, PDF, "a.pdf", alt="words")
    assert client("alice").post("/files/1", data={"alt": "words"}).status_code == 422
    with reading() as db:
        assert files.find(db, None, 1).alt is None


@pytest.mark.parametrize("who", [None, "bob", "charlie", "dana"])
def test_who_may_not(client: Client, cast: Cast, place: str, who: str | None) -> None:
    """Reading an item is not attaching to it."""
    attach(client("alice"), place, picture(), "a.jpg", alt="The yard")
    browser = client(who)
    refused = 401 if who is None else 403
    sent = browser.post(f"/attach/{place}", files={"file": ("a.pdf", PDF)})
    begun = browser.post(f"/attach/{place}/uploads", data={"name": "a.pdf", "size": "9"})
    gone = browser.post("/files/1/remove")
    described = browser.post("/files/1", data={"alt": "words"})
    codes = [answer.status_code for answer in (sent, begun, gone, described)]
    assert codes == [refused] * 4
    assert browser.get(f"/attach/{place}").status_code == (303 if who is None else 403)
    assert left() == 0


@pytest.mark.parametrize("place", ["item:99", "task:99", "meeting:1", "item", "item:x", "no:1"])
def test_where_nothing_can_be_attached(client: Client, cast: Cast, place: str) -> None:
    assert client("alice").get(f"/attach/{place}").status_code == 404
    answer = client("alice").post(f"/attach/{place}", files={"file": ("a.pdf", PDF)})
    assert answer.status_code == 404


def test_taking_it_away(client: Client, cast: Cast, place: str) -> None:
    alice = client("alice")
    attach(alice, place, PDF, "offer.pdf")
    answer = alice.post("/files/1/remove")
    assert answer.headers["location"] == f"/items/{cast.item}#files"
    assert alice.get("/files/1").status_code == 404
    assert "offer.pdf" not in client(None).get(f"/items/{cast.item}").text
    assert alice.post("/files/1/remove").status_code == 404


def test_what_it_is_not_is_refused_at_the_form(client: Client, cast: Cast, place: str) -> None:
    alice = client("alice")
    answer = alice.post(f"/attach/{place}", files={"file": ("a.pdf", b"MZ\0\0")})
    assert answer.status_code == 422
    assert "Only pictures" in answer.text
    assert alice.post(f"/attach/{place}", data={"alt": "words"}).status_code == 422
    assert left() == 0


def test_quotas_say_what_there_is(client: Client, cast: Cast, place: str) -> None:
    alice = client("alice")
    attach(alice, place, PDF, "a.pdf")
    settings.settings().member_quota = 20
    answer = alice.post(f"/attach/{place}", files={"file": ("b.pdf", PDF)})
    assert answer.status_code == 413
    assert "Your files take 1 of 1 MB" in answer.text
    settings.settings().member_quota = 10_000
    settings.settings().place_quota = 20
    answer = alice.post(f"/attach/{place}", files={"file": ("b.pdf", PDF)})
    assert answer.status_code == 413
    assert "The files here take all" in answer.text
    settings.settings().place_quota = 10_000
    settings.settings().max_upload = 5
    assert alice.post(f"/attach/{place}", files={"file": ("b.pdf", PDF)}).status_code == 413


@pytest.fixture
def daemon(data: object) -> Iterator[Clamd]:
    """A virus scanner, named in the settings."""
    with clamd() as started:
        settings.settings().clamav_url = started.url
        yield started


def test_a_virus_is_not_taken(client: Client, cast: Cast, place: str, daemon: Clamd) -> None:
    alice = client("alice")
    answer = alice.post(f"/attach/{place}", files={"file": ("letter.pdf", PDF + EICAR)})
    assert answer.status_code == 422
    assert "“letter.pdf” carries a virus and was not taken." in answer.text
    with clock.travel(hours=1), transaction() as tx:
        service.sweep(tx, "")
    kept = [path for path in settings.settings().files.rglob("*") if path.is_file()]
    assert kept == []
    attach(alice, place, PDF, "letter.pdf")


def test_a_scanner_that_is_down_takes_nothing(
    client: Client, cast: Cast, place: str, daemon: Clamd
) -> None:
    daemon.answer = b"ERROR"
    alice = client("alice")
    answer = alice.post(f"/attach/{place}", files={"file": ("a.pdf", PDF)})
    assert answer.status_code == 503
    daemon.answer = None
    attach(alice, place, PDF, "a.pdf")
    assert left() == 0


def test_a_tasks_files_are_seen_by_those_who_see_the_task(client: Client, cast: Cast) -> None:
    """Whoever does it attaches; who presses for it may take away."""
    task = given.task(cast)
    with transaction() as tx:
        followups.accept(tx, cast.hui, task)
    hui = client("hui")
    assert attach(hui, f"task:{task}", PDF, "receipt.pdf") == f"/tasks/{task}#files"
    assert "receipt.pdf" in client(None).get(f"/tasks/{task}").text
    answer = client("bob").post(f"/attach/task:{task}", files={"file": ("a.pdf", PDF)})
    assert answer.status_code == 403
    assert client("rong").post("/files/1/remove").status_code == 303
