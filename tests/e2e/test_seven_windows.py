"""Seven windows on one meeting, from its opening to approved minutes: each sees what is done.

The chair, two desks, the wall, a phone, somebody in the hall with a screen of their own, captions.
"""

import re
from datetime import timedelta
from typing import NamedTuple

import sitting as hall
from browsing import Window, press, seen, unfold
from cast import Cast
from e2e.test_chain import arrive, count
from playwright.sync_api import Page, expect

from forum.base import clock, db
from forum.base.verify import verify
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from sessions.minutes import service as minuting

BEFORE, AFTER = "The house buys a lift.", "The house buys a glass lift."
DECISION = "A glass lift for the house"
TASK = "Order the glass lift"


class Seven(NamedTuple):
    """The windows."""

    chair: Page
    hall: Page
    school: Page
    wall: Page
    bob: Page
    rong: Page
    captions: Page

    def others(self, *but: Page) -> list[tuple[Page, str]]:
        """Where the others read what happens now."""
        places = {self.chair: "main", self.wall: "#stage"}
        live = (self.chair, self.hall, self.school, self.wall, self.bob, self.rong)
        return [(page, places.get(page, "main")) for page in live if page not in but]

    def all_see(self, words: str, *but: Page) -> None:
        """The words stand in every other window, without a reload."""
        for page, place in self.others(*but):
            seen(page, words, place)


def give(seven: Seven, name: str) -> None:
    """The chair gives the floor to somebody on the list; the wall says who it is."""
    seven.chair.get_by_role("button", name=f"Give the floor to {name}").last.click()
    expect(seven.wall.locator("#stage .big").first).to_have_text(name)


def test_a_meeting_in_seven_windows(window: Window, cast: Cast) -> None:
    with db.transaction() as tx:
        sitting = hall.convened(tx, cast)
    here = f"/meetings/{sitting.meeting}"
    seven = Seven(
        window("alice", f"{here}/console"),
        window("clerk", f"{here}/desk/{sitting.main}"),
        window("hui", f"{here}/desk/{sitting.hall}"),
        window(None, f"{here}/screen"),
        window("bob", here, width=390),
        window("rong", here),
        window("shu", f"{here}/captions/typing"),
    )
    come(seven, here, sitting.main)
    press(seven.chair, "Open the meeting", inside="#next")
    seven.all_see("In session", seven.chair)
    press(seven.chair, "Call up", inside="#next")
    seven.all_see("Which kind of lift?", seven.chair)
    speak(seven, here)
    move(seven)
    vote(seven, window)
    decide(seven, cast)
    press(seven.chair, "Close the item", inside="#next")
    seen(seven.chair, "The item is closed.", "#notes")  # its answer closes what asks for a yes
    press(seven.chair, "Close the meeting", inside="#next")
    seven.all_see("Adjourned", seven.chair)
    approve(seven, here, cast)
    task(seven, cast)
    with db.reading() as opened:
        assert verify(opened).sound


def come(seven: Seven, here: str, main: int) -> None:
    """At two desks, on the phone, and one through the door whom nobody knows."""
    arrive(seven.hall, "Alice the chair", "Shu the secretary")
    arrive(seven.school, "Rong the representative")
    press(seven.bob, "Check in online")
    desk = seven.hall.url
    seven.hall.goto(f"{here}/desk/{main}/door")
    seven.hall.get_by_label("Name", exact=True).fill("Aunt Wang")
    seven.hall.locator("input[name=proof]").first.check()
    press(seven.hall, "Open an account and check in")
    seen(seven.hall, "Aunt Wang")
    seven.hall.goto(desk)
    seen(seven.hall, "3 people here", "#people")
    for page, place in ((seven.chair, "#attendance"), (seven.wall, "#footing")):
        seen(page, "1 guest", place)
    seen(seven.rong, "Checked in", "#personal")
    press(seven.chair, "Declare the quorum", inside="#attendance")
    for page, _place in seven.others(seven.wall):
        seen(page, "quorum reached", "#attendance")
    seen(seven.wall, "quorum reached", "#footing")


def speak(seven: Seven, here: str) -> None:
    """Asked for on the phone and at a desk, captioned, interrupted by a point of order."""
    press(seven.bob, "Ask to speak")
    press(seven.school, "Wants to speak", inside="#people")
    for page, _place in seven.others(seven.bob, seven.wall):
        for name in ("Bob", "Rong the representative"):
            seen(page, name, "#speakers .speakers")
    give(seven, "Rong the representative")
    seen(seven.rong, "You have the floor", "#personal")
    seen(seven.captions, "Rong the representative", "#captions-holder")
    seven.rong.goto(f"{here}/captions")
    seven.captions.locator("#captions-words").fill("Knees get older, stairs do not.")
    seven.captions.keyboard.press("Enter")
    seen(seven.rong, "Knees get older, stairs do not.", ".caption-words")
    seven.rong.goto(here)
    seven.bob.locator("#personal").get_by_text("Point of order", exact=True).click()
    seven.bob.get_by_label("What is against the rules?").fill("This is not on the agenda.")
    press(seven.bob, "Raise it")
    press(seven.chair, "Hear the point of order of Bob", inside="#next")
    expect(seven.wall.locator("#stage .big").first).to_have_text("Bob")
    press(seven.chair, "Rule on it", inside="#speakers")
    seven.chair.get_by_role("radio", name="The point is not well taken").check()
    press(seven.chair, "Record the ruling")
    for page, place in seven.others(seven.hall, seven.school):
        seen(page, "The point is not well taken", place)
    press(seven.chair, "Let Rong the representative go on", inside="#next")
    press(seven.chair, "End the speech of Rong the representative", inside="#next")
    give(seven, "Bob")
    press(seven.chair, "End the speech of Bob", inside="#next")
    expect(seven.wall.locator("#stage")).not_to_contain_text("Has the floor")


