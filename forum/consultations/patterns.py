"""Patterns from which a consultation is set up: its stages and their lengths, agenda, roles, words.

A file in `templates/` registers one by being there (`template(key=…, …)`, its texts marked with
N_); stations keep their own, made from consultations that went well.
"""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.consultations import rules
from forum.consultations.models import Eligibility, SavedTemplate, Stage, Visibility
from forum.members.models import Role

PACKAGE = "forum.consultations.templates"
SAVED = "saved-"
USUAL = 14  # days of a stage of which nobody said how long it lasts
BEGINS_AT = 9  # o'clock: stages begin in the morning, when somebody is there to see to it


class Point(NamedTuple):
    """An item of the agenda: `kind` is discussion, information or decision."""

    title: str
    body: str = ""
    kind: str = "discussion"
    minutes: int | None = None


class Template(NamedTuple):
    """A pattern. `days` says how long each stage lasts, from the first one on."""

    key: str
    name: str
    about: str
    title: str
    summary: str
    purpose: str
    days: Mapping[Stage, int]
    agenda: Sequence[Point]
    roles: Sequence[Role] = (Role.SECRETARY, Role.REPRESENTATIVE)
    visibility: Visibility = Visibility.PUBLIC
    eligibility: Eligibility = Eligibility.OPEN

    @property
    def first(self) -> Stage:
        """The stage with which it begins."""
        return next(stage for stage in rules.STAGES if stage in self.days)

    @property
    def length(self) -> int:
        """How many days it takes until it is closed."""
        return sum(self.days.values())


templates: dict[str, Template] = {}


def template(**facts: Any) -> Template:
    """Register a pattern; called once by its file."""
    made = Template(**facts)
    if made.key in templates:
        raise RuntimeError(f"{made.key!r} is registered twice")
    templates[made.key] = made
    return made


@cache
def discover() -> None:
    """Import every file of the patterns."""
    package = importlib.import_module(PACKAGE)
    for found in pkgutil.iter_modules(package.__path__, f"{PACKAGE}."):
        importlib.import_module(found.name)


def built_in() -> list[Template]:
    """The patterns that come with the house, the plainest first."""
    discover()
    return sorted(templates.values(), key=lambda each: (each.key != "community", each.key))


def saved(db: Db, places: Sequence[str]) -> list[tuple[int, Template]]:
    """The patterns that these places keep for themselves."""
    stations = [int(place.partition(":")[2]) for place in places if place.startswith("station:")]
    query = select(SavedTemplate).where(
        col(SavedTemplate.removed_at).is_(None),
        col(SavedTemplate.station_id).in_(stations) | col(SavedTemplate.station_id).is_(None),
    )
    found = db.execute(query.order_by(col(SavedTemplate.name)).limit(50)).scalars()
    return [(row.id, _read(row)) for row in found]


def find(db: Db, key: str, places: Sequence[str]) -> Template:
    """A pattern by its key, as it may be chosen in these places."""
    row = _kept(db, key)
    if isinstance(row, Template):
        return row
    inside = row.station_id is None or f"station:{row.station_id}" in places
    if row.removed_at is not None or not inside:
        raise NotFound(_("There is no such template here."))
    return _read(row)


def chosen(db: Db, key: str) -> Template:
    """A pattern that somebody has chosen, also if nobody else can choose it any more."""
    row = _kept(db, key)
    return row if isinstance(row, Template) else _read(row)


def _kept(db: Db, key: str) -> Template | SavedTemplate:
    discover()
    if key in templates:
        return templates[key]
    ident = key.removeprefix(SAVED)
    known = key.startswith(SAVED) and ident.isdecimal() and len(ident) < 10
    row = db.get(SavedTemplate, int(ident)) if known else None
    if row is None:
        raise NotFound(_("There is no such template here."))
    return row


def _read(row: SavedTemplate) -> Template:
    shape = dict(row.shape)
    return Template(
        key=f"{SAVED}{row.id}",
        name=row.name,
        about=shape["summary"],
        title=shape["title"],
        summary=shape["summary"],
        purpose=shape["purpose"],
        days={Stage(stage): days for stage, days in shape["days"].items()},
        agenda=[Point(*point) for point in shape.get("agenda", ())],
        roles=[Role(role) for role in shape["roles"]],
        visibility=Visibility(shape["visibility"]),
        eligibility=Eligibility(shape["eligibility"]),
    )


def dates(days: Mapping[Stage, int], start: datetime, zone: str) -> dict[Stage, datetime]:
    """When each later stage begins if the first one begins now; the last one closes it."""
    morning = start.astimezone(ZoneInfo(zone)).replace(
        hour=BEGINS_AT, minute=0, second=0, microsecond=0
    )
    planned: dict[Stage, datetime] = {}
    passed: int | None = None
    for stage in rules.STAGES:
        if passed is not None and (stage in days or stage is Stage.CLOSED):
            planned[stage] = morning + timedelta(days=passed)
        if stage in days:
            passed = (passed or 0) + days[stage]
    return planned


def lengths(
    planned: Mapping[Stage, datetime | None], first: Stage, began: datetime
) -> dict[Stage, int]:
    """How long each stage of a consultation lasts, as it went or as it was planned."""
    order = [s for s in rules.STAGES if s is first or rules.follows(first, s)][:-1]
    moments = {**planned, first: began}
    found: dict[Stage, int] = {}
    for stage in order:
        start = moments.get(stage)
        ends = (moments.get(s) for s in rules.STAGES if rules.follows(stage, s))
        end = next((moment for moment in ends if moment is not None), None)
        if start is not None:
            found[stage] = max(1, (end - start).days) if end is not None else USUAL
    return found
