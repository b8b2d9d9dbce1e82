"""When a device was last in use: the day, written by the ticker's loop."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client

from forum.base import auth, clock, seen
from forum.base.db import reading, transaction
from forum.members import service


@pytest.fixture(autouse=True)
def nothing_noted() -> None:
    seen.clear()


def test_a_device_shows_the_day_and_no_hour(client: Client, cast: Cast) -> None:
    bob = client("bob")
    moment = clock.now()
    with clock.at(moment):
        bob.get("/settings")
    seen.write()
    with reading() as db:
        (device,) = auth.credentials_of(db, cast.bob.id)
    assert device.seen_on == moment.replace(hour=0, minute=0, second=0, microsecond=0)
    assert "last used on" in bob.get("/settings").text


def test_it_is_written_once_a_day(client: Client, cast: Cast) -> None:
    bob = client("bob")
    bob.get("/settings")
    seen.write()
    with clock.at(clock.now() + timedelta(days=2)):
        bob.get("/settings")
        seen.write()
        with reading() as db:
            (device,) = auth.credentials_of(db, cast.bob.id)
        assert device.seen_on is not None
        assert clock.now() - device.seen_on < timedelta(days=1)


def test_who_comes_again_and_again_stays_signed_in(client: Client, cast: Cast) -> None:
    bob = client("bob")
    for days in (0, 50, 100):
        with clock.travel(days=days):
            answer = bob.get("/settings")
            assert answer.status_code == 200
            assert f"Max-Age={60 * 24 * 3600}" in answer.headers["set-cookie"]
            assert "set-cookie" not in bob.get("/settings").headers
            seen.write()


def test_what_others_use_and_a_programs_token_last_as_long_as_was_said(
    client: Client, cast: Cast
) -> None:
    with transaction() as tx:
        auth.sign_in(tx, cast.bob.id, label="shared", lasts=timedelta(hours=2))
        service.make_token(tx, cast.bob, "a program")
        before = auth.credentials_of(tx, cast.bob.id)
        with clock.travel(hours=1):
            auth.use(tx, [way.id for way in before], clock.now())
            after = auth.credentials_of(tx, cast.bob.id)
    assert [way.expires_at for way in after] == [way.expires_at for way in before]
    assert all(way.seen_on for way in after)


def test_guests_and_readers_write_nothing(client: Client, cast: Cast) -> None:
    client(None).get("/sign-in")
    client("bob").get("/settings")
    with reading() as db:
        assert [way.seen_on for way in auth.credentials_of(db, cast.bob.id)] == [None]
