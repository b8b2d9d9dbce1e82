"""What is a vote in an IRC log, and what is talk that looks like one: pure."""

import re
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from voting.methods.consent import BLOCK, CONSENT, STAND_ASIDE

_VOTE = re.compile(r"([+-]?)(\d*\.?\d+)(?=$|[\s,;:.(!\u2013\u2014-])(.*)", re.DOTALL)
_UNCLEAR = re.compile(r"(?:\+/-|\u00b1|[+-][\d.]+/[+-]).*", re.DOTALL)
_ABOUT = re.compile(r"[\s,;:.(!\u2013\u2014-]+")


class Said(StrEnum):
    """What a line is while a proposal is open."""

    VOTE = "vote"
    TALK = "talk"
    UNCLEAR = "unclear"


class Mark(NamedTuple):
    """A number between -1 and +1, and the words after it."""

    value: Fraction
    words: str

    @property
    def choice(self) -> str:
        """The answer of the engine that it comes down to.

        Any agreement, also a hesitant one, is consent; no opinion, and a dislike that stops short
        of an objection, stands aside; -1 is the objection that the others must deal with.
        """
        if self.value > 0:
            return CONSENT
        return BLOCK if self.value <= -1 else STAND_ASIDE


def mark(text: str) -> Mark | None:
    """The number with which a line begins; None where it begins with none from -1 to +1."""
    if text.strip().casefold().rstrip(".") in ("abstain", "abstention"):
        return Mark(Fraction(0), "")
    found = _VOTE.match(text.replace("\u2212", "-"))
    if found is None:
        return None
    sign, digits, rest = found.groups()
    if len(digits) > 6 or (not sign and digits != "0"):
        return None
    value = Fraction(digits) * (-1 if sign == "-" else 1)
    if abs(value) > 1:
        return None
    return Mark(value, _ABOUT.sub("", rest, count=1).strip().rstrip(")"))


def unclear(text: str) -> bool:
    """Whether a line looks like a vote that cannot be read: +/-, or a number beyond one."""
    found = _VOTE.match(text)
    beyond = found is not None and bool(found[1]) and mark(text) is None and not found[3].strip()
    return bool(_UNCLEAR.fullmatch(text)) or beyond
