"""A moderator from a template to the first argument; an administrator and a list of 500 people."""

from browsing import Served, Window, unfold
from cast import Cast
from playwright.sync_api import Page, expect

from forum.base import db
from forum.members import roster


class Hand:
    """A hand at a page that counts its clicks; typing is none."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def press(self, name: str, role: str = "button") -> None:
        """Press the button (or follow the link) of this name, and see where it leads."""
        self.clicks += 1
        found = self.page.locator("main").get_by_role(role, name=name, exact=role == "button")  # type: ignore[arg-type]
        found.first.click()


def test_a_moderator_comes_to_the_first_argument(window: Window, cast: Cast) -> None:
    page = window("alice", "/consultations", width=390)
    hand = Hand(page)
    hand.press("Set up a consultation", "link")
    hand.press("Use this: Session of two hours")
    page.wait_for_url("**/words")
    page.fill("input[name=title]", "Benches in the yard")
    hand.press("Keep and go on")
    page.wait_for_url("**/dates")
    hand.press("Keep and go on")
    page.wait_for_url("**/people")
    page.fill("input[name=q]", "clerk")
    hand.press("Search")
    hand.press("Secretary: The clerk")
    page.get_by_role("button", name="Leave out: The clerk").wait_for()
    with page.expect_event("load"):  # what was left is fetched anew: the press is meant for that
        page.go_back()
    hand.press("Go on", "link")
    page.wait_for_url("**/ready")
    hand.press("Begin the consultation")
    page.get_by_role("heading", name="Benches in the yard", level=1).wait_for()
    hand.press("The facts", "link")
    page.wait_for_url("**/items/*")
    unfold(page, "Give a reason or ask")
    page.locator("#argue input[name=stance]").first.check()
    page.locator("#argue textarea[name=body]").fill("There is nowhere to sit.")
    hand.press("Publish")
    page.locator("main").get_by_text("There is nowhere to sit.").first.wait_for()
    assert hand.clicks <= 12


def test_an_administrator_takes_in_five_hundred(window: Window, served: Served, cast: Cast) -> None:
    place = f"station:{cast.station}"
    people = [f"邻居{number},,业主,{number % 9}号楼" for number in range(500)]
    wrong = ["安,国王,,"] * 4 + [",,x,"] * 3 + ["波,,,"] * 4
    sheet = "\n".join(["姓名,身份,类别,备注", *people, *wrong]).encode("gb18030")
    page = window("admin", f"/people/import?place={place}", locale="zh-CN")
    page.context.set_default_timeout(120_000)
    page.set_input_files(
        "input[type=file]", {"name": "名单.csv", "mimeType": "text/csv", "buffer": sheet}
    )
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/people/lists/*")
    expect(page.locator("main table tbody tr")).to_have_count(10)
    with db.reading() as tx:
        assert roster.people(tx, place, text="邻居")[1] == 0
    page.locator("main form[action*='/people/lists/'] button").first.click()
    page.locator("main .banner-good").wait_for()
    with db.reading() as tx:
        assert roster.people(tx, place, text="邻居")[1] == 500
    expect(page.locator("main form[action$='/papers']")).to_have_count(1)
