"""A script that is typed into a field, into any field of any page, is a text like others."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from browsing import Window
from cast import Cast
from e2e.neighbourhood import Pages, settle
from playwright.sync_api import Page

# The forms of a page in which words can be typed: what they do, and whether they end something.
FORMS = """() => Array.from(document.forms)
  .filter((it) => it.method === 'post' && !it.querySelector('[type=password]'))
  .filter((it) => it.querySelector('textarea:not([readonly]), [type=text], [type=tel]'))
  .map((it) => [it.getAttribute('action'), !!it.querySelector('.button-danger')])"""
# Fills in a form: the words where there is room for words, what is possible elsewhere. Returns
# whether there was room at all.
FILL = """(form, { words, fitting }) => {
  let typed = false;
  for (const it of form.elements) {
    const room = it.maxLength < 0 || it.maxLength >= words.length;
    if (it.name in fitting) it.value = fitting[it.name];
    else if (it.matches('textarea, [type=text], [type=tel]')) {
      it.value = room ? words : 'x';
      typed = typed || room;
    } else if (it.type === 'datetime-local') it.value = '2030-03-05T19:00';
    else if (it.type === 'date') it.value = '2030-06-30';
    else if (it.type === 'number' && it.required && !it.value) it.value = it.min || 1;
    else if (it.type === 'radio' && !form.elements[it.name].value) it.checked = true;
    else if (it.matches('select') && it.required && !it.value) it.selectedIndex = 1;
  }
  return typed;
}"""
# What is no free text: a login that there is, a time zone, the end of what begins at seven.
FITTING = {
    "code": "LILAC-2",
    "ends_at": "2030-03-05T21:00",
    "login": "dana",
    "logins": "charlie",
    "operator": "hui",
    "place": "station:1",
    "role_logins": "charlie",
    "staff_login": "charlie",
    "zone": "Asia/Shanghai",
}
MARKUP = "body script, img[src='x'], [onerror]"
# What the forms themselves bring about.
LATER = {"alice": ["/reports/2"], "shu": ["/minutes/3"]}


@pytest.fixture(scope="module")
def pages(cast: Cast) -> Pages:
    """Where there are forms."""
    return settle(cast)


def every(window: Window, pages: Mapping[str | None, Sequence[str]]) -> Iterator[tuple[Page, str]]:
    """All pages, each as its reader."""
    for who, paths in pages.items():
        page = window(who)
        for path in paths:
            page.goto(path)
            yield page, path


def send(page: Page, action: str, words: str) -> bool:
    """Type the words into this form and send it; whether they were taken."""
    form = page.locator(f"form[action='{action}']").first
    if not form.evaluate(FILL, {"words": words, "fitting": FITTING}):
        return False
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        form.evaluate("(form) => form.requestSubmit()")
    posted.value.finished()
    page.wait_for_load_state()
    assert page.locator(MARKUP).count() == 0, f"{action} of {page.url}"
    print(posted.value.status, action, page.url, page.locator(".error, .lead").all_inner_texts())
    return posted.value.status < 400


def test_a_script_typed_into_every_field(window: Window, pages: Pages) -> None:
    taken: dict[str, str] = {}
    ends: list[tuple[Page, str, str]] = []

    def fill_in(page: Page, path: str, action: str) -> None:
        kind = "".join("1" if letter.isdigit() else letter for letter in action)
        words = f'"><script>a({len(taken)})</script>'
        if kind not in taken:
            page.goto(path)
            if send(page, action, words):
                taken[kind] = words

    for page, path in every(window, pages):
        for action, ending in page.evaluate(FORMS):
            if ending:
                ends.append((page, path, action))
            else:
                fill_in(page, path, action)
    for page, path, action in ends:
        fill_in(page, path, action)
    shown = ""
    for page, path in every(window, {**pages, **{k: [*pages[k], *v] for k, v in LATER.items()}}):
        assert page.locator(MARKUP).count() == 0, path
        shown += page.evaluate("document.body.textContent")
    print(len(taken))
    missing = [kind for kind, words in taken.items() if words not in shown]
    assert not missing
