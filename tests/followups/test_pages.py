"""The pages of tasks: the tracker, the history, duties."""

from cast import Cast
from conftest import Client
from followups import given

from forum.base import clock
from forum.base.db import transaction
from forum.base.events import Audience
from forum.followups import service
from forum.followups.models import Rating


def test_a_task_page_tells_its_whole_history(cast: Cast, client: Client) -> None:
    task = given.answered(cast)
    with transaction() as tx:
        service.rate(tx, cast.bob, task, rating=Rating.DISSATISFIED, words="One is missing.")
    page = client(None).get(f"/tasks/{task}")
    assert page.status_code == 200
    for words in (
        "Three <strong>written</strong> offers",
        "Acknowledged",
        "Three offers are here.",
        "One is missing.",
        "To be done again",
        "Which kind of lift?",  # the item that it follows from
    ):
        assert words in page.text
    assert "Bob" not in page.text  # whose rating it was stays out


def test_steps_by_form(cast: Cast, client: Client) -> None:
    task = given.task(cast)
    hui, bob = client("hui"), client("bob")
    assert "Acknowledge the task" in hui.get(f"/tasks/{task}").text
    assert "Acknowledge the task" not in bob.get(f"/tasks/{task}").text
    done = hui.post(f"/tasks/{task}/accept")
    assert (done.status_code, done.headers["location"]) == (303, f"/tasks/{task}")
    again = hui.post(f"/tasks/{task}/accept")
    assert again.status_code == 409
    wrong = hui.post(f"/tasks/{task}/answer", data={"result": "solved", "body": ""})
    assert wrong.status_code == 422
    hui.post(f"/tasks/{task}/answer", data={"result": "solved", "body": "Here they are."})
    assert "Are you satisfied" in bob.get(f"/tasks/{task}").text
    assert bob.post(f"/tasks/{task}/rate", data={"rating": "mostly"}).status_code == 303
    assert "Your rating: Mostly satisfied" in bob.get(f"/tasks/{task}").text
    assert client(None).post(f"/tasks/{task}/rate").status_code == 401


def test_the_tracker_counts_and_narrows(cast: Cast, client: Client) -> None:
    given.task(cast, days=1)
    given.answered(cast)
    given.task(cast, unit="Housing office")
    given.task(cast, audience=Audience.MODERATOR)
    with clock.travel(days=2):
        guest = client(None).get("/tasks.json").json()
        assert guest["counts"] == {
            "active": 2,
            "overdue": 1,
            "answered": 1,
            "closed": 0,
            "all": 3,
        }
        late = client(None).get("/tasks.json?shown=overdue").json()
        assert [line["handler"] for line in late["tasks"]] == ["Hui the handler"]
        unit = client(None).get("/tasks.json?shown=all&unit=Housing+office").json()
        assert unit["total"] == 1
        assert client("hui").get("/tasks.json").json()["counts"]["active"] == 3
        page = client(None).get("/tasks?shown=overdue")
        assert page.status_code == 200
        assert "Ask three firms" in page.text


def test_duties_by_date(cast: Cast, client: Client) -> None:
    given.task(cast, days=9)
    given.task(cast, days=1)
    with clock.travel(days=2):
        page = client(None).get(f"/people/{cast.rong.id}/duties.json").json()
        assert (page["open"], page["overdue"]) == (2, 1)
        dates = [line["task"]["due"] for line in page["supervised"]]
        assert dates == sorted(dates)
        assert client(None).get(f"/people/{cast.rong.id}/duties").status_code == 200
        assert f"/people/{cast.rong.id}/duties" in client(None).get(f"/people/{cast.rong.id}").text


def test_those_behind_and_those_concerned_are_told(cast: Cast, client: Client) -> None:
    given.task(cast)
    for name in ("hui", "bob"):
        assert "Ask three firms" in client(name).get("/inbox").text
    assert "Ask three firms" not in client("dana").get("/inbox").text
