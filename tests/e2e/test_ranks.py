"""An order on a ballot: by buttons, by keys, from the list, by hand; on a phone and on a desk."""

import pytest
from browsing import Window
from cast import Cast
from playwright.sync_api import Page
from polling import make

from voting.methods.method import Option

OPTIONS = tuple(Option(f"o{n}", name) for n, name in enumerate(("Elm", "Lime", "Oak", "Yew"), 1))


def order(page: Page) -> list[str]:
    """The names from the top, with their places."""
    rows = page.locator("[data-ranks] > li").all()
    found = [(row.get_attribute("data-name"), row.locator("select").input_value()) for row in rows]
    return [f"{place} {name}".strip() for name, place in found]


@pytest.mark.parametrize("width", [390, 1280])
def test_an_order_is_made_and_cast(window: Window, cast: Cast, width: int) -> None:
    poll = make(cast, method="irv", options=OPTIONS, question="Which tree?")
    page = window("bob", f"/polls/{poll}#ballot", width=width)
    up = page.get_by_role("button", name="Further up: Oak")
    up.click()
    assert order(page)[0] == "1 Oak"
    told = page.locator("#announcer")
    assert told.inner_text() == "Oak: place 1"
    page.get_by_role("button", name="Further up: Yew").press("Enter")
    assert order(page)[:2] == ["1 Oak", "2 Yew"]
    page.get_by_role("button", name="Further up: Yew").press("Enter")
    assert order(page)[:2] == ["1 Yew", "2 Oak"]
    # The button that was pressed is still the one under the finger's next press.
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Further up: Yew"
    page.get_by_label("Elm", exact=True).select_option("2")
    assert order(page)[:3] == ["1 Yew", "2 Elm", "3 Oak"]
    page.get_by_role("button", name="Further down: Oak").click()
    assert sorted(order(page)) == ["1 Yew", "2 Elm", "Lime", "Oak"]
    assert told.inner_text() == "Oak: no place"
    handle = page.locator("[data-name=Elm] .rank-handle")
    handle.scroll_into_view_if_needed()
    box, top = handle.bounding_box(), page.locator("[data-name=Yew]").bounding_box()
    assert box
    assert top
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, top["y"] + 4, steps=5)
    page.mouse.up()
    assert order(page)[:2] == ["1 Elm", "2 Yew"]
    page.get_by_role("button", name="Cast my vote").click()
    page.get_by_text("1. Elm, 2. Yew").wait_for()


def test_a_place_can_be_shared_where_the_count_allows_it(window: Window, cast: Cast) -> None:
    poll = make(cast, method="schulze", options=OPTIONS, question="Which trees?")
    page = window("dana", f"/polls/{poll}#ballot")
    page.get_by_label("Oak", exact=True).select_option("1")
    page.get_by_label("Elm", exact=True).select_option("1")
    page.get_by_role("button", name="Further up: Yew").click()
    page.get_by_role("button", name="Further up: Lime").click()
    page.get_by_role("button", name="Further up: Lime").click()
    assert sorted(order(page)) == ["1 Elm", "1 Oak", "2 Lime", "2 Yew"]
    page.get_by_role("button", name="Further down: Yew").click()
    page.get_by_role("button", name="Further down: Yew").click()
    page.get_by_role("button", name="Cast my vote").click()
    page.get_by_text("1. Elm = Oak, 2. Lime").wait_for()
