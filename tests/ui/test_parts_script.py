"""What components gain in a real browser, and what remains of them without a script."""

import pytest
from browsing import held, until
from playwright.sync_api import Browser, FilePayload, Page, expect
from ui.stage import Stage

from forum.base.notes import Undo

BODY = """<div id="box">
{{ f.button("/end", "Close the list", tone="danger", confirm="Nobody can join afterwards.") }}
{% import "ui/ui.html" as ui with context %}
{% call ui.dialog("later", "Postpone", "Postpone the item") %}
{% call f.form("/later") %}{{ f.area("why", "Reason") }}{{ f.submit("Save") }}{% endcall %}
{% endcall %}</div>
{% call f.form("/send", upload=true) %}
{{ f.file("paper", "Paper") }}{{ f.submit("Send") }}
{% endcall %}
<a href="/b">On</a>"""


@pytest.fixture(autouse=True)
def scene(stage: Stage) -> None:
    stage.bodies["/a"] = BODY
    stage.bodies["/b"] = "<h1>There</h1>"


def opened(page: Page) -> Page:
    page.goto("/a")
    page.wait_for_function("window.folkmoot && folkmoot.say && document.readyState === 'complete'")
    return page


def posted(stage: Stage) -> list[str]:
    return [form.path for form in stage.posted]


def test_what_cannot_be_undone_asks_in_a_dialog(page: Page, stage: Stage) -> None:
    opened(page).get_by_text("Close the list").first.click()
    box = page.locator(".confirm dialog")
    expect(page.locator(".confirm dialog:modal")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page.locator(".confirm summary")).to_be_focused()
    assert posted(stage) == []
    page.keyboard.press("Enter")
    expect(page.locator(".confirm dialog:modal")).to_be_visible()
    box.get_by_role("button", name="Close the list").click()
    until(lambda: posted(stage), page)
    expect(box).to_be_hidden()
    assert page.url.endswith("/a")
    assert posted(stage) == ["/end"]


def test_a_dialog_keeps_its_words_and_its_place(page: Page) -> None:
    opened(page).get_by_text("Postpone").first.click()
    box, area = page.locator("#later dialog"), page.locator("textarea")
    expect(area).to_be_focused()
    area.fill("too late for the children")
    # A live update brings the same part of the page anew, with the dialog closed.
    page.evaluate(
        "folkmoot.morph(document.getElementById('box'), "
        "document.getElementById('box').outerHTML.replace(' open=\"\"><summary', '><summary'))"
    )
    assert box.evaluate("it => it.matches(':modal')")
    expect(area).to_have_value("too late for the children")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(box).to_be_hidden()
    page.get_by_text("Postpone").first.click()
    expect(area).to_have_value("too late for the children")


def test_a_message_waits_for_its_reader(page: Page, stage: Stage) -> None:
    stage.context |= {"note": "You are on the list.", "undo": Undo("/undo", {"back": "console"})}
    page.clock.install()
    toast = opened(page).locator("#toast")
    undo = toast.get_by_role("button", name="Undo")
    undo.focus()
    page.clock.run_for(90_000)
    expect(toast).to_be_visible()
    page.locator("main").focus()
    page.clock.run_for(31_000)
    expect(toast).to_have_count(0)
    opened(page)
    stage.context |= {"note": "", "undo": None}
    undo.click()
    expect(toast).to_have_count(0)
    assert [(form.path, form.fields) for form in stage.posted] == [("/undo", {"back": "console"})]


def test_slow_work_shows_and_quick_work_does_not(page: Page) -> None:
    kept = held(page, "**/b")
    working = opened(page).locator("html.is-working main[aria-busy]")
    page.get_by_text("On", exact=True).click()
    expect(working).to_have_count(1)
    until(lambda: kept, page)
    kept[0].continue_()
    expect(page.locator("h1")).to_have_text("There")
    expect(working).to_have_count(0)


