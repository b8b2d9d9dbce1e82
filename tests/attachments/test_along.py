"""A file that comes along with an argument: kept in one go, seen where the argument is seen."""

from attaching import PDF, attach, picture
from cast import Cast
from conftest import Client
from flagging import screens
from starlette.testclient import TestClient

from forum.agenda import service as agenda
from forum.agenda.models import ItemKind, ItemState
from forum.arguments import rules, service
from forum.base import events, files
from forum.base.db import reading, transaction
from forum.base.events import Audience

WORDS = {"body": "The shaft is damp", "stance": "con"}


def say(browser: TestClient, path: str, data: bytes, name: str, **more: str) -> str:
    """Send words with a file; returns where one lands."""
    answer = browser.post(path, data={**WORDS, **more}, files={"file": (name, data)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_words_and_file_are_one_post(client: Client, cast: Cast) -> None:
    bob, path = client("bob"), f"/items/{cast.item}/arguments"
    assert 'enctype="multipart/form-data"' in bob.get(f"/items/{cast.item}").text
    assert say(bob, path, picture(), "a.jpg", alt="A wet wall") == "/arguments/1"
    for reader in (None, "charlie", "bob"):
        page = client(reader).get(f"/items/{cast.item}").text
        assert 'alt="A wet wall" loading="lazy"' in page
        assert ('href="/files/1/edit"' in page) is (reader == "bob")
        assert client(reader).get("/files/1").status_code == 200
    assert say(bob, path, picture(), "a.jpg", alt="A wet wall") == "/arguments/1"  # sent twice
    with reading() as db:
        assert files.count(db, "argument:1") == 1
    data = client(None).get(f"/items/{cast.item}.json").json()
    assert [file["name"] for file in data["arguments"][0]["files"]] == ["a.jpg"]


def test_a_refused_file_keeps_the_words(client: Client, cast: Cast) -> None:
    path = f"/items/{cast.item}/arguments"
    answer = client("bob").post(path, data=WORDS, files={"file": ("a.exe", b"MZ\0\0")})
    assert answer.status_code == 422
    assert "The shaft is damp" in answer.text
    assert "field-wrong" in answer.text
    assert client(None).get(f"/items/{cast.item}.json").json()["arguments"] == []


def test_answers_and_new_wordings_bring_files_too(client: Client, cast: Cast) -> None:
    bob, alice = client("bob"), client("alice")
    bob.post(f"/items/{cast.item}/arguments", data=WORDS)
    assert say(alice, "/arguments/1/replies", PDF, "survey.pdf") == "/arguments/2"
    assert say(bob, "/arguments/1", PDF, "letter.pdf") == "/arguments/1"
    page = client(None).get(f"/items/{cast.item}?tab=thread").text
    assert page.index("letter.pdf") < page.index("survey.pdf")


def test_attached_from_its_own_row(client: Client, cast: Cast) -> None:
    """What was rendered before is rendered anew: attached, described, taken away."""
    bob, path = client("bob"), f"/items/{cast.item}"
    bob.post(f"{path}/arguments", data=WORDS)
    assert 'href="/attach/argument:1"' in bob.get(path).text
    assert 'href="/attach/argument:1"' not in client("alice").get(path).text
    for stranger in ("alice", "charlie", "dana"):
        answer = client(stranger).post("/attach/argument:1", files={"file": ("a.pdf", PDF)})
        assert answer.status_code == 403
    assert attach(bob, "argument:1", picture(), "wall.jpg") == "/files/1/edit"
    assert "Picture without a description: wall.jpg" in client(None).get(path).text
    bob.post("/files/1", data={"alt": "Green mould"})
    assert "Green mould" in client(None).get(path).text
    client("alice").post("/files/1/remove")  # who moderates may
    assert "Green mould" not in client(None).get(path).text
    with transaction() as tx:
        agenda.change_state(tx, cast.alice, cast.item, ItemState.CLOSED)
    answer = bob.post("/attach/argument:1", files={"file": ("a.pdf", PDF)})
    assert answer.status_code == 403


def test_a_hidden_argument_hides_its_files(client: Client, cast: Cast) -> None:
    say(client("bob"), f"/items/{cast.item}/arguments", PDF, "letter.pdf")
    client("alice").post("/arguments/1/hide", data={"reason": "Names a neighbour"})
    for reader in (None, "charlie", "bob"):
        assert client(reader).get("/files/1").status_code == 404
        assert "letter.pdf" not in client(reader).get(f"/items/{cast.item}").text
        assert "letter.pdf" not in client(reader).get("/arguments/1.json").text
    assert client("alice").get("/files/1").status_code == 200
    assert "letter.pdf" in client("alice").get(f"/items/{cast.item}").text
    client("alice").post("/arguments/1/restore")
    assert client(None).get("/files/1").status_code == 200


def test_files_wait_with_their_text(client: Client, cast: Cast) -> None:
    bob = client("bob")
    screens(cast, word_list={"on": True, "words": ["damp", "dry"]})
    assert say(bob, f"/items/{cast.item}/arguments", PDF, "letter.pdf") == "/held/1"
    for reader, status in (("bob", 200), ("alice", 200), ("charlie", 404), (None, 404)):
        assert client(reader).get("/files/1").status_code == status
    assert "letter.pdf" in bob.get("/held/1").text
    with reading() as db:
        public = events.history(db, cast.place, audience=Audience.PUBLIC)
    assert "attachments:file:attached" not in [event.kind for event in public]
    with transaction() as tx:
        made = service.release(tx, cast.alice, 1)
    assert client(None).get("/files/1").status_code == 200
    assert "letter.pdf" in client(None).get(f"/items/{cast.item}").text
    again = say(bob, f"/arguments/{made}", PDF + b"2", "second.pdf", body="It is dry")
    assert again == "/held/2"
    assert "second.pdf" not in client(None).get(f"/items/{cast.item}").text
    with transaction() as tx:
        service.release(tx, cast.alice, 2)
    assert "second.pdf" in client(None).get(f"/items/{cast.item}").text


def test_a_moved_argument_keeps_its_files(client: Client, cast: Cast) -> None:
    say(client("bob"), f"/items/{cast.item}/arguments", PDF, "letter.pdf")
    with transaction() as tx:
        draft = agenda.Draft("Who pays?", "", ItemKind.DECISION, 20)
        other = agenda.create(tx, cast.alice, cast.consultation, draft)
        agenda.change_state(tx, cast.alice, other, ItemState.OPEN)
        service.move(tx, cast.alice, 1, other)
    assert "letter.pdf" in client(None).get(f"/items/{other}").text
    assert "letter.pdf" not in client(None).get(f"/items/{cast.item}").text


def test_there_is_an_end_to_them(client: Client, cast: Cast) -> None:
    client("bob").post(f"/items/{cast.item}/arguments", data=WORDS)
    for n in range(rules.FILES_MOST):
        attach(client("bob"), "argument:1", PDF + b"%d" % n, f"{n}.pdf")
    answer = client("bob").post("/attach/argument:1", files={"file": ("a.pdf", PDF)})
    assert answer.status_code == 409
