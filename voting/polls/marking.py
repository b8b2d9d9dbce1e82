"""Ballots among options: from the fields of a form to a mark, and from a mark to words."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from forum.base.errors import Invalid
from forum.base.forms import Form as Fields
from forum.base.i18n import _, number, pgettext
from voting.methods.common import marks
from voting.methods.common.election import GradeElection, RankElection, options
from voting.methods.method import Form, Method, Rule

MOST = 20_000  # characters of a mark
RANK = "rank_"
GRADE = "grade_"
RADIO_MOST = 11  # more grades than these are typed


class Sheet(NamedTuple):
    """What a ballot among options shows: (id, name, cost) of each, and the grades to choose from.

    `grades` is empty where numbers up to `top` are typed. `ungraded` is what leaving one out is
    called, `leaving` says what it means.
    """

    form: Form
    options: list[tuple[str, str, str]]
    equal: bool
    every: bool
    grades: list[tuple[str, str]]
    least: int
    top: int
    ungraded: str = ""
    leaving: str = ""


def sheet(way: Method, rule: Rule) -> Sheet | None:
    """The ballot of a method, in the reader's language; None where one answer is chosen."""
    if way.form is Form.CHOICE:
        return None
    shown = [(one.id, one.name, one.cost) for one in options(rule)]
    allowed = way.grades(rule) if isinstance(way, GradeElection) else range(1)
    named = way.labels(rule) if isinstance(way, GradeElection) else {}
    listed = [(str(grade), _(named[grade]) if grade in named else str(grade)) for grade in allowed]
    return Sheet(
        way.form,
        shown,
        isinstance(way, RankElection) and way.equal,
        isinstance(way, GradeElection) and way.every,
        listed if len(listed) <= RADIO_MOST else [],
        allowed[0],
        allowed[-1],
        _(way.ungraded) if isinstance(way, GradeElection) else "",
        _(way.leaving) if isinstance(way, GradeElection) else "",
    )


def said(form: Fields) -> str:
    """What a form says: the choice, or a mark made of its fields; blank only on purpose.

    A program sends the mark itself as `choice`, in the way it is stored.
    """
    kind = form.choice("marks", Form, default=Form.CHOICE)
    if kind is Form.CHOICE or form.value("choice"):
        return form.text("choice", max=MOST)
    read = {Form.RANKS: _ranks, Form.GRADES: _grades, Form.PICKS: _picks}[kind]
    text = read(form)
    if text and form.flag("blank"):
        words = _("Something is marked, and blank is ticked as well. Please take one away.")
        raise Invalid(words, fields={"blank": words})
    if not text and not form.flag("blank") and not form.errors:
        words = _("Nothing is marked. To hand in a blank ballot, tick that you mean it.")
        raise Invalid(words, fields={"blank": words})
    return text


class told:  # noqa: N801 - used like a function; a generator would cost each ballot more
    """What is refused of marks as a whole is said above the ballot: no single field is wrong."""

    def __init__(self, form: Fields) -> None:
        self._form = form

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: object, _trace: object) -> None:
        if isinstance(error, Invalid) and self._form.value("marks"):
            raise Invalid(error.message, fields={"": error.message}) from error


def _typed(form: Fields, start: str, most: int) -> dict[str, int]:
    """Numbers by option; empty fields left out."""
    found = {}
    for name in form.values:
        ident = name.removeprefix(start)
        if name.startswith(start) and marks.OPTION.fullmatch(ident):
            number = form.integer(name, optional=True, max=most)
            if number is not None:
                found[ident] = number
    return found


def _ranks(form: Fields) -> str:
    places = _typed(form, RANK, 10**6)
    tiers: dict[int, list[str]] = {}
    for ident, place in places.items():
        if place:
            tiers.setdefault(place, []).append(ident)
    return marks.write_ranks(tiers[place] for place in sorted(tiers))


def _grades(form: Fields) -> str:
    return marks.write_grades(_typed(form, GRADE, 10**9 - 1))


def _picks(form: Fields) -> str:
    found = form.lists("pick", most=1000)
    if not all(map(marks.OPTION.fullmatch, found)):
        form.wrong("pick", _("Please choose one."))
        return ""
    return marks.write_picks(set(found))


def words(way: Method, rule: Rule, text: str) -> str:
    """A mark as people read it."""
    if way.form is Form.CHOICE:
        return next((one.called for one in way.choices(rule) if one.value == text), text)
    if not text:
        return pgettext("vote", "Blank")
    called = {one.id: one.name for one in options(rule)}
    apart = _(", ")
    if way.form is Form.RANKS:
        tiers = marks.ranks(text)
        return apart.join(
            f"{place}. {' = '.join(called[ident] for ident in tier)}"
            for place, tier in enumerate(tiers, 1)
        )
    if way.form is Form.GRADES:
        named = way.labels(rule) if isinstance(way, GradeElection) else {}
        return apart.join(
            f"{called[ident]} {_(named[grade]) if grade in named else grade}"
            for ident, grade in marks.grades(text).items()
        )
    return apart.join(called[ident] for ident in marks.picks(text))


def units(count: int, scale: int) -> str:
    """A count in units of 1/scale: whole, with all its decimals, or as a fraction."""
    exact = Fraction(count, scale)
    if exact.denominator == 1:
        return number(exact.numerator)
    if 10**9 % exact.denominator == 0:
        return number(Decimal(exact.numerator) / Decimal(exact.denominator))
    return number(exact)


def given(way: Method, text: str) -> dict[str, Any]:
    """A mark by the names of its fields, for a form that shows it again."""
    if way.form is Form.RANKS:
        tiers = enumerate(marks.ranks(text), 1)
        return {f"{RANK}{ident}": place for place, tier in tiers for ident in tier}
    if way.form is Form.GRADES:
        return {f"{GRADE}{ident}": grade for ident, grade in marks.grades(text).items()}
    return {"pick": list(marks.picks(text))} if way.form is Form.PICKS else {}
