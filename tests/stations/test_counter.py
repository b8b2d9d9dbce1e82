"""A clerk takes somebody in, and replaces a lost card."""

import re

import pytest
from cast import Cast
from conftest import Client

from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden
from forum.members import people, sheets
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Mode, Role
from forum.members.passwords import hashed
from forum.stations import service, waysin

DIGITS = re.compile(r"(?:\d{4} ){3}\d{4}")


def taken_in(client: Client, cast: Cast, name: str = "Uncle Li") -> tuple[int, str]:
    """Somebody new, and the code of their card."""
    form = {"name": name, "larger": "1"}
    slip = client("clerk").post(f"/stations/{cast.station}/newcomers", data=form)
    assert slip.status_code == 200
    (code,) = DIGITS.findall(slip.text)
    with reading() as db:
        found, _total = waysin.residents(db, f"station:{cast.station}", text=name)
    assert found[0].login in slip.text
    return found[0].id, code


def test_a_clerk_takes_somebody_in_who_then_comes_in_alone(client: Client, cast: Cast) -> None:
    who, code = taken_in(client, cast)
    with reading() as db:
        actor = members.actor_of(db, who)
        assert members.roles(db, actor, [f"station:{cast.station}"]) == {Role.RESIDENT}
        assert people.account(db, actor).verified == "staff"
        assert people.account(db, actor).mode == Mode.ELDER
    browser = client(None)
    assert browser.post("/enter", data={"code": code, "shared": "1"}).status_code == 303
    home = browser.get("/settings")
    assert "Uncle Li" in home.text
    assert 'data-mode="elder"' in home.text
    assert "data-shared-device" in home.text


def test_a_card_in_the_address_waits_for_a_press(client: Client, cast: Cast) -> None:
    _who, code = taken_in(client, cast)
    browser = client(None)
    assert "This is your card." in browser.get(f"/enter?code={code.replace(' ', '')}").text
    assert browser.get("/settings").status_code == 303


def test_others_do_not(client: Client, cast: Cast) -> None:
    for path in ("residents", "slips"):
        assert client("bob").get(f"/stations/{cast.station}/{path}").status_code == 403
        assert client(None).get(f"/stations/{cast.station}/{path}").status_code == 303
    form = {"name": "Nobody"}
    assert client("rong").post(f"/stations/{cast.station}/newcomers", data=form).status_code == 403
    assert client("clerk").post("/stations/999/newcomers", data=form).status_code == 404


def test_a_lost_card_is_replaced_and_opens_nothing_more(client: Client, cast: Cast) -> None:
    who, lost = taken_in(client, cast)
    finder = client(None)
    finder.post("/enter", data={"code": lost})
    url = f"/stations/{cast.station}/residents/{who}/card"
    assert client("bob").post(url).status_code == 403
    assert "Uncle Li" in client("clerk").get(f"/stations/{cast.station}/residents?q=uncle").text
    slip = client("clerk").post(url)
    (code,) = DIGITS.findall(slip.text)
    assert finder.get("/settings").status_code == 303
    said = client(None).post("/enter", data={"code": lost})
    assert said.status_code == 422
    assert "This card is no longer valid" in said.text
    owner = client(None)
    assert owner.post("/enter", data={"code": code}).status_code == 303
    assert "You were given a new card by" in owner.get("/inbox").text


@pytest.mark.parametrize("who", ["charlie", "alice", "clerk"])
def test_no_card_for_strangers_nor_for_those_who_lead(tx: Db, cast: Cast, who: str) -> None:
    if who != "charlie":
        accounts.grant(tx, None, cast[who].id, Role.RESIDENT, f"station:{cast.station}")
    with pytest.raises(Forbidden):
        service.replace_card(tx, cast.clerk, cast.station, cast[who].id)


def test_a_card_does_not_open_the_account_of_somebody_who_came_to_lead(
    client: Client, cast: Cast
) -> None:
    who, code = taken_in(client, cast)
    with transaction() as tx:
        accounts.grant(tx, None, who, Role.MODERATOR, "platform")
    assert client(None).post("/enter", data={"code": code}).status_code == 403


def test_nobody_comes_in_over_somebody_else(client: Client, cast: Cast) -> None:
    _who, code = taken_in(client, cast)
    assert client("bob").post("/enter", data={"code": code}).status_code == 409


def test_no_clerk_makes_an_account_their_own_resident(client: Client, cast: Cast) -> None:
    place, clerk = f"station:{cast.station}", client("clerk")
    form = {"place": place, "in_place": place, "login": "bob", "role": "resident"}
    assert clerk.post("/people", data=form).status_code == 403
    assert clerk.post(f"/stations/{cast.station}/residents", data=form).status_code == 403
    with transaction() as tx:
        rows = sheets.lines("name,login\nBob,bob\nUncle Li,uncle-li\n")
        counted, _new = accounts.take_in(tx, cast.clerk, place, rows)
        assert (counted["bad"], counted["new"], counted["role"]) == (1, 1, 0)
        assert members.roles(tx, cast.bob, [place]) == frozenset()
    assert clerk.get(f"/counter/{cast.bob.id}").status_code == 404


@pytest.mark.parametrize("role", [Role.HANDLER, Role.REPRESENTATIVE, Role.SECRETARY])
def test_no_card_that_opens_an_office(tx: Db, cast: Cast, role: Role) -> None:
    place = f"station:{cast.station}"
    accounts.grant(tx, None, cast.bob.id, Role.RESIDENT, place)
    accounts.grant(tx, None, cast.bob.id, role, cast.place)
    with pytest.raises(Conflict):
        service.replace_card(tx, cast.clerk, cast.station, cast.bob.id)


def test_a_new_password_ends_the_card(client: Client, cast: Cast) -> None:
    who, code = taken_in(client, cast)
    with transaction() as tx:
        accounts.set_password(tx, None, who, hashed("a long enough word"))
    assert client(None).post("/enter", data={"code": code}).status_code == 422
