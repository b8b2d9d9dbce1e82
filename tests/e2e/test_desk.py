"""A desk loses its line and goes on: its deeds are entered once, what came between is shown."""

from browsing import Window, held, press, seen, until
from cast import Cast
from playwright.sync_api import Page, expect
from sitting import Sitting, convened

from forum.base import auth, clock, db
from sessions.arrivals import codes
from sessions.meetings import presence


def become(page: Page, cast: Cast, name: str) -> None:
    """Sign somebody in on this browser."""
    with db.transaction() as tx:
        token = auth.sign_in(tx, cast[name].id, label="window")
    address = page.evaluate("() => location.origin")
    page.context.add_cookies([{"name": auth.COOKIE, "value": token, "url": address}])


def tick(page: Page, name: str) -> None:
    """Find somebody in the quick way and check them in."""
    page.get_by_label("Name, or digits of a ticket").fill(name)
    page.locator("#checkin-found").get_by_role("button", name="Check in here").click()


def there(sitting: Sitting) -> dict[int, int]:
    """How many are where."""
    with db.reading() as opened:
        return presence.counts(opened, sitting.meeting).venues


def test_a_desk_goes_on_without_a_line(window: Window, cast: Cast) -> None:
    with db.transaction() as tx:
        sitting = convened(tx, cast)
    desk = f"/meetings/{sitting.meeting}/desk/{sitting.hall}"
    hui = window("hui", desk, width=390)
    hui.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    hui.wait_for_function("() => !!navigator.serviceWorker.controller")
    kept = held(hui, "**/roll", times=1)
    hui.reload()
    # With a line: one tap, and it is entered. A ticket's digits find their person at once, even
    # typed before the roll is there.
    hui.get_by_label("Name, or digits of a ticket").fill(
        codes.ticket(sitting.meeting, cast.rong.id)
    )
    until(lambda: kept, hui)
    hui.evaluate("() => fetch(location.href).then((answer) => answer.text())")  # longer on its way
    kept[0].continue_()
    seen(hui, "Rong the representative: on the roll", "#checkin-said")
    hui.locator("#checkin-found").get_by_role("button", name="Check in here").click()
    seen(hui, "Rong the representative is checked in.", "#checkin-said")
    seen(hui, "1 person here", "#people")

    hui.context.set_offline(True)
    expect(hui.locator("#checkin-line")).to_contain_text("No line since")
    tick(hui, "Bob")
    hui.locator("#people").get_by_text("Shu the secretary").click()
    press(hui, "Check in here", inside="#people")
    seen(hui, "Shu the secretary: check-in waits for the line.", "#notes")
    waiting = hui.locator("#checkin-waiting > li")
    expect(waiting).to_have_count(2)
    # The page opens again from the device, with what waits.
    hui.reload()
    expect(waiting).to_have_count(2)
    assert there(sitting) == {sitting.hall: 1}

    # Bob, meanwhile, goes to the main venue and reads the code off its wall.
    code = codes.wall(sitting.main, clock.now())
    bob = window("bob", f"/meetings/{sitting.meeting}/arrive?code={code}", width=390)
    press(bob, "Check in: Community hall")
    seen(bob, "Checked in")

    # Another clerk on this device sends nothing of it.
    become(hui, cast, "clerk")
    hui.context.set_offline(False)
    hui.reload()
    seen(hui, "2 entries of another clerk wait", "#checkin-waiting")
    assert there(sitting) == {sitting.main: 1, sitting.hall: 1}

    become(hui, cast, "hui")
    hui.reload()
    expect(waiting).to_have_count(1)
    expect(waiting).to_contain_text("Bob has been checked in elsewhere: Community hall")
    seen(hui, "2 people here", "#people")
    assert there(sitting) == {sitting.main: 1, sitting.hall: 2}
    waiting.get_by_role("button", name="Enter it all the same").click()
    expect(waiting).to_have_count(0)
    seen(hui, "3 people here", "#people")
    assert there(sitting) == {sitting.hall: 3}

    # At sign-out the people of the roll leave the device.
    hui.locator("#account-menu > summary").click()
    press(hui, "Sign out", inside="#account-menu")
    expect(hui.locator("html")).not_to_have_attribute("data-member", str(cast.hui.id))
    hui.wait_for_function(
        "() => indexedDB.databases().then((all) => !all.some((it) => it.name === 'folkmoot-roll'))"
    )
