"""Roles given and taken."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client

from forum.base import clock
from forum.base.db import Db, reading
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import Audience, history
from forum.members import queries, service
from forum.members.models import PLATFORM, Role


def test_an_administrator_gives_a_role_and_it_is_told(client: Client, cast: Cast) -> None:
    form = {"role": "secretary", "place": f"station:{cast.station}"}
    assert client("admin").post(f"/people/{cast.bob.id}/roles", data=form).status_code == 303
    with reading() as db:
        assert Role.SECRETARY in queries.roles(db, cast.bob, [f"station:{cast.station}"])
        last = history(db, f"member:{cast.bob.id}", audience=Audience.MEMBER)[-1]
    assert last.kind == "members:role:granted"
    assert last.actor_id == cast.admin.id
    assert last.payload["role"] == "secretary"
    assert "Lilac Court station" in client("bob").get("/inbox").text


def test_whom_one_cannot_see_is_not_there(client: Client, cast: Cast) -> None:
    form = {"role": "secretary", "place": PLATFORM}
    assert client("alice").post(f"/people/{cast.bob.id}/roles", data=form).status_code == 404
    assert client("admin").post("/people/999/roles", data=form).status_code == 404


def test_who_sees_but_may_not_is_refused(client: Client, cast: Cast) -> None:
    form = {"role": "secretary", "place": PLATFORM}
    assert client("bob").post(f"/people/{cast.rong.id}/roles", data=form).status_code == 403
    assert client("bob").post(f"/people/{cast.bob.id}/roles", data=form).status_code == 403


def test_a_guest_is_led_to_sign_in(client: Client, cast: Cast) -> None:
    form = {"role": "secretary", "place": PLATFORM}
    assert client(None).post(f"/people/{cast.rong.id}/roles", data=form).status_code == 401


@pytest.mark.parametrize("place", ["nowhere", "station:999", "argument:1", "station:x"])
def test_a_place_that_is_none_is_not_there(client: Client, cast: Cast, place: str) -> None:
    form = {"role": "secretary", "place": place}
    assert client("admin").post(f"/people/{cast.bob.id}/roles", data=form).status_code == 404


def test_a_moderator_names_helpers_in_their_place_alone(tx: Db, cast: Cast) -> None:
    place = f"station:{cast.station}"
    service.grant(tx, cast.alice, cast.bob.id, Role.SECRETARY, place)
    with pytest.raises(Forbidden):
        service.grant(tx, cast.alice, cast.bob.id, Role.MODERATOR, place)
    with pytest.raises(Forbidden):
        service.grant(tx, cast.alice, cast.bob.id, Role.RESIDENT, PLATFORM)
    with pytest.raises(Forbidden):
        service.grant(tx, cast.charlie, cast.bob.id, Role.RESIDENT, place)
    with pytest.raises(NotFound):
        service.grant(tx, cast.admin, 999, Role.RESIDENT, place)


def test_giving_twice_is_giving_once(tx: Db, cast: Cast) -> None:
    stream = f"member:{cast.bob.id}"
    service.grant(tx, None, cast.bob.id, Role.HANDLER, PLATFORM)
    before = history(tx, stream, audience=Audience.MODERATOR)
    service.grant(tx, None, cast.bob.id, Role.HANDLER, PLATFORM)
    assert history(tx, stream, audience=Audience.MODERATOR) == before


def test_a_role_ends_with_its_time(tx: Db, cast: Cast) -> None:
    ends = clock.now() + timedelta(days=1)
    service.grant(tx, None, cast.bob.id, Role.HANDLER, PLATFORM, until=ends)
    assert Role.HANDLER in queries.roles(tx, cast.bob, [])
    with clock.travel(days=2):
        assert Role.HANDLER not in queries.roles(tx, cast.bob, [])
        assert queries.holders(tx, Role.HANDLER, [PLATFORM]) == []


def test_a_role_taken_away_is_gone_and_cannot_be_taken_twice(tx: Db, cast: Cast) -> None:
    service.grant(tx, None, cast.bob.id, Role.HANDLER, PLATFORM)
    service.revoke(tx, cast.admin, cast.bob.id, Role.HANDLER, PLATFORM)
    assert Role.HANDLER not in queries.roles(tx, cast.bob, [])
    with pytest.raises(Conflict):
        service.revoke(tx, cast.admin, cast.bob.id, Role.HANDLER, PLATFORM)


def test_the_last_administrator_stays(tx: Db, cast: Cast) -> None:
    with pytest.raises(Conflict):
        service.revoke(tx, cast.admin, cast.admin.id, Role.ADMINISTRATOR, PLATFORM)
    service.grant(tx, cast.admin, cast.bob.id, Role.ADMINISTRATOR, PLATFORM)
    service.revoke(tx, cast.bob, cast.admin.id, Role.ADMINISTRATOR, PLATFORM)


def test_what_one_is_on_the_platform_one_is_everywhere(tx: Db, cast: Cast) -> None:
    assert queries.roles(tx, cast.admin, ["meeting:99"]) == {Role.ADMINISTRATOR}
    assert queries.roles(tx, None, [PLATFORM]) == frozenset()
