"""A place's welcome and rules of conduct: written, shown, accepted before one writes there."""

import html
import re

import pytest
from cast import Cast
from conftest import Client
from sqlalchemy import select, update
from sqlmodel import col

from forum.base import verify
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, NotFound
from forum.consultations.models import Consultation, Visibility
from forum.members import conduct, service
from forum.members.models import PLATFORM, Acceptance, PlaceText, TextKind

WORDS = {"stance": "pro", "body": "Knees <get> older & older."}


def write(cast: Cast, body: str = "Be kind.", place: str = "") -> None:
    with transaction() as tx:
        service.write_text(tx, cast.admin, place or cast.place, TextKind.RULES, body)


def pressed(page: str) -> dict[str, list[str]]:
    """The hidden fields of the page that asks to accept the rules."""
    form = page[page.index('action="/rules/accept"') :]
    form = form[: form.index("</form>")]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]*)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(html.unescape(value))
    return fields


def test_reading_never_needs_them_and_what_is_typed_is_kept(client: Client, cast: Cast) -> None:
    write(cast)
    browser, item = client("bob"), f"/items/{cast.item}"
    assert "Be kind." not in browser.get(item).text
    asked = browser.post(f"{item}/arguments", data=WORDS)
    assert asked.status_code == 403
    assert "Be kind." in asked.text
    fields = pressed(asked.text)
    assert fields["body"] == [WORDS["body"]]
    key = {"idempotency-key": "one-press"}  # a script's request takes its key along
    on = browser.post("/rules/accept", data=fields, headers=key)
    assert (on.status_code, on.headers["location"]) == (307, f"{item}/arguments")
    said = browser.post(on.headers["location"], data=fields, headers=key)
    assert said.status_code == 303
    assert "Knees &lt;get&gt; older" in browser.get(item).text
    again = browser.post(f"{item}/arguments", data=WORDS | {"body": "Once more."})
    assert again.status_code == 303


def test_a_new_version_asks_again_and_the_old_mark_does_not_do(client: Client, cast: Cast) -> None:
    write(cast)
    browser, url = client("bob"), f"/items/{cast.item}/arguments"
    old = pressed(browser.post(url, data=WORDS).text)
    browser.post("/rules/accept", data=old)
    write(cast, "Be kind and short.")
    asked = browser.post(url, data=WORDS)
    assert "Be kind and short." in asked.text
    browser.post("/rules/accept", data=old)
    assert browser.post(url, data=WORDS).status_code == 403
    browser.post("/rules/accept", data=pressed(asked.text))
    assert browser.post(url, data=WORDS).status_code == 303
    with reading() as db:
        mine = select(col(Acceptance.number)).where(col(Acceptance.member_id) == cast.bob.id)
        assert sorted(db.execute(mine).scalars()) == [1, 2]


def test_all_places_around_are_asked_for_at_once_and_a_welcome_asks_nothing(
    client: Client, cast: Cast
) -> None:
    for place, body in ((PLATFORM, "All: be kind."), (f"station:{cast.station}", "Here: no dogs.")):
        write(cast, body, place)
    with transaction() as tx:
        service.write_text(tx, cast.admin, cast.place, TextKind.WELCOME, "Come in!")
    asked = client("bob").post(f"/items/{cast.item}/arguments", data=WORDS).text
    assert asked.index("All: be kind.") < asked.index("Here: no dogs.")
    assert "Come in!" not in asked
    assert "Come in!" in client("bob").get(f"/consultations/{cast.consultation}").text


def test_a_form_of_its_own_page_waits_for_them_too(client: Client, cast: Cast) -> None:
    browser = client("bob")
    said = browser.post(f"/items/{cast.item}/arguments", data=WORDS).headers["location"]
    write(cast)
    form = browser.get(f"{said}/reply")
    assert form.status_code == 403
    fields = pressed(form.text)
    answer = browser.post("/rules/accept", data=fields)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{said}/reply")
    assert browser.get(f"{said}/reply").status_code == 200


