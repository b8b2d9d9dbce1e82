"""At the counter: a clerk sees to the account of a resident."""

import pytest
from cast import Cast
from conftest import Client
from starlette.testclient import TestClient

from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import contacts, people, rules, service, verifications
from forum.members.models import Verification


@pytest.fixture
def clerk(client: Client, cast: Cast) -> TestClient:
    with transaction() as tx:
        service.admit(tx, cast.admin, cast.bob.id, f"station:{cast.station}")
    return client("clerk")


def test_a_resident_is_found_by_the_login_name(clerk: TestClient, cast: Cast) -> None:
    answer = clerk.post("/counter", data={"login": "Bob"})
    assert answer.headers["location"] == f"/counter/{cast.bob.id}"
    for nobody in ("charlie", "nobody", "clerk"):
        assert clerk.post("/counter", data={"login": nobody}).status_code == 422


@pytest.mark.parametrize(("who", "status"), [(None, 303), ("bob", 403), ("alice", 403)])
def test_it_is_for_clerks(client: Client, who: str | None, status: int) -> None:
    assert client(who).get("/counter").status_code == status
    refused = client(who).post("/counter", data={"login": "bob"}).status_code
    assert refused == (401 if who is None else 403)


def test_taking_somebody_in_is_a_mark_with_who_and_where(clerk: TestClient, cast: Cast) -> None:
    with reading() as db:
        (mark,) = verifications.of(db, cast.bob, cast.bob.id)
    assert (mark.words, mark.by, mark.place) == (
        "Document seen by a clerk",
        "The administrator",
        "Lilac Court station",
    )


def test_the_register_stands_above_the_document(
    clerk: TestClient, client: Client, cast: Cast
) -> None:
    base = f"/counter/{cast.bob.id}"
    assert clerk.post(f"{base}/verify", data={"method": "code"}).status_code == 422
    assert clerk.post(f"{base}/verify", data={"method": "register"}).status_code == 303
    assert clerk.post(f"{base}/verify", data={"method": "staff"}).status_code == 303
    with reading() as db:
        assert people.account(db, cast.bob).verified == Verification.REGISTER
        last = history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)[-1]
    assert last.payload["method"] == "staff"
    assert last.payload["place"] == f"station:{cast.station}"
    assert "In the official register" in clerk.get(base).text
    page = client("bob").get("/settings/contacts").text
    assert "Found in the official register" in page
    assert "Lilac Court station" in page


def test_a_telephone_given_at_the_counter_is_confirmed(clerk: TestClient, cast: Cast) -> None:
    base = f"/counter/{cast.bob.id}"
    assert clerk.post(f"{base}/phone", data={"phone": "no number"}).status_code == 422
    assert clerk.post(f"{base}/phone", data={"phone": "138-0000-0000"}).status_code == 303
    with reading() as db:
        (row,) = contacts.own(db, cast.bob)
    assert row.value == "+8613800000000"
    assert row.confirmed_at is not None
    assert "13800" not in clerk.get(base).text


def test_the_levels_are_ranked() -> None:
    ways = [Verification.NONE, Verification.MAIL, Verification.STAFF, Verification.REGISTER]
    assert [rules.LEVELS[way] for way in ways] == sorted(rules.Level)
    assert rules.best(reversed(ways)) is Verification.REGISTER
    assert set(rules.LEVELS) == set(Verification)
