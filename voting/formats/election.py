"""What a file of ballots says, whatever its format: options, ballots with how often each was cast.

Pure. Names are tidied (no spaces around, one space within), ballots are marks as
`voting.methods.common.marks` writes them; a blank ballot is the empty mark.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voting.methods.common import marks
from voting.methods.method import Form, Option

MOST_OPTIONS = 1000
MOST_LETTERS = 1000  # of a name
MOST_BALLOTS = 10**9 - 1  # what methods can count in 64 bits with nine decimals
DIGITS = 9

_DECIMAL = re.compile(r"\d{1,12}(?:[.,]\d{1,9})?")


class Unreadable(ValueError):
    """What stands in a file cannot be understood; `line` is where, 0 where it has no place."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {what}" if line else what)
        self.line = line


class Unwritable(ValueError):
    """A format cannot say what these ballots say."""


@dataclass(frozen=True)
class Election:
    """Options and ballots; `least` and `most` are the grades that could be given.

    `orders` are the same ballots as ranks, where a file says more by the order than by the grades.
    """

    options: tuple[Option, ...]
    form: Form
    counts: Mapping[str, int]
    title: str = ""
    seats: int | None = None  # None: the file does not say
    budget: str = ""  # a decimal number
    least: int | None = None
    most: int | None = None
    withdrawn: frozenset[str] = frozenset()
    orders: Mapping[str, int] = field(default_factory=dict)

    @property
    def ballots(self) -> int:
        """How many were cast, blank ones too."""
        return sum(self.counts.values())

    @property
    def names(self) -> dict[str, str]:
        """What each option is called."""
        return {one.id: one.name for one in self.options}


class Box:
    """Where a reader puts ballots, so that equal ones are counted together."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.total = 0

    def put(self, mark: str, number: int, line: int) -> None:
        """Add so many ballots; more than can be counted are refused."""
        if not number:
            return
        self.total += number
        if self.total > MOST_BALLOTS:
            raise Unreadable(f"more than {MOST_BALLOTS} ballots cannot be counted", line)
        self.counts[mark] = self.counts.get(mark, 0) + number


def tidy(text: str) -> str:
    """A name without stray spaces and line ends."""
    return " ".join(text.split())


def identified(
    names: Sequence[str], costs: Sequence[str] = (), line: int = 0
) -> tuple[Option, ...]:
    """Options in the order of a file, o1 and up; refused where they cannot be told apart."""
    if not 1 <= len(names) <= MOST_OPTIONS:
        raise Unreadable(f"{len(names)} options: there can be 1 to {MOST_OPTIONS}", line)
    tidied = [tidy(name) for name in names]
    known: set[str] = set()
    for at, name in enumerate(tidied, 1):
        if not name:
            raise Unreadable(f"option {at} has no name", line)
        if len(name) > MOST_LETTERS:
            raise Unreadable(f"the name of option {at} has more than {MOST_LETTERS} letters", line)
        if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in name):
            raise Unreadable(f"the name of option {at} is not text: {shown(name)}", line)
        if name.casefold() in known:
            raise Unreadable(f"two options are called {shown(name)}", line)
        known.add(name.casefold())
    prices = [*costs] or [""] * len(tidied)
    return tuple(
        Option(f"o{at}", name, cost)
        for at, (name, cost) in enumerate(zip(tidied, prices, strict=True), 1)
    )


def shown(text: str) -> str:
    """A piece of a file for a message: quoted, and never long."""
    return repr(text if len(text) <= 40 else text[:39] + "…")


def whole(text: str, line: int, what: str = "a whole number") -> int:
    """A whole number of at most nine digits."""
    found = text.strip()
    if not (found.isascii() and found.isdigit() and len(found) <= DIGITS):
        raise Unreadable(f"{shown(found)} stands where {what} is needed", line)
    return int(found)


def decimal(text: str, line: int, what: str) -> str:
    """A decimal number as it stands, with a point; costs need not be whole."""
    found = text.strip()
    if not (found.isascii() and _DECIMAL.fullmatch(found)):
        raise Unreadable(f"{shown(found)} stands where {what} is needed", line)
    return found.replace(",", ".")


def known(ident: str | None, token: str, line: int) -> str:
    """The option that a ballot names."""
    if ident is None:
        raise Unreadable(f"{shown(token)} is no option of this file", line)
    return ident


def once(idents: Iterable[str], line: int) -> None:
    """Refuse a ballot that names an option twice."""
    found = list(idents)
    if len(set(found)) < len(found):
        raise Unreadable("a ballot names an option twice", line)


def ranking(tiers: Iterable[Sequence[str]], line: int) -> str:
    """The mark of a ranking."""
    found = list(tiers)
    once((ident for tier in found for ident in tier), line)
    return marks.write_ranks(found)


def by_grade(mark: str) -> str:
    """Grades as a ranking: higher is better, equal is equal, what has no grade has no place."""
    tiers: dict[int, list[str]] = {}
    for ident, grade in marks.grades(mark).items():
        tiers.setdefault(grade, []).append(ident)
    return marks.write_ranks(tiers[grade] for grade in sorted(tiers, reverse=True))


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 where it says so."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable("this is not text in UTF-8: save it as such", line) from None
    if "\0" in text:
        raise Unreadable("this is not text", text.count("\n", 0, text.index("\0")) + 1)
    return text
