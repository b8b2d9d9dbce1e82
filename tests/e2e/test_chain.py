"""The whole chain in real browsers: from convening a meeting to the task on a duties page."""

import re
from datetime import timedelta

from browsing import SLOW, Served, Window, cut, press, seen, told_all, unfold
from cast import Cast
from playwright.sync_api import Locator, Page, expect

from forum.base import clock, db
from forum.base.events import Audience
from forum.base.verify import verify
from sessions.minutes import service as minuting

QUESTION = "Shall we take the glass lift?"
DECISION = "Block 7 gets a glass lift"
TASK = "Order the glass lift"


def test_from_the_call_to_the_kept_promise(window: Window, cast: Cast, served: Served) -> None:
    chair = window("alice", f"/consultations/{cast.consultation}")
    meeting = prepare_meeting(chair)
    bob, screen = window("bob", meeting, width=390), window(None, f"{meeting}/screen")
    seen(screen, "An evening on the lift", "body")

    # In the hall, at the school and online.
    hall, school = (
        window("clerk", chair.get_by_role("link", name=f"Desk: {name}").get_attribute("href") or "")
        for name in ("Community hall", "School")
    )
    arrive(hall, "Alice the chair", "Shu the secretary")
    arrive(school, "Rong the representative")
    press(bob, "Check in online")
    seen(chair, re.compile(r"Present\s*4"), "#attendance")

    debate(chair, school, bob, screen)
    put_the_question(chair, bob, screen)
    die_and_return(served, chair, bob, screen, hall, school)
    vote(window, chair, bob, screen, desks=(hall, school))

    stream = meeting.strip("/").replace("s/", ":")
    told_all(chair, stream, Audience.MODERATOR)
    for page in (bob, screen):
        told_all(page, stream, Audience.PUBLIC)

    move_on(window("alice"), cast, "Deciding")
    shu = window("shu", meeting)
    record(shu, cast)
    press(chair, "Close the item", inside="#program")
    seen(chair, "The item is closed.", "#notes")  # its answer closes what asks for a yes
    press(chair, "Close the meeting", inside="#next")
    seen(screen, "The meeting is over", "body")
    approve(shu, chair, cast, meeting)
    move_on(window("alice"), cast, "Publishing")
    give_task(shu)
    rong = window("rong", f"/consultations/{cast.consultation}")
    publish(rong)
    keep_promise(rong, window(None, f"/people/{cast.rong.id}"))
    with db.reading() as opened:
        assert verify(opened).sound


def prepare_meeting(chair: Page) -> str:
    """Alice prepares and convenes a meeting in two halls and online; returns its path."""
    chair.get_by_role("link", name="Prepare a meeting").first.click()
    chair.get_by_role("radio", name="Another meeting").check()
    unfold(chair, "Otherwise than usual").get_by_label("Title").fill("An evening on the lift")
    chair.get_by_label("Begins").fill("2030-03-05T19:00")
    chair.get_by_label("Main venue").fill("Community hall")
    press(chair, "Prepare the meeting")
    expect(chair).to_have_url(re.compile(r"/meetings/\d+"))
    path: str = "/meetings/" + re.findall(r"\d+", chair.url)[-1]
    chair.goto(f"{path}/edit")
    chair.get_by_label("Item", exact=True).select_option("1 Which kind of lift?")
    press(chair, "Put on the order of the day")
    seen(chair, "Which kind of lift?", "#program li")
    chair.locator("#new-venue summary").click()
    chair.locator("#new-venue").get_by_label("Name", exact=True).fill("School")
    press(chair, "Save", inside="#new-venue")
    seen(chair, "School", "#venues")
    chair.get_by_role("link", name="Chair's console").click()
    press(chair, "Convene the meeting", inside="#next")
    seen(chair, "Open the meeting", "#next")
    return path


def arrive(desk: Page, *names: str) -> None:
    """The clerk ticks who has come through the door."""
    for name in names:
        desk.get_by_role("checkbox", name=name).check()
    press(desk, "Check in here")
    seen(desk, f"{len(names)} person" if len(names) == 1 else f"{len(names)} people", "#people")


def debate(chair: Page, school: Page, bob: Page, screen: Page) -> None:
    """Called up, on the list from two places, heard in turn; lines are cut in between."""
    press(chair, "Open the meeting", inside="#next")
    press(chair, "Call up", inside="#program")
    seen(bob, "Which kind of lift?", "#state")
    cut(bob)
    cut(chair)
    press(school, "Wants to speak", inside="#people")
    press(bob, "Ask to speak")
    seen(chair, "Bob", "#speakers .speakers")
    give(chair, screen, "Rong the representative")
    cut(screen)
    end(chair)
    give(chair, screen, "Bob")
    seen(bob, "You have the floor", "#personal")
    end(chair)
    expect(screen.locator("#stage")).not_to_contain_text("Bob")


def give(chair: Page, screen: Page, name: str) -> None:
    """The chair gives the floor; all read it on the wall."""
    chair.get_by_role("button", name=f"Give the floor to {name}").last.click()
    expect(screen.locator("#stage .big")).to_have_text(name)


def end(chair: Page) -> None:
    """The chair ends the speech under way."""
    ends = button(chair, "End", "#speakers")
    ends.click()
    expect(ends).to_have_count(0)


