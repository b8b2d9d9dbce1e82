"""Signing in, and how often one may guess."""

from unittest.mock import patch

import pytest
from cast import Cast
from conftest import Client

from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import passwords, service
from forum.members.passwords import hashed

PASSWORD = "a long enough word"


@pytest.fixture(autouse=True)
def _bob_has_a_password(cast: Cast) -> None:
    with transaction() as tx:
        service.set_password(tx, None, cast.bob.id, hashed(PASSWORD))


def test_the_password_opens_the_way_back(client: Client, cast: Cast) -> None:
    guest = client(None)
    form = {"login": " Bob ", "password": PASSWORD, "back": "/stations/1?tab=x"}
    answer = guest.post("/sign-in", data=form)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/stations/1?tab=x"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert guest.get("/settings").status_code == 200
    with reading() as db:
        kinds = [
            event.kind
            for event in history(db, f"member:{cast.bob.id}", audience=Audience.MODERATOR)
        ]
    assert kinds[-1] == "members:signin:began"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_the_way_back_stays_on_this_site(client: Client, back: str) -> None:
    form = {"login": "bob", "password": PASSWORD, "back": back}
    assert client(None).post("/sign-in", data=form).headers["location"] == "/"


def test_a_shared_device_keeps_the_cookie_until_it_closes(client: Client) -> None:
    form = {"login": "bob", "password": PASSWORD, "shared": "1"}
    guest = client(None)
    answer = guest.post("/sign-in", data=form)
    mine = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("folkmoot="))
    assert "Max-Age" not in mine
    assert "data-shared-device" in guest.get("/settings").text
    guest.post("/sign-out")
    assert "data-shared-device" not in guest.get("/sign-in").text


def test_wrong_password_unknown_name_and_no_password_answer_alike(client: Client) -> None:
    guest = client(None)
    answers = [
        guest.post("/sign-in", data={"login": login, "password": "not the password"})
        for login in ("bob", "nobody-here", "charlie")
    ]
    assert {answer.status_code for answer in answers} == {422}
    texts = {
        answer.text.replace("nobody-here", "bob").replace("charlie", "bob") for answer in answers
    }
    assert len(texts) == 1


def test_an_unknown_name_is_hashed_as_long(client: Client) -> None:
    with patch.object(passwords, "_hasher", wraps=passwords._hasher) as hasher:
        client(None).post("/sign-in", data={"login": "nobody-here", "password": "guess guess"})
        assert hasher.verify.call_count == 1


def test_guessing_is_limited_by_account_and_forgiven_with_time(client: Client) -> None:
    guest = client(None)
    wrong = {"login": "bob", "password": "not the password"}
    with clock.at(clock.now()):
        statuses = [guest.post("/sign-in", data=wrong).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert guest.post("/sign-in", data=wrong | {"login": "alice"}).status_code == 422
    with clock.travel(minutes=2):
        right = {"login": "bob", "password": PASSWORD}
        assert guest.post("/sign-in", data=right).status_code == 303


def test_who_is_in_goes_on(client: Client) -> None:
    answer = client("bob").get("/sign-in?back=/stations")
    assert answer.headers["location"] == "/stations"
