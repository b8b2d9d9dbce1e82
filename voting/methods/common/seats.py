"""Places that are filled from the best down, and what is said about it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from forum.base.i18n import N_
from voting.methods.common import late, lots, marks
from voting.methods.common.election import MOST
from voting.methods.common.words import Words, listed
from voting.methods.method import Setting, invalid

SEATS = Setting("seats", N_("How many are elected"), "1", least=1, most=MOST)

LOT = N_(
    "Where options are level, a lot decides. It is drawn from numbers that are announced before "
    "the vote, or that all see come about after the count, and anyone can draw it again. Without "
    "them the tie stays a tie."
)
ELECTED = N_("Elected: %(names)s.")
DRAWN = late.either(
    N_("%(names)s are level: the lot from the announced seed chose %(drawn)s."),
    N_("%(names)s are level: the lot drawn after the count chose %(drawn)s."),
)
TIED = N_("%(names)s are level (places left: %(places)s): a lot must decide.")


class Comparable(Protocol):
    """Whole numbers, fractions, tuples of them."""

    def __lt__(self, other: Any, /) -> bool:
        """Whether it is less."""
        ...


Strength = TypeVar("Strength", bound=Comparable)


class Filled(NamedTuple):
    """Who has a place, best first; with `tied` the last places are not filled."""

    chosen: tuple[str, ...]
    tied: tuple[str, ...] = ()
    said: tuple[Words, ...] = ()


def seats(rule: dict[str, Any]) -> dict[str, Any]:
    """The rule, in which no more are elected than there are; else Invalid."""
    if rule["seats"] > len(rule["options"]):
        raise invalid(SEATS)
    return rule


def split(
    strengths: Mapping[str, Strength], places: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The best, as many as have places for certain, and those level at the last places."""
    levels: dict[Strength, list[str]] = {}
    for ident in sorted(strengths, key=marks.order):
        levels.setdefault(strengths[ident], []).append(ident)
    chosen: list[str] = []
    for level in sorted(levels, reverse=True):
        if len(chosen) + len(levels[level]) > places:
            return tuple(chosen), tuple(levels[level]) if len(chosen) < places else ()
        chosen += levels[level]
    return tuple(chosen), ()


def fill(
    strengths: Mapping[str, Strength], places: int, called: Mapping[str, str], seed: str
) -> Filled:
    """The best get the places; who is level at the last ones goes by the lot, or stays tied."""
    certain, tied = split(strengths, places)
    if not tied:
        return Filled(certain, said=elected(certain, called))
    left = places - len(certain)
    if not seed:
        said = Words(TIED, {"names": named(tied, called), "places": left})
        return Filled(certain, tied, (*elected(certain, called), said))
    drawn = lots.drawn(seed, "last places", tied)[:left]
    values = {"names": named(tied, called), "drawn": named(drawn, called)}
    chosen = (*certain, *drawn)
    return Filled(chosen, said=(Words(DRAWN, values), *elected(chosen, called)))


def elected(chosen: Sequence[str], called: Mapping[str, str]) -> tuple[Words, ...]:
    """Who is elected; nothing where nobody is."""
    return (Words(ELECTED, {"names": named(chosen, called)}),) if chosen else ()


def named(idents: Sequence[str], called: Mapping[str, str]) -> str | Words:
    """Options by their names, as one value of a sentence."""
    return listed([called[ident] for ident in idents])
