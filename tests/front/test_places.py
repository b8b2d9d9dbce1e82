"""Where one takes part: the page, and the menu in the head of every page."""

from collections.abc import Callable
from typing import Any

from cast import Cast

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
