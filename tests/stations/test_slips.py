"""Sheets of slips: made, printed once, used once, withdrawn."""

import re
from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st

from forum.base import clock
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, Invalid
from forum.base.events import Audience, history
from forum.base.tables import metadata
from forum.members import people
from forum.members import queries as members
from forum.members.models import Role
from forum.stations import codes, service, waysin

SHEET = {"count": "3", "note": "Block 7", "until": "2030-01-01T23:59"}
DIGITS = re.compile(r"(?:\d{4} ){3}\d{4}")


def handed_out(cast: Cast, count: int = 1) -> list[str]:
    """Codes of a new sheet of the cast's station."""
    until = clock.now() + timedelta(days=30)
    with transaction() as tx:
        return service.make_slips(
            tx, cast.clerk, cast.station, count=count, note="Block 7", until=until
        ).codes


@given(st.integers(0, 10**10 - 1), st.integers(0, 15), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(secret: int, at: int, by: int) -> None:
    code = codes.draw(f"{secret:010}"[:5])
    wrong = code[:at] + str((int(code[at]) + by) % 10) + code[at + 1 :]
    assert codes.sound(code)
    assert not codes.sound(wrong)


@pytest.mark.parametrize("look", ["{0}", " {1} ", "{2}", "{3}"])
def test_a_code_is_read_however_it_is_typed(look: str) -> None:
    code = codes.draw(codes.tag())
    wide = code.translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    typed = look.format(code, codes.grouped(code), codes.grouped(code).replace(" ", "-"), wide)
    assert codes.read(typed) == code


def test_a_sheet_is_shown_once_and_no_code_is_kept(client: Client, cast: Cast) -> None:
    browser = client("clerk")
    url = f"/stations/{cast.station}/slips"
    year = f"{clock.now() + timedelta(days=90):%Y-%m-%d}T12:00"
    sheet = browser.post(url, data=SHEET | {"until": year})
    assert sheet.status_code == 200
    shown = DIGITS.findall(sheet.text)
    assert len(set(shown)) == 3
    assert sheet.text.count("<svg") >= 3
    page = browser.get(url)
    assert "Block 7" in page.text
    assert "0 of 3 used, 3 open" in page.text
    assert DIGITS.findall(page.text) == []
    plain = [code.replace(" ", "") for code in shown]
    with reading() as db:
        for table in metadata.sorted_tables:
            kept = str(db.execute(table.select()).all())
            assert not any(code in kept for code in plain), table.name


def test_who_serves_elsewhere_makes_none(client: Client, tx: Db, cast: Cast) -> None:
    until = clock.now() + timedelta(days=30)
    for actor in (cast.bob, cast.rong, cast.charlie):
        with pytest.raises(Forbidden):
            service.make_slips(tx, actor, cast.station, count=1, note="x", until=until)


@pytest.mark.parametrize(
    ("count", "days", "field"),
    [(0, 9, "count"), (201, 9, "count"), (5, 0, "until"), (5, 500, "until")],
)
def test_a_sheet_has_bounds(tx: Db, cast: Cast, count: int, days: int, field: str) -> None:
    until = clock.now() + timedelta(days=days)
    with pytest.raises(Invalid) as refused:
        service.make_slips(tx, cast.clerk, cast.station, count=count, note="x", until=until)
    assert set(refused.value.fields) == {field}


def test_a_slip_makes_a_resident_with_a_card(client: Client, cast: Cast) -> None:
    code = handed_out(cast)[0]
    guest = client(None)
    step = guest.post("/enter", data={"code": codes.grouped(code)})
    assert step.status_code == 200
    assert "Welcome to Lilac Court station" in step.text
    card = guest.post("/enter/new", data={"code": code, "name": "Aunt Wang"})
    assert card.status_code == 200
    (own,) = DIGITS.findall(card.text)
    assert own != codes.grouped(code)
    assert "Aunt Wang" in guest.get("/settings").text
    with reading() as db:
        found, _total = waysin.residents(db, f"station:{cast.station}", text="wang")
        who = members.actor_of(db, found[0].id)
        assert members.roles(db, who, [f"station:{cast.station}"]) == {Role.RESIDENT}
        assert people.account(db, who).verified == "code"
        events = history(db, f"station:{cast.station}", audience=Audience.DESK)
        assert events[-1].kind == "stations:slip:used"
        assert events[-1].actor_id == who.id
    other = client(None)
    again = other.post("/enter", data={"code": own})
    assert again.status_code == 303
    assert "Aunt Wang" in other.get("/settings").text


def test_a_slip_with_a_password_needs_no_card(client: Client, cast: Cast) -> None:
    form = {"code": handed_out(cast)[0], "name": "Li", "login": "li.hua"}
    guest = client(None)
    wrong = guest.post("/enter/new", data=form)
    assert wrong.status_code == 422
    assert 'value="Li"' in wrong.text
    answer = guest.post("/enter/new", data=form | {"password": "a long enough word"})
    assert answer.headers["location"] == f"/stations/{cast.station}"
    signed = {"login": "li.hua", "password": "a long enough word"}
    assert client(None).post("/sign-in", data=signed).status_code == 303


def test_a_member_joins_with_the_account_that_is_there(client: Client, cast: Cast) -> None:
    first, second = handed_out(cast, 2)
    browser = client("charlie")
    assert browser.post("/enter/new", data={"code": first}).status_code == 303
    with reading() as db:
        place = f"station:{cast.station}"
        assert members.roles(db, cast.charlie, [place]) == {Role.RESIDENT}
    assert browser.post("/enter/new", data={"code": second}).status_code == 409
    assert client(None).get(f"/enter?code={second}").status_code == 200


def test_a_slip_is_for_one_person(client: Client, cast: Cast) -> None:
    code = handed_out(cast)[0]
    client(None).post("/enter/new", data={"code": code, "name": "One"})
    late = client(None).post("/enter/new", data={"code": code, "name": "Two"})
    assert late.status_code == 422
    assert "This slip has been used." in late.text


def test_a_slip_ends_with_its_day(client: Client, cast: Cast) -> None:
    code = handed_out(cast)[0]
    with clock.travel(days=31):
        late = client(None).get(f"/enter?code={code}")
    assert "This slip was valid until" in late.text
    assert "Lilac Court station" in late.text


def test_a_sheet_is_withdrawn(client: Client, cast: Cast) -> None:
    code = handed_out(cast)[0]
    with reading() as db:
        batch = waysin.batches(db, cast.station)[0].id
    assert client("bob").post(f"/slips/{batch}/withdraw").status_code == 403
    assert client("clerk").post(f"/slips/{batch}/withdraw").status_code == 303
    assert client("clerk").post(f"/slips/{batch}/withdraw").status_code == 409
    assert client("clerk").post("/slips/999/withdraw").status_code == 404
    said = client(None).post("/enter", data={"code": code})
    assert said.status_code == 422
    assert "This slip is no longer valid." in said.text


def test_guessing_on_a_sheet_ends_soon_and_other_sheets_stay_open(
    client: Client, cast: Cast
) -> None:
    code, other = handed_out(cast)[0], handed_out(cast)[0]
    guest = client(None)
    tries = [codes.draw(codes.tag_of(code)) for _try in range(waysin.GUESSES_AT_ONCE + 1)]
    with clock.at(clock.now()):
        said = [guest.post("/enter", data={"code": guess}).status_code for guess in tries]
        assert said == [422] * waysin.GUESSES_AT_ONCE + [429]
        assert guest.post("/enter", data={"code": code}).status_code == 429
    assert guest.post("/enter", data={"code": other}).status_code == 200


@pytest.mark.parametrize("typed", ["1234", "1234 5678 9012 3456 7", "hello"])
def test_what_is_no_code_says_so(client: Client, cast: Cast, typed: str) -> None:
    answer = client(None).post("/enter", data={"code": typed})
    assert answer.status_code == 422
    assert "The code has sixteen digits" in answer.text
