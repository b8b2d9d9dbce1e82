"""Closing a place and opening it again; papers for people who are new."""

import io

import pytest
from cast import Cast
from conftest import Client

from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden
from forum.base.events import Audience, history
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from forum.stations import queries, service
from forum.stations.models import Tier


def test_a_closed_place_is_in_no_list_and_takes_nobody_in(tx: Db, cast: Cast) -> None:
    service.archive(tx, cast.admin, cast.station)
    assert queries.open_stations(tx) == []
    assert queries.station(tx, cast.station)
    last = history(tx, f"station:{cast.station}", audience=Audience.PUBLIC)[-1]
    assert (last.kind, last.actor_id) == ("stations:station:archived", cast.admin.id)
    with pytest.raises(Conflict):
        service.admit(tx, cast.admin, cast.station, "bob")
    draft = consultations.Draft("A", "B", "C", Visibility.PUBLIC, Eligibility.OPEN, "UTC")
    with pytest.raises(Conflict):
        consultations.create(tx, cast.alice, draft, station=cast.station)
    with pytest.raises(Conflict):
        service.archive(tx, cast.admin, cast.station)
    service.restore(tx, cast.admin, cast.station)
    assert [row.id for row in queries.open_stations(tx)] == [cast.station]
    with pytest.raises(Conflict):
        service.restore(tx, cast.admin, cast.station)


def test_what_stands_below_is_closed_first(tx: Db, cast: Cast) -> None:
    below = service.Details(Tier.STATION, "Point", "POINT", cast.station)
    point = service.create(tx, cast.admin, below)
    with pytest.raises(Conflict):
        service.archive(tx, cast.admin, cast.station)
    service.archive(tx, cast.admin, point)
    service.archive(tx, cast.admin, cast.station)


def test_only_who_builds_closes(client: Client, cast: Cast) -> None:
    url = f"/stations/{cast.station}/archive"
    assert client(None).post(url).status_code == 401
    assert client("alice").post(url).status_code == 403
    with transaction() as tx, pytest.raises(Forbidden):
        service.restore(tx, cast.clerk, cast.station)
    assert client("admin").post(url).status_code == 303
    assert "in the archive" in client(None).get(f"/stations/{cast.station}").text
    assert "Lilac" not in client(None).get("/stations").text
    assert client("admin").post(f"/stations/{cast.station}/restore").status_code == 303


def test_papers_for_the_new_ones_of_a_list(client: Client, cast: Cast) -> None:
    admin, place = client("admin"), f"station:{cast.station}"
    rows = b"name,login,role\nAnn,ann-1,\nBo,bo-1,operator\nBob,bob,\n"
    files = {"sheet": ("people.csv", io.BytesIO(rows))}
    page = admin.post("/people/import", data={"place": place}, files=files).headers["location"]
    admin.post(page)
    assert "Print 2 papers" in admin.get(page).text
    papers = admin.post(f"{page}/papers").text
    assert "For Ann" in papers
    assert "For Bo" in papers
    assert "For Bob" not in papers
    assert papers.count("/enter?code=") <= papers.count("<svg")
    assert client("alice").post(f"{page}/papers").status_code == 404
    assert client(None).post(f"{page}/papers").status_code == 401
