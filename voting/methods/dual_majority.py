"""Dual majority: enough heads and enough of a second weight at once, as owners of flats decide."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from forum.base.i18n import N_
from voting.methods.common.amounts import exact, written
from voting.methods.common.result import Frame, Result
from voting.methods.common.words import Words
from voting.methods.majority import ABSTAIN, ABSTENTION, NO, THRESHOLD, YES, share_words, threshold
from voting.methods.method import Choice, Method, Option, Rule, Setting, invalid, select

PARTICIPATION = Setting(
    "participation",
    N_("Share that must take part"),
    ">=2/3",
    (
        (">=2/3", N_("Two thirds or more of heads and of area")),
        (">1/2", N_("More than half of heads and of area")),
        (">=1/2", N_("Half or more of heads and of area")),
    ),
)
SHARES = (PARTICIPATION, THRESHOLD)


class Weight(NamedTuple):
    """One of the two weights: what each answer has, and all that is entitled."""

    yes: int
    no: int
    abstain: int
    cast: int
    eligible: int

    @classmethod
    def of(cls, counts: Mapping[str, int], blank: int, invalid: int, eligible: int) -> "Weight":
        """Whoever hands something in takes part."""
        yes, no, abstain = (counts.get(value, 0) for value in (YES, NO, ABSTAIN))
        return cls(yes, no, abstain, yes + no + abstain + blank + invalid, eligible)


class DualMajority(Method):
    """Civil Code of China (民法典) §278, in force since 2021.

    Owners who hold two thirds or more of the exclusive area, and who are two thirds or more of
    the owners, must take part. Carried by more than half of the area and of the owners taking
    part; the matters of its items 6 to 8 by three quarters or more of both.
    """

    name = "dual_majority"
    version = 1
    label = N_("Dual majority (heads and area)")
    hint = N_("Counts owners and their area at once; both must be enough.")
    aggregates = False  # hands have no area
    two_weights = True
    settings = (PARTICIPATION, THRESHOLD, ABSTENTION)

    def rule(self, typed: Mapping[str, str], options: Sequence[Option] = ()) -> dict[str, Any]:
        """Any exact shares are taken; the offered ones are only the usual."""
        kept: dict[str, Any] = {"abstain": select(ABSTENTION, typed) == "yes"}
        for setting in SHARES:
            kept[setting.name] = typed.get(setting.name, "") or setting.default
            try:
                threshold(kept[setting.name])
            except ValueError:
                raise invalid(setting) from None
        return kept

    def choices(self, rule: Rule) -> tuple[Choice, ...]:
        """For is asked first."""
        asked = (Choice(YES, N_("For"), tone="good"), Choice(NO, N_("Against"), tone="bad"))
        return (*asked, Choice(ABSTAIN, N_("Abstain"))) if rule["abstain"] else asked

    def describe(self, rule: Rule) -> tuple[Words, ...]:
        """Who must take part, what carries, of what."""
        part, share = threshold(rule["participation"]), threshold(rule["threshold"])
        takes = (
            N_("Valid when more than %(share)s of the heads and of the area take part.")
            if part.strict
            else N_("Valid when at least %(share)s of the heads and of the area take part.")
        )
        needs = (
            N_("Carried by more than %(share)s of the heads and of the area that take part.")
            if share.strict
            else N_("Carried by at least %(share)s of the heads and of the area that take part.")
        )
        return (
            Words(takes, {"share": share_words(part.share)}),
            Words(needs, {"share": share_words(share.share)}),
            Words(N_("Blank and invalid votes and abstentions take part, and are not for it.")),
            Words(N_("As much for as against is not carried.")),
        )

    def tally(self, counts: Mapping[str, int], rule: Rule, frame: Frame) -> Result:
        """Without a second weight nothing is carried."""
        heads = Weight.of(counts, frame.blank, frame.invalid, frame.eligible)
        figures = {
            **_figures(heads, rule, ""),
            "blank": frame.blank,
            "invalid": frame.invalid,
            "base": heads.cast,
        }
        if frame.eligible_second is None:
            said = (Words(N_("The area is not known: nothing can be decided.")),)
            return Result(False, (NO,), (), figures, said)
        blank, invalid_ = (frame.second.get(name, 0) for name in ("blank", "invalid"))
        area = Weight.of(frame.second, blank, invalid_, frame.eligible_second)
        part, share = threshold(rule["participation"]), threshold(rule["threshold"])
        valid = [part.carries(one.cast, one.eligible) for one in (heads, area)]
        enough = [share.carries(one.yes, one.cast) for one in (heads, area)]
        carried = all(valid) and all(enough)
        return Result(
            carried=carried,
            winners=(YES,) if carried else (NO,),
            ties=(),
            figures={**figures, **_figures(area, rule, "_second")},
            explanation=(
                Words(HEADS, _values(heads, rule)),
                _weighs(_values(area, rule), frame.scale),
                Words(TAKE_PART[valid[0], valid[1]]),
                *([Words(CARRY[enough[0], enough[1]])] if all(valid) else []),
            ),
        )


def _weighs(values: Mapping[str, int], scale: int | None) -> Words:
    if scale is None:
        return Words(AREA, {name: written(n) for name, n in values.items()})
    return Words(WEIGHT, {name: exact(n, scale) for name, n in values.items()})


def _values(one: Weight, rule: Rule) -> dict[str, int]:
    return {
        **one._asdict(),
        "needed_part": threshold(rule["participation"]).needed(one.eligible),
        "needed": threshold(rule["threshold"]).needed(one.cast),
    }


def _figures(one: Weight, rule: Rule, end: str) -> dict[str, int]:
    return {f"{name}{end}": number for name, number in _values(one, rule).items()}


HEADS = N_(
    "Heads: %(cast)s of %(eligible)s take part (needed: %(needed_part)s); %(yes)s for, %(no)s "
    "against, %(abstain)s abstained; needed for it: %(needed)s."
)
AREA = N_(
    "Area in m²: %(cast)s of %(eligible)s take part (needed: %(needed_part)s); %(yes)s for, %(no)s "
    "against, %(abstain)s abstained; needed for it: %(needed)s."
)
WEIGHT = N_(
    "Area or weight: %(cast)s of %(eligible)s take part (needed: %(needed_part)s); %(yes)s for, "
    "%(no)s against, %(abstain)s abstained; needed for it: %(needed)s."
)
TAKE_PART = {
    (True, True): N_("Enough heads and enough area take part."),
    (True, False): N_("Too little area takes part: not carried."),
    (False, True): N_("Too few heads take part: not carried."),
    (False, False): N_("Too few heads and too little area take part: not carried."),
}
CARRY = {
    (True, True): N_("Enough heads and enough area are for it: carried."),
    (True, False): N_("Too little area is for it: not carried."),
    (False, True): N_("Too few heads are for it: not carried."),
    (False, False): N_("Too few heads and too little area are for it: not carried."),
}

METHOD = DualMajority()
