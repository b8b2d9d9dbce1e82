"""How a reader wants pages to look: colours, the larger view and the size of its text."""

from collections.abc import Mapping
from typing import NamedTuple

from forum.base.auth import Actor

TEXT_SIZES = (18, 20, 22, 24, 26, 28, 30)
USUAL = 22
AT_THE_COUNTER = 24  # read standing, at arm's length


class Looks(NamedTuple):
    """What the head of every page says of its reader's eyes."""

    theme: str
    mode: str
    text_size: int
    shared_device: bool
    kiosk: bool

    @property
    def smaller(self) -> int:
        """The next step down; the smallest stays."""
        return max((step for step in TEXT_SIZES if step < self.text_size), default=TEXT_SIZES[0])

    @property
    def larger(self) -> int:
        """The next step up; the largest stays."""
        return min((step for step in TEXT_SIZES if step > self.text_size), default=TEXT_SIZES[-1])


def text_size(wish: object, usual: int = USUAL) -> int:
    """The step that somebody asked for, or the usual one where this is no step."""
    found = str(wish)
    return int(found) if found.isdecimal() and int(found) in TEXT_SIZES else usual


def looks(actor: Actor | None, cookies: Mapping[str, str], *, kiosk: bool) -> Looks:
    """A member's as they are stored, a guest's by cookies; a kiosk's are those of large type."""
    if actor is not None:
        shared = "shared" in cookies
        return Looks(actor.theme, actor.mode, text_size(actor.text_size), shared, kiosk=False)
    usual = AT_THE_COUNTER if kiosk else USUAL
    return Looks(
        cookies.get("theme", "auto"),
        "elder" if kiosk else cookies.get("mode", "standard"),
        text_size(cookies.get("text"), usual),
        kiosk or "shared" in cookies,
        kiosk,
    )
