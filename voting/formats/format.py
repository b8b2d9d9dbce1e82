"""What every format of ballots is. Being there is the registration: each module holds `FORMAT`."""

import importlib
import pkgutil
from abc import ABC, abstractmethod
from enum import StrEnum
from functools import cache
from typing import ClassVar

from voting.formats.election import Election, Unreadable, Unwritable
from voting.methods.method import Form


class Part(StrEnum):
    """What a format can keep besides options and ballots."""

    TITLE = "title"
    SEATS = "seats"
    MONEY = "money"  # costs and the budget
    BOUNDS = "bounds"  # the grades that could be given
    WITHDRAWN = "withdrawn"
    EQUAL = "equal"  # equal places in a ranking


class Format(ABC):
    """One way to write ballots down.

    What is written reads back the same, as far as `forms` and `carries` go. Title, seats, money
    and bounds are left out where a format has no place for them; ballots are never changed.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    endings: ClassVar[tuple[str, ...]]
    forms: ClassVar[frozenset[Form]]
    carries: ClassVar[frozenset[Part]]
    reads: ClassVar[bool] = True

    @abstractmethod
    def sniff(self, text: str) -> bool:
        """Whether a text without a known ending looks like this format."""

    @abstractmethod
    def read(self, text: str) -> Election:
        """What a text says; Unreadable names the line where it says nothing."""

    @abstractmethod
    def write(self, election: Election) -> str:
        """The text of an election; Unwritable where ballots could not be kept as they are."""

    def needs(self, election: Election) -> None:
        """Unwritable where these ballots cannot be said in this format."""
        if election.form not in self.forms:
            raise Unwritable(f"{self.label} has no place for {election.form.value}")
        if election.withdrawn and Part.WITHDRAWN not in self.carries:
            raise Unwritable(f"{self.label} has no place for options that were withdrawn")
        equal = election.form is Form.RANKS and any("=" in mark for mark in election.counts)
        if equal and Part.EQUAL not in self.carries:
            raise Unwritable(f"{self.label} has no place for equal ranks")
        if election.orders:
            raise Unwritable("these ballots have grades and another order beside them")


@cache
def formats() -> dict[str, Format]:
    """All formats by name: one a module of this package."""
    package = __name__.rpartition(".")[0]
    found: dict[str, Format] = {}
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        made = getattr(importlib.import_module(f"{package}.{module.name}"), "FORMAT", None)
        if made is not None and found.setdefault(made.name, made) is not made:
            raise RuntimeError(f"two formats are called {made.name}")
    return found


def named(name: str) -> Format:
    """The format of a name; Unreadable names those that there are."""
    readable = sorted(one.name for one in formats().values() if one.reads)
    if name not in readable:
        raise Unreadable(f"no format that is read is called {name}: {', '.join(readable)}")
    return formats()[name]


def guessed(file: str, text: str) -> Format:
    """The format of a file: by how its name ends, else by how it begins."""
    readable = [one for one in formats().values() if one.reads]
    for one in readable:
        if file.lower().endswith(one.endings):
            return one
    for one in readable:
        if one.sniff(text):
            return one
    endings = " ".join(sorted({ending for one in readable for ending in one.endings}))
    raise Unreadable(f"the format cannot be told: let the name end in one of {endings}")
