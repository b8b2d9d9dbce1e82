"""Deciding among several options: what all such methods do alike, around a count of their own."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from forum.base.errors import Invalid
from forum.base.i18n import N_, _
from voting.methods.common import marks
from voting.methods.common.result import Frame, Result, Round
from voting.methods.common.words import Words
from voting.methods.method import Choice, Form, Method, Option, Rule, read

if TYPE_CHECKING:
    from voting.methods.common.profile import Graded, Ranked

LEAST, MOST = 2, 1000


def profile() -> ModuleType:
    """The tables that are counted; numpy is loaded for the first count, not at every start."""
    from voting.methods.common import profile as tables  # noqa: PLC0415

    return tables


class Found(NamedTuple):
    """What a count found. With `ties` it is not decided; `winners` are those who are certain."""

    winners: tuple[str, ...]
    ties: tuple[str, ...] = ()
    rounds: tuple[Round, ...] = ()
    said: tuple[Words, ...] = ()
    figures: Mapping[str, int] = MappingProxyType({})
    pairs: Mapping[str, Mapping[str, int]] = MappingProxyType({})


def options(rule: Rule) -> tuple[Option, ...]:
    """What is decided among."""
    return tuple(Option(**one) for one in rule["options"])


def names(rule: Rule) -> dict[str, str]:
    """What each option is called."""
    return {one["id"]: one["name"] for one in rule["options"]}


def checked(found: Sequence[Option]) -> list[dict[str, str]]:
    """The options as a rule keeps them; Invalid where they cannot be told apart."""
    known = {one.name.strip().casefold() for one in found}
    if len(found) < LEAST:
        problem = _("There must be at least two options.")
    elif len(found) > MOST:
        problem = _("At most %(n)s at once.") % {"n": MOST}
    elif len(known) < len(found) or "" in known:
        problem = _("Each option needs a name of its own.")
    elif len({one.id for one in found}) < len(found) or not all(
        marks.OPTION.fullmatch(one.id) for one in found
    ):
        raise ValueError("options have ids of their own: o1, o2, …")
    else:
        return [one._asdict() for one in found]
    raise Invalid(problem, fields={"options": problem})


class Election(Method):
    """Decides among options that whoever makes the poll writes down."""

    aggregates = False
    choices_fixed = False
    # A tie is about the last places alone, so another round can be between those who are level.
    narrows: ClassVar[bool] = False

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """The options and the settings; a method that needs more adds it."""
        return {"options": checked(options), **read(self.settings, typed)}

    def answers(self, rule: Rule) -> tuple[Choice, ...]:
        """The options."""
        return tuple(Choice(one.id, one.name, given=True) for one in options(rule))

    def again(self, rule: Rule, winners: Sequence[str], ties: Sequence[str]) -> dict[str, Any]:
        """After a tie for the last places alone: these places, among those who are level."""
        if not (ties and self.narrows):
            return dict(rule)
        left = [one for one in rule["options"] if one["id"] in ties]
        places = {"seats": rule["seats"] - len(winners)} if "seats" in rule else {}
        return {**rule, "options": left, **places}

    def tally(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Result:
        """Blank ballots are votes that were cast, and nothing else."""
        full = {text: number for text, number in counts.items() if text and number}
        blank = counts.get("", 0) + frame.blank
        valid = sum(full.values())
        found = self.decide(full, rule, frame) if full else Found((), said=(Words(NOBODY),))
        figures = {
            "valid": valid,
            "blank": blank,
            "invalid": frame.invalid,
            "cast": valid + blank + frame.invalid,
            **dict.fromkeys((one.value for one in self.choices(rule)), 0),
            **_first(found, rule),
            **found.figures,
        }
        return Result(
            carried=None if found.ties else bool(found.winners),
            winners=found.winners,
            ties=tuple(sorted(found.ties, key=marks.order)),
            figures=figures,
            explanation=found.said,
            rounds=found.rounds,
            pairs=found.pairs,
        )

    @abstractmethod
    def decide(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Found:
        """Count ballots of which none is blank and each number is positive."""


class RankElection(Election):
    """Voters put options in an order, from the first down; what they leave out has no place."""

    form = Form.RANKS
    equal: ClassVar[bool]  # whether a voter may give several options the same place

    def ballot(self, rule: Rule, value: str, reason: str = "") -> dict[str, str]:
        """An order of options that are offered; blank is allowed."""
        try:
            tiers = marks.ranks(value)
        except ValueError:
            raise Invalid(_("Please number the options."), fields={"ranks": _("Number.")}) from None
        _offered(rule, [ident for tier in tiers for ident in tier])
        if not self.equal and any(len(tier) > 1 for tier in tiers):
            words = _("Two options have the same place. Give each its own.")
            raise Invalid(words, fields={"ranks": words})
        return {"vote": marks.write_ranks(tiers)}

    def decide(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Found:
        """From texts to a table."""
        return self.count(profile().ranked(counts, [*names(rule)]), rule, frame)

    @abstractmethod
    def count(self, votes: "Ranked", rule: Rule, frame: Frame) -> Found:
        """Count rankings of which none is blank."""


class GradeElection(Election):
    """Voters give each option a whole number."""

    form = Form.GRADES
    every: ClassVar[bool] = False  # whether each option must be graded
    ungraded: ClassVar[str] = N_("No grade")  # what leaving one out is called, and what it means
    leaving: ClassVar[str] = N_("What you leave empty gets nothing from you.")

    @abstractmethod
    def grades(self, rule: Rule) -> range:
        """What can be given."""

    def labels(self, rule: Rule) -> Mapping[int, str]:
        """What grades are called, as messages; empty where they are bare numbers."""
        return {}

    def refuses(self, given: Mapping[str, int], rule: Rule) -> str:
        """Why these grades together cannot be given, in the current language; else empty."""
        return ""

    def ballot(self, rule: Rule, value: str, reason: str = "") -> dict[str, str]:
        """Grades of options that are offered; blank is allowed."""
        try:
            given = marks.grades(value)
        except ValueError:
            raise Invalid(_("Please give numbers."), fields={"grades": _("A number.")}) from None
        _offered(rule, given)
        allowed = self.grades(rule)
        problem = ""
        if any(grade not in allowed for grade in given.values()):
            problem = _("Only numbers from %(least)s to %(most)s can be given.") % {
                "least": allowed[0],
                "most": allowed[-1],
            }
        elif given and self.every and len(given) < len(rule["options"]):
            problem = _("Please give every option a number.")
        if problem := problem or self.refuses(given, rule):
            raise Invalid(problem, fields={"grades": problem})
        return {"vote": marks.write_grades(given)}

    def decide(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Found:
        """From texts to a table."""
        return self.count(profile().graded(counts, [*names(rule)]), rule, frame)

    @abstractmethod
    def count(self, votes: "Graded", rule: Rule, frame: Frame) -> Found:
        """Count grades of which none is blank."""


class PickElection(Election):
    """Voters pick options; one that is picked counts 1."""

    form = Form.PICKS

    def refuses(self, chosen: Sequence[str], rule: Rule) -> str:
        """Why these cannot be picked together, in the current language; else empty."""
        return ""

    def ballot(self, rule: Rule, value: str, reason: str = "") -> dict[str, str]:
        """Picks of options that are offered; blank is allowed."""
        try:
            chosen = marks.picks(value)
        except ValueError:
            raise Invalid(_("Please pick options."), fields={"picks": _("Choose.")}) from None
        _offered(rule, chosen)
        if problem := self.refuses(chosen, rule):
            raise Invalid(problem, fields={"picks": problem})
        return {"vote": marks.write_picks(chosen)}

    def decide(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Found:
        """From texts to a table."""
        return self.count(profile().picked(counts, [*names(rule)]), rule, frame)

    @abstractmethod
    def count(self, votes: "Graded", rule: Rule, frame: Frame) -> Found:
        """Count picks of which none is blank."""


def _first(found: Found, rule: Rule) -> dict[str, int]:
    """What each option had in the first round, in whole votes or points."""
    if not found.rounds:
        return dict.fromkeys(names(rule), 0)
    first = found.rounds[0]
    return {ident: first.counts.get(ident, 0) // first.scale for ident in names(rule)}


NOBODY = N_("Nobody voted for anything.")


def _offered(rule: Rule, idents: Iterable[str]) -> None:
    if not set(idents) <= names(rule).keys():
        raise Invalid(_("Only the options of this ballot can be chosen."))
