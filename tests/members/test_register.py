"""Opening an account."""

import pytest
from conftest import Client

from forum.base import auth, clock
from forum.base.db import Db, reading
from forum.base.errors import Invalid
from forum.base.events import Audience, history
from forum.members import people, queries, robots, service

FORM = {"login": "Newcomer", "name": "A newcomer", "password": "a long enough word"}


def test_an_account_opens_and_is_signed_in(client: Client) -> None:
    guest = client(None)
    answer = guest.post("/register", data=FORM)
    assert answer.status_code == 303
    page = guest.get("/settings")
    assert "A newcomer" in page.text
    assert "newcomer" in page.text


def test_opening_is_recorded_without_a_word_about_the_person(tx: Db) -> None:
    new = service.register(tx, **FORM)  # type: ignore[arg-type]
    joined = history(tx, f"member:{new}", audience=Audience.MODERATOR)
    assert [event.kind for event in joined] == ["members:member:joined"]
    assert joined[0].payload == {"member": new}


def test_a_taken_login_name_is_refused_and_the_typed_name_stays(client: Client) -> None:
    answer = client(None).post("/register", data=FORM | {"login": "BOB"})
    assert answer.status_code == 422
    assert "Somebody has this login name already" in answer.text
    assert 'value="A newcomer"' in answer.text
    assert "a long enough word" not in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("login", "a b"), ("name", "\u200b"), ("password", "short"), ("password", "Newcomer")],
)
def test_what_cannot_be_taken_names_its_field(tx: Db, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        service.register(tx, **(FORM | {field: value}))  # type: ignore[arg-type]
    assert set(refused.value.fields) == {field}


def test_the_password_is_kept_as_a_hash_alone(client: Client) -> None:
    client(None).post("/register", data=FORM)
    with reading() as db:
        found = queries.credential(db, "newcomer")
        assert found is not None
        assert found[1] is not None
        assert found[1].startswith("$argon2id$")
        assert people.account(db, queries.actor_of(db, found[0])).login == "newcomer"


def opened(client: Client, form: dict[str, str]) -> bool:
    """Whether posting the form opened an account."""
    answer = client(None).post("/register", data=form)
    assert answer.status_code == 303
    with reading() as db:
        return queries.credential(db, form["login"]) is not None


def test_a_robot_gets_the_same_answer_and_no_account(client: Client) -> None:
    page = client(None).get("/register").text
    assert f'name="{robots.TRAP}"' in page
    assert not opened(client, FORM | {robots.TRAP: "Buy now"})
    person, robot = (
        client(None).post("/register", data=FORM | {"login": login} | trap)
        for login, trap in (("person", {}), ("robot", {robots.TRAP: "Buy now"}))
    )
    assert robot.headers["location"] == person.headers["location"]
    assert auth.COOKIE in person.cookies
    assert auth.COOKIE not in robot.cookies


def test_what_comes_faster_than_a_page_is_asked_again(client: Client) -> None:
    with clock.at(clock.now()):
        mark = robots.began()
        fast = client(None).post("/register", data=FORM | {robots.BEGAN: mark})
    assert fast.status_code == 422
    assert 'value="A newcomer"' in fast.text
    with clock.travel(seconds=2):
        assert opened(client, FORM | {robots.BEGAN: mark})


@pytest.mark.parametrize("mark", ["1", "x.y", "WyJh.b"])
def test_a_mark_that_is_not_ours_does_not_do(client: Client, mark: str) -> None:
    assert client(None).post("/register", data=FORM | {robots.BEGAN: mark}).status_code == 422