def test_reactions_and_votes_need_none(client: Client, cast: Cast) -> None:
    browser = client("bob")
    said = browser.post(f"/items/{cast.item}/arguments", data=WORDS).headers["location"]
    write(cast)
    assert client("rong").post(f"{said}/reaction", data={"opinion": "agree"}).status_code == 303


def test_programs_are_told_too(client: Client, cast: Cast) -> None:
    write(cast)
    answer = client("bob").post(f"/items/{cast.item}/arguments.json", json=WORDS)
    assert (answer.status_code, answer.json()["error"]) == (403, "rules_first")
    page = client("bob").get(f"/rules.json?place={cast.place}").json()
    mark = f"{cast.place}@{page['rules']['number']}"
    accepted = client("bob").post("/rules/accept.json", json={"_accepted": mark})
    assert accepted.status_code == 200
    assert client("bob").post(f"/items/{cast.item}/arguments.json", json=WORDS).status_code == 201


def test_they_are_written_by_who_leads_the_place(client: Client, cast: Cast) -> None:
    form = {"place": cast.place, "welcome": "Come in!", "body": "Be **kind**."}
    assert client("bob").post("/rules", data=form).status_code == 403
    assert client("bob").get(f"/rules/edit?place={cast.place}").status_code == 403
    assert client("alice").post("/rules", data=form | {"place": PLATFORM}).status_code == 403
    assert client("alice").post("/rules", data=form).status_code == 303
    page = client(None).get(f"/rules?place={cast.place}").text
    assert "<strong>kind</strong>" in page
    assert "Come in!" in page
    assert "Be **kind**." in client("alice").get(f"/rules/edit?place={cast.place}").text


def test_an_invisible_place_has_no_rules(tx: Db, cast: Cast) -> None:
    tx.get_one(Consultation, cast.consultation).visibility = Visibility.INVITED
    with pytest.raises(NotFound):
        conduct.require_place(tx, cast.charlie, cast.place)
    for place in ("member:1", "argument:1", "nonsense", "station:999"):
        with pytest.raises(NotFound):
            conduct.require_place(tx, cast.admin, place)
    with pytest.raises(Forbidden):
        service.write_text(tx, cast.bob, PLATFORM, TextKind.RULES, "Mine.")


def test_rules_that_are_taken_back_ask_nobody(tx: Db, cast: Cast) -> None:
    service.write_text(tx, cast.admin, PLATFORM, TextKind.RULES, "Be kind.")
    assert conduct.owed(tx, cast.bob, [PLATFORM])
    service.write_text(tx, cast.admin, PLATFORM, TextKind.RULES, "")
    assert conduct.owed(tx, cast.bob, [PLATFORM]) == []


def test_who_registers_accepts_what_was_shown(client: Client, cast: Cast) -> None:
    write(cast, place=PLATFORM)
    guest = client(None)
    page = guest.get("/register").text
    assert "Be kind." in page
    assert f'value="{PLATFORM}@1"' in page
    form = {"login": "newcomer", "name": "New", "password": "a long enough word"}
    guest.post("/register", data=form | {"_accepted": f"{PLATFORM}@1"})
    assert "You accepted it on" in guest.get("/rules").text


def test_a_changed_text_is_found_by_verify(cast: Cast) -> None:
    write(cast)
    with reading() as db:
        assert verify.verify(db).faults == []
    with transaction() as tx:
        tx.execute(update(PlaceText).values(body="Be rude."))
    with reading() as db:
        assert {fault.kind for fault in verify.verify(db).faults} == {"text_changed"}


def test_the_way_on_leads_nowhere_else(client: Client, cast: Cast) -> None:
    for to in ("//evil.example", "https://evil.example/"):
        answer = client("bob").post("/rules/accept", data={"_to": to, "_again": "1"})
        assert answer.headers["location"] == "/"
