"""Coming in by a link in a letter."""

import pytest
from cast import Cast
from conftest import Client
from members import post
from starlette.testclient import TestClient

from forum.base import clock
from forum.base.db import reading, transaction
from forum.members import contacts, people, queries
from forum.members.identities import ContactKind

MAIL = "bob@example.org"


@pytest.fixture
def guest(client: Client, cast: Cast) -> TestClient:
    with transaction() as tx:
        post.give_mail(tx, cast.bob.id, MAIL)
    browser = client(None)
    post.with_mail()
    return browser


def signed_in(browser: TestClient) -> str | None:
    answer = browser.get("/settings.json")
    return str(answer.json()["account"]["login"]) if answer.status_code == 200 else None


def test_a_link_signs_in_once_and_leads_back(guest: TestClient) -> None:
    guest.post("/sign-in/mail", data={"mail": MAIL, "back": "/stations"})
    path = post.link()
    assert post.sent()[-1][0] == MAIL
    for _scanner in range(3):
        assert guest.get(path).status_code == 200
    assert signed_in(guest) is None
    assert guest.post(path).headers["location"] == "/stations"
    assert signed_in(guest) == "bob"
    guest.cookies.clear()
    assert guest.post(path).status_code == 404
    assert guest.get(path).status_code == 404
    assert signed_in(guest) is None


def test_a_link_is_good_for_half_an_hour_and_for_one_purpose(guest: TestClient) -> None:
    guest.post("/sign-in/mail", data={"mail": MAIL})
    path = post.link()
    token = path.rpartition("/")[2]
    assert guest.get(f"/new-password/{token}").status_code == 404
    assert guest.post(f"/register/mail/{token}").status_code in (404, 422)
    with clock.travel(minutes=31):
        assert guest.post(path).status_code == 404


def test_known_and_unknown_addresses_get_the_same_answer(guest: TestClient) -> None:
    for path in ("/sign-in/mail", "/new-password"):
        known = guest.post(path, data={"mail": MAIL})
        unknown = guest.post(path, data={"mail": "nobody@example.org"})
        assert (known.status_code, known.headers["location"]) == (
            unknown.status_code,
            unknown.headers["location"],
        )
        assert known.content == unknown.content
    assert [to for to, _letter in post.sent()] == [MAIL, "nobody@example.org"] * 2


def test_only_a_digest_of_the_link_is_stored(guest: TestClient) -> None:
    guest.post("/sign-in/mail", data={"mail": MAIL})
    token = post.link().rpartition("/")[2]
    with reading() as db:
        dump = "\n".join(
            str(db.connection().exec_driver_sql(f'SELECT * FROM "{name}"').all())
            for name in ("member_entry_link", "delivery", "event", "idempotency_key")
        )
    assert token not in dump
    assert MAIL not in dump


def test_letters_to_one_address_are_few(guest: TestClient) -> None:
    answers = [guest.post("/sign-in/mail", data={"mail": MAIL}).status_code for _n in range(5)]
    assert answers == [303] * 4 + [429]
    assert guest.post("/sign-in/mail", data={"mail": "b@example.org"}).status_code == 303


def test_an_account_opens_by_mail_without_a_password(guest: TestClient) -> None:
    guest.post("/sign-in/mail", data={"mail": "new@example.org"})
    path = post.link()
    assert guest.get(path).status_code == 200
    taken = guest.post(path, data={"login": "bob", "name": "Another"})
    assert taken.status_code == 422
    assert guest.post(path, data={"login": "newcomer", "name": "A newcomer"}).status_code == 303
    assert signed_in(guest) == "newcomer"
    with reading() as db:
        new = contacts.by_mail(db, "new@example.org")
        assert new is not None
        assert people.account(db, queries.actor_of(db, new)).verified == "mail"
    assert guest.post(path, data={"login": "second", "name": "A second"}).status_code == 404


def test_without_mail_it_is_not_offered(client: Client) -> None:
    guest = client(None)
    assert "/sign-in/mail" not in guest.get("/sign-in").text
    assert guest.get("/sign-in/mail").status_code == 404
    assert guest.post("/sign-in/mail", data={"mail": MAIL}).status_code == 404
    assert "Mail address" not in guest.get("/new-password").text
    assert post.sent() == []


def test_where_mail_is_offered_it_says_so(guest: TestClient) -> None:
    assert "/sign-in/mail" in guest.get("/sign-in").text
    assert "Mail address" in guest.get("/new-password").text


@pytest.mark.parametrize("way", ["confirm", "remove", "forget"])
def test_letters_to_an_address_that_was_theirs_open_nothing(
    guest: TestClient, cast: Cast, way: str
) -> None:
    paths = []
    for asked in ("/sign-in/mail", "/new-password"):
        guest.post(asked, data={"mail": MAIL})
        paths.append(post.link())
    with transaction() as tx:
        if way == "confirm":
            post.give_mail(tx, cast.bob.id, "new@example.org")
        elif way == "remove":
            (row,) = contacts.own(tx, cast.bob)
            contacts.remove(tx, cast.bob, row.id)
        else:
            contacts.forget(tx, None, cast.bob.id, ContactKind.MAIL)
    assert [guest.get(path).status_code for path in paths] == [404, 404]
