"""The first administrator's one-use link."""

import pytest
from cast import Cast
from conftest import Client
from sqlalchemy import delete

from forum.base import clock
from forum.base.db import reading, transaction
from forum.members import queries, service
from forum.members.models import PLATFORM, Role, RoleGrant

FORM = {"login": "founder", "name": "The founder", "password": "a long enough word"}


@pytest.fixture
def link(cast: Cast) -> str:
    """The link of a server without an administrator."""
    with transaction() as tx:
        tx.execute(delete(RoleGrant))
        path = service.first_administrator_link(tx)
    assert path is not None
    return path


def test_there_is_none_where_somebody_administrates(cast: Cast) -> None:
    with transaction() as tx:
        assert service.first_administrator_link(tx) is None


def test_it_makes_the_administrator_once(client: Client, link: str) -> None:
    guest = client(None)
    assert guest.get(link).status_code == 200
    assert guest.post(link, data=FORM).status_code == 303
    assert guest.get("/people").status_code == 200
    other = client(None)
    assert other.get(link).status_code == 404
    assert other.post(link, data=FORM | {"login": "second"}).status_code == 404
    with reading() as db:
        assert [who.name for who in queries.holders(db, Role.ADMINISTRATOR, [PLATFORM])] == [
            "The founder"
        ]


def test_it_ends_after_an_hour(client: Client, link: str) -> None:
    with clock.travel(minutes=59):
        assert client(None).get(link).status_code == 200
    with clock.travel(minutes=61):
        assert client(None).get(link).status_code == 404
        assert client(None).post(link, data=FORM).status_code == 404


def test_a_newer_link_replaces_it(client: Client, link: str) -> None:
    with transaction() as tx:
        newer = service.first_administrator_link(tx)
    assert newer != link
    assert client(None).get(link).status_code == 404


def test_only_its_digest_is_stored(link: str) -> None:
    with reading() as db:
        stored = db.connection().exec_driver_sql("SELECT digest FROM member_first_link").scalar()
    assert stored is not None
    assert stored not in link


def test_a_guess_is_not_found(client: Client, link: str) -> None:
    assert client(None).get("/first/guess").status_code == 404


def test_a_weak_password_leaves_the_link_in_force(client: Client, link: str) -> None:
    assert client(None).post(link, data=FORM | {"password": "weak"}).status_code == 422
    assert client(None).get(link).status_code == 200
