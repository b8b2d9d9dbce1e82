"""Majority: for and against, measured against a share that is an exact fraction."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from forum.base.i18n import N_
from voting.methods.common.result import Frame, Result
from voting.methods.common.words import Words
from voting.methods.method import Choice, Method, Option, Rule, Setting, invalid, select


class Base(StrEnum):
    """Of what the share is taken."""

    VALID = "valid"
    CAST = "cast"
    PRESENT = "present"
    ELIGIBLE = "eligible"


class Tie(StrEnum):
    """What as many for as against means, where one more would carry."""

    FAILS = "fails"
    CHAIR = "chair"


YES, NO, ABSTAIN = "yes", "no", "abstain"

BASES = {
    Base.VALID: N_("the votes for and against"),
    Base.CAST: N_("all votes handed in"),
    Base.PRESENT: N_("all who are present"),
    Base.ELIGIBLE: N_("all who are entitled to vote"),
}
SHARES = {
    Fraction(1, 2): N_("one half"),
    Fraction(2, 3): N_("two thirds"),
    Fraction(3, 4): N_("three quarters"),
    Fraction(1): N_("the whole"),
}
TIES = {
    Tie.FAILS: N_("A tie is not carried."),
    Tie.CHAIR: N_("At a tie the chair has the casting vote."),
}

THRESHOLD = Setting(
    "threshold",
    N_("Share that carries"),
    ">1/2",
    (
        (">1/2", N_("More than half (simple majority)")),
        (">=2/3", N_("Two thirds or more")),
        (">2/3", N_("More than two thirds")),
        (">=3/4", N_("Three quarters or more")),
        (">=1/1", N_("Unanimously")),
    ),
)
BASE = Setting("base", N_("Share of what"), Base.VALID, tuple(BASES.items()))
ABSTENTION = Setting(
    "abstain",
    N_("Abstention"),
    "yes",
    (("yes", N_("Is offered")), ("no", N_("Is not asked"))),
)
TIE = Setting("tie", N_("At a tie"), Tie.FAILS, tuple(TIES.items()))

_THRESHOLD = re.compile(r"(>=?)([1-9]\d{0,5})/([1-9]\d{0,5})")


class Threshold(NamedTuple):
    """An exact share, and whether it must be exceeded or only reached."""

    share: Fraction
    strict: bool

    def carries(self, votes: int, base: int) -> bool:
        """Whether so many votes carry; nobody's votes never do."""
        have, need = votes * self.share.denominator, self.share.numerator * base
        return votes > 0 and (have > need if self.strict else have >= need)

    def needed(self, base: int) -> int:
        """The fewest votes that carry."""
        need, rest = divmod(self.share.numerator * base, self.share.denominator)
        return max(need + 1 if self.strict or rest else need, 1)


def threshold(text: str) -> Threshold:
    """Read ">1/2" or ">=2/3"; raises ValueError for what is none or lies over the whole."""
    match = _THRESHOLD.fullmatch(text)
    share = Fraction(int(match[2]), int(match[3])) if match else Fraction(2)
    if match is None or share > 1 or (share == 1 and match[1] == ">"):
        raise ValueError(f"not a share: {text!r}")
    return Threshold(share, strict=match[1] == ">")


