"""A file goes up in pieces: one sees how far it is, and a cut line costs nothing."""

from datetime import timedelta
from io import BytesIO

import pytest
from browsing import Window, press, seen
from cast import Cast
from e2e import looking
from PIL import Image
from playwright.sync_api import Page, Route, expect

from forum.base import clock


@pytest.fixture
def form(window: Window, cast: Cast) -> Page:
    """Alice's form, with a text of two pieces and a half chosen."""
    page = window("alice", f"/attach/item:{cast.item}", width=390)
    letter = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"a line\n" * 187_000}
    page.get_by_label("File").set_input_files(letter)  # type: ignore[arg-type]
    return page


def test_it_goes_on_after_a_cut(form: Page, cast: Cast) -> None:
    """The second piece is lost twice; it alone is sent again."""
    sent: list[str] = []

    def piece(route: Route) -> None:
        sent.append(route.request.method)
        if len(sent) in (2, 3):
            route.abort("connectionfailed")
        else:
            route.continue_()

    form.route("**/uploads/*", piece)
    # The pause before the next try lasts until we have read that the line is cut.
    form.clock.install()
    form.clock.pause_at(clock.now() + timedelta(minutes=2))
    press(form, "Attach the file")
    seen(form, "The line is cut.")
    expect(form.get_by_role("progressbar", name="Sending the file")).to_be_visible()
    form.clock.resume()
    form.wait_for_url(f"**/items/{cast.item}#files")
    seen(form, "letter.txt")
    assert sent == ["POST"] * 5


def test_a_refusal_stands_with_the_field(form: Page) -> None:
    program = {"name": "a.exe", "mimeType": "text/plain", "buffer": b"MZ\0\0"}
    form.get_by_label("File").set_input_files(program)  # type: ignore[arg-type]
    press(form, "Attach the file")
    expect(form.get_by_role("alert")).to_contain_text("Only pictures")
    expect(form.get_by_label("File")).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_role("progressbar")).to_have_count(0)


def test_a_picture_is_described(window: Window, cast: Cast) -> None:
    """Without a word about it the next page asks for one; the item's page reads it out."""
    out = BytesIO()
    Image.new("RGB", (900, 600), (90, 140, 90)).save(out, "PNG")
    page = window("alice", width=390)
    page.goto(f"/attach/item:{cast.item}")
    assert looking.faults(page, "standard") == []
    yard = {"name": "yard.png", "mimeType": "image/png", "buffer": out.getvalue()}
    page.get_by_label("File").set_input_files(yard)  # type: ignore[arg-type]
    press(page, "Attach the file")
    page.wait_for_url("**/files/*/edit")
    assert looking.faults(page, "standard") == []
    page.get_by_label("What does the picture show?").fill("The yard from above")
    press(page, "Save the description")
    page.wait_for_url(f"**/items/{cast.item}#files")
    expect(page.get_by_role("img", name="The yard from above")).to_be_visible()
    page.evaluate("() => scrollTo(0, 0)")  # nothing lies half under the head
    assert looking.faults(page, "standard") == []
