"""Codes that are printed, read aloud and typed: sixteen digits in fours, no letters to confuse.

The first five tell which sheet a code is of (guesses are counted by them), the last one finds a
slip of the finger. What the database keeps of a code is a digest that only this server can make.
"""

import re
import secrets
import unicodedata

from forum.base import sealing

TAG = 5
LENGTH = 16
_BETWEEN = re.compile(r"[\s.,·_-]+")


def tag() -> str:
    """The beginning that the codes of one sheet share."""
    return f"{secrets.randbelow(9 * 10 ** (TAG - 1)) + 10 ** (TAG - 1)}"


def draw(beginning: str) -> str:
    """A new code of a sheet."""
    secret = secrets.randbelow(10 ** (LENGTH - TAG - 1))
    digits = f"{beginning}{secret:0{LENGTH - TAG - 1}}"
    return digits + _check(digits)


def tag_of(code: str) -> str:
    """Which sheet a code says that it is of."""
    return code[:TAG]


def grouped(code: str) -> str:
    """As it is printed: 4829 1375 6604 1238."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def read(typed: str, length: int = LENGTH) -> str | None:
    """The code that was typed, however it was spaced and in whatever width; None: it is none."""
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed))
    return digits if re.fullmatch(rf"[0-9]{{{length}}}", digits) else None


def sound(code: str) -> bool:
    """Whether the last digit fits the others."""
    return code[-1] == _check(code[:-1])


def _check(digits: str) -> str:
    """ISO 7064 MOD 11,10: finds each wrong digit and nearly each pair that changed places."""
    product = 10
    for digit in digits:
        rest = (product + int(digit)) % 10 or 10
        product = rest * 2 % 11
    return str((11 - product) % 10)


def digest(code: str) -> str:
    """What the database keeps of a code."""
    return sealing.keyed(f"code:{code}")