def test_an_upload_tells_how_far_it_is(page: Page, stage: Stage) -> None:
    opened(page).evaluate(
        """() => { window.seen = []; new MutationObserver(() => document
          .querySelectorAll(".upload progress").forEach((bar) => seen.push(bar.value)))
          .observe(document.body, { childList: true, subtree: true, attributes: true }); }"""
    )
    paper: FilePayload = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x" * 400_000}
    page.set_input_files("input[type=file]", paper)
    page.get_by_role("button", name="Send").click()
    until(lambda: posted(stage), page)
    expect(page.locator("form[aria-busy]")).to_have_count(0)
    assert page.url.endswith("/a")
    assert page.evaluate("seen.length > 0")
    assert posted(stage) == ["/send"]


def test_without_a_script_all_of_it_works(browser: Browser, stage: Stage) -> None:
    stage.context |= {"note": "You are on the list.", "undo": Undo("/undo")}
    with browser.new_context(base_url=stage.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/a")
        page.get_by_text("Close the list").first.click()
        expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
        with page.expect_navigation():
            page.locator(".confirm dialog button[type=submit]").click()
        page.get_by_text("Postpone").first.click()
        page.fill("textarea", "too late")
        with page.expect_navigation():
            page.get_by_role("button", name="Save").click()
        with page.expect_navigation():
            page.get_by_role("button", name="Undo").click()
    assert posted(stage) == ["/end", "/later", "/undo"]


def test_a_note_goes_along_to_a_page_that_is_loaded_whole(page: Page, stage: Stage) -> None:
    sheet = '<script src="/static/js/keying.js?v=1" defer></script>'
    stage.bodies["/a"] = '<form action="/say" method="post"><button>Say</button></form>'
    stage.bodies["/say"] = f"{sheet}<h2>another page</h2>"
    undo = Undo("/undo", {"back": "a"})
    stage.answers["/say"] = lambda _request: stage.page("/say", note="It is said.", undo=undo)
    page.goto("/a")
    page.evaluate("window.same = true")
    page.get_by_role("button", name="Say").click()
    expect(page.locator("#notes")).to_contain_text("It is said.")
    assert page.evaluate("window.same") is None
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Say")).to_be_visible()
    assert stage.posted[-1].fields == {"back": "a"}
    page.goto("/say")
    expect(page.locator("h2")).to_have_text("another page")
    expect(page.locator("#notes")).to_be_empty()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_message_never_lies_on_the_focus(page: Page, stage: Stage, width: int) -> None:
    links = "".join(f'<p><a href="/b">Number {n}</a></p>' for n in range(60))
    stage.bodies["/a"] = links
    page.set_viewport_size({"width": width, "height": 600})
    opened(page)
    page.evaluate("folkmoot.say('A message of some length, so that it lies on something.')")
    page.locator("#toast").hover()  # it stays as long as a hand is on it
    for n in range(60):
        link = page.get_by_role("link", name=f"Number {n}", exact=True)
        link.focus()
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        assert link.evaluate(
            """it => {
              const box = it.getBoundingClientRect();
              return it.contains(document.elementFromPoint(box.x + 5, box.y + box.height / 2));
            }"""
        ), n
    expect(page.locator("#toast")).to_be_visible()


def test_what_is_pressed_beside_a_message_stays_under_the_hand(page: Page, stage: Stage) -> None:
    """A button of which the message covers the lower half is pressed at its upper one."""
    stage.bodies["/a"] = "<p>line</p>" * 60 + '<button id="save">Save</button>' + "<p>line</p>" * 60
    opened(page).evaluate("folkmoot.say('A message of some length, so that it lies on something.')")
    page.locator("#toast").hover()
    x, y = page.evaluate(
        """() => {
          const save = document.getElementById("save");
          const top = () => document.getElementById("toast").getBoundingClientRect().top;
          scrollBy(0, save.getBoundingClientRect().bottom - top() - 20);
          const box = save.getBoundingClientRect();
          window.pressed = 0;
          save.addEventListener("click", () => { window.pressed += 1; });
          return [box.x + box.width / 2, (box.top + top()) / 2];
        }"""
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    page.mouse.up()
    assert page.evaluate("window.pressed") == 1
