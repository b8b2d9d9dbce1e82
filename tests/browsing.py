"""A real server and windows of real browsers, with words for what people do in them."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from cast import Cast
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright
from servers import free_port, missing, wait

from benchmarks.common import browser_program
from forum.agenda import service as agenda
from forum.agenda.models import ItemState
from forum.base import db, events
from forum.base.events import Audience

ROOT = Path(__file__).resolve().parents[1]
SLOW = 30_000  # milliseconds
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
# Remembers how far the page was when it was drawn and each event that it was told of then; and
# lets a test cut its line.
WATCH = """
window.known = []; window.lines = [];
const Real = window.WebSocket;
window.WebSocket = class extends Real {
  constructor(...args) { super(...args); window.lines.push(this); }
};
document.addEventListener('folkmoot:ready', () => {
  const { liveStream, liveAfter } = document.getElementById('main').dataset;
  if (liveStream) window.known.push(['drawn', liveStream, Number(liveAfter)]);
});
document.addEventListener('folkmoot:event', (event) => {
  window.known.push(['told', event.detail.stream, event.detail.seq]);
});
"""
AT_HEAD = "([stream, seq]) => window.known.some((one) => one[1] === stream && one[2] >= seq)"

expect.set_options(timeout=SLOW)


@contextmanager
def chromium_open() -> Iterator[Browser]:
    """The Chromium of this machine; skipped by name where it is missing, but never in CI."""
    program = browser_program()
    if program is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Served:
    """`run.py serve` on a free port over a data folder; it can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.journal = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = ["run.py", "serve", "--port", str(self.port), "--data", str(self.folder)]
        with self.journal.open("ab") as journal:
            self._process = subprocess.Popen(
                [sys.executable, *words], cwd=ROOT, stdout=journal, stderr=journal
            )
        wait(self._healthy, self._process)

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """kill -9: nothing is said, nothing is tidied up."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class Window(Protocol):
    """Opens a page as somebody of the cast, or as a guest."""

    def __call__(
        self,
        name: str | None,
        path: str = "",
        *,
        width: int = 1280,
        locale: str = "en",
        scripts: bool = True,
    ) -> Page: ...


def press(page: Page, words: str, *, inside: str = "main") -> None:
    """Press the first button with these words; where it asks for a yes, give it."""
    within = page.locator(inside)
    buttons = within.locator("button:visible, summary.button:visible").filter(has_text=words)
    asks = buttons.first.evaluate("it => it.matches('details.confirm > summary')")
    buttons.first.click()
    if asks:
        within.locator("details.confirm[open] button:visible").filter(has_text=words).first.click()


def unfold(page: Page, words: str) -> Locator:
    """Open what opens on demand, if it is not open; returns what is in it."""
    folded = page.locator("details.disclose").filter(
        has=page.locator("summary").filter(has_text=words)
    )
    if folded.first.get_attribute("open") is None:
        folded.first.locator("summary").first.click()
    return folded.first


def seen(page: Page, words: str | re.Pattern[str], inside: str = "main") -> None:
    """Wait until the words stand on the page: by push, without a reload."""
    expect(page.locator(inside)).to_contain_text(words)


def until(true: Callable[[], object], page: Page | None = None) -> None:
    """Wait until this is so; with a page, while what it asks and says is taken in."""
    end = time.monotonic() + SLOW / 1000
    while not true():
        assert time.monotonic() < end
        if page is None:
            time.sleep(0.02)
        else:
            page.wait_for_timeout(20)


def held(page: Page, path: str, *, times: int | None = None) -> list[Route]:
    """What the page asks of this path from now on is kept here until the test lets it go."""
    kept: list[Route] = []

    def hold(route: Route) -> None:
        kept.append(route)

    page.route(path, hold, times=times)
    return kept


def cut(page: Page) -> None:
    """Kill the live socket as a dropped line does."""
    page.evaluate("window.lines.forEach((line) => line.close())")


def told_all(page: Page, stream: str, audience: Audience) -> None:
    """The page knows each event of its view's class: drawn with it, or told of it once."""
    head = _log(stream, audience)[-1]
    page.wait_for_function(AT_HEAD, arg=[stream, head])
    known = [(how, seq) for how, name, seq in page.evaluate("window.known") if name == stream]
    log = _log(stream, audience)  # the page may know already what has come since
    at = drawn = known[0][1]
    for how, seq in known:
        if how == "told":
            assert seq == next((one for one in log if one > at), None), (known, log)
            at = seq
        elif seq != drawn:
            at = drawn = seq
    assert at >= head, (known, log)


def _log(stream: str, audience: Audience) -> list[int]:
    with db.reading() as opened:
        return [event.seq for event in events.history(opened, stream, audience=audience)]


def item_aside(cast: Cast) -> int:
    """A topic of the consultation that is these tests' alone."""
    with db.transaction() as tx:
        draft = agenda.Draft("Who waters the roses?", "In July.")
        made = agenda.create(tx, cast.alice, cast.consultation, draft)
        agenda.change_state(tx, cast.alice, made, ItemState.OPEN)
    return made
