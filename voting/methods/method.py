"""What every method of deciding is: its rule, its choices and its count, pure and exact.

Being there is the registration: each other module of this package holds one `METHOD`.
"""

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, NamedTuple

from forum.base.errors import Invalid, NotFound
from forum.base.i18n import _
from voting.methods.common.result import Frame, Result
from voting.methods.common.words import Words

Rule = Mapping[str, Any]  # JSON: stored with the poll and frozen at its opening
Ballot = Mapping[str, str]  # JSON: what a voter says


class Choice(NamedTuple):
    """One thing that a voter can choose; label and hint are messages unless somebody wrote them."""

    value: str
    label: str
    hint: str = ""
    tone: str = "neutral"
    reason: bool = False  # it says nothing without a reason
    given: bool = False  # whoever made the poll wrote the label: it is never translated

    @property
    def called(self) -> str:
        """The label, in the current language where it is a message."""
        return self.label if self.given else _(self.label)


class Form(StrEnum):
    """What a voter does with a ballot."""

    CHOICE = "choice"  # choose one answer
    PICKS = "picks"  # pick any number of options
    GRADES = "grades"  # give options whole numbers
    RANKS = "ranks"  # put options in an order


class Option(NamedTuple):
    """One of several things that are decided among; its name plays no part in the count."""

    id: str  # o1, o2, …: letters and digits, in no order that matters
    name: str
    cost: str = ""  # a decimal number, where a budget is shared out


class Setting(NamedTuple):
    """One thing that whoever makes the poll sets; with options a choice, else a whole number."""

    name: str
    label: str
    default: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    optional: bool = False
    least: int = 0
    most: int = 10**9 - 1
    decimal: bool = False  # an amount with at most two decimals, which the method reads itself


class Method(ABC):
    """One way to decide."""

    name: ClassVar[str]
    version: ClassVar[int]  # raised when the same ballots could count otherwise
    label: ClassVar[str]
    hint: ClassVar[str]
    form: ClassVar[Form] = Form.CHOICE
    choices_fixed: ClassVar[bool] = True  # the answers are the method's own, else options
    costs: ClassVar[bool] = False  # each option has what it costs
    fewest: ClassVar[bool] = False  # who has the smallest figure is ahead
    two_weights: ClassVar[bool] = False  # needs a second weight (`Frame.second`) to count at all
    weighable: ClassVar[bool] = False  # weights can stand for heads
    aggregates: ClassVar[bool]  # whether totals (hands, a paper box) can be added to ballots
    settings: ClassVar[tuple[Setting, ...]]

    @property
    def id(self) -> str:
        """Name and version, as they stand in every ballot."""
        return f"{self.name}/{self.version}"

    @abstractmethod
    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """The rule from what was set, among these options; Invalid names what cannot be."""

    def choices(self, rule: Rule) -> tuple[Choice, ...]:
        """The answers of which one is chosen; none where options are picked, graded or ranked."""
        return ()

    def answers(self, rule: Rule) -> tuple[Choice, ...]:
        """What a result gives a figure for each: the choices, or the options."""
        return self.choices(rule)

    def typed(self, rule: Rule) -> dict[str, str]:
        """The settings of a rule as one types them: `rule` makes the same rule of them."""
        return {one.name: _typed(rule.get(one.name)) for one in self.settings}

    def again(self, rule: Rule, winners: Sequence[str], ties: Sequence[str]) -> dict[str, Any]:
        """The rule of another round, after a count with these winners and ties, or none."""
        return dict(rule)

    @abstractmethod
    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """How it is decided, in plain words."""

    @abstractmethod
    def tally(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Result:
        """Count: votes by what they say (`key`). The order of the counts plays no part."""

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
        """What of a ballot is counted; ballots that say the same have the same."""
        return ballot["vote"]


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def read(settings: Sequence[Setting], typed: Mapping[str, str]) -> dict[str, Any]:
    """Every setting as it was typed: an option's value, a whole number, or None where left out."""
    return {one.name: select(one, typed) if one.options else whole(one, typed) for one in settings}


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
    if not setting.least <= int(value) <= setting.most:
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
    for module in sorted(info.name for info in pkgutil.iter_modules(folder) if not info.ispkg):
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
