"""Ballots of a file as a method wants them, where that says no more than the voters did.

| the file has | the method wants | so |
|---|---|---|
| grades | ranks | the higher grade stands higher, equal grades are equal, no grade is no place |
| picks | ranks | what was picked is first, together |
| a choice | ranks, picks | it is the first place, the one pick |
| picks | grades | 1 for what was picked, 0 for the rest |
| grades of 0 and 1 | picks | 1 is a pick |
| ranks, grades, picks | a choice | the first place; with several there the ballot is invalid |

Anything else would put words into voters' mouths: an order holds no approval and no grades.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from forum.base.errors import Invalid
from voting.formats.election import Election, by_grade
from voting.methods.common import marks
from voting.methods.common.election import Election as Among
from voting.methods.common.election import GradeElection
from voting.methods.method import Form, Method, Option, Rule

HOLDS = {
    Form.CHOICE: "one choice a ballot",
    Form.PICKS: "picks",
    Form.GRADES: "grades",
    Form.RANKS: "rankings",
}
# What people write over a column of a vote on one proposal.
SAID = {
    "yes": ("yes", "for", "aye", "yea", "in favour", "in favor", "pro", "赞成", "贊成", "同意"),
    "no": ("no", "against", "nay", "contra", "反对", "反對", "不同意"),
    "abstain": ("abstain", "abstention", "弃权", "棄權"),
    "consent": ("consent", "同意"),
    "stand_aside": ("stand aside", "stand-aside", "stand_aside"),
    "block": ("block",),
}

Turn = Callable[[str], str | None]  # a mark as another one; None: it is invalid


class Unfit(ValueError):
    """The file holds something else than the method needs."""


class Turned(NamedTuple):
    """Marks that the method counts, how many ballots say nothing, how many say what it refuses."""

    counts: dict[str, int]
    blank: int
    invalid: int
    notes: tuple[str, ...]


def standing(election: Election) -> tuple[Option, ...]:
    """The options that were not withdrawn."""
    return tuple(one for one in election.options if one.id not in election.withdrawn)


def turned(election: Election, way: Method, rule: Rule) -> Turned:
    """Every ballot as the method wants it."""
    turn, notes = _turn(election, way, rule)
    source = election.counts
    if way.form is Form.RANKS and election.orders:
        source, turn = election.orders, _same
        notes = ["The file gives an order beside the grades; the order is counted."]
    counts: dict[str, int] = {}
    blank = invalid = 0
    whys: dict[str, int] = {}
    checks = _checks(way, rule)
    for mark, number in source.items():
        left = _without(mark, election.form if turn is not _same else way.form, election.withdrawn)
        made = turn(left) if left else left
        why = checks(made) if made else ""
        if made == "":
            blank += number
        elif made is None or why:
            invalid += number
            if why:
                whys[why] = whys.get(why, 0) + number
        else:
            counts[made] = counts.get(made, 0) + number
    if not counts and whys:
        why = max(whys, key=whys.__getitem__)
        raise Unfit(f"{way.name} takes no ballot of this file: {why.rstrip('.')}{_settable(way)}")
    notes += [f"Invalid ballots: {number}. {why}" for why, number in sorted(whys.items())]
    return Turned(counts, blank, invalid, tuple(notes))


def _turn(election: Election, way: Method, rule: Rule) -> tuple[Turn, list[str]]:
    """How a mark is turned, and what is to be said about it."""
    have, want = election.form, way.form
    if want is Form.CHOICE:
        return _to_choice(election, way, rule)
    if have is want:
        if isinstance(way, GradeElection):
            _within(election, way, rule)
        return _same, []
    match have, want:
        case Form.GRADES, Form.RANKS:
            return by_grade, ["Grades are counted as an order: the higher grade stands higher."]
        case Form.PICKS, Form.RANKS:
            return _together, ["What was picked is first, together."]
        case Form.CHOICE, Form.RANKS | Form.PICKS:
            return _same, []
        case Form.PICKS, Form.GRADES if way.name != "consensing":  # there 1 would be against it
            return _ones(election), ["A pick counts as 1, everything else as 0."]
        case Form.GRADES, Form.PICKS if _binary(election):
            return _picked, ["A grade of 1 counts as a pick."]
    raise Unfit(f"the file holds {HOLDS[have]}, and {way.name} needs {HOLDS[want]}")


def _to_choice(election: Election, way: Method, rule: Rule) -> tuple[Turn, list[str]]:
    values = answers(election, way, rule)
    have = election.form

    def first(mark: str) -> str | None:
        if have is Form.PICKS:
            found: Sequence[str] = marks.picks(mark)
        elif have is Form.CHOICE:
            found = (mark,)
        else:
            found = marks.ranks(by_grade(mark) if have is Form.GRADES else mark)[0]
        return values[found[0]] if len(found) == 1 else None

    said = "The first place is the choice; with several there a ballot is invalid."
    return first, [] if have is Form.CHOICE else [said]


def answers(election: Election, way: Method, rule: Rule) -> dict[str, str]:
    """What each option is to a method of which an answer is chosen."""
    offered = {choice.value: choice for choice in way.choices(rule)}
    if isinstance(way, Among):
        return {one.id: one.id for one in standing(election)}
    found: dict[str, str] = {}
    for one in standing(election):
        name = one.name.casefold()
        for value, choice in offered.items():
            if name in {value, choice.label.casefold(), *SAID.get(value, ())}:
                found.setdefault(one.id, value)
    if len(set(found.values())) < len(standing(election)):
        asked = ", ".join(choice.label for choice in offered.values())
        named = ", ".join(one.name for one in standing(election)[:5])
        raise Unfit(f"{way.name} needs ballots that say one of {asked}; the file has {named}")
    return found


def _checks(way: Method, rule: Rule) -> Callable[[str], str]:
    """Why a mark is none that a voter could have given; rankings are counted as they are."""
    if way.form not in (Form.GRADES, Form.PICKS):
        return lambda _mark: ""

    def why(mark: str) -> str:
        try:
            way.ballot(rule, mark)
        except Invalid as refused:
            return str(refused)
        return ""

    return why


def _within(election: Election, way: GradeElection, rule: Rule) -> None:
    """Unfit where the file's grades are of another scale."""
    allowed = way.grades(rule)
    given = [g for mark in election.counts for g in marks.grades(mark).values()]
    if given and not (min(given) in allowed and max(given) in allowed):
        raise Unfit(
            f"the file has grades from {min(given)} to {max(given)}, "
            f"and {way.name} takes {allowed[0]} to {allowed[-1]}{_settable(way)}"
        )


