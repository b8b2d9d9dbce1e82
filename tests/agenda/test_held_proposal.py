"""Proposals that a screen holds: kept, seen by author and moderators, released or refused."""

import pytest
from cast import Cast
from conftest import Client
from flagging import screens
from starlette.testclient import TestClient

from forum.base.db import reading, transaction
from forum.base.events import Audience, history
from forum.consultations import service as consultations
from forum.consultations.models import Stage

TOPIC = {"title": "Zephyr lifts", "body": "Buy them at once."}


@pytest.fixture
def path(cast: Cast) -> str:
    """Where topics are proposed, with a word that waits."""
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PROPOSING, "Again")
    screens(cast, word_list={"on": True, "words": ["zephyr"]})
    return f"/consultations/{cast.consultation}/items"


def propose(browser: TestClient, path: str, **more: str) -> str:
    answer = browser.post(path, data={**TOPIC, **more})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def acted(client: Client, who: str, about: int, **form: str) -> int:
    return client(who).post(f"/moderation/queue/proposal/{about}/act", data=form).status_code


def test_it_waits_and_nothing_is_lost(client: Client, cast: Cast, path: str) -> None:
    bob = client("bob")
    assert propose(bob, path) == propose(bob, path) == "/proposals/1"
    assert "A moderator looks at it before others see it" in bob.get("/proposals/1").text
    assert "Buy them at once" in client("alice").get("/proposals/1").text
    assert "Zephyr lifts" in bob.get(f"/consultations/{cast.consultation}").text
    for reader in (None, "charlie", "rong"):
        assert client(reader).get("/proposals/1").status_code in (303, 404)
        for page in (f"/consultations/{cast.consultation}", "/chain/proposal/1", "/"):
            assert "Zephyr" not in client(reader).get(page).text
    with reading() as db:
        known = history(db, cast.place, audience=Audience.DESK)
    assert not {event.kind for event in known} & {"agenda:proposal:held", "oversight:flag:raised"}


def test_a_moderator_releases_it(client: Client, cast: Cast, path: str) -> None:
    bob = client("bob")
    propose(bob, path)
    alice = client("alice")
    assert "Buy them at once" in alice.get("/moderation/queue").text
    assert "Publish it" in alice.get("/moderation/queue/proposal/1").text
    assert acted(client, "rong", 1, act="release") == 404
    assert acted(client, "alice", 1, act="move", rule="spam") == 409
    assert acted(client, "alice", 1, act="release") == 303
    assert acted(client, "alice", 1, act="release") == 409
    page = client(None).get(f"/consultations/{cast.consultation}").text
    assert "Zephyr lifts" in page
    assert "is published" in bob.get("/inbox").text
    assert "proposes a topic" in alice.get("/inbox").text
    assert "is published" in bob.get("/proposals/1").text


def test_refused_its_author_appeals(client: Client, cast: Cast, path: str) -> None:
    bob = client("bob")
    propose(bob, path)
    assert acted(client, "alice", 1, act="hide", rule="spam") == 303
    assert "It was not published" in bob.get("/proposals/1").text
    assert "Not published" in bob.get("/measures/1").text
    bob.post("/measures/1/appeal", data={"body": "Zephyr is the only maker."})
    form = {"result": "overturned", "answer": "True."}
    answer = client("admin").post("/measures/1/decide", data=form)
    assert answer.status_code == 303, answer.text
    assert "Zephyr lifts" in client(None).get(f"/consultations/{cast.consultation}").text


def test_a_new_text_waits_while_the_old_one_stands(client: Client, cast: Cast, path: str) -> None:
    bob = client("bob")
    item = propose(bob, path, title="Quiet lifts")
    assert item.startswith("/items/")
    assert propose(bob, item) == propose(bob, item, body="Now!") == "/proposals/1"
    assert "Quiet lifts" in client(None).get(item).text
    with reading() as db:
        kinds = [event.kind for event in history(db, cast.place, audience=Audience.MODERATOR)]
    assert kinds.count("agenda:proposal:revised") == 1
    assert acted(client, "alice", 1, act="release") == 303
    page = client(None).get(item).text
    assert "Zephyr lifts" in page
    assert "Now!" in page


def test_moderators_are_not_screened(client: Client, path: str) -> None:
    assert propose(client("alice"), path).startswith("/items/")


def test_proposals_count_for_the_pace(client: Client, cast: Cast, path: str) -> None:
    screens(cast, pace={"on": True, "posts": 2, "minutes": 10})
    bob = client("bob")
    for n in range(2):
        assert propose(bob, path, title=f"Topic {n}").startswith("/items/")
    assert propose(bob, path, title="Topic 3").startswith("/proposals/")
    answer = bob.post(f"/items/{cast.item}/arguments", data={"body": "Yes", "stance": "pro"})
    assert answer.headers["location"].startswith("/held/")


def test_where_it_is_over_nothing_is_released(client: Client, cast: Cast, path: str) -> None:
    propose(client("bob"), path)
    with transaction() as tx:
        for stage in list(Stage)[1:]:
            consultations.move_stage(tx, cast.alice, cast.consultation, stage)
    assert acted(client, "alice", 1, act="release") == 409
