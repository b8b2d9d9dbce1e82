"""What everybody may know of moderation in a place: counts by month, no cell of which points.

There are no sums, and a place counts what was decided in it alone: nothing that is left out can
be found by taking one number from another.
"""

from typing import NamedTuple

from sqlalchemy import extract, func, select
from sqlmodel import col

from forum.base.db import Db
from moderation.oversight import rules
from moderation.oversight.models import Act, Appeal, AppealState, Measure
from moderation.reports.models import Rule

MONTHS = 12


class Acts(NamedTuple):
    """One act in one month, by rule."""

    year: int
    month: int
    act: Act
    cells: dict[Rule, int | None]


class Appeals(NamedTuple):
    """The appeals of one month, by what became of them."""

    year: int
    month: int
    cells: dict[AppealState, int | None]


def acts(db: Db, place: str) -> list[Acts]:
    """What was done in a place, the newest month first."""
    year, month = extract("year", col(Measure.at)), extract("month", col(Measure.at))
    query = (
        select(year, month, col(Measure.act), col(Measure.rule), func.count())
        .where(col(Measure.place) == place)
        .group_by(year, month, col(Measure.act), col(Measure.rule))
        .order_by(year.desc(), month.desc())
        .limit(MONTHS * len(Act) * len(Rule))
    )
    found: dict[tuple[int, int, Act], dict[Rule, int | None]] = {}
    for in_year, in_month, act, rule, count in db.execute(query):
        key = (int(in_year), int(in_month), Act(act))
        cells = found.setdefault(key, dict.fromkeys(Rule, 0))
        cells[Rule(rule)] = rules.shown(count)
    order = list(Act)
    ordered = sorted(found, key=lambda key: (-key[0], -key[1], order.index(key[2])))
    return [Acts(*key, found[key]) for key in ordered]


def appeals(db: Db, place: str) -> list[Appeals]:
    """What became of the appeals against measures of a place, by the month they came in."""
    year, month = extract("year", col(Appeal.at)), extract("month", col(Appeal.at))
    query = (
        select(year, month, col(Appeal.state), func.count())
        .join(Measure, col(Measure.id) == col(Appeal.measure_id))
        .where(col(Measure.place) == place)
        .group_by(year, month, col(Appeal.state))
        .order_by(year.desc(), month.desc())
        .limit(MONTHS * len(AppealState))
    )
    found: dict[tuple[int, int], dict[AppealState, int | None]] = {}
    for in_year, in_month, state, count in db.execute(query):
        key = (int(in_year), int(in_month))
        cells = found.setdefault(key, dict.fromkeys(AppealState, 0))
        cells[AppealState(state)] = rules.shown(count)
    return [Appeals(*key, cells) for key, cells in found.items()]
