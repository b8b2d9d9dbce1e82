"""No layout breaks under long words or when the page runs from right to left.

Each page is seen in one of the four looks, all of them with --full.
"""

import itertools
import os
from collections.abc import Iterator

import pytest
from browsing import Served, Window
from cast import Cast
from e2e import looking
from e2e.neighbourhood import Pages
from e2e.occasions import settle

from forum.base import db, i18n
from forum.members import service as accounts

FULL = os.environ.get("FOLKMOOT_TEST_FULL") == "1"
LOOKS = list(itertools.product(("en_XA", "ar_XB"), (390, 1280)))
# Words that leave their button, controls that lie on each other.
BROKEN = """() => {
  const faults = [];
  const name = (it) => it.outerHTML.slice(0, 140).replace(/\\s+/g, ' ');
  const all = 'a[href], button, summary, input:not([type=hidden]), select, textarea';
  const seen = Array.from(document.querySelectorAll(all)).filter((it) =>
    it.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !it.closest('.visually-hidden, .skip, svg') && !it.matches('[type=radio], [type=checkbox]'));
  const box = (it) => it.getBoundingClientRect();
  // A plain link has no edge that one sees: its words count.
  const drawn = (it) => {
    if (!it.matches('a:not(.button)')) return box(it);
    const range = document.createRange();
    range.selectNodeContents(it);
    return range.getBoundingClientRect();
  };
  const scrolls = (it) => it && (/auto|scroll/.test(getComputedStyle(it).overflowX)
    || scrolls(it.parentElement));
  for (const it of seen.filter((it) => it.matches('button, summary, .button'))) {
    const { left, right, top, bottom } = box(it);
    const texts = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const words = range.getBoundingClientRect();
      const holder = texts.currentNode.parentElement;
      if (holder.closest('.visually-hidden') || !words.width) continue;
      if (getComputedStyle(holder).textOverflow === 'ellipsis') continue;  // cut where it ends
      const aside = words.left < left - 1 || words.right > right + 1;
      if (aside || words.top < top - 4 || words.bottom > bottom + 4)
        faults.push('has words outside of ' + name(it));
    }
    const hides = getComputedStyle(it).overflowX === 'hidden';
    if (hides && it.scrollWidth > it.clientWidth + 1) faults.push('cuts the words of ' + name(it));
  }
  const fixed = (it) => it && (/fixed|sticky|absolute/.test(getComputedStyle(it).position)
    || fixed(it.parentElement));
  const laid = seen.filter((it) => !fixed(it) && !scrolls(it.parentElement)
    && getComputedStyle(it).display !== 'inline');
  laid.forEach((one, at) => laid.slice(at + 1).forEach((other) => {
    if (one.contains(other) || other.contains(one)) return;
    const [a, b] = [drawn(one), drawn(other)];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 2) faults.push(name(one) + ' lies on ' + name(other));
  }));
  return faults;
}"""


@pytest.fixture(scope="module", autouse=True)
def _offered() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOLKMOOT_PSEUDO_LOCALES", "1")
        yield


@pytest.fixture(scope="module")
def pages(cast: Cast) -> Pages:
    """What there is to look at."""
    return settle(cast)


@pytest.mark.parametrize(
    "number", range(len(LOOKS)), ids=["-".join(map(str, look)) for look in LOOKS]
)
def test_pages_hold(window: Window, cast: Cast, served: Served, pages: Pages, number: int) -> None:
    lang, width = LOOKS[number]
    with db.transaction() as tx:
        for name in filter(None, pages):
            accounts.prefer(tx, cast[name], lang=lang)
    wanted = [i18n.TAGS[lang], "rtl" if lang == "ar_XB" else "ltr"]
    faults: list[str] = []
    for who, paths in pages.items():
        page = window(who, width=width)
        page.context.add_cookies([{"name": "lang", "value": lang, "url": served.address}])
        for path in (path for at, path in enumerate(paths) if FULL or at % len(LOOKS) == number):
            page.goto(path)
            shown = page.evaluate("(d => [d.lang, d.dir])(document.documentElement)")
            found = [*page.evaluate(looking.FAULTS), *page.evaluate(BROKEN)]
            found += [] if shown == wanted else [f"is shown as {shown}"]
            faults += [f"{path} as {who} {fault}" for fault in found]
    assert not faults, "\n".join(faults)
