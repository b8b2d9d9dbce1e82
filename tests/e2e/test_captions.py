"""Captions in two windows: one types, one reads along and is told each line once; and a wall."""

import sitting as hall
from browsing import SLOW, Window
from cast import Cast
from playwright.sync_api import expect

from forum.base.db import transaction
from sessions.floor import service as floor
from sessions.floor.screen_models import Shows

HEARD = """() => {
  window.heard = [];
  new MutationObserver(() => {
    const words = document.getElementById("announcer").textContent;
    if (words) window.heard.push(words);
  }).observe(document.getElementById("announcer"), {childList: true});
}"""


def test_a_line_is_read_at_once_and_told_once(cast: Cast, window: Window) -> None:
    found = hall.debating(cast)
    with transaction() as tx:
        floor.recognise(tx, cast.alice, floor.request(tx, cast.bob, found.meeting))
    here = f"/meetings/{found.meeting}/captions"
    clerk, reader = window("shu"), window(None)
    reader.goto(here)
    reader.evaluate(HEARD)
    clerk.goto(f"{here}/typing")
    expect(clerk.locator("#captions-words")).to_be_focused()
    clerk.keyboard.type("The lift is odl.")
    clerk.keyboard.press("Enter")
    expect(reader.locator(".caption-words")).to_contain_text("The lift is odl.", timeout=SLOW)
    expect(reader.locator(".caption-speaker")).to_have_text(cast.bob.name)
    announcer, name = reader.locator("#announcer"), cast.bob.name
    expect(announcer).to_have_text(f"{name}: The lift is odl.", timeout=SLOW)
    expect(clerk.locator("#captions-words")).to_be_focused()
    expect(clerk.locator("#captions-words")).to_have_value("")
    fix = clerk.locator(".caption-fix input[name=words]").first
    fix.fill("The lift is old.")
    fix.press("Enter")
    expect(reader.locator(".caption-words")).to_contain_text("The lift is old.", timeout=SLOW)
    clerk.locator("#captions-words").fill("Knees get older.")
    clerk.locator("#captions-words").press("Enter")
    expect(announcer).to_have_text(f"{name}: Knees get older.", timeout=SLOW)
    assert reader.evaluate("window.heard") == [
        f"{name}: The lift is odl.",
        f"{name}: Knees get older.",
    ]


def test_a_wall_shows_what_the_chair_puts_up(cast: Cast, window: Window) -> None:
    with transaction() as tx:
        found = hall.started(tx, cast)
        floor.set_projector(tx, cast.alice, found.meeting, "Wall")
        first = floor.prepare(tx, cast.alice, found.meeting, 1, Shows.NOTICE, "Tea is ready.")
    wall = window(None)
    wall.goto(f"/meetings/{found.meeting}/screen/1")
    with transaction() as tx:
        floor.put_up(tx, cast.alice, found.meeting, 1, first)
    expect(wall.locator("#stage")).to_contain_text("Tea is ready.", timeout=SLOW)
    chair = window("alice")
    chair.goto(f"/meetings/{found.meeting}/projectors/1")
    chair.get_by_text("Order of the day", exact=True).click()
    chair.get_by_role("button", name="Look at it first").click()
    expect(chair.locator("#preview")).to_contain_text("Order of the day", timeout=SLOW)
    expect(wall.locator("#stage")).to_contain_text("Tea is ready.")
    chair.get_by_role("button", name="Put it up").click()
    expect(wall.locator("#stage")).to_contain_text("Order of the day", timeout=SLOW)
