"""The simulated meeting holds, and finds what does not hold."""

import asyncio
import json
import random
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

from house.tree import ROOT

from forum.base.events import Audience, Stored
from simulations import checks
from simulations.line import Line, Page, Tally


def test_a_meeting_with_bad_lines_and_a_dying_server() -> None:
    words = "--people 9 --venues 3 --minutes 0.25 --items 1 --kills 1 --proxy --seed 5 --json"
    command = [sys.executable, "run.py", "simulate", "meeting", *words.split()]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    result = json.loads(ended.stdout)
    assert (result["faults"], ended.returncode) == ([], 0), ended.stderr
    counts = result["counts"]
    assert counts["pages"] == 12
    assert counts["killed"] == 1
    assert counts["events"] > 20
    assert counts["requests"] > counts["pages"]


def test_wrong_words_are_refused() -> None:
    for words in (["concert"], ["meeting", "--people", "0"], ["meeting", "--venues", "1"]):
        command = [sys.executable, "run.py", "simulate", *words]
        assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 2


def page() -> Page:
    """A page that nothing has come to yet."""
    return Page(Line(1, "token", Tally(), random.Random(1)), "meeting:1", "meeting")


def told(seq: int, prev: int, **more: Any) -> dict[str, Any]:
    """A frame."""
    return {"stream": "meeting:1", "type": "floor:list:closed", "seq": seq, "prev": prev, **more}


def welcome(after: int, html: dict[str, str] | None = None) -> dict[str, Any]:
    """The answer to a hello."""
    return {"stream": "meeting:1", "type": "welcome", "after": after, "html": html}


def hears(listener: Page, *said: dict[str, Any]) -> Page:
    """Let it take these, one after the other."""

    async def run() -> None:
        for one in said:
            await listener._take(one)

    asyncio.run(run())
    return listener


def test_a_page_follows_as_the_browser_does() -> None:
    html = {"state": "old"}
    mine = hears(page(), welcome(3, html), told(4, 3, html={"state": "new"}), told(6, 4))
    assert (mine.events, mine.blocks, mine.cursor) == ([4, 6], {"state": "new"}, 6)
    assert mine.line.tally.faults == []
    hears(mine, told(9, 8))  # a gap: it asks again, and takes nothing until the welcome
    hears(mine, told(10, 9), welcome(10, {"state": "now"}))
    assert (mine.events, mine.jumps, mine.blocks) == ([4, 6], [(6, 10)], {"state": "now"})


def test_an_event_that_comes_twice_is_a_fault() -> None:
    mine = hears(page(), welcome(3), told(4, 3), told(4, 3))
    assert mine.line.tally.faults == ["event 4 came twice on one socket"]


def event(seq: int, kind: str, **payload: int) -> Stored:
    """An event of the meeting."""
    at = datetime(2030, 1, 1, tzinfo=UTC)
    return Stored(str(seq), "meeting:1", seq, at, 1, kind, "", Audience.PUBLIC, payload, "")


def test_a_gap_and_two_holders_are_faults() -> None:
    given, over = "floor:speech:recognised", "floor:speech:finished"
    fine = [event(1, given, speech=1), event(2, over, speech=1), event(3, given, speech=2)]
    assert checks.gaps(fine) == checks.floor(fine) == []
    assert checks.gaps([fine[0], fine[2]]) == ["the log has a gap at 2"]
    wrong = [fine[0], event(2, given, speech=2)]
    assert checks.floor(wrong) == ["speech 2 began while 1 was held"]