def button(page: Page, words: str, inside: str) -> Locator:
    """The button that says just this."""
    return page.locator(inside).get_by_role("button", name=words, exact=True)


def put_the_question(chair: Page, bob: Page, screen: Page) -> None:
    """A vote by hands in the halls, and on the telephone for those who are online."""
    asked = unfold(chair, "Put a question to the vote")
    asked.get_by_label("What is asked").fill(QUESTION)
    press(chair, "Prepare the vote")
    seen(chair, QUESTION, "#vote")
    press(chair, "Open the vote", inside="#next")
    seen(bob, QUESTION, "#personal")
    seen(screen, QUESTION, "#stage")


def die_and_return(served: Served, *pages: Page) -> None:
    """The server is killed: the pages say so, and find it again by themselves."""
    served.kill()
    for page in pages:
        seen(page, "The connection is lost", "#live-status")
    served.start()
    for page in pages:
        # They ask ever more seldom, up to half a minute apart.
        status = page.locator("#live-status")
        expect(status).not_to_contain_text("The connection is lost", timeout=30_000 + SLOW)


def vote(window: Window, chair: Page, bob: Page, screen: Page, desks: tuple[Page, Page]) -> None:
    """Bob votes; two tellers count each hall; the chair announces what came of it."""
    press(bob, "For", inside="#personal")
    seen(bob, "Your vote is counted", "#personal")
    press(chair, "Close the vote", inside="#next")
    seen(chair, "The halls are counting", "#next")
    for desk, hands in zip(desks, ("2", "1"), strict=True):
        count(desk, "first", hands)
        seen(desk, "A second person counts", "#hands")
        count(window("shu", desk.url), "second", hands)
    press(chair, "Announce the result", inside="#next")
    for page, place in ((chair, "#vote"), (bob, "#vote"), (screen, "#stage")):
        seen(page, "Carried", place)


def count(desk: Page, turn: str, hands: str) -> None:
    """A teller enters what they saw."""
    desk.get_by_role("spinbutton", name="For").first.fill(hands)
    press(desk, f"Enter the {turn} count")


def move_on(chair: Page, cast: Cast, stage: str) -> None:
    """The chair moves the consultation to its next stage."""
    chair.goto(f"/consultations/{cast.consultation}")
    chair.get_by_role("link", name="Stages and dates").click()
    chair.get_by_role("radio", name=stage).check()
    press(chair, "Change the stage")
    seen(chair, f"The stage is now “{stage}", "#notes")


def record(shu: Page, cast: Cast) -> None:
    """The secretary records the decision, resting on the vote."""
    shu.goto(f"/items/{cast.item}")
    shu.get_by_role("link", name="Record a decision").click()
    shu.get_by_label("What was decided, in one line").fill(DECISION)
    shu.get_by_label("The decision in full").fill("Offer **B** is taken, with the glass doors.")
    shu.get_by_label("It rests on this vote").select_option(QUESTION)
    press(shu, "Record the decision")
    seen(shu, "The decision is recorded", "#notes")
    seen(shu, "Carried")


def approve(shu: Page, chair: Page, cast: Cast, meeting: str) -> None:
    """Circulated by the secretary; when the time for corrections is over the chair approves."""
    shu.goto(f"{meeting}/minutes")
    for words in (QUESTION, "Bob", DECISION):
        seen(shu, words, "#document")
    shu.get_by_label("Corrections can be asked for until").fill("2030-03-06T20:00")
    press(shu, "Circulate")
    seen(shu, "Those who took part can ask for corrections")
    chair.goto(shu.url)
    press(chair, "Approve the minutes")
    seen(chair, "This has changed meanwhile")
    # A test cannot wait for the date that the form takes: the time granted shrinks to an instant.
    minutes = int(re.findall(r"\d+", shu.url)[-1])
    with clock.at(clock.now()), db.transaction() as tx:
        instant = clock.now() + timedelta(milliseconds=1)
        minuting.circulate(tx, cast.shu, minutes, until=instant)
    chair.goto(shu.url)
    press(chair, "Approve the minutes")
    seen(chair, "The minutes are approved and locked", "#notes")
    seen(chair, "SHA-256", "#document")


def give_task(shu: Page) -> None:
    """The decision is carried out by hui, and rong presses for it."""
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


def publish(rong: Page) -> None:
    """The representative writes what came of it and makes it public."""
    rong.get_by_role("link", name="Write the outcome").click()
    rong.get_by_label("Heading").fill("The lift is coming")
    rong.get_by_label("What came of it").fill("We voted, and the glass lift is ordered.")
    rong.get_by_role("checkbox", name=DECISION).check()
    rong.get_by_label("Why", exact=True).fill("Most of us want light in the stairs.")
    press(rong, "Keep as a draft")
    press(rong, "Publish")
    seen(rong, "The outcome is public", "#notes")
    seen(rong, TASK)


def keep_promise(rong: Page, guest: Page) -> None:
    """Everybody sees on the representative's page what is still owed, and where it came from."""
    guest.locator("#duties .more-link").click()
    expect(guest).to_have_url(re.compile(r"/people/\d+/duties$"))
    seen(guest, TASK)
    guest.get_by_role("link", name=TASK).click()
    for words in (DECISION, QUESTION, "Rong the representative"):
        seen(guest, words)
    rong.get_by_role("link", name=TASK).first.click()
    seen(rong, "Give it to another unit")
