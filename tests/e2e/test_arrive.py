"""A new resident without mail or phone: a slip from the station, a phone, the larger view."""

import re

import pytest
from browsing import Served, Window, press, seen, unfold
from cast import Cast
from e2e import looking
from playwright.sync_api import Page, expect

from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base import db
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.members import service as accounts
from forum.members.models import TextKind

DIGITS = re.compile(r"(?:\d{4} ){3}\d{4}")


@pytest.fixture(scope="module")
def item(cast: Cast) -> int:
    """A topic on which everybody may speak; the station has rules of conduct."""
    draft = consultations.Draft(
        "The yard", "What stands where?", "All of it.", Visibility.PUBLIC, Eligibility.OPEN, "UTC"
    )
    with db.transaction() as tx:
        yard = consultations.create(
            tx, cast.alice, draft, station=cast.station, stage=Stage.DELIBERATING
        )
        new = agenda.create(tx, cast.alice, yard, agenda.Draft("A bench?", "Where to?"))
        agenda.change_state(tx, cast.alice, new, ItemState.OPEN)
        place = f"station:{cast.station}"
        accounts.write_text(tx, cast.admin, place, TextKind.RULES, "Be kind.")
    return new


def codes_on(page: Page) -> list[str]:
    """The codes that a sheet or a card shows."""
    shown = page.locator(".code-digits").all_inner_texts()
    assert all(DIGITS.fullmatch(code) for code in shown)
    return shown


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_new_resident_comes_in_by_slip(
    window: Window, served: Served, cast: Cast, item: int, scripts: bool
) -> None:
    desk = window("clerk", f"/stations/{cast.station}")
    desk.get_by_role("link", name="Slips with codes").click()
    desk.get_by_label("How many?").fill("9")
    desk.get_by_label("For whom?").fill("Block 7")
    press(desk, "Make the sheet")
    expect(desk.locator(".code-slip")).to_have_count(9)
    assert looking.faults(desk, "standard") == []
    slip = codes_on(desk)[4]

    page = window(None, width=390, scripts=scripts)
    page.context.add_cookies([{"name": "mode", "value": "elder", "url": served.address}])
    page.goto("/sign-in")
    page.get_by_role("link", name="Come in with a code").first.click()
    page.get_by_label("Code").fill(slip[:-1] + str((int(slip[-1]) + 1) % 10))
    press(page, "Go on")
    seen(page, "One of the digits is not right.")
    page.get_by_label("Code").fill(slip.replace(" ", "-"))
    press(page, "Go on")
    seen(page, "Welcome to Lilac Court station")
    seen(page, "Be kind.")
    if scripts:
        assert looking.faults(page, "elder") == []
    page.get_by_label("How do you want to be called?").fill("Aunt Wang")
    press(page, "Come in")
    seen(page, "Card of Aunt Wang")
    (card,) = codes_on(page)
    if scripts:
        assert looking.faults(page, "elder") == []
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lilac Court station")

    page.goto(f"/items/{item}?step=say")
    page.get_by_role("radio", name="For").check()
    page.locator("textarea[name=body]").fill("In the shade.")
    press(page, "Publish")
    seen(page, "Your argument is published", "body")
    page.goto(f"/items/{item}?step=arguments")
    seen(page, "In the shade.")
    seen(page, "Aunt Wang")

    home = window(None, "/enter", width=390, scripts=scripts)
    home.get_by_label("Code").fill(card)
    press(home, "Go on")
    seen(home, "You are signed in", "body")
    home.goto("/settings")
    expect(home.get_by_label("Name that others see")).to_have_value("Aunt Wang")
    assert home.locator("html").get_attribute("data-mode") == "elder"


def test_rules_that_are_new_wait_before_the_next_word(
    window: Window, cast: Cast, item: int
) -> None:
    page = window("bob", f"/items/{item}", width=390)
    say = unfold(page, "Give a reason or ask")
    say.get_by_text("Against", exact=True).click()
    say.get_by_label("Your reason").fill("Too <dear>.")
    press(page, "Publish")
    seen(page, "Before you write here for the first time")
    assert looking.faults(page, "standard") == []
    press(page, "I accept the rules and go on")
    seen(page, "Your argument is published", "body")
    own = page.locator(".argument").filter(has_text="Too <dear>.")
    expect(own).to_contain_text(cast.bob.name)
