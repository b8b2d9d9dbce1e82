"""The live page in a real browser: what comes in changes the page, never what is being typed."""

from datetime import UTC, datetime, timedelta

import pytest
from browsing import held, until
from playwright.sync_api import Page, Route, expect
from ui.stage import Stage

FLOOR = """<section id="floor"><h2>{n}</h2><details id="d"><summary>more</summary>x</details>
<form action="/say" method="post"><input name="words"><button>Send</button></form></section>"""


@pytest.fixture(autouse=True)
def hall(stage: Stage) -> None:
    stage.context["live"] = {"stream": "meeting:3", "view": "hall", "after": 1, "own": "member:5"}
    stage.bodies["/a"] = FLOOR.format(n="one")


def opened(page: Page, stage: Stage) -> None:
    page.goto("/a")
    page.wait_for_function("window.folkmoot && document.readyState === 'complete'")
    welcomed(page, stage)


def welcomed(page: Page, stage: Stage, times: int = 1) -> None:
    """Wait until the page of so many has been let in to both its streams, and no other is there.

    What is said before that would go to the page before, or be part of the welcome.
    """
    until(lambda: stage.welcomed == 2 * times and len(stage.sockets) == 1, page)


def test_hello_names_stream_view_and_cursor(page: Page, stage: Stage) -> None:
    opened(page, stage)
    assert stage.hellos[0] == {"type": "hello", "stream": "meeting:3", "view": "hall", "after": 1}
    assert stage.hellos[1] == {"type": "hello", "stream": "member:5"}


def test_a_frame_changes_the_page_but_not_what_is_typed(page: Page, stage: Stage) -> None:
    opened(page, stage)
    page.click("text=more")
    page.fill("input[name=words]", "please let me")
    stage.frame(2, 1, {"floor": FLOOR.format(n="two")})
    expect(page.locator("h2")).to_have_text("two")
    expect(page.locator("input[name=words]")).to_have_value("please let me")
    assert page.evaluate("document.activeElement.name") == "words"
    assert page.locator("#d").get_attribute("open") is not None


def test_a_form_that_ends_stays_under_the_hands(page: Page, stage: Stage) -> None:
    opened(page, stage)
    page.fill("input[name=words]", "almost")
    stage.frame(2, 1, {"floor": '<section id="floor"><h2>closed</h2></section>'})
    expect(page.locator("h2")).to_have_text("closed")
    expect(page.locator("input[name=words]")).to_have_value("almost")


def test_an_answer_after_its_update_leaves_alone_what_was_unfolded(
    page: Page, stage: Stage
) -> None:
    """The form that was pressed is gone from the page by the time that its answer comes."""
    room = '<section id="floor">{}</section><details id="d"><summary>more</summary>x</details>'
    stage.bodies["/a"] = room.format('{{ f.button("/end", "End") }}')
    opened(page, stage)
    kept = held(page, "**/end")
    page.click("text=End")
    until(lambda: kept, page)
    stage.frame(2, 1, {"floor": '<section id="floor">ended</section>'})
    expect(page.locator("#floor")).to_have_text("ended")
    page.click("text=more")
    stage.bodies["/a"] = room.format("over")
    kept[0].continue_()
    expect(page.locator("#floor")).to_have_text("over")
    assert page.locator("#d").get_attribute("open") is not None


def test_a_gap_asks_again_and_a_repetition_is_silent(page: Page, stage: Stage) -> None:
    opened(page, stage)
    page.evaluate(
        "window.told = []; addEventListener('folkmoot:event', e => told.push(e.detail.seq), true)"
    )
    stage.frame(2, 1)
    stage.frame(2, 1)
    stage.welcome = {"head": 9, "after": 9, "html": {"floor": FLOOR.format(n="nine")}}
    stage.frame(9, 7)
    expect(page.locator("h2")).to_have_text("nine")
    assert stage.hellos[-1] == {
        "type": "hello", "stream": "meeting:3", "view": "hall", "after": 2,
    }  # fmt: skip
    assert page.evaluate("told") == [2]


