"""Lots that anyone can draw again: from a seed that was announced before the count."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256


def numbers(text: str) -> str:
    """The whole numbers that were thrown or drawn, in one form however they were typed.

    Empty where there are none. Nothing else goes into a seed: of two ways to write the same dice
    one could take the one that suits.
    """
    found = re.findall(r"[0-9]+", unicodedata.normalize("NFKC", text))
    return " ".join(str(int(one)) for one in found if len(one) <= 20)


def seed(said: str, root: str) -> str:
    """The seed of a vote: the numbers, and the root of its ballots.

    The root is not known while numbers are announced, and cannot be changed when dice fall; it
    makes the same numbers another lot in each vote. Without numbers there is no seed.
    """
    return f"{said} {root}" if said else ""


def drawn(seed: str, purpose: str, tied: Iterable[str]) -> tuple[str, ...]:
    """Those who are tied in the order of the lot; the first one has it.

    Sorted by SHA-256 of seed, purpose and option, each on a line of its own (UTF-8): the purpose
    ("elimination 3") makes each draw of a count another one. Without a seed nothing is drawn.
    """
    if not seed:
        raise ValueError("a lot needs a seed")

    def drawn_at(ident: str) -> bytes:
        return sha256(f"{seed}\n{purpose}\n{ident}".encode()).digest()

    return tuple(sorted(tied, key=drawn_at))
