"""Erasing a person: every column comes to its fate, the record stays and still verifies."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from conftest import Client
from sqlalchemy import Boolean, Column, DateTime, Integer, Table, TypeDecorator
from sqlalchemy.types import TypeEngine
from starlette.testclient import TestClient

from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import clock, db, erasure, registry, ticker
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, NotFound
from forum.base.fates import Fate, Personal, personals
from forum.base.tables import metadata
from forum.base.verify import verify
from forum.consultations import service as consultations
from forum.members import contacts, queries, service
from forum.members.identities import ContactKind
from forum.members.models import Member, Role
from forum.members.passwords import hashed
from forum.privacy import service as privacy

registry.load()
OWNED = [entry for entry in personals if entry.owner is not None]
GONE, KEPT = "Zq7gone", "Zq7kept"
PASSWORD = "a long enough secret"
NAME, LOGIN, MAIL, WORDS = (
    "Wen Unmistakable",
    "wen.unmistakable",
    "wen@unmistakable.example",
    "Zq7w",
)


def filler(entry: Personal, column: Column[Any], member: int, number: int) -> Any:
    """A value of the column's kind; in a text, a mark that says what is to become of it."""
    if column.name == entry.owner:
        return member
    kind: TypeEngine[Any] | TypeDecorator[Any] = column.type
    while isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, Boolean):
        return 0
    if isinstance(kind, Integer):
        return 900_000 + number
    if isinstance(kind, DateTime):
        return datetime(2026, 3, 5, 12, 0, 0)  # noqa: DTZ001 - as SQLite stores it
    fate = entry.columns.get(column.name, Fate.NOBODY)
    mark = GONE if fate is Fate.ERASE else KEPT
    length = getattr(kind, "length", None) or 200
    return f"{mark}{number}{entry.model.__tablename__}{column.name}"[:length]


def filled(member: int) -> None:
    """A row of the person in every table that has an owner, past all services."""
    raw = db.storage().write_engine.raw_connection()
    cursor = raw.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    for number, entry in enumerate(OWNED):
        table: Table = metadata.tables[str(entry.model.__tablename__)]
        if entry.owner == "id":
            continue  # the account itself is there
        names = [column.name for column in table.columns]
        values = [filler(entry, column, member, number) for column in table.columns]
        marks = ", ".join("?" * len(names))
        shown = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f'INSERT INTO "{table.name}" ({shown}) VALUES ({marks})', values)
    raw.commit()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
    raw.close()


def stored(folder: Path) -> bytes:
    """Every byte of the database as it lies on the disk."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("folkmoot.sqlite3*")))


def test_every_text_column_comes_to_its_fate(data: Path, cast: Cast) -> None:
    filled(cast.bob.id)
    before = stored(data)
    assert before.count(GONE.encode()) > 50
    with transaction() as tx:
        privacy.erase(tx, None, cast.bob.id)
    after = stored(data)
    left = [
        f"{entry.model.__tablename__}.{name}"
        for number, entry in enumerate(OWNED)
        for name, fate in entry.columns.items()
        if fate is Fate.ERASE and f"{GONE}{number}{entry.model.__tablename__}".encode() in after
    ]
    assert left == []
    assert GONE.encode() not in after
    assert KEPT.encode() in after


@pytest.fixture
def wen(data: Path, cast: Cast) -> int:
    """Somebody who said and left much here."""
    with transaction() as tx:
        ident = service.register(tx, login=LOGIN, name=NAME, password=hashed(PASSWORD))
        service.grant(tx, cast.admin, ident, Role.RESIDENT, f"station:{cast.station}")
        consultations.enlist(tx, cast.alice, cast.consultation, ident)
        contact = contacts.add(tx, None, ident, ContactKind.MAIL, MAIL)
        contacts.confirm(tx, None, contact)
        actor = queries.actor_of(tx, ident)
        arguments.post(tx, actor, cast.item, body=f"{WORDS} the stairs", stance=Stance.PRO)
    return ident


def signed_in(client: Client, name: str = LOGIN) -> TestClient:
    """Their browser."""
    browser = client(None)
    answer = browser.post("/sign-in", data={"login": name, "password": PASSWORD})
    assert answer.status_code == 303
    return browser


def test_nothing_of_the_person_is_left_and_the_record_verifies(
    client: Client, cast: Cast, wen: int, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    item = f"/items/{cast.item}"
    assert WORDS in client("alice").get(item).text
    with transaction() as tx:
        privacy.erase(tx, None, wen)
    shown = client("alice").get(item).text
    assert WORDS not in shown
    assert NAME not in shown
    assert "words were removed with their account" in shown
    assert (
        client(None).post("/sign-in", data={"login": LOGIN, "password": PASSWORD}).status_code
        == 422
    )
    whole = stored(data)
    for trace in (NAME, LOGIN, MAIL, WORDS):
        assert trace.encode() not in whole, trace
        assert trace not in caplog.text
    with reading() as opened:
        assert not verify(opened).faults
    with transaction() as tx:  # the name is free again
        assert service.register(tx, login=LOGIN, name=NAME, password=None) != wen


def test_whoever_asks_is_erased_when_the_time_to_think_is_over(
    client: Client, cast: Cast, wen: int
) -> None:
    browser = signed_in(client)
    wrong = browser.post("/settings/data/erase", data={"proof": "something else"})
    assert wrong.status_code == 422
    assert browser.post("/settings/data/erase", data={"proof": PASSWORD}).status_code == 303
    assert "Keep my account" in browser.get("/settings/data").text
    assert browser.post("/settings/data/erase", data={"proof": PASSWORD}).status_code == 409
    with clock.at(clock.now() + privacy.WAIT - timedelta(minutes=1)):
        ticker.run_due()
        with reading() as opened:
            assert queries.names(opened, [wen]) == {wen: NAME}
    with clock.at(clock.now() + privacy.WAIT):
        ticker.run_due()
        with reading() as opened, pytest.raises(NotFound):
            queries.actor_of(opened, wen)
        assert browser.get("/settings.json").status_code == 401
    assert erasure.noted() == [wen]


def test_one_may_stay_after_all(client: Client, cast: Cast, wen: int) -> None:
    browser = signed_in(client)
    assert browser.post("/settings/data/stay").status_code == 409
    browser.post("/settings/data/erase", data={"proof": PASSWORD})
    assert browser.post("/settings/data/stay").status_code == 303
    with clock.at(clock.now() + privacy.WAIT * 2):
        ticker.run_due()
        with reading() as opened:
            assert queries.names(opened, [wen]) == {wen: NAME}
    assert erasure.noted() == []


def test_the_only_administrator_stays(cast: Cast, tx: Db) -> None:
    with pytest.raises(Conflict):
        privacy.ask(tx, cast.admin.id)
    with pytest.raises(Conflict):
        privacy.erase(tx, None, cast.admin.id)


def test_who_is_erased_is_erased_once(cast: Cast, tx: Db) -> None:
    privacy.erase(tx, None, cast.bob.id)
    with pytest.raises(NotFound):
        privacy.erase(tx, None, cast.bob.id)
    left = tx.get(Member, cast.bob.id)
    assert left is not None
    assert left.name == ""


def test_an_erasure_that_fails_is_not_remembered(cast: Cast, data: Path) -> None:
    with pytest.raises(RuntimeError), transaction() as tx:
        privacy.erase(tx, None, cast.bob.id)
        raise RuntimeError
    assert erasure.noted() == []
    with reading() as opened:
        assert queries.names(opened, [cast.bob.id])[cast.bob.id]
