"""A committee's minutes as one file: asked for, watched, taken home, checked there."""

from datetime import date, timedelta
from pathlib import Path

import packing
import pytest
from browsing import Window, press, seen
from cast import Cast
from packing import Packed
from playwright.sync_api import Page, expect

from forum.base import clock, db, ticker
from forum.base.refs import ref
from sessions.exchange import committee_check, service


@pytest.fixture(scope="module")
def packed(cast: Cast) -> Packed:
    """Bob's committee, with the minutes of a sitting in two versions."""
    made = packing.seated(cast)
    packing.amended(cast, made)
    return made


def checked(page: Page, folder: Path) -> None:
    """Press the link and check what comes."""
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download the archive").click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    assert file.name.startswith("LIFT-")
    report = committee_check.check(file)
    assert report is not None
    assert report.sound
    assert report.counts["minutes"] == 2


def test_it_tells_how_far_it_is_and_then_there_is_the_file(
    window: Window, cast: Cast, packed: Packed, tmp_path: Path
) -> None:
    with db.transaction() as tx:
        made = service.ask(tx, cast.bob, packed.committee, packed.period)
        later = clock.now() + timedelta(days=1)
        ticker.schedule(tx, service.WRITE, later, ref("archive", made))
    page = window("bob", f"/archives/{made}", width=390)
    expect(page.locator("#progress progress")).to_be_visible()
    page.evaluate("window.unreloaded = true")
    with db.transaction() as tx:
        ticker.schedule(tx, service.WRITE, clock.now(), ref("archive", made))
    expect(page.get_by_role("link", name="Download the archive")).to_be_visible()
    assert page.evaluate("window.unreloaded") is True
    assert page.locator("#progress").get_attribute("hx-trigger") is None
    checked(page, tmp_path)


def test_it_works_by_plain_forms(window: Window, packed: Packed, tmp_path: Path) -> None:
    page = window("bob", f"/stations/{packed.committee}", scripts=False)
    seen(page, "Term 1")
    page.get_by_role("link", name="Pack the minutes").click()
    page.get_by_label("First day").fill("2001-01-01")
    page.get_by_label("Last day").fill("2001-01-31")
    press(page, "Pack the minutes")
    seen(page, "There are no approved minutes in this period.")
    page.get_by_label("First day").fill(date(packed.period.first.year, 1, 1).isoformat())
    page.get_by_label("Last day").fill(packed.period.last.isoformat())
    press(page, "Pack the minutes")
    expect(page.locator("#progress")).to_be_visible()
    ready = page.get_by_role("link", name="Download the archive")
    while not ready.is_visible():
        with page.expect_navigation():
            page.get_by_role("link", name="Look again").click()
    checked(page, tmp_path)
