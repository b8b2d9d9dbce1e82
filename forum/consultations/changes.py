"""What changed between two wordings: pure."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

# A word of an alphabetic script, a run of blanks, or one sign (so one Chinese character).
_PIECE = re.compile(r"[^\W\d_\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+|\d+|\s+|.", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# Above this, compare line by line: the matcher's time grows with the product of the lengths.
PIECES_MOST = 3000


class Change(StrEnum):
    """What happened to a piece of text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    """A run of text and what happened to it."""

    change: Change
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces from one wording to the next; what was removed stands before what was added."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if max(len(old), len(new)) > PIECES_MOST:
        old, new = _LINE.findall(before), _LINE.findall(after)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece(Change.KEPT, "".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece(Change.REMOVED, "".join(old[a:b])))
        if c < d:
            found.append(Piece(Change.ADDED, "".join(new[c:d])))
    return found
