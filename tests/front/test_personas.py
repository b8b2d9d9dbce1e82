"""The demo's personas: one click, on this machine, in a demo's data folder alone."""

from pathlib import Path

import pytest
from cast import Cast
from conftest import Client

from forum.base import settings


@pytest.fixture
def demo(data: Path) -> Path:
    """This test's data folder, marked as a demo's."""
    (data / settings.DEMO_MARKER).touch()
    settings.configure(data=data)
    return data


def test_there_are_none_elsewhere(client: Client, cast: Cast) -> None:
    assert client(None).get("/demo/personas").status_code == 404
    form = {"persona": str(cast.bob.id)}
    assert client(None).post("/demo/personas", data=form).status_code == 404


def test_one_click_makes_somebody_else(client: Client, cast: Cast, demo: Path) -> None:
    guest = client(None)
    page = guest.get("/demo/personas").text
    assert "Rong the representative" in page
    assert "Representative" in page
    answer = guest.post("/demo/personas", data={"persona": str(cast.rong.id), "back": "/inbox"})
    assert answer.headers["location"] == "/inbox"
    assert "Rong the representative" in guest.get("/settings").text
    assert guest.post("/demo/personas", data={"persona": "999"}).status_code == 404


def test_not_where_others_could_reach_it(client: Client, cast: Cast, demo: Path) -> None:
    settings.configure(data=demo, host="0.0.0.0")
    assert client(None).get("/demo/personas").status_code == 404


def test_not_from_another_site(client: Client, cast: Cast, demo: Path) -> None:
    head = {"sec-fetch-site": "cross-site"}
    form = {"persona": str(cast.rong.id)}
    assert client(None).post("/demo/personas", data=form, headers=head).status_code == 403
