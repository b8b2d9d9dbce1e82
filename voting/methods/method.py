"""What every method of deciding is: its rule, its choices and its count, pure and exact.

Being there is the registration: each other module of this package holds one `METHOD`.
"""

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple

from forum.base.errors import Invalid, NotFound
from forum.base.i18n import _

Rule = Mapping[str, Any]  # JSON: stored with the poll and frozen at its opening
Ballot = Mapping[str, str]  # JSON: what a voter says


class Words(NamedTuple):
    """A sentence kept as its message and values, and translated where it is shown."""

    text: str
    values: "Mapping[str, int | str | Words]" = MappingProxyType({})

    def say(self) -> str:
        """The sentence in the current language."""
        spoken = {
            name: value.say() if isinstance(value, Words) else value
            for name, value in self.values.items()
        }
        return _(self.text) % spoken

    def pack(self) -> list[Any]:
        """As JSON, to be stored with a result."""
        packed = {
            name: value.pack() if isinstance(value, Words) else value
            for name, value in self.values.items()
        }
        return [self.text, packed]

    @classmethod
    def unpack(cls, packed: Sequence[Any]) -> "Words":
        """What `pack` packed."""
        text, values = packed
        return cls(
            text,
            {n: cls.unpack(v) if isinstance(v, list) else v for n, v in values.items()},
        )


class Choice(NamedTuple):
    """One thing that a voter can choose; label and hint are messages."""

    value: str
    label: str
    hint: str = ""
    tone: str = "neutral"
    reason: bool = False  # it says nothing without a reason


class Setting(NamedTuple):
    """One thing that whoever makes the poll sets; with options a choice, else a whole number."""

    name: str
    label: str
    default: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Frame:
    """What a count is measured against; everything in votes, which are people where all weigh 1."""

    eligible: int
    present: int | None = None
    blank: int = 0
    invalid: int = 0
    casting: str | None = None  # the chair's casting vote


@dataclass(frozen=True)
class Result:
    """An outcome; `carried` is None while it waits for the chair's casting vote."""

    carried: bool | None
    winners: tuple[str, ...]
    ties: tuple[str, ...]
    figures: Mapping[str, int]
    explanation: tuple[Words, ...] = field(default=())

    def pack(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "carried": self.carried,
            "winners": list(self.winners),
            "ties": list(self.ties),
            "figures": dict(self.figures),
            "explanation": [words.pack() for words in self.explanation],
        }

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> "Result":
        """What `pack` packed."""
        return cls(
            packed["carried"],
            tuple(packed["winners"]),
            tuple(packed["ties"]),
            packed["figures"],
            tuple(map(Words.unpack, packed["explanation"])),
        )


class Method(ABC):
    """One way to decide."""

    name: ClassVar[str]
    version: ClassVar[int]  # raised when the same ballots could count otherwise
    label: ClassVar[str]
    hint: ClassVar[str]
    aggregates: ClassVar[bool]  # whether totals (hands, a paper box) can be added to ballots
    settings: ClassVar[tuple[Setting, ...]]

    @property
    def id(self) -> str:
        """Name and version, as they stand in every ballot."""
        return f"{self.name}/{self.version}"

    @abstractmethod
    def rule(self, typed: Mapping[str, str]) -> dict[str, Any]:
        """The rule from what was set; Invalid names each setting that cannot be."""

    @abstractmethod
    def choices(self, rule: Rule) -> tuple[Choice, ...]:
        """What can be chosen under a rule."""

    @abstractmethod
    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """How it is decided, in plain words."""

    @abstractmethod
    def tally(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Result:
        """Count: votes by the value of the choice. The order of the counts plays no part."""

    def ballot(self, rule: Rule, value: str, reason: str = "") -> dict[str, str]:
        """What a voter says, as it is stored; Invalid where the rule does not offer it."""
        chosen = {choice.value: choice for choice in self.choices(rule)}.get(value)
        if chosen is None:
            raise Invalid(_("Please choose one of the answers."), fields={"choice": _("Choose.")})
        if not chosen.reason:
            return {"vote": value}
        if not reason.strip():
            raise Invalid(
                _("This answer counts only with a reason."), fields={"reason": _("Say why.")}
            )
        return {"vote": value, "reason": reason.strip()}

    def key(self, ballot: Ballot) -> str:
        """What of a ballot is counted."""
        return ballot["vote"]


def select(setting: Setting, typed: Mapping[str, str]) -> str:
    """The typed option of a setting; its default where nothing was typed."""
    value = typed.get(setting.name, "") or setting.default
    if value not in dict(setting.options):
        raise invalid(setting)
    return value


def whole(setting: Setting, typed: Mapping[str, str]) -> int | None:
    """The typed whole number of a setting; None where it is optional and empty."""
    value = typed.get(setting.name, "") or setting.default
    if not value and setting.optional:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 9):
        raise invalid(setting)
    return int(value)


def invalid(setting: Setting) -> Invalid:
    """The refusal that names a setting."""
    fields = {setting.name: _("Choose what is offered.")}
    return Invalid(_("The rule cannot be taken like this."), fields=fields)


@cache
def methods() -> dict[str, Method]:
    """All methods by name: one a module of this package."""
    package = __name__.rpartition(".")[0]
    folder = importlib.import_module(package).__path__
    found: dict[str, Method] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(folder)):
        if module != "method":
            made = importlib.import_module(f"{package}.{module}").METHOD
            if found.setdefault(made.name, made) is not made:
                raise RuntimeError(f"two methods are called {made.name}")
    return found


def method(name: str) -> Method:
    """The method of a name; NotFound where there is none."""
    try:
        return methods()[name]
    except KeyError:
        raise NotFound(_("There is no such way to decide.")) from None
