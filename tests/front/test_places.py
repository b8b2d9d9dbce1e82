"""Where one takes part: the page, and the menu in the head of every page."""

from collections.abc import Callable
from typing import Any

from cast import Cast

from forum.base.db import transaction
from forum.consultations import service as consultations
from forum.consultations.models import Stage

Client = Callable[..., Any]
MENU = {"hx-request": "true", "hx-target": "place-list"}


def test_the_page_names_the_station_and_its_consultations(client: Client, cast: Cast) -> None:
    for name, stations in (("alice", [f"station:{cast.station}"]), ("bob", [])):
        shown = client(name).get("/places.json").json()["places"]
        assert [step["ref"] for step in shown["stations"]] == stations
        assert [step["ref"] for step in shown["consultations"]] == [
            f"consultation:{cast.consultation}"
        ]
        assert shown["more"] is False


def test_the_menu_is_fetched_alone(client: Client, cast: Cast) -> None:
    bob = client("bob")
    menu = bob.get("/places", headers=MENU).text
    assert f'href="/consultations/{cast.consultation}"' in menu
    assert "<html" not in menu
    assert 'data-load="/places"' in bob.get(f"/consultations/{cast.consultation}").text


def test_who_is_part_of_nothing_learns_where_to_go(client: Client, cast: Cast) -> None:
    charlie = client("charlie")
    assert charlie.get("/places.json").json()["places"]["consultations"] == []
    assert 'href="/stations"' in charlie.get("/places").text
    assert 'href="/stations"' in charlie.get("/places", headers=MENU).text


def test_guests_are_asked_to_sign_in(client: Client, cast: Cast) -> None:
    guest = client(None)
    assert guest.get("/places.json").status_code == 401
    assert "place-menu" not in guest.get("/").text


def test_what_is_archived_lies_under_a_fold(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        for stage in list(Stage)[list(Stage).index(Stage.DECIDING) :]:
            consultations.move_stage(tx, cast.alice, cast.consultation, stage)
    bob = client("bob")
    assert 'id="archived"' not in bob.get("/places").text
    with transaction() as tx:
        consultations.archive(tx, cast.alice, cast.consultation)
    shown = bob.get("/places.json").json()["places"]
    assert shown["consultations"] == []
    assert [step["ref"] for step in shown["archived"]] == [f"consultation:{cast.consultation}"]
    page = bob.get("/places").text
    assert page.index('id="archived"') < page.index(f'href="/consultations/{cast.consultation}"')
    assert f'href="/consultations/{cast.consultation}"' not in bob.get("/places", headers=MENU).text
    assert client("charlie").get("/places.json").json()["places"]["archived"] == []
