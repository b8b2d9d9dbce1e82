"""The second step at sign-in: setting it up, taking it, recovery, taking it off."""

import re

import pytest
from cast import Cast
from conftest import Client
from members import post
from starlette.testclient import TestClient

from forum.base import auth, clock, settings
from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.members import queries, second, service
from forum.members.models import Role
from forum.members.passwords import hashed

PASSWORD = "a long enough word"
PAGE = "/settings/second-step"


def set_up(browser: TestClient, member: int) -> tuple[str, list[str]]:
    """Do as the page says; the secret and the recovery codes."""
    assert browser.post(PAGE).status_code == 303
    with reading() as db:
        secret = second.pending(db, member)
    assert secret
    assert 'class="qr' in browser.get(PAGE).text
    codes = browser.post(f"{PAGE}/code", data={"code": post.code_now(secret)}).text
    return secret, re.findall(r"<code>(\w{5}-\w{5})</code>", codes)


def by_password(client: Client, **more: str) -> TestClient:
    guest = client(None)
    answer = guest.post("/sign-in", data={"login": "bob", "password": PASSWORD, **more})
    assert answer.status_code == 303
    return guest


@pytest.fixture
def bob(client: Client, cast: Cast) -> TestClient:
    with transaction() as tx:
        service.set_password(tx, None, cast.bob.id, hashed(PASSWORD))
    return client("bob")


def test_it_counts_only_once_a_first_code_was_right(
    client: Client, cast: Cast, bob: TestClient
) -> None:
    bob.post(PAGE)
    assert bob.post(f"{PAGE}/code", data={"code": "000000"}).status_code == 422
    assert by_password(client).get("/settings").status_code == 200
    _secret, codes = set_up(bob, cast.bob.id)
    assert len(set(codes)) == 10
    assert bob.post(PAGE).status_code == 409


def test_a_password_alone_no_longer_opens(client: Client, cast: Cast, bob: TestClient) -> None:
    secret, _codes = set_up(bob, cast.bob.id)
    guest = by_password(client, back="/stations")
    assert guest.get("/settings").status_code == 303
    assert auth.COOKIE not in guest.cookies
    assert guest.get("/sign-in/code").status_code == 200
    assert guest.post("/sign-in/code", data={"code": "000000"}).status_code == 422
    with clock.travel(seconds=60):
        answer = guest.post("/sign-in/code", data={"code": post.code_now(secret)})
        assert answer.headers["location"] == "/stations"
        assert guest.get("/settings").status_code == 200


def test_the_same_code_opens_nothing_twice(client: Client, cast: Cast, bob: TestClient) -> None:
    secret, _codes = set_up(bob, cast.bob.id)
    used = post.code_now(secret)
    guest = by_password(client)
    assert guest.post("/sign-in/code", data={"code": used}).status_code == 422
    with clock.travel(seconds=60):
        now = {"code": post.code_now(secret)}
        assert guest.post("/sign-in/code", data=now).status_code == 303
        assert by_password(client).post("/sign-in/code", data=now).status_code == 422


def test_a_letters_link_leads_to_the_second_step_too(
    client: Client, cast: Cast, bob: TestClient
) -> None:
    secret, _codes = set_up(bob, cast.bob.id)
    with transaction() as tx:
        post.give_mail(tx, cast.bob.id, "bob@example.org")
    guest = client(None)
    post.with_mail()
    guest.post("/sign-in/mail", data={"mail": "bob@example.org"})
    assert guest.post(post.link()).headers["location"] == "/sign-in/code"
    assert guest.get("/settings").status_code == 303
    with clock.travel(seconds=60):
        code = {"code": post.code_now(secret)}
        assert guest.post("/sign-in/code", data=code).status_code == 303
    assert guest.get("/settings").status_code == 200


