"""From guest to member: by a password or a confirmed address, as far as the place lets people."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from members import post
from starlette.testclient import TestClient

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import reading, transaction
from forum.consultations import service as consultations
from forum.members import options, queries, service

MAIL = "auntie@example.org"
CHOSEN = {"login": "auntie", "password": "a long enough word"}


@pytest.fixture
def auntie(client: Client, cast: Cast) -> TestClient:
    """Somebody who came by a link with nothing but a name."""
    with transaction() as tx:
        until = clock.now() + timedelta(days=9)
        links = consultations.invite(
            tx, cast.alice, cast.consultation, category=None, note="", until=until, guests=True
        )
    post.with_mail()
    browser = client(None)
    assert browser.post(f"/join/{links.codes[0]}", data={"name": "Auntie"}).status_code == 200
    return browser


def known(browser: TestClient) -> Actor:
    """Who the browser is, as the database has it now."""
    found = browser.get("/settings.json").json()
    with reading() as db:
        return queries.actor_of(db, int(found["subject"].partition(":")[2]))


def entry(cast: Cast, chosen: str) -> None:
    """How people come by an account here."""
    with transaction() as tx:
        service.set_options(tx, cast.admin, "platform", {options.REGISTRATION.key: chosen})


def confirmed(browser: TestClient) -> str:
    """Give an address and open the link of the letter; returns where one lands."""
    browser.post("/settings/contacts/mail", data={"mail": MAIL})
    return str(browser.post(post.link()).headers["location"])


def test_a_confirmed_address_is_enough(auntie: TestClient, client: Client) -> None:
    assert "/settings/contacts" in auntie.get("/settings/membership").text
    refused = auntie.post("/settings/membership", data={})
    assert refused.status_code == 422
    assert known(auntie).guest_of is not None
    assert confirmed(auntie) == "/settings/membership"
    assert "A password is a second way" in auntie.get("/settings/membership").text
    assert auntie.post("/settings/membership", data={}).status_code == 303
    assert known(auntie).guest_of is None
    browser = client(None)
    browser.post("/sign-in/mail", data={"mail": MAIL})
    assert browser.post(post.link()).status_code == 303
    assert known(browser) == known(auntie)._replace(credential_id=known(browser).credential_id)


def test_a_password_is_enough_where_everybody_may(auntie: TestClient, client: Client) -> None:
    assert auntie.post("/settings/membership", data=CHOSEN).status_code == 303
    assert known(auntie).guest_of is None
    assert client(None).post("/sign-in", data=CHOSEN).status_code == 303


def test_where_accounts_are_for_the_invited_one_must_be_reached(
    auntie: TestClient, cast: Cast
) -> None:
    entry(cast, "invited")
    assert "Confirm a mail address first" in auntie.get("/settings/membership").text
    assert auntie.post("/settings/membership", data=CHOSEN).status_code == 403
    assert known(auntie).guest_of == cast.place
    confirmed(auntie)
    assert auntie.post("/settings/membership", data=CHOSEN).status_code == 303
    assert known(auntie).guest_of is None


def test_where_nobody_opens_one_by_themselves_staff_do(auntie: TestClient, cast: Cast) -> None:
    entry(cast, "closed")
    confirmed(auntie)
    assert "Accounts are opened by the staff" in auntie.get("/settings/membership").text
    assert auntie.post("/settings/membership", data=CHOSEN).status_code == 403
    assert known(auntie).guest_of == cast.place


@pytest.mark.parametrize("chosen", ["invited", "closed"])
def test_no_link_to_register_where_nobody_registers(
    client: Client, cast: Cast, chosen: str
) -> None:
    post.with_mail()
    browser = client(None)
    assert "it opens one" in browser.get("/sign-in/mail").text
    browser.post("/sign-in/mail", data={"mail": MAIL})
    old = post.link()
    entry(cast, chosen)
    page = browser.get("/sign-in/mail").text
    assert "it opens one" not in page
    assert "your station opens one for you" in page
    answer = browser.post("/sign-in/mail", data={"mail": "other@example.org"})
    assert answer.headers["location"] == "/sign-in/mail?sent=1"  # as for everybody
    to, letter = post.sent()[-1]
    assert to == "other@example.org"
    assert "http" not in letter.text
    assert "Your station opens one for you" in letter.text
    assert browser.get(old).status_code == 403
    assert browser.post(old, data={"login": "late", "name": "Late"}).status_code == 403
