"""Taking along what is kept of oneself: all of it, readable, and nobody else's."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from cast import Cast
from conftest import Client

from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import files
from forum.base.db import transaction

PICTURE = b"plain words in a file"


@pytest.fixture
def archive(client: Client, cast: Cast) -> ZipFile:
    """Bob's copy."""
    with transaction() as tx:
        arguments.post(tx, cast.bob, cast.item, body="My <b>own</b> words", stance=Stance.PRO)
        arguments.post(tx, cast.alice, cast.item, body="Somebody else's", stance=Stance.CON)
        files.store(tx, cast.bob, BytesIO(PICTURE), "note.txt", place=cast.place)
    answer = client("bob").post("/settings/data/copy")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "private, no-store"
    return ZipFile(BytesIO(answer.content))


def test_the_copy_holds_words_files_and_rows(archive: ZipFile, cast: Cast) -> None:
    told = json.loads(archive.read("person.json"))
    assert told["member"] == cast.bob.id
    assert [row["body"] for row in told["tables"]["argument_revision"]] == ["My <b>own</b> words"]
    assert told["tables"]["member"][0]["name"] == cast.bob.name
    page = archive.read("index.html").decode()
    assert "My &lt;b&gt;own&lt;/b&gt; words" in page
    assert "<script" not in page
    [name] = [name for name in archive.namelist() if name.startswith("files/")]
    assert archive.read(name) == PICTURE


def test_secrets_and_others_words_stay_here(archive: ZipFile) -> None:
    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Somebody else" not in whole
    assert b"argon2" not in whole
    assert b'"salt"' not in whole


def test_the_person_is_told_of_the_copy(archive: ZipFile, client: Client) -> None:
    assert "A copy of all your data was downloaded." in client("bob").get("/inbox").text


def test_a_guest_has_nothing_to_take(client: Client, cast: Cast) -> None:
    assert client(None).post("/settings/data/copy").status_code in (401, 303)
    assert client(None).get("/settings/data.json").status_code == 401
