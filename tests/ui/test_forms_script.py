"""What JavaScript adds to forms: one press is one deed, and nothing typed is lost."""

from browsing import held, until
from playwright.sync_api import Page, expect
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from ui.stage import Stage

from forum.base.forms import Form
from forum.base.looks import Looks

SPEAK = """{% call f.form("/say") %}{{ f.area("body", "Words", max=100) }}
{{ f.submit("Send") }}{% endcall %}"""
LONG = '<div class="page-head"><br>' + "<p>line</p>" * 200 + "</div>"


def drafts(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage)")
    return [name for name in found if name.startswith("folkmoot:draft:")]


def written(page: Page, words: str) -> None:
    """Wait until a draft with these words has been written."""
    page.wait_for_function(
        "words => Object.values(localStorage).some(one => one.includes(words))", arg=words
    )


def settled(page: Page) -> None:
    """What is typed is written down now, if it ever is."""
    page.evaluate("folkmoot.drafts.flush()")


def test_two_presses_are_one_deed(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = SPEAK
    page.goto("/a")
    page.fill("textarea", "once")
    kept = held(page, "**/say")
    page.evaluate("document.querySelector('main form').requestSubmit()")
    page.evaluate("document.querySelector('main form').requestSubmit()")
    until(lambda: kept, page)
    for route in kept:
        route.continue_()
    expect(page.locator("textarea")).to_have_value("")
    assert [posted.fields["body"] for posted in stage.posted] == ["once"]


def test_the_key_changes_after_success_only(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = SPEAK
    down = [True]

    def answer(request: Request) -> Response:
        return Response("Sorry.", 500) if down[0] else RedirectResponse("/a", 303)

    stage.answers["/say"] = answer
    page.goto("/a")
    page.fill("textarea", "again")
    page.click("text=Send")
    expect(page.locator("#toast")).to_have_text("Sorry.")
    expect(page.locator("textarea")).to_have_value("again")
    down[0] = False
    page.click("text=Send")
    expect(page.locator("textarea")).to_have_value("")
    page.fill("textarea", "again")
    page.click("text=Send")
    expect(page.locator("textarea")).to_have_value("")
    first, second, third = (posted.key for posted in stage.posted)
    assert first == second != third
    assert len(first or "") == 32


def test_a_refused_form_comes_back_in_place(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = "<h1>A</h1>" + SPEAK
    stage.bodies["/say"] = stage.bodies["/a"]
    form = Form({"body": ["too bold"]}, errors={"body": "Say it kindly."})
    stage.answers["/say"] = lambda _request: stage.page("/say", 422, form=form)
    page.goto("/a")
    page.fill("textarea", "too bold")
    page.click("text=Send")
    expect(page.locator(".error")).to_contain_text("Say it kindly.")
    expect(page.locator("textarea")).to_have_value("too bold")
    expect(page.locator("textarea")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("main [role=alert]")).to_be_focused()
    assert page.url.endswith("/a")


def test_a_draft_survives_a_reload_and_goes_when_published(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = SPEAK
    page.goto("/a")
    page.fill("textarea", "half a thought")
    written(page, "half a thought")
    page.reload()
    expect(page.locator("textarea")).to_have_value("half a thought")
    expect(page.locator(".draft-note")).to_be_visible()
    page.click("text=Send")
    expect(page.locator("textarea")).to_have_value("")
    assert drafts(page) == []
    page.reload()
    expect(page.locator("textarea")).to_have_value("")


def test_a_draft_is_its_members_alone(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = SPEAK
    page.goto("/a")
    page.fill("textarea", "mine")
    written(page, "mine")
    stage.context["actor"] = stage.context["actor"]._replace(id=6)
    page.goto("/a")
    expect(page.locator("textarea")).to_have_value("")


def test_a_draft_can_be_discarded(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = SPEAK
    page.goto("/a")
    page.fill("textarea", "away with it")
    written(page, "away with it")
    page.reload()
    page.click(".draft-note button")
    expect(page.locator("textarea")).to_have_value("")
    assert drafts(page) == []


def test_signing_out_clears_the_drafts(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = SPEAK
    page.goto("/a")
    page.fill("textarea", "left behind")
    written(page, "left behind")
    assert len(drafts(page)) == 1
    page.click("#account-menu summary")
    page.click("text=Sign out and keep my drafts")
    expect(page.locator("textarea")).to_have_value("")
    assert drafts(page) == []
    kept, out = stage.posted
    assert (kept.path, out.path) == ("/drafts", "/sign-out")
    assert "left behind" in kept.fields["drafts"]


def test_a_guests_draft_becomes_the_members_who_signs_in(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = SPEAK
    member, stage.context["actor"] = stage.context["actor"], None
    page.goto("/a")
    page.fill("textarea", "before I had an account")
    written(page, "before I had an account")
    stage.context["actor"] = member
    page.goto("/a")
    expect(page.locator("textarea")).to_have_value("before I had an account")
    assert [name.split("|")[0] for name in drafts(page)] == ["folkmoot:draft:5"]


def test_choices_are_kept_with_the_words_but_are_no_draft_alone(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = """{% call f.form("/say") %}
        {{ f.choices("stance", "Stance", [("pro", "For"), ("con", "Against")]) }}
        {{ f.select("place", "Place", [("1", "Hall"), ("2", "Yard")]) }}
        {{ f.check("flag", "Anonymous") }}{{ f.text("title", "Title") }}
        {{ f.password("password", "Password") }}{{ f.submit("Send") }}{% endcall %}"""
    page.goto("/a")
    page.check("[value=con]")
    page.select_option("select", "2")
    page.check("[name=flag]")
    page.fill("[type=password]", "hunter2")
    settled(page)
    assert drafts(page) == []
    page.fill("[name=title]", "A lift")
    written(page, "A lift")
    assert "hunter2" not in page.evaluate("() => JSON.stringify(localStorage)")
    page.reload()
    expect(page.locator("[value=con]")).to_be_checked()
    expect(page.locator("select")).to_have_value("2")
    expect(page.locator("[name=flag]")).to_be_checked()
    expect(page.locator("[name=title]")).to_have_value("A lift")
    expect(page.locator("[type=password]")).to_have_value("")


def test_marked_words_in_a_live_block_stay_marked(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = '<section id="block"><p>first words</p></section><p id="end">end</p>'
    page.goto("/a")
    select = "id => getSelection().selectAllChildren(document.getElementById(id))"
    change = "html => folkmoot.morph(document.getElementById('block'), html)"
    page.evaluate(select, "block")
    page.evaluate(change, '<section id="block"><p>other words</p></section>')
    assert page.evaluate("() => getSelection().toString()") == "first words"
    page.evaluate("() => getSelection().removeAllRanges()")
    expect(page.locator("#block")).to_have_text("other words")


def test_nothing_is_kept_on_a_shared_device(page: Page, stage: Stage) -> None:
    stage.context["shared_device"] = True
    stage.bodies["/a"] = SPEAK
    page.goto("/a")
    page.fill("textarea", "in public")
    settled(page)
    assert drafts(page) == []


def test_a_ballot_has_a_nonce_of_the_browser_and_no_key(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = """{% call f.form("/cast", draft=false) %}{{ f.hidden("nonce", "server") }}
        {{ f.submit("Cast") }}{% endcall %}{{ f.button("/other", "Other") }}"""
    page.goto("/a")
    nonce = page.locator("input[name=nonce]")
    before = nonce.input_value()
    assert len(before) == 32
    page.click("text=Other")
    until(lambda: stage.posted, page)
    expect(page.locator("form[action='/other']")).not_to_have_attribute("aria-busy", "true")
    assert nonce.input_value() == before
    page.click("text=Cast")
    expect(nonce).not_to_have_value(before)
    other, cast = stage.posted
    assert other.key
    assert (cast.key, cast.fields["nonce"]) == (None, before)


def test_typing_elsewhere_survives_a_deed(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = SPEAK + '<p id="count">1</p>' + '{{ f.button("/agree", "Agree") }}'
    page.goto("/a")
    page.fill("textarea", "I am still writing")
    stage.bodies["/a"] = stage.bodies["/a"].replace(">1<", ">2<")
    page.click("text=Agree")
    expect(page.locator("#count")).to_have_text("2")
    expect(page.locator("textarea")).to_have_value("I am still writing")


def test_a_deed_on_the_same_page_keeps_place_and_history(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = (
        '<details id="d"><summary>more</summary>x</details>'
        + LONG
        + '{{ f.button("/agree", "Agree") }}<p id="count">1</p>'
    )
    page.goto("/a")
    page.click("text=more")
    page.evaluate("scrollTo(0, 2000)")
    before = page.evaluate("[scrollY, history.length]")
    stage.bodies["/a"] = stage.bodies["/a"].replace('"count">1', '"count">2')
    page.evaluate("document.querySelector('main form').requestSubmit()")
    expect(page.locator("#count")).to_have_text("2")
    assert page.evaluate("[scrollY, history.length]") == before
    assert page.locator("#d").get_attribute("open") is not None


def test_going_elsewhere_starts_at_the_top_and_is_announced(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = LONG + '<a id="go" href="/b">on</a>' + SPEAK
    stage.bodies["/b"] = "<h1>B</h1>" + SPEAK.replace("/say", "/answer") + LONG
    page.goto("/a")
    page.fill("textarea", "belongs to a")
    page.click("#go")
    expect(page.locator("h1")).to_have_text("B")
    expect(page.locator("textarea")).to_have_value("")
    expect(page.locator("#main")).to_be_focused()
    page.wait_for_function("scrollY === 0")
    expect(page.locator("#announcer")).to_contain_text("/b")
    page.go_back()
    expect(page.locator("textarea")).to_have_value("belongs to a")


def test_looks_and_language_follow_a_deed(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = "<h1>A</h1>"

    def elder(request: Request) -> Response:
        stage.context |= {"mode": "elder", "lang": "zh_Hans_CN", "lang_tag": "zh-CN"}
        stage.context |= {
            "looks": Looks("auto", "elder", 22, shared_device=False, kiosk=False),
            "own_address": "/a",
        }
        return RedirectResponse("/a", 303)

    stage.answers["/appearance"] = elder
    page.goto("/a")
    page.click("text=Larger view")
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_text("标准版")).to_be_visible()


def test_a_deed_lands_on_its_place(page: Page, stage: Stage) -> None:
    stage.bodies["/a"] = '{{ f.button("/say", "Say") }}'
    stage.bodies["/b"] = LONG + '<article class="argument" id="argument-9">here</article>' + LONG
    stage.answers["/say"] = lambda _request: RedirectResponse("/b?at=argument-9", 303)
    page.goto("/a")
    page.click("text=Say")
    expect(page.locator("#argument-9")).to_be_in_viewport()
    page.wait_for_url("**/b#argument-9")
