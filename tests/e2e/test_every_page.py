"""Every page in both languages and views, on a telephone and on a desk: whole, labelled, quiet."""

import itertools
import os
from collections.abc import Callable, Iterator, Sequence

import pytest
from browsing import Served, Window
from cast import Cast
from e2e.neighbourhood import Pages, settle
from playwright.sync_api import Page, Response

from forum.base import db
from forum.members import service as accounts
from forum.members.models import Mode

FULL = os.environ.get("FOLKMOOT_TEST_FULL") == "1"
LANGUAGES = {"zh-CN": "zh_Hans_CN", "en": "en"}
LOOKS = list(itertools.product(LANGUAGES, Mode, (390, 1280)))
# What is wrong with the page that is shown, in words.
FAULTS = """() => {
  const faults = [];
  const name = (it) => it.outerHTML.slice(0, it.outerHTML.indexOf('>') + 1).replace(/\\s+/g, ' ');
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) faults.push('is ' + wide + ' px too wide');
  const scrolls = (it) => it && (/auto|scroll/.test(getComputedStyle(it).overflowX)
    || it.matches('.visually-hidden, .skip') || scrolls(it.parentElement));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const { left, right, width } = range.getBoundingClientRect();
    const out = width > 1 && (left < -1 || right > window.innerWidth + 1);
    if (out && !scrolls(texts.currentNode.parentElement))
      faults.push('has words past the edge: ' + texts.currentNode.textContent.trim());
  }
  const heads = document.querySelectorAll('h1').length;
  if (heads !== 1) faults.push('has ' + heads + ' h1');
  const ids = Array.from(document.querySelectorAll('[id]'), (it) => it.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) faults.push('has twice: ' + twice.join(' '));
  for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    const said = field.getAttribute('aria-label') || field.getAttribute('aria-labelledby');
    if (!said && !Array.from(field.labels).some((label) => label.textContent.trim()))
      faults.push('has no label: ' + name(field));
  }
  for (const it of document.querySelectorAll('a[href], button, summary')) {
    const said = it.getAttribute('aria-label') || it.querySelector('[aria-label]');
    const mute = !said && !it.textContent.trim() && !it.closest('[hidden]');
    if (mute) faults.push('says nothing: ' + name(it));
  }
  for (const way of ['for', 'aria-describedby', 'aria-labelledby', 'aria-controls'])
    for (const it of document.querySelectorAll('[' + way + ']'))
      for (const id of it.getAttribute(way).split(' '))
        if (!document.getElementById(id)) faults.push(way + ' leads nowhere: ' + name(it));
  return faults;
}"""


@pytest.fixture(scope="module")
def pages(cast: Cast) -> Pages:
    """What there is to look at."""
    return settle(cast)


def chosen(paths: Sequence[str], number: int) -> Iterator[str]:
    """A page's share of the looks: two that are opposite in everything; all of them with --full.

    So each page meets each language, view and width, and all pairs of these are met.
    """
    opposite = min(number, len(LOOKS) - 1 - number)
    return (path for at, path in enumerate(paths) if FULL or at % (len(LOOKS) // 2) == opposite)


@pytest.mark.parametrize(
    "number", range(len(LOOKS)), ids=["-".join(map(str, look)) for look in LOOKS]
)
def test_pages(window: Window, cast: Cast, served: Served, pages: Pages, number: int) -> None:
    tag, mode, width = LOOKS[number]
    wish = {"lang": LANGUAGES[tag], "mode": mode.value}
    with db.transaction() as tx:
        for name in filter(None, pages):
            accounts.prefer(tx, cast[name], **wish)
    faults: list[str] = []
    for who, paths in pages.items():
        page = window(who, width=width, locale=tag)
        page.context.add_cookies(
            [{"name": name, "value": text, "url": served.address} for name, text in wish.items()]
        )
        broken: list[str] = []
        page.on("response", _noting(broken))
        for path in chosen(paths, number):
            page.goto(path)
            wrong = [*look_at(page, tag, mode), *broken]
            broken.clear()
            faults += [f"{path} as {who} {fault}" for fault in wrong]
    assert not faults, "\n".join(faults)


def _noting(kept: list[str]) -> Callable[[Response], None]:
    return lambda answer: kept.extend(refused(answer))


def refused(answer: Response) -> list[str]:
    """What did not come; the page that is not there is none of it."""
    fine = answer.status < 400 or answer.url.endswith("/nowhere")
    return [] if fine else [f"got {answer.status} for {answer.url}"]


def look_at(page: Page, tag: str, mode: Mode) -> list[str]:
    """What is wrong with the page."""
    shown: list[str] = page.evaluate("(d => [d.lang, d.dataset.mode])(document.documentElement)")
    faults: list[str] = page.evaluate(FAULTS)
    return faults if shown == [tag, mode.value] else [*faults, f"is shown as {shown}"]
