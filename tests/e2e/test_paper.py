"""Pages made for paper, printed by a real browser: sheets of A4, their words, nothing else."""

import re
import shutil
import subprocess
from typing import NamedTuple

import minuting
import polling
import pytest
import sitting as hall
from browsing import Window
from cast import Cast
from playwright.sync_api import Page

from forum.base.db import transaction
from forum.members import service as accounts

A4 = re.compile(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]")
SHEET = re.compile(rb"/Type /Page\b")
NUMBER = re.compile(r"\b1\s*/\s*1\b")
QUESTION = "Shall the works begin at eight and end at six, with two quiet hours at noon? "


class Arranged(NamedTuple):
    """What there is to print."""

    sitting: hall.Sitting
    polls: list[int]
    minutes: int


class Printed(NamedTuple):
    """What came out of the printer; `words` by sheet, none where nothing here can read them."""

    sheets: int
    words: list[str]


@pytest.fixture(scope="module")
def arranged(cast: Cast) -> Arranged:
    """A meeting to come, votes with a short and a long question, approved minutes."""
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    polls = [polling.make(cast, opened=False, question=QUESTION * n) for n in (1, 2)]
    return Arranged(sitting, polls, minuting.approved(cast).minutes)


def printed(page: Page) -> Printed:
    """Print the page as it says itself, without the browser's backgrounds."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=False)
    sheets = len(SHEET.findall(pdf))
    assert len(A4.findall(pdf)) == sheets
    reader = shutil.which("pdftotext")
    if reader is None:
        return Printed(sheets, [])
    said = subprocess.run([reader, "-", "-"], input=pdf, capture_output=True, check=True)
    return Printed(sheets, said.stdout.decode().split("\f")[:-1])


@pytest.mark.parametrize(
    ("locale", "lang", "mode", "title"),
    [
        ("en", "en", "elder", "Notice of meeting"),
        ("zh-CN", "zh_Hans_CN", "standard", "会议通知"),
    ],
)
def test_papers_fit_their_sheets(
    window: Window, cast: Cast, arranged: Arranged, locale: str, lang: str, mode: str, title: str
) -> None:
    with transaction() as tx:
        accounts.prefer(tx, cast.alice, lang=lang, mode=mode, theme="dark")
    here = f"/meetings/{arranged.sitting.meeting}"
    page = window("alice", f"{here}/agenda/print", locale=locale)
    page.evaluate("window.print = () => { window.asked = true; }")
    page.locator("[data-print]").click()
    page.wait_for_function("() => window.asked")
    # The reader's dark screen and large letters end where the sheet begins.
    ink, size = page.evaluate(
        "(look => [look.color, look.fontSize])(getComputedStyle(document.querySelector('.paper')))"
    )
    assert (ink, size) == ("rgb(0, 0, 0)", "15.3333px")
    notice = printed(page)
    assert notice.sheets == 1
    if notice.words:
        assert title in notice.words[0]
        assert here in notice.words[0]
        assert NUMBER.search(notice.words[0])
        assert "A4" not in notice.words[0]  # the bar above the sheet stays on the screen
    page.goto(f"{here}/attendance/print")
    both = printed(page)
    page.goto(f"{here}/attendance/print?venue={arranged.sitting.hall}")
    one = printed(page)
    assert both.sheets == 2 * one.sheets == 4  # each hall's list begins on a sheet of its own
    page.goto(f"/minutes/{arranged.minutes}/print")
    minutes = printed(page)
    assert minutes.sheets <= 3
    assert not minutes.words or "SHA-256" in minutes.words[-1]


def test_ballots_take_one_sheet(window: Window, cast: Cast, arranged: Arranged) -> None:
    """No number of the page stands on it, which could tell one ballot from another."""
    page = window("alice")
    short, long = arranged.polls
    for poll, size in ((short, 1), (short, 2), (short, 4), (long, 1), (long, 2)):
        page.goto(f"/polls/{poll}/ballot/print?n={size}")
        found = printed(page)
        assert found.sheets == 1
        for words in found.words:
            assert " ".join(words.split()).count("two quiet hours") >= size
            assert not NUMBER.search(words)