def test_a_page_rendered_anew_does_not_ask_again(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] += '{{ f.button("/agree", "Agree") }}'
    opened(page, stage)
    stage.frame(2, 1)
    stage.context["live"] = {**stage.context["live"], "after": 2}
    stage.bodies["/a"] = stage.bodies["/a"].replace("one", "anew")
    page.click("text=Agree")
    expect(page.locator("h2")).to_have_text("anew")
    stage.frame(3, 2, {"floor": FLOOR.format(n="three")})
    expect(page.locator("h2")).to_have_text("three")
    assert len(stage.hellos) == 2


def test_a_lost_line_is_said_and_found_again(page: Page, stage: Stage) -> None:
    opened(page, stage)
    status = page.locator("#live-status")
    page.context.set_offline(True)
    expect(status).to_contain_text("connection is lost")
    page.context.set_offline(False)
    expect(status).not_to_contain_text("connection is lost")


def test_where_sockets_fail_the_page_asks(page: Page, stage: Stage) -> None:
    stage.deaf = True
    stage.poll_messages = [
        {"stream": "meeting:3", "seq": 2, "prev": 1, "type": "a:b:c", "data": {},
         "html": {"floor": FLOOR.format(n="asked")}},
    ]  # fmt: skip
    page.goto("/a")
    expect(page.locator("h2")).to_have_text("asked")
    assert {"view": "hall", "after": "1"} in stage.polls
    assert stage.hellos == []


def test_a_goodbye_reloads_only_idle_pages(page: Page, stage: Stage) -> None:
    opened(page, stage)
    page.fill("input[name=words]", "wait")
    stage.push({"type": "bye", "code": "reload"})
    expect(page.locator("#live-status")).to_contain_text("rights on this page have changed")
    expect(page.locator("input[name=words]")).to_have_value("wait")
    page.fill("input[name=words]", "")
    page.click("#live-status a")
    welcomed(page, stage, times=2)
    stage.bodies["/a"] = FLOOR.format(n="signed out")
    stage.push({"type": "bye", "code": "signed-out"})
    expect(page.locator("h2")).to_have_text("signed out")


def test_a_clock_runs_by_the_servers_time(page: Page, stage: Stage) -> None:
    stage.welcome |= {"server_time": "2020-01-01T12:00:00Z"}
    stage.bodies["/a"] = (
        '<time data-countdown-ends="2020-01-01T12:02:00Z">at two</time>'
        '<time data-countdown-ends="2020-01-03T12:02:00Z">far</time>'
    )
    now = datetime(2026, 1, 1, tzinfo=UTC)
    page.clock.set_fixed_time(now)  # a slow browser would see a later second first
    opened(page, stage)
    near, far = page.locator("main time").all()
    expect(near).to_have_text("2:00")
    page.clock.set_fixed_time(now + timedelta(seconds=1))
    expect(near).to_have_text("1:59")
    expect(far).to_have_text("far")


def test_personal_parts_are_fetched_anew(page: Page, stage: Stage) -> None:
    part = '<div id="{}" hx-get="/part" hx-trigger="live:personal">not yet</div>'
    stage.bodies["/a"] += part.format("mine")
    stage.bodies["/a"] += part.format("shared").replace(
        " hx-get", ' data-live-personal="a:b" hx-get'
    )
    opened(page, stage)

    def fulfill(route: Route) -> None:
        ident = route.request.headers["hx-target"]
        route.fulfill(content_type="text/html", body=f'<div id="{ident}">yes</div>')

    page.route("**/part", fulfill)
    stage.frame(2, 1, stream="member:5")
    expect(page.locator("#mine")).to_have_text("yes")
    expect(page.locator("#shared")).to_have_text("yes")


def test_arrivals_are_counted(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] += (
        '<p id="new" data-live-count="a:b:c" data-live-item="7" data-text="{n} new" hidden></p>'
    )
    opened(page, stage)
    stage.frame(2, 1, data={"item": 8})
    stage.frame(3, 2, data={"item": 7})
    stage.frame(4, 3, data={"item": 7})
    expect(page.locator("#new")).to_have_text("2 new")