def move(seven: Seven) -> None:
    """Moved on the phone, seconded and amended from the hall; nobody objects to the change."""
    press(seven.bob, "Move a motion", inside="#personal")
    seven.bob.get_by_label("What the meeting shall decide").fill(BEFORE)
    press(seven.bob, "Move it")
    press(seven.rong, "Second Motion 1", inside="#personal")
    seven.all_see(BEFORE, seven.bob)
    press(seven.rong, "Amend Motion 1", inside="#personal")
    seven.rong.get_by_label("How it should read").fill(AFTER)
    press(seven.rong, "Move the amendment")
    press(seven.bob, "Second Amendment 2", inside="#personal")
    for page, place in seven.others(seven.rong):
        expect(page.locator(f"{place} ins").first).to_contain_text("glass")
    press(seven.chair, "Ask whether anybody objects", inside="#motions")
    seen(seven.bob, "Does anybody object?", "#personal")
    seen(seven.wall, "Does anybody object?", "#stage")
    press(seven.chair, "Nobody objects: carried", inside="#motions")
    for page, place in seven.others():
        expect(page.locator(place)).not_to_contain_text("Amendment 2 Before the meeting")
        seen(page, AFTER, place)


def vote(seven: Seven, window: Window) -> None:
    """Hands in the hall and at the school, a press on the phone; the wall shows what came of it."""
    press(seven.chair, "Put Motion 1 to the vote", inside="#next")
    press(seven.chair, "Open the vote", inside="#next")
    press(seven.bob, "For", inside="#personal")
    seen(seven.bob, "Your vote is counted", "#personal")
    seen(seven.rong, "You vote in the hall", "#personal")
    press(seven.chair, "Close the vote", inside="#next")
    seen(seven.chair, "The halls are counting", "#next")
    for desk, hands in ((seven.hall, "2"), (seven.school, "1")):
        count(desk, "first", hands)
        seen(desk, "A second person counts", "#hands")
        second = window("shu", desk.url)
        count(second, "second", hands)
        seen(second, "Both counts agree.", "#notes")
        second.close()
    press(seven.chair, "Announce the result", inside="#next")
    for page, place in seven.others(seven.hall, seven.school):
        seen(page, "Carried", place)


def decide(seven: Seven, cast: Cast) -> None:
    """The secretary records what was decided."""
    with db.transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING)
    shu = seven.captions
    shu.goto(f"/items/{cast.item}")
    shu.get_by_role("link", name="Record a decision").click()
    shu.get_by_label("What was decided, in one line").fill(DECISION)
    shu.get_by_label("The decision in full").fill(AFTER)
    shu.get_by_label("It rests on this vote").select_option(index=0)
    press(shu, "Record the decision")
    seen(shu, "The decision is recorded", "#notes")


def approve(seven: Seven, here: str, cast: Cast) -> None:
    """The secretary's window has become the minutes: circulated, and approved by the chair."""
    shu, chair = seven.captions, seven.chair
    shu.goto(f"{here}/minutes")
    for said in ("1 guests", "point of order", "did not uphold", BEFORE, AFTER, DECISION):
        seen(shu, said, "#document")
    shu.get_by_label("Corrections can be asked for until").fill("2030-03-06T20:00")
    press(shu, "Circulate")
    seen(shu, "Those who took part can ask for corrections")
    # A test cannot wait for the date that the form takes: the time granted shrinks to an instant.
    minutes = int(re.findall(r"\d+", shu.url)[-1])
    with clock.at(clock.now()), db.transaction() as tx:
        until = clock.now() + timedelta(milliseconds=1)
        minuting.circulate(tx, cast.shu, minutes, until=until)
    chair.goto(shu.url)
    press(chair, "Approve the minutes")
    seen(chair, "The minutes are approved and locked", "#notes")


def task(seven: Seven, cast: Cast) -> None:
    """What was decided is somebody's to do."""
    with db.transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.PUBLISHING)
    shu = seven.captions
    shu.reload()
    shu.get_by_role("link", name="To the decision").click()
    work = unfold(shu, "Give a follow-up task")
    work.get_by_label("What is to be done").fill(TASK)
    work.get_by_label("Task in full").fill("By the summer, with the glass doors.")
    work.get_by_label("Person responsible").select_option("Hui the handler")
    work.get_by_label("Supervised by").select_option("Rong the representative")
    work.get_by_label("Due").fill("2030-06-30")
    press(shu, "Give the task")
    seen(shu, "The task is given", "#notes")