def _settable(way: Method) -> str:
    return f" (--set {', '.join(one.name for one in way.settings)})" if way.settings else ""


def _binary(election: Election) -> bool:
    return all(grade in (0, 1) for m in election.counts for grade in marks.grades(m).values())


def _same(mark: str) -> str:
    return mark


def _together(mark: str) -> str:
    return mark.replace(",", "=")


def _picked(mark: str) -> str:
    return marks.write_picks(ident for ident, grade in marks.grades(mark).items() if grade)


def _ones(election: Election) -> Turn:
    idents = [one.id for one in standing(election)]

    def ones(mark: str) -> str:
        picked = set(marks.picks(mark))
        return marks.write_grades({ident: int(ident in picked) for ident in idents})

    return ones


def _without(mark: str, form: Form, gone: frozenset[str]) -> str:
    """A ballot without the options that were withdrawn."""
    if not gone or not mark:
        return mark
    if form is Form.RANKS:
        tiers = marks.ranks(mark)
        return marks.write_ranks([one for one in tier if one not in gone] for tier in tiers)
    if form is Form.GRADES:
        given: Mapping[str, int] = marks.grades(mark)
        return marks.write_grades({one: given[one] for one in given if one not in gone})
    return marks.write_picks(one for one in marks.picks(mark) if one not in gone)
