"""A script that is typed into a field, into any field of any page, is a text like others."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from browsing import Window
from cast import Cast
from e2e.neighbourhood import Pages, settle
from playwright.sync_api import Locator, Page

# Fills in a form: the words where there is room for words, something possible everywhere else.
FILL = """(form, words) => {
  for (const it of form.elements) {
    const room = it.maxLength < 0 || it.maxLength >= words.length;
    if (it.matches('textarea, [type=text], [type=search]')) it.value = room ? words : 'x';
    else if (it.type === 'datetime-local') it.value = '2030-03-05T19:00';
    else if (it.type === 'date') it.value = '2030-06-30';
    else if (it.type === 'number' && it.required && !it.value) it.value = it.min || 1;
    else if (it.type === 'radio' && !form.elements[it.name].value) it.checked = true;
    else if (it.matches('select') && it.required && !it.value) it.selectedIndex = 1;
  }
  return Array.from(form.elements).filter((it) => !it.checkValidity()).map((it) => it.name);
}"""
# The forms of a page in which words can be typed, by what they do.
FORMS = """() => Array.from(document.forms)
  .filter((it) => it.method === 'post' && !it.querySelector('[type=password]'))
  .filter((it) => it.querySelector('textarea:not([readonly]), [type=text], [type=search]'))
  .map((it) => [it.getAttribute('action'), !!it.querySelector('.button-danger')])"""
SHOWN = "() => document.body.textContent"
MARKUP = "body script, img[src='x'], [onerror]"


def hostile(number: int) -> str:
    """Words that would run where they were taken for markup; each time others."""
    return f'"><script>taken={number}</script><img src=x onerror=taken=1>'


class Sent(NamedTuple):
    """A form that was taken: by which address, with which words."""

    action: str
    words: str


@pytest.fixture(scope="module")
def pages(cast: Cast) -> Pages:
    """Where there are forms."""
    return settle(cast)


def every(window: Window, pages: Pages) -> Iterator[tuple[Page, str]]:
    """All pages, each as its reader."""
    for who, paths in pages.items():
        page = window(who)
        for path in paths:
            page.goto(path)
            yield page, path


def send(page: Page, form: Locator, words: str) -> bool:
    """Type the words and send them; whether they were taken."""
    wrong = form.evaluate(FILL, words)
    assert not wrong, (page.url, wrong)
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        form.evaluate("(form) => form.requestSubmit()")
    posted.value.finished()
    page.wait_for_load_state()
    return posted.value.status < 400


def test_a_script_typed_into_every_field(window: Window, pages: Pages) -> None:
    sent: dict[str, Sent] = {}
    for destructive in (False, True):
        for page, path in every(window, pages):
            for action, danger in page.evaluate(FORMS):
                kind = "".join("#" if letter.isdigit() else letter for letter in action)
                if danger is not destructive or kind in sent:
                    continue
                page.goto(path)
                form = page.locator(f"form[action='{action}']").first
                words = hostile(len(sent))
                if send(page, form, words):
                    sent[kind] = Sent(action, words)
                else:
                    print(
                        "REFUSED", action, page.url, page.locator(".error, .lead").all_inner_texts()
                    )
                assert page.locator(MARKUP).count() == 0, action
    print(len(sent))
    shown = ""
    for page, path in every(window, pages):
        assert page.locator(MARKUP).count() == 0, path
        shown += page.evaluate(SHOWN)
    missing = [one.action for one in sent.values() if one.words not in shown]
    print("MISSING", missing)
    assert not missing
