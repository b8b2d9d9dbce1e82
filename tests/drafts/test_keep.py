"""Drafts that are left at sign-out: for their writer alone, bounded, and not for ever."""

import json
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from conftest import Client
from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.db import Db, reading
from forum.base.errors import Invalid
from forum.base.events import EventRow
from forum.drafts import queries, rules, service
from forum.drafts.models import KeptDraft

WORDS = "Half a thought about the stairs"


def draft(name: str = "/items/1/arguments?", words: str = WORDS) -> dict[str, Any]:
    return {"name": name, "page": "/items/1", "title": "Lift", "fields": {"body": [words]}}


def sent(*drafts: dict[str, Any]) -> dict[str, str]:
    return {"drafts": json.dumps(drafts)}


def test_they_come_back_to_their_writer_and_nobody_else(client: Client) -> None:
    bob, others = client("bob"), [client("alice"), client("admin")]
    assert bob.post("/drafts.json", data=sent(draft())).json()["kept"] == 1
    found = bob.get("/drafts.json").json()["drafts"]
    assert [(each["name"], each["fields"]) for each in found] == [
        ("/items/1/arguments?", {"body": [WORDS]})
    ]
    assert WORDS in bob.get("/drafts").text
    for other in others:
        assert other.get("/drafts.json").json()["drafts"] == []
        other.post("/drafts/received", data={"draft": str(found[0]["id"])})
    assert len(bob.get("/drafts.json").json()["drafts"]) == 1
    assert client(None).get("/drafts.json").status_code == 401
    assert client(None).post("/drafts.json", data=sent(draft())).status_code == 401

    bob.post("/drafts/received", data={"draft": str(found[0]["id"])})
    assert bob.get("/drafts.json").json()["drafts"] == []


def test_the_log_knows_nothing_of_them(client: Client) -> None:
    client("bob").post("/drafts", data=sent(draft()))
    with reading() as db:
        payloads = db.execute(select(col(EventRow.kind), col(EventRow.payload))).all()
    assert not any("draft" in kind or WORDS in str(payload) for kind, payload in payloads)


def test_another_wording_of_the_same_form_stands_beside_it(tx: Db, cast: Cast) -> None:
    for words in ("first", "second", "second", "third"):
        service.keep(tx, cast.bob, rules.parsed(json.dumps([draft("f", words)])))
    found = {each.name: each.fields["body"] for each in queries.drafts(tx, cast.bob)}
    assert found == {"f": ["third"], "f|other": ["second"]}


def test_the_oldest_go_past_the_bound(tx: Db, cast: Cast) -> None:
    half = rules.MOST // 2 + 1
    for start in (0, half):
        with clock.at(clock.now() + timedelta(minutes=start)):
            names = [f"form {start + number}" for number in range(half)]
            service.keep(tx, cast.bob, rules.parsed(json.dumps([draft(name) for name in names])))
    found = {each.name for each in queries.drafts(tx, cast.bob)}
    assert len(found) == rules.MOST
    assert f"form {2 * half - 1}" in found


def test_after_sixty_days_they_are_forgotten(tx: Db, cast: Cast) -> None:
    service.keep(tx, cast.bob, rules.parsed(json.dumps([draft()])))
    with clock.at(clock.now() + timedelta(days=59)):
        service.expire(tx, "")
        assert len(queries.drafts(tx, cast.bob)) == 1
    with clock.at(clock.now() + timedelta(days=61)):
        service.expire(tx, "")
    assert tx.execute(select(KeptDraft)).all() == []


@pytest.mark.parametrize(
    "given",
    [
        "no json",
        "{}}",
        "[1]",
        '[{"name": "f"}]',
        json.dumps([draft() | {"page": "//elsewhere.example"}]),
        json.dumps([draft() | {"fields": {}}]),
        json.dumps([draft() | {"name": "f" * 301}]),
    ],
)
def test_what_no_device_sends_is_refused(given: str) -> None:
    with pytest.raises(Invalid):
        rules.parsed(given)


@pytest.mark.parametrize(
    "drafts", [[draft(str(each)) for each in range(41)], [draft(words="x" * 60_001)]]
)
def test_too_much_is_refused_before_signing_out(
    client: Client, drafts: list[dict[str, Any]]
) -> None:
    bob = client("bob")
    assert bob.post("/drafts.json", data=sent(*drafts)).status_code == 413
    assert bob.get("/drafts.json").json()["drafts"] == []
