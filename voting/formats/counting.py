"""A file of ballots counted by a method: what `run.py tally` says, as data."""

import json
from collections.abc import Mapping
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

from forum.base.errors import Refusal
from voting.formats.election import Election, Unreadable, decoded
from voting.formats.format import guessed, named
from voting.formats.turning import Turned, Unfit, answers, standing, turned
from voting.methods.common import marks
from voting.methods.common.election import Election as Among
from voting.methods.common.result import Frame, Result, Round
from voting.methods.method import Form, Method, Rule, methods


def taken(path: Path, format: str = "") -> Election:
    """The election in a file; Unreadable says what is wrong with it, and where."""
    text = decoded(path.read_bytes())
    return (named(format) if format else guessed(path.name, text)).read(text)


def way_of(name: str) -> Method:
    """The method of a name, with hyphens or underscores; Unfit names those that there are."""
    found = methods().get(name.replace("-", "_"))
    if found is None:
        known = ", ".join(sorted(known.replace("_", "-") for known in methods()))
        raise Unfit(f"there is no method {name}: choose one of {known}")
    return found


def ruled(election: Election, way: Method, given: Mapping[str, str]) -> Rule:
    """The rule: what is given, else what the file says, else the method's own defaults."""
    settings = {setting.name: setting for setting in way.settings}
    if unknown := sorted(given.keys() - settings.keys()):
        if unknown == ["seats"] and given["seats"] == "1":
            given = {name: value for name, value in given.items() if name != "seats"}
        else:
            offered = ", ".join(sorted(settings)) or "nothing"
            raise Unfit(f"{way.name} has no setting {unknown[0]}: it has {offered}")
    if way.costs and not (election.budget or "budget" in given):
        raise Unfit("the file has no budget: say --set budget=NUMBER")
    known = {"seats": str(election.seats or 1)}
    if way.costs:
        known["budget"] = election.budget
    if "top" in settings and election.form is Form.GRADES:
        top = election.most or max(int(settings["top"].default), highest(election))
        known["top"] = str(min(top, settings["top"].most))
    typed = {name: value for name, value in known.items() if name in settings} | dict(given)
    try:
        return way.rule(typed, standing(election) if isinstance(way, Among) else ())
    except Refusal as refused:
        wrong = ", ".join(
            f"{name}={typed[name]}" if name in typed else name
            for name in getattr(refused, "fields", {})
        )
        raise Unfit(f"{refused} ({wrong})" if wrong else str(refused)) from None


def counted(election: Election, way: Method, given: Mapping[str, str], seed: str) -> dict[str, Any]:
    """What came of it, with names where there were ids and numbers where there were units."""
    if way.two_weights:
        raise Unfit(f"{way.name} counts two weights, and a file of ballots has one")
    rule = ruled(election, way, given)
    found = turned(election, way, rule)
    total = sum(found.counts.values()) + found.blank + found.invalid
    frame = Frame(eligible=total, blank=found.blank, invalid=found.invalid, lot=seed)
    return _report(election, way, rule, found, way.tally(found.counts, rule, frame))


def highest(election: Election) -> int:
    """The highest grade on any ballot."""
    return max((max(marks.grades(mark).values(), default=0) for mark in election.counts), default=0)


def _report(
    election: Election, way: Method, rule: Rule, found: Turned, result: Result
) -> dict[str, Any]:
    names = election.names
    if not isinstance(way, Among):
        labels = {choice.value: choice.label for choice in way.choices(rule)}
        called = {value: names[one] for one, value in answers(election, way, rule).items()}
        names = labels | called
    else:
        names = names | {choice.value: choice.label for choice in way.choices(rule)} | names
    said: dict[str, Any] = {
        "method": way.name.replace("_", "-"),
        "version": way.version,
        "title": election.title,
        "options": [one.name for one in standing(election)],
        "withdrawn": [one.name for one in election.options if one.id in election.withdrawn],
        "ballots": election.ballots,
        "blank": found.blank,
        "invalid": found.invalid,
        "carried": result.carried,
        "winners": [names.get(ident, ident) for ident in result.winners],
        "ties": [names.get(ident, ident) for ident in result.ties],
        "rounds": [_round(one, names) for one in result.rounds],
        "figures": {key: n for key, n in result.figures.items() if key not in election.names},
        "rule": [words.say() for words in way.describe(rule)],
        "notes": list(found.notes),
        "explanation": " ".join(words.say() for words in result.explanation),
    }
    if result.pairs:
        said["pairs"] = {
            names[a]: {names[b]: number for b, number in row.items()}
            for a, row in result.pairs.items()
        }
    return said


def _round(one: Round, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "counts": {names[ident]: number(have, one.scale) for ident, have in one.counts.items()},
        "elected": [names[ident] for ident in one.elected],
        "eliminated": [names[ident] for ident in one.eliminated],
        "exhausted": number(one.exhausted, one.scale),
        "explanation": " ".join(words.say() for words in one.said),
    }


def number(units: int, scale: int) -> int | Decimal:
    """Units of 1/scale as a number: whole where it is, else with all the scale's digits."""
    if units % scale == 0:
        return units // scale
    digits = len(str(scale)) - 1
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(units) / Decimal(scale)
        return exact.quantize(Decimal(1).scaleb(-digits)) if scale == 10**digits else exact


def dumped(value: Any) -> str:
    """JSON in which decimals are numbers with all their digits, as `json` cannot write them."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}: {dumped(v)}" for key, v in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(dumped, value))}]"
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value, ensure_ascii=False)


__all__ = ["Unfit", "Unreadable", "counted", "dumped", "taken", "way_of"]