def test_a_recovery_code_opens_once_and_is_told(
    client: Client, cast: Cast, bob: TestClient
) -> None:
    _secret, codes = set_up(bob, cast.bob.id)
    typed = {"code": codes[3].upper().replace("-", " ")}
    assert by_password(client).post("/sign-in/code", data=typed).status_code == 303
    assert by_password(client).post("/sign-in/code", data=typed).status_code == 422
    with reading() as db:
        assert second.codes_left(db, cast.bob.id) == 9
        rows = db.connection().exec_driver_sql("SELECT * FROM member_recovery_code").all()
    assert not any(code in str(rows) for code in codes)
    assert "A recovery code was used to sign in to your account." in bob.get("/inbox").text


def test_guessing_is_paused(client: Client, cast: Cast, bob: TestClient) -> None:
    secret, _codes = set_up(bob, cast.bob.id)
    guest = by_password(client)
    with clock.at(clock.now()):
        tries = [guest.post("/sign-in/code", data={"code": "000000"}) for _n in range(11)]
    wrong = [answer.status_code for answer in tries]
    assert wrong == [422] * 10 + [429]
    with clock.travel(seconds=61):
        right = {"code": post.code_now(secret)}
        assert guest.post("/sign-in/code", data=right).status_code == 303


def test_a_half_done_sign_in_lasts_ten_minutes(client: Client, cast: Cast, bob: TestClient) -> None:
    secret, _codes = set_up(bob, cast.bob.id)
    guest = by_password(client)
    with clock.travel(minutes=11):
        right = {"code": post.code_now(secret)}
        assert guest.post("/sign-in/code", data=right).status_code == 404
    assert client(None).get("/sign-in/code").headers["location"] == "/sign-in"


def test_it_comes_off_and_codes_are_renewed_against_a_code(cast: Cast, bob: TestClient) -> None:
    secret, codes = set_up(bob, cast.bob.id)
    assert bob.post(f"{PAGE}/recovery", data={"code": "nothing"}).status_code == 422
    assert bob.post(f"{PAGE}/recovery", data={"code": codes[0]}).status_code == 200
    assert bob.post(f"{PAGE}/end", data={"code": codes[1]}).status_code == 422
    with clock.travel(seconds=60):
        assert bob.post(f"{PAGE}/end", data={"code": post.code_now(secret)}).status_code == 303
    with reading() as db:
        assert not second.has(db, cast.bob.id)
        assert second.codes_left(db, cast.bob.id) == 0


def test_an_administrator_takes_it_off_and_the_person_is_told(
    client: Client, cast: Cast, bob: TestClient
) -> None:
    set_up(bob, cast.bob.id)
    with transaction() as tx:
        service.admit(tx, cast.admin, cast.bob.id, f"station:{cast.station}")
    verb = f"/counter/{cast.bob.id}/second-step"
    assert client("clerk").post(verb).status_code == 403
    assert client("admin").post(verb).status_code == 303
    assert "An administrator took the second step off your sign-in." in bob.get("/inbox").text
    assert by_password(client).get("/settings").status_code == 200
    assert client("admin").post(verb).status_code == 409
    with reading() as db:
        last = history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)
    ended = [event for event in last if event.kind == "members:second:ended"]
    assert [event.actor_id for event in ended] == [cast.admin.id]


def test_offices_sleep_where_staff_must_have_it(client: Client, cast: Cast) -> None:
    alice = client("alice")
    settings.configure(data=settings.settings().data, staff_second_factor=True)
    place = [f"station:{cast.station}"]
    with reading() as db:
        assert queries.roles(db, cast.alice, place) == frozenset()
        assert queries.places_of(db, cast.alice, [Role.MODERATOR]) == []
        assert not queries.administrates(db, cast.admin)
    assert "It sleeps until you have set one up." in alice.get(PAGE).text
    set_up(alice, cast.alice.id)
    with reading() as db:
        assert Role.MODERATOR in queries.roles(db, cast.alice, place)
    assert "It sleeps" not in alice.get(PAGE).text
