"""What a first visit weighs and how long it takes on a poor line, seen by Chromium on a poor phone.

Part of `run.py bench pages`. The lines are those of WebPageTest; the phone is a processor that is
four times slower than this one. Times are this machine's; bytes and layout shift are everybody's.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from benchmarks.common import browser_program

FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
SLOWER = 4  # times, the processor
VISIT = "first visit: "
MOST = 60_000  # bytes of a first visit to the home page
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js", "Image": "img"}
# What the browser itself has noted, once nothing larger can come any more.
NOTED = """() => new Promise((done) => {
  const found = { paint: null, largest: null, shift: 0 };
  const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note))
    .observe({ type, buffered: true });
  watch('paint', (it) => { if (it.name === 'first-contentful-paint') found.paint = it.startTime; });
  watch('largest-contentful-paint', (it) => { found.largest = it.startTime; });
  watch('layout-shift', (it) => { if (!it.hadRecentInput) found.shift += it.value; });
  setTimeout(() => done(found), 300);
})"""


class Line(NamedTuple):
    """How much goes through a line, in kilobits a second, and what a round trip takes."""

    down: int
    up: int
    milliseconds: int


LINES = {"slow 3G": Line(400, 400, 400), "2G": Line(280, 256, 800)}


class Visit(NamedTuple):
    """A first visit: compressed bytes by kind, requests, milliseconds, layout shift."""

    kinds: dict[str, int]
    requests: int
    first_paint: float
    largest_paint: float
    shift: float

    @property
    def total(self) -> int:
        """All bytes that came over the line, heads included."""
        return sum(self.kinds.values())


@contextmanager
def chromium() -> Iterator[Any]:
    """The Chromium of this machine, None where it or Playwright is missing."""
    program = browser_program()
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415
    except ImportError:
        program = None
    if program is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def visit(
    browser: Any,
    address: str,
    line: Line,
    *,
    cookies: dict[str, str] | None = None,
    width: int = 390,
    slower: float = SLOWER,
) -> Visit:
    """Open a page for the first time, with nothing kept from before."""
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
    kept = [{"name": name, "value": text, "url": address} for name, text in (cookies or {}).items()]
    context.add_cookies(kept)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    conditions = {
        "offline": False,
        "latency": line.milliseconds,
        "downloadThroughput": line.down * 1000 / 8,
        "uploadThroughput": line.up * 1000 / 8,
    }
    devtools.send("Network.emulateNetworkConditions", conditions)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def answered(event: Any) -> None:
        kinds[event["requestId"]] = KINDS.get(event["type"], "other")

    def came(event: Any) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", came)
    page.goto(address, wait_until="load", timeout=120_000)
    noted = page.evaluate(NOTED)
    context.close()
    weights: dict[str, int] = defaultdict(int)
    for request, size in sizes.items():
        weights[kinds.get(request, "other")] += size
    return Visit(
        dict(weights), len(sizes), noted["paint"], noted["largest"], round(noted["shift"], 4)
    )


def weigh(address: str, paths: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Each of these pages over each of the lines, as a guest sees it; empty without a Chromium."""
    found: dict[str, dict[str, Any]] = {}
    with chromium() as browser:
        if browser is None:
            print(
                "Chromium or Playwright is missing: first visits are not measured.", file=sys.stderr
            )
            return found
        for name, path in paths.items():
            figures: dict[str, Any] = {}
            for line_name, line in LINES.items():
                seen = visit(browser, address + path, line)
                figures |= {"bytes": seen.total, "by kind": seen.kinds, "requests": seen.requests}
                figures[f"first paint, {line_name} (s)"] = round(seen.first_paint / 1000, 1)
                figures[f"largest paint, {line_name} (s)"] = round(seen.largest_paint / 1000, 1)
                figures["layout shift"] = max(figures.get("layout shift", 0), seen.shift)
            found[VISIT + name] = figures
    return found


def targets(result: dict[str, Any]) -> dict[str, bool]:
    """What a first visit may weigh, and that nothing moves under the reader's eyes."""
    visits = {name: figures for name, figures in result.items() if name.startswith(VISIT)}
    if not visits:
        return {}
    return {
        f"home at most {MOST // 1000} kB": visits[f"{VISIT}home"]["bytes"] <= MOST,
        "no layout shift": not any(figures["layout shift"] for figures in visits.values()),
    }
