"""What every screen is: its words, what a place sets about it, and what it sees in a text.

Being there is the registration: each other module of this package holds one `SCREEN`.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from forum.base.db import Db
from forum.base.screening import Post

Chosen = Mapping[str, Any]


class Setting(NamedTuple):
    """One thing that a place sets: a number within bounds, or (`lines`) words, one a line."""

    name: str
    label: str
    default: int = 0
    least: int = 1
    most: int = 1000
    lines: bool = False


class Screen(NamedTuple):
    """One kind of look at a text; `look` gives what speaks for it, or None.

    `words` is the sentence for moderators, filled in with that evidence. What a screen that
    `holds` sees waits; what another one sees is out, and flagged, or with `on_item` its item is.
    """

    name: str
    title: str
    help: str
    words: str
    holds: bool
    settings: tuple[Setting, ...]
    look: Callable[[Db, Post, Chosen], dict[str, Any] | None]
    on: bool = False
    on_item: bool = False

    def complete(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """What a place chose, filled up with what stands where it chose nothing."""
        known: dict[str, Any] = {"on": self.on}
        known |= {each.name: [] if each.lines else each.default for each in self.settings}
        return known | {name: value for name, value in chosen.items() if name in known}


@cache
def screens() -> dict[str, Screen]:
    """Every screen by its name; those that hold come first."""
    package = __name__.rpartition(".")[0]
    folder = importlib.import_module(package).__path__
    found = [
        importlib.import_module(f"{package}.{module.name}").SCREEN
        for module in pkgutil.iter_modules(folder)
        if module.name != "screen"
    ]
    return {one.name: one for one in sorted(found, key=lambda one: (not one.holds, one.name))}
