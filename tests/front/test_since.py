"""What others did in one's own places since one was here."""

from datetime import timedelta
from typing import Any

from cast import Cast
from conftest import Client
from flagging import argument

from forum.base import clock
from forum.base.db import reading, transaction
from forum.front import since
from forum.members import service
from forum.members.service.visits import APART


def news(client: Client, name: str | None) -> Any:
    """What stands on a home page."""
    return client(name).get("/.json").json()["since"]


def test_a_first_visit_has_no_news(client: Client, cast: Cast) -> None:
    assert news(client, "bob") is None
    assert news(client, None) is None


def test_what_others_did_is_told_until_the_next_visit(client: Client, cast: Cast) -> None:
    client("bob").get("/")
    with clock.at(clock.now() + timedelta(days=2)):
        argument(cast, "alice", "The stairs are steep.")
        argument(cast, "alice", "And the light is poor.")
        argument(cast, "bob")
        told = news(client, "bob")
        [(place, said)] = told["places"]
        assert place["ref"] == f"consultation:{cast.consultation}"
        assert said == ["2 new arguments"]
        assert "Since you were here on" in client("bob").get("/").text
        # The same visit goes on.
        with clock.at(clock.now() + APART / 2):
            assert news(client, "bob") == told
    with clock.at(clock.now() + timedelta(days=4)):
        assert news(client, "bob") is None


def test_strangers_hear_nothing_of_it(client: Client, cast: Cast) -> None:
    client("charlie").get("/")
    with clock.at(clock.now() + timedelta(days=2)):
        argument(cast, "alice")
        assert news(client, "charlie") is None


def test_a_visit_is_noted_once_in_a_while(cast: Cast, tx: Any) -> None:
    began = clock.now()
    for minutes, before in ((0, None), (10, None), (45, 10), (50, 10)):
        with clock.at(began + timedelta(minutes=minutes)):
            service.arrive(tx, cast.bob.id)
            found, _note = since.last_visit(tx, cast.bob)
        assert found == (None if before is None else began + timedelta(minutes=before))


def test_looking_on_writes_seldom(client: Client, cast: Cast) -> None:
    bob = client("bob")
    bob.get("/")
    with reading() as db:
        assert since.last_visit(db, cast.bob) == (None, False)
    with transaction() as tx, clock.at(clock.now() + since.STALE):
        assert since.last_visit(tx, cast.bob) == (None, True)
