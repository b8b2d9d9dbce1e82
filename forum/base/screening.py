"""Screens: what looks at a text before others see it.

A room above says what it looks for; the room whose text it is asks here, stores the text as one
that waits or one that is out, and says which: it never learns what was looked for.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from forum.base.auth import Actor
    from forum.base.db import Db


class Post(NamedTuple):
    """A text as it comes in: by whom, where (the nearest place first), on which item (if any)."""

    author: "Actor"
    places: tuple[str, ...]
    item: int | None
    body: str


class Mark(NamedTuple):
    """What a screen saw in a text, and whether the text waits for it."""

    screen: str
    holds: bool
    evidence: Mapping[str, Any]


Look = Callable[["Db", Post], Sequence[Mark]]
Note = Callable[["Db", Post, str, Sequence[Mark]], None]
_screenings: list[tuple[Look, Note]] = []


def screening(look: Look, note: Note) -> None:
    """Look at every text; `note` is told what it then is ("argument:7", "held:3")."""
    _screenings.append((look, note))


def look(tx: "Db", post: Post) -> list[list[Mark]]:
    """What each screening sees in a text."""
    return [list(one(tx, post)) for one, _note in _screenings]


def holds(found: Sequence[Sequence[Mark]]) -> bool:
    """Whether the text waits until somebody has looked at it."""
    return any(mark.holds for marks in found for mark in marks)


def note(tx: "Db", post: Post, about: str, found: Sequence[Sequence[Mark]]) -> None:
    """Say what became of the text that was looked at (nothing where nobody looked)."""
    for (_look, keep), marks in zip(_screenings, found, strict=False):
        keep(tx, post, about, marks)
