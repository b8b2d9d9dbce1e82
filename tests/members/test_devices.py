"""When a device was last in use: the day, written by the ticker's loop."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client

from forum.base import auth, clock, seen
from forum.base.db import reading


@pytest.fixture(autouse=True)
def nothing_noted() -> None:
    seen.clear()


def test_a_device_shows_the_day_and_no_hour(client: Client, cast: Cast) -> None:
    bob = client("bob")
    bob.get("/settings")
    seen.write()
    with reading() as db:
        (device,) = auth.credentials_of(db, cast.bob.id)
    assert device.seen_on == clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    assert "last used on" in bob.get("/settings").text


def test_it_is_written_once_a_day(client: Client, cast: Cast) -> None:
    bob = client("bob")
    bob.get("/settings")
    seen.write()
    with clock.travel(days=2):
        bob.get("/settings")
        seen.write()
        with reading() as db:
            (device,) = auth.credentials_of(db, cast.bob.id)
        assert device.seen_on is not None
        assert clock.now() - device.seen_on < timedelta(days=1)


def test_guests_and_readers_write_nothing(client: Client, cast: Cast) -> None:
    client(None).get("/sign-in")
    client("bob").get("/settings")
    with reading() as db:
        assert [way.seen_on for way in auth.credentials_of(db, cast.bob.id)] == [None]
