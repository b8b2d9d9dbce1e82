"""The people of a smaller place, for those who lead it."""

from datetime import timedelta

from cast import Cast
from conftest import Client
from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.db import reading, transaction
from forum.members import queries, roster, service
from forum.members.models import PersonCard, Role


def test_who_leads_sees_their_own_people(client: Client, cast: Cast) -> None:
    place = f"station:{cast.station}"
    with transaction() as tx:
        service.grant(tx, None, cast.bob.id, Role.RESIDENT, place)
    alice = client("alice")
    page = alice.get(f"/people?place={place}").text
    assert "Bob" in page
    assert "Charlie" not in page
    assert [
        p["name"] for p in alice.get(f"/people.json?place={place}&role=operator").json()["people"]
    ] == ["The clerk"]
    assert alice.get(f"/people/{cast.bob.id}?place={place}").status_code == 200
    assert alice.get(f"/people/{cast.charlie.id}?place={place}").status_code == 404
    assert alice.get(f"/people/{cast.bob.id}").status_code == 404
    for who, status in (("bob", 403), ("charlie", 403), (None, 303)):
        assert client(who).get(f"/people?place={place}").status_code == status
    assert alice.get("/people?place=station:999").status_code == 404


def test_a_role_with_its_last_day(client: Client, cast: Cast) -> None:
    place, alice = f"station:{cast.station}", client("alice")
    day = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%d")
    form = {"place": place, "login": "bob", "role": "secretary", "until": day}
    assert alice.post("/people", data=form).status_code == 303
    with reading() as db:
        (held,) = roster.held(db, cast.bob.id)
        assert (held.role, held.place, held.by) == (Role.SECRETARY, place, "Alice the chair")
    with clock.travel(days=5), reading() as db:
        assert queries.roles(db, cast.bob, [place]) == frozenset()
    refused = alice.post("/people", data=form | {"until": "2001-01-01"})
    assert refused.status_code == 422
    assert "This day is over" in refused.text
    assert alice.post("/people", data=form | {"login": "nobody"}).status_code == 422
    assert alice.post("/people", data=form | {"role": "moderator"}).status_code == 403


def test_roles_come_and_go_on_the_persons_page_of_the_place(client: Client, cast: Cast) -> None:
    place, alice = f"station:{cast.station}", client("alice")
    with transaction() as tx:
        service.grant(tx, None, cast.bob.id, Role.RESIDENT, place)
    url, form = f"/people/{cast.bob.id}/roles", {"place": place, "role": "secretary"}
    assert alice.post(url, data=form).headers["location"] == f"/people/{cast.bob.id}?place={place}"
    assert alice.post(f"{url}/revoke", data=form).status_code == 303
    elsewhere = form | {"in_place": "platform"}
    assert alice.post(url, data=elsewhere).status_code == 403
    assert alice.post(f"/people/{cast.charlie.id}/roles", data=form).status_code == 404


def test_a_place_is_chosen_by_its_name(client: Client, cast: Cast) -> None:
    admin = client("admin")
    offered = admin.get(f"/people/{cast.bob.id}.json").json()["places"]
    assert [f"station:{cast.station}", "Lilac Court station"] in offered
    assert [cast.place, "A lift for block 7"] in offered
    found = admin.get(f"/people/{cast.bob.id}.json?find=Lilac").json()["places"]
    assert [name for _ref, name in found] == ["Lilac Court station"]


def test_notes_are_the_places_own(client: Client, cast: Cast) -> None:
    place, alice = f"station:{cast.station}", client("alice")
    with transaction() as tx:
        service.grant(tx, None, cast.bob.id, Role.RESIDENT, place)
    form = {"place": place, "category": "owner", "remark": "Block 2"}
    assert alice.post(f"/people/{cast.bob.id}/card", data=form).status_code == 303
    assert "Block 2" in alice.get(f"/people?place={place}").text
    assert client("bob").post(f"/people/{cast.bob.id}/card", data=form).status_code == 403
    with reading() as db:
        query = select(col(PersonCard.category)).where(col(PersonCard.member_id) == cast.bob.id)
        assert db.execute(query).scalar_one() == "owner"
