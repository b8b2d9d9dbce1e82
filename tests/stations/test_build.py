"""Building the tree and serving in it."""

import pytest
from cast import Cast
from conftest import Client

from forum.base.db import Db, reading
from forum.base.errors import Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from forum.members import people
from forum.members import queries as members
from forum.members.models import Role
from forum.stations import queries, service
from forum.stations.models import Tier
from forum.stations.service import Details

FORM = {"tier": "station", "name": "Willow Yard", "code": "willow", "address": "Willow Lane 3"}


def test_an_administrator_adds_a_place_and_everybody_sees_it(client: Client) -> None:
    answer = client("admin").post("/stations", data=FORM)
    assert answer.status_code == 303
    page = client(None).get(answer.headers["location"])
    assert "Willow Yard" in page.text
    assert "Willow Lane 3" in page.text
    assert "WILLOW" in page.text
    assert "Willow Yard" in client(None).get("/stations").text


def test_it_is_recorded_on_its_own_stream(tx: Db, cast: Cast) -> None:
    new = service.create(tx, cast.admin, Details(Tier.STATION, "Willow", "WILLOW", cast.station))
    event = history(tx, f"station:{new}", audience=Audience.PUBLIC)[0]
    assert event.kind == "stations:station:created"
    assert event.payload == {"station": new, "tier": "station", "parent": cast.station}


def test_others_may_not(client: Client) -> None:
    assert client("bob").post("/stations", data=FORM).status_code == 403
    assert client("bob").get("/stations/new").status_code == 403
    assert client(None).post("/stations", data=FORM).status_code == 401


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", "LILAC"), ("code", "b d"), ("parent_id", "999"), ("tier", "palace"), ("name", "")],
)
def test_what_is_wrong_is_said_at_the_field(client: Client, field: str, value: str) -> None:
    answer = client("admin").post("/stations.json", data=FORM | {field: value})
    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {field}


def test_rights_above_hold_below(tx: Db, cast: Cast) -> None:
    below = service.create(tx, cast.admin, Details(Tier.STATION, "Point", "POINT", cast.station))
    assert queries.places(tx, below) == (f"station:{below}", f"station:{cast.station}", "platform")
    held = members.roles(tx, cast.alice, queries.places(tx, below))
    assert Role.MODERATOR in held


def test_moving_takes_rights_at_both_ends_and_makes_no_ring(tx: Db, cast: Cast) -> None:
    below = service.create(tx, cast.admin, Details(Tier.STATION, "Point", "POINT", cast.station))
    lilac = Details(Tier.STATION, "Lilac", "LILAC", below)
    with pytest.raises(Invalid):
        service.change(tx, cast.admin, cast.station, lilac)
    with pytest.raises(Forbidden):
        service.change(tx, cast.alice, below, Details(Tier.STATION, "Point", "POINT"))
    service.change(tx, cast.admin, below, Details(Tier.STATION, "Point", "POINT"))
    assert queries.station(tx, below).parent_id is None


def test_what_is_not_there(client: Client, tx: Db, cast: Cast) -> None:
    with pytest.raises(NotFound):
        service.change(tx, cast.admin, 999, Details(Tier.STATION, "x", "XX"))


def test_no_page_without_a_station(client: Client) -> None:
    assert client(None).get("/stations/999").status_code == 404
    assert client("admin").get("/stations/999/edit").status_code == 404


def test_an_administrator_takes_in_who_has_an_account(client: Client, cast: Cast) -> None:
    url = f"/stations/{cast.station}/residents"
    assert client("clerk").post(url, data={"login": "Charlie"}).status_code == 403
    assert f'action="{url}"' not in client("clerk").get(f"/stations/{cast.station}").text
    assert client("admin").post(url, data={"login": "Charlie"}).status_code == 303
    with reading() as db:
        place = f"station:{cast.station}"
        assert members.roles(db, cast.charlie, [place]) == {Role.RESIDENT}
        assert people.account(db, cast.charlie).verified == "staff"
    assert client("bob").post(url, data={"login": "charlie"}).status_code == 403
    assert client("admin").post(url, data={"login": "nobody"}).status_code == 422


def test_staff_are_appointed_by_administrators(client: Client, cast: Cast) -> None:
    url = f"/stations/{cast.station}/staff"
    form = {"staff_login": "bob", "role": "operator"}
    assert client("alice").post(url, data=form).status_code == 403
    assert client("admin").post(url, data=form).status_code == 303
    assert "Bob" in client(None).get(f"/stations/{cast.station}").text
    end = {"member": str(cast.bob.id), "role": "operator"}
    assert client("alice").post(f"{url}/end", data=end).status_code == 403
    assert client("admin").post(f"{url}/end", data=end).status_code == 303
    assert client("admin").post(f"{url}/end", data=end).status_code == 409
