"""Languages that nobody speaks, for development and tests: made from the English at run time.

"en_XA" has accents, brackets and a good third more letters: it shows words that were never
translated, and what long ones break. "ar_XB" runs from right to left, each word mirrored.
"""

import re
from collections.abc import Callable
from gettext import NullTranslations

ACCENTED = str.maketrans(
    "ABCDEFGHIJKLMNOPRSTUVWYZabcdefghijklmnoprstuvwyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞŔŠŢÛṼŴÝŽåƀçðéƒĝĥîĵķļɱñöþŕšţûṽŵýž",
)
FILLER = "one two three four five six seven eight nine ten eleven twelve".translate(ACCENTED)
# What must come through whole: what is filled in, markup, addresses.
WHOLE = re.compile(r"(%\(\w+\)[sd]|%%|<[^>]*>|&\w+;|https?://\S+|\S+@\S+)")
OVERRIDE, POP, MARK = "\u202e", "\u202c", "\u200f"


def _outside(message: str, change: Callable[[str], str]) -> str:
    pieces = WHOLE.split(message)
    pieces[::2] = map(change, pieces[::2])
    return "".join(pieces)


def longer(message: str) -> str:
    """The message with accents, in brackets, 40 % longer."""
    more = FILLER[: max(1, len(message) * 2 // 5)].strip()
    return f"[{_outside(message, lambda text: text.translate(ACCENTED))} {more}]"


def mirrored(message: str) -> str:
    """The message as if it were written from right to left."""
    words = re.compile(r"\S+")
    return _outside(
        message, lambda text: words.sub(lambda w: f"{MARK}{OVERRIDE}{w[0]}{POP}{MARK}", text)
    )


NAMES = {"en_XA": "Ļöñĝ ŵöŕðš", "ar_XB": "Mirrored"}
TAGS = {"en_XA": "en-XA", "ar_XB": "ar-XB"}
_WAYS = {"en_XA": longer, "ar_XB": mirrored}


class Pseudo(NullTranslations):
    """A catalogue that changes each English message."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._way = _WAYS[lang]

    def gettext(self, message: str) -> str:
        """The message, changed."""
        return self._way(message) if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The message for a count, changed."""
        return self._way(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """The message of a context, changed."""
        return self._way(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """The message of a context for a count, changed."""
        return self.ngettext(msgid1, msgid2, n)
