"""Too many failures: pauses that grow, told to the owner once, telling an outsider nothing."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st
from members import post
from sqlalchemy import select

from forum.base import clock, limits
from forum.base.db import reading, transaction
from forum.members import rules, service
from forum.members.identities import Failures
from forum.members.passwords import hashed
from forum.members.service import doors

MAIL, PASSWORD = "bob@example.org", "a long enough word"
WRONG = "not the password"


@pytest.fixture(autouse=True)
def bob(cast: Cast) -> None:
    with transaction() as tx:
        service.set_password(tx, None, cast.bob.id, hashed(PASSWORD))
        post.give_mail(tx, cast.bob.id, MAIL)


def fail(client: Client, login: str, times: int) -> list[tuple[int, str]]:
    guest, found = client(None), []
    with clock.at(clock.now()):  # however long it takes, no pause ends meanwhile
        for _n in range(times):
            limits.clear()  # what is counted in memory comes on top of it
            answer = guest.post("/sign-in", data={"login": login, "password": WRONG})
            found.append((answer.status_code, answer.text.replace(login, "…")))
    return found


@given(st.integers(min_value=0, max_value=1000))
def test_a_pause_never_shrinks_and_never_passes_an_hour(failures: int) -> None:
    assert rules.pause(failures) <= rules.pause(failures + 1) <= timedelta(hours=1)
    assert bool(rules.pause(failures)) == (failures >= rules.FREE_FAILURES)


def test_pauses_grow_and_end(client: Client) -> None:
    assert [status for status, _text in fail(client, "bob", 11)] == [422] * 10 + [429]
    right = {"login": "bob", "password": PASSWORD}
    assert client(None).post("/sign-in", data=right).status_code == 429
    with clock.travel(seconds=61):
        assert [status for status, _text in fail(client, "bob", 2)] == [422, 429]
    with clock.travel(seconds=61 + 61):
        assert client(None).post("/sign-in", data=right).status_code == 429
    with clock.travel(seconds=61 + 121):
        assert client(None).post("/sign-in", data=right).status_code == 303
        assert fail(client, "bob", 1)[0][0] == 422  # counting begins anew


def test_nobody_learns_whether_a_login_name_is_there(client: Client) -> None:
    assert fail(client, "bob", 12) == fail(client, "nobody", 12)


def test_the_owner_is_told_once_in_the_inbox_and_by_mail(client: Client) -> None:
    browser = client("bob")
    post.with_mail()
    fail(client, "bob", 12)
    with clock.travel(minutes=3):
        fail(client, "bob", 3)
    letters = [letter for to, letter in post.sent() if to == MAIL]
    assert [letter.subject for letter in letters] == ["Somebody tried to sign in to your account"]
    assert browser.get("/inbox").text.count("Somebody tried many times to sign in") == 1


def test_the_owner_still_comes_in_by_mail(client: Client) -> None:
    post.with_mail()
    fail(client, "bob", 12)
    guest = client(None)
    guest.post("/sign-in/mail", data={"mail": MAIL})
    assert guest.post(post.link()).status_code == 303
    assert guest.get("/settings").status_code == 200


def test_the_table_names_nobody_and_is_swept(client: Client) -> None:
    fail(client, "bob", 1)
    with reading() as db:
        rows = db.connection().exec_driver_sql("SELECT * FROM member_failures").all()
    assert len(rows) == 1
    assert "bob" not in str(rows)
    with clock.travel(days=1, minutes=1), transaction() as tx:
        doors.sweep(tx, "")
        assert tx.execute(select(Failures)).first() is None
