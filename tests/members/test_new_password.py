"""A lost password: by a letter's link, by a clerk's code."""

import re

import pytest
from cast import Cast
from conftest import Client
from members import post
from starlette.testclient import TestClient

from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import service
from forum.members.models import Role
from forum.members.passwords import hashed

MAIL, OLD, NEW = "bob@example.org", "the old password", "quite another word"


def opens(client: Client, password: str) -> bool:
    answer = client(None).post("/sign-in", data={"login": "bob", "password": password})
    return answer.status_code == 303


@pytest.fixture
def resident(client: Client, cast: Cast) -> TestClient:
    """Bob's browser; he is of the clerk's station and has forgotten his password."""
    with transaction() as tx:
        service.set_password(tx, None, cast.bob.id, hashed(OLD))
        service.admit(tx, cast.admin, cast.bob.id, f"station:{cast.station}")
    return client("bob")


def code_from(client: Client, cast: Cast, who: str = "clerk") -> str:
    page = client(who).post(f"/counter/{cast.bob.id}/code")
    found = re.search(r"\w{5}-\w{5}(?=<)", page.text)
    assert found, page.text
    return found[0]


def test_a_letters_link_takes_a_new_password_and_all_others_are_out(
    client: Client, cast: Cast, resident: TestClient
) -> None:
    with transaction() as tx:
        post.give_mail(tx, cast.bob.id, MAIL)
        token = service.make_token(tx, cast.bob, "a program")
    guest = client(None)
    post.with_mail()
    guest.post("/new-password", data={"mail": MAIL})
    path = post.link()
    assert guest.get(path).status_code == 200
    assert guest.post(path, data={"password": "short"}).status_code == 422
    assert guest.post(path, data={"password": NEW}).status_code == 303
    assert guest.get("/settings").status_code == 200
    assert resident.get("/settings").status_code == 303
    bearer = {"authorization": f"Bearer {token}"}
    assert client(None).get("/settings.json", headers=bearer).status_code == 401
    assert opens(client, NEW)
    assert not opens(client, OLD)
    assert guest.post(path, data={"password": OLD}).status_code == 404


def test_a_clerks_code_opens_once(client: Client, cast: Cast, resident: TestClient) -> None:
    code = code_from(client, cast)
    guest = client(None)
    form = {"login": "BOB", "code": code.upper(), "password": NEW}
    assert guest.post("/new-password/code", data=form | {"login": "alice"}).status_code == 422
    assert guest.post("/new-password/code", data=form | {"code": "22222-22222"}).status_code == 422
    assert guest.post("/new-password/code", data=form).status_code == 303
    assert guest.get("/settings").status_code == 200
    assert resident.get("/settings").status_code == 303
    assert opens(client, NEW)
    assert client(None).post("/new-password/code", data=form).status_code == 422
    with reading() as db:
        events = history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)
        kept = db.connection().exec_driver_sql("SELECT * FROM event").all()
    made = [event for event in events if event.kind == "members:reset:made"]
    assert [event.actor_id for event in made] == [cast.clerk.id]
    assert code not in str(kept)
    assert "The clerk made a code for a new password of your account" in guest.get("/inbox").text


def test_a_code_is_no_link_and_lasts_a_day(
    client: Client, cast: Cast, resident: TestClient
) -> None:
    code = code_from(client, cast)
    token = f"bob:{code.replace('-', '')}"
    assert client(None).post(f"/new-password/{token}", data={"password": NEW}).status_code == 404
    form = {"login": "bob", "code": code, "password": NEW}
    with clock.travel(days=1, minutes=1):
        assert client(None).post("/new-password/code", data=form).status_code == 422
    fresh = code_from(client, cast)
    assert client(None).post("/new-password/code", data=form).status_code == 422
    assert client(None).post("/new-password/code", data=form | {"code": fresh}).status_code == 303


def test_guessing_a_code_is_paused_for_any_login_name(client: Client, resident: TestClient) -> None:
    guest = client(None)
    for login in ("bob", "nobody.at.all"):
        form = {"login": login, "code": "22222-22222", "password": NEW}
        with clock.at(clock.now()):
            tries = [guest.post("/new-password/code", data=form).status_code for _n in range(11)]
        assert tries == [422] * 10 + [429]


def test_a_clerk_opens_no_account_of_staff_or_with_mail(
    client: Client, cast: Cast, resident: TestClient
) -> None:
    verb = f"/counter/{cast.bob.id}/code"
    with transaction() as tx:
        service.grant(tx, None, cast.bob.id, Role.SECRETARY, "meeting:1")
    assert client("clerk").post(verb).status_code == 409
    assert client("admin").post(verb).status_code == 200
    with transaction() as tx:
        service.revoke(tx, None, cast.bob.id, Role.SECRETARY, "meeting:1")
        post.give_mail(tx, cast.bob.id, MAIL)
    assert client("clerk").post(verb).status_code == 200  # this server sends no mail
    clerk = client("clerk")
    post.with_mail()
    assert clerk.post(verb).status_code == 409
    assert "a code would open too much" in clerk.get(f"/counter/{cast.bob.id}").text
