"""People without a mouse: they go by Tab and the arrows, and see at every step where they are."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

# How everything looks while it has no focus.
REMEMBER = """() => {
  window.looks = window.looks || new WeakMap();
  window.look = (it) => {
    const style = getComputedStyle(it);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow].join(' ');
  };
  for (const it of document.querySelectorAll('a, button, summary, input, select, textarea, label'))
    if (!it.contains(document.activeElement)) looks.set(it, look(it));
}"""
# What is wrong with the place of the focus: it is not to be seen, something lies upon it, or it
# goes back where it should go on.
FAULTS = """async (onward) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const faults = [];
  const it = document.activeElement;
  if (it === document.body) return faults;
  const drawn = (it.matches('[type=checkbox], [type=radio]') && it.closest('label')) || it;
  if (drawn.matches('a, button, summary, input, select, textarea, label')) {
    if (looks.get(drawn) === look(drawn)) faults.push('has an invisible focus');
    const box = drawn.getClientRects()[0];
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!drawn.contains(hit)) faults.push('lies under ' + (hit && hit.outerHTML.slice(0, 80)));
  }
  const came = window.stood;
  const follows = came && came.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (onward && came && came.isConnected && came !== it && !follows) faults.push('goes back');
  window.stood = it;
  return faults.map((fault) => it.outerHTML.slice(0, 120) + ' ' + fault);
}"""
HERE = "it => it === document.activeElement"
LOST = "document.activeElement === document.body"
MANY = 120  # stops on a page


class Keys:
    """Someone at the keyboard of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        """Press a key; when the focus went somewhere, it can be seen there."""
        self.page.evaluate(REMEMBER)
        self.page.keyboard.press(key)
        faults: list[Any] = self.page.evaluate(FAULTS, key == "Tab")
        assert not faults, faults

    def to(self, wanted: Locator) -> None:
        """Go on by Tab until there; past the end it begins anew, once."""
        expect(wanted).to_have_count(1)
        ends = 0
        for _stop in range(MANY):
            if wanted.evaluate(HERE):
                return
            self.press("Tab")
            ends += bool(self.page.evaluate(LOST))
            if self.page.evaluate(LOST):
                self.page.evaluate("window.stood = null")
            assert ends < 3, f"{wanted} cannot be reached"
        raise AssertionError(f"{wanted} cannot be reached in {MANY} stops")

    def back_to(self, wanted: Locator) -> None:
        """Go back by Shift+Tab until there."""
        for _stop in range(MANY):
            if wanted.evaluate(HERE):
                return
            self.press("Shift+Tab")
        raise AssertionError(f"{wanted} cannot be reached")

    def use(self, wanted: Locator, key: str = "Enter") -> None:
        """Go there and press it."""
        self.to(wanted)
        self.page.evaluate("window.stood = null")
        self.page.keyboard.press(key)

    def write(self, wanted: Locator, words: str) -> None:
        """Go to a field and type."""
        self.to(wanted)
        self.page.keyboard.type(words)

    def choose(self, group: Sequence[Locator], at: int) -> None:
        """Choose one of a group of radio buttons: Tab goes to the group, the arrows within it."""
        self.to(group[0])
        self.page.keyboard.press("Space")
        for _step in range(at):
            self.press("ArrowDown")
        expect(group[at]).to_be_checked()

    def is_held(self) -> None:
        """The page has changed, and the focus is still somewhere on it."""
        self.page.wait_for_function("() => document.activeElement !== document.body")
