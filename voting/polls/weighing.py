"""Exact weights beside heads: the unit they share, what is frozen, and the count of both. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import Any

from forum.base.i18n import N_
from voting.boxes.queries import NamedRow
from voting.methods.common.amounts import exact
from voting.methods.common.result import Frame, Result
from voting.methods.common.words import Words
from voting.methods.method import Method, Rule

KEY = "weighed"  # where a poll's rule keeps it
MOST = 10**15  # a sum that every reader of JSON still holds exactly


class By(StrEnum):
    """What decides beside the count of heads, which is always shown."""

    WEIGHT = "weight"
    BOTH = "both"


def asked(way: Method, *, weighed: bool) -> dict[str, Any]:
    """What a poll's rule keeps of it from its making on; nothing where heads alone count."""
    if way.two_weights:
        return {KEY: {"by": By.BOTH.value}}
    return {KEY: {"by": By.WEIGHT.value}} if weighed else {}


def wanted(rule: Rule) -> bool:
    """Whether a poll counts weights."""
    return KEY in rule


def shares(weights: Mapping[int, Fraction]) -> tuple[dict[int, int], int]:
    """The weights as whole numbers of the largest unit that measures them all, and units per 1."""
    scale = lcm(*(each.denominator for each in weights.values()))
    return {one: int(each * scale) for one, each in weights.items()}, scale


def fault(held: Sequence[int | None], way: Method, rule: Rule) -> str | None:
    """Why weights cannot be counted, as the value of a Fault; None where nothing stands against."""
    if not wanted(rule):
        return "one_weight" if way.two_weights else None
    known = [each for each in held if each is not None]
    if len(known) < len(held):
        return "one_weight"
    if any(each < 1 for each in known):
        return "weight"
    return "no_unit" if sum(known) > MOST else None


def frozen(rule: Rule, roll: Iterable[tuple[int | None, bool]], scale: int) -> dict[str, Any]:
    """What a poll's rule keeps from the opening on: the unit, all there is of it, what is there."""
    if not wanted(rule):
        return {}
    held = [(share or 0, there) for share, there in roll]
    found = {
        "scale": scale,
        "eligible": sum(share for share, _there in held),
        "present": sum(share for share, there in held if there),
    }
    return {KEY: {**rule[KEY], **found}}


def tally(
    way: Method, votes: Mapping[str, int], second: Mapping[str, int], rule: Rule, frame: Frame
) -> Result:
    """Count by heads, by weight, or by both; the figures of weights end in `_second`."""
    if not wanted(rule):
        return way.tally(votes, rule, frame)
    kept = rule[KEY]
    if kept["by"] == By.BOTH:
        more = {"second": second, "eligible_second": kept["eligible"], "scale": kept["scale"]}
        return way.tally(votes, rule, replace(frame, **more))
    heads = way.tally(votes, rule, frame).figures
    found = way.tally(second, rule, replace(frame, **{n: kept[n] for n in ("eligible", "present")}))
    shown = (*(one.value for one in way.answers(rule)), "blank", "invalid", "cast")
    figures = {name: heads[name] for name in shown if name in heads}
    weights = {f"{name}_second": units for name, units in found.figures.items()}
    said = (Words(N_("The weights on the roll decide, not the heads.")),)
    return replace(
        found,
        figures=figures | weights,
        explanation=(*said, *(_exact(one, kept["scale"]) for one in found.explanation)),
    )


def _exact(one: Words, scale: int) -> Words:
    """A sentence whose figures are units, with the weights that they are."""
    values: dict[str, int | str | Words] = {}
    for name, value in one.values.items():
        if isinstance(value, Words):
            values[name] = _exact(value, scale)
        else:
            values[name] = exact(value, scale) if isinstance(value, int) else value
    return Words(one.text, values)


def beside(
    rule: Rule, called: Mapping[str, str], figures: Mapping[str, int]
) -> list[tuple[str, str, str]]:
    """The result by answer: its name, its heads and its exact weight; nothing where heads count."""
    scale = rule.get(KEY, {}).get("scale")
    if scale is None:
        return []
    return [
        (name, str(figures[value]), exact(figures.get(f"{value}_second", 0), scale))
        for value, name in called.items()
        if value in figures
    ]


def shown(rule: Rule, one: NamedRow) -> int | str:
    """What a vote weighs, as people write it."""
    scale = rule.get(KEY, {}).get("scale")
    return one.weight if one.share is None or scale is None else exact(one.share, scale)