class Majority(Method):
    """Simple, absolute and qualified majorities are the same method with other bases and shares."""

    name = "majority"
    version = 1
    label = N_("For or against")
    hint = N_("Counts the votes for and against one proposal.")
    aggregates = True
    weighable = True
    settings = (THRESHOLD, BASE, ABSTENTION, TIE)

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """Any exact share is taken; the offered ones are only the usual."""
        share = typed.get("threshold", "") or THRESHOLD.default
        try:
            threshold(share)
        except ValueError:
            raise invalid(THRESHOLD) from None
        return {
            "threshold": share,
            "base": select(BASE, typed),
            "abstain": select(ABSTENTION, typed) == "yes",
            "tie": select(TIE, typed),
        }

    def choices(self, rule: Rule) -> tuple[Choice, ...]:
        """For is asked first."""
        asked = (Choice(YES, N_("For"), tone="good"), Choice(NO, N_("Against"), tone="bad"))
        return (*asked, Choice(ABSTAIN, N_("Abstain"))) if rule["abstain"] else asked

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """The share, what abstaining does, what a tie means."""
        base = Base(rule["base"])
        if not rule["abstain"]:
            abstaining = N_("Abstention is not asked.")
        elif base is Base.VALID:
            abstaining = N_("Abstentions do not count.")
        else:
            abstaining = N_("An abstention works like a vote against.")
        said = (Words(_needs(rule), _measure(rule)), Words(abstaining))
        return (*said, Words(TIES[Tie(rule["tie"])])) if _can_tie(rule) else said

    def tally(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Result:
        """Tie: as many for as against, exactly at a share that must be exceeded."""
        yes, no, abstain = (counts.get(value, 0) for value in (YES, NO, ABSTAIN))
        cast = yes + no + abstain + frame.blank + frame.invalid
        base = {
            Base.VALID: yes + no,
            Base.CAST: cast,
            Base.PRESENT: cast if frame.present is None else frame.present,
            Base.ELIGIBLE: frame.eligible,
        }[Base(rule["base"])]
        share = threshold(rule["threshold"])
        tied = yes > 0 and yes == no and share.strict and 2 * yes == base and _can_tie(rule)
        carried: bool | None = share.carries(yes, base)
        if tied and rule["tie"] == Tie.CHAIR:
            carried = None if frame.casting is None else frame.casting == YES
        figures = {
            "yes": yes,
            "no": no,
            "abstain": abstain,
            "blank": frame.blank,
            "invalid": frame.invalid,
            "cast": cast,
            "base": base,
            "needed": share.needed(base),
        }
        return Result(
            carried=carried,
            winners=(YES,) if carried else (NO,) if carried is False else (),
            ties=(YES, NO) if tied else (),
            figures=figures,
            explanation=_explain(rule, figures, carried, tied, frame),
        )


def _can_tie(rule: Rule) -> bool:
    return threshold(rule["threshold"]) == (Fraction(1, 2), True)


def _needs(rule: Rule) -> str:
    if threshold(rule["threshold"]).strict:
        return N_("Carried by more than %(share)s of %(base)s.")
    return N_("Carried by at least %(share)s of %(base)s.")


def share_words(share: Fraction) -> str | Words:
    """A share as people say it; the rarer ones in figures."""
    if share in SHARES:
        return Words(SHARES[share])
    return f"{share.numerator}/{share.denominator}"


def _measure(rule: Rule) -> dict[str, int | str | Words]:
    share = share_words(threshold(rule["threshold"]).share)
    return {"share": share, "base": Words(BASES[Base(rule["base"])])}


def _explain(
    rule: Rule, figures: Mapping[str, int], carried: bool | None, tied: bool, frame: Frame
) -> tuple[Words, ...]:
    if not tied:
        verdict = (
            N_("%(yes)s are for it, %(needed)s are needed: carried.")
            if carried
            else N_("%(yes)s are for it, %(needed)s are needed: not carried.")
        )
    elif carried is None:
        verdict = N_("%(yes)s for and as many against: the chair has the casting vote.")
    elif frame.casting is not None and rule["tie"] == Tie.CHAIR:
        verdict = (
            N_("%(yes)s for and as many against; the chair's casting vote is for it: carried.")
            if carried
            else N_(
                "%(yes)s for and as many against; the chair's casting vote is against it: "
                "not carried."
            )
        )
    else:
        verdict = N_("%(yes)s for and as many against: a tie is not carried.")
    counted = N_("%(yes)s for, %(no)s against, %(abstain)s abstained.")
    if not rule["abstain"]:
        counted = N_("%(yes)s for, %(no)s against.")
    measured = N_("Measured against %(base)s: %(total)s.")
    return (
        Words(counted, {name: figures[name] for name in ("yes", "no", "abstain")}),
        Words(_needs(rule), _measure(rule)),
        Words(measured, {"base": Words(BASES[Base(rule["base"])]), "total": figures["base"]}),
        Words(verdict, {"yes": figures["yes"], "needed": figures["needed"]}),
    )


METHOD = Majority()
