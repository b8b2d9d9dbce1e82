"""Measures and appeals: the person concerned reads them, and those who moderate the place."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, false, func, or_, select, true
from sqlmodel import col

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.registry import Step
from forum.consultations.rules import MODERATING
from forum.members import queries as members
from forum.members.models import PLATFORM, RoleGrant
from moderation.oversight import rules, words
from moderation.oversight.models import Act, Appeal, AppealState, Measure, MeasurePlace
from moderation.reports.models import Rule
from moderation.reports.queries import led

PAGE = 20
YEAR = timedelta(days=365)


class MeasureRow(NamedTuple):
    """A measure as it is read."""

    id: int
    about: str
    place: str
    member_id: int | None
    act: Act
    rule: Rule
    reason: str
    at: datetime
    taken_by: int | None
    undone_at: datetime | None
    detail: dict[str, Any]

    @property
    def stays(self) -> bool:
        """Whether it was found wrong, and could not be made as it was."""
        return bool(self.detail.get("stays"))

    @property
    def kind(self) -> str:
        """The kind of thing that it is about."""
        return parse(self.about)[0]


class AppealRow(NamedTuple):
    """An appeal as it is read."""

    measure_id: int
    member_id: int
    place: str
    body: str
    at: datetime
    state: AppealState
    answer: str
    decided_by: int | None
    decided_at: datetime | None


_COLUMNS = [col(getattr(Measure, name)) for name in MeasureRow._fields]
_APPEAL = [col(getattr(Appeal, name)) for name in AppealRow._fields]


def _row(found: Sequence[Any]) -> MeasureRow:
    row = MeasureRow._make(found)
    return row._replace(act=Act(row.act), rule=Rule(row.rule))


def _appeal(found: Sequence[Any]) -> AppealRow:
    row = AppealRow._make(found)
    return row._replace(state=AppealState(row.state))


def _led(db: Db, actor: Actor | None) -> ColumnElement[bool]:
    """Which measures were taken in places that somebody moderates."""
    here = led(db, actor)
    if PLATFORM in here:
        return true()
    around = select(col(MeasurePlace.measure_id)).where(col(MeasurePlace.place).in_(here))
    return col(Measure.id).in_(around)


def _visible(db: Db, actor: Actor | None) -> ColumnElement[bool]:
    if actor is None:
        return false()
    # That nothing was found wrong is nobody's measure: who was flagged is not told of it.
    own = (col(Measure.member_id) == actor.id) & (col(Measure.act) != Act.RELEASE)
    return or_(own, _led(db, actor))


def measure(db: Db, actor: Actor | None, measure_id: int) -> MeasureRow:
    """One measure, to the person concerned and to those who moderate the place."""
    query = select(*_COLUMNS).where(col(Measure.id) == measure_id, _visible(db, actor))
    found = db.execute(query).one_or_none()
    if found is None:
        raise NotFound(_("There is no such measure."))
    return _row(found)


def appeal(db: Db, measure_id: int) -> AppealRow | None:
    """The appeal against a measure; the caller has judged that the reader may see that."""
    query = select(*_APPEAL).where(col(Appeal.measure_id) == measure_id)
    found = db.execute(query).one_or_none()
    return _appeal(found) if found else None


def leads(db: Db, actor: Actor | None, measure_id: int) -> bool:
    """Whether somebody moderates where the measure was taken."""
    query = select(col(Measure.id)).where(col(Measure.id) == measure_id, _led(db, actor))
    return db.execute(query).first() is not None


def mine(db: Db, actor: Actor, about: str) -> MeasureRow | None:
    """The latest measure about a thing of one's own that holds."""
    query = select(*_COLUMNS).where(
        col(Measure.about) == about,
        col(Measure.member_id) == actor.id,
        col(Measure.act) != Act.RELEASE,
        col(Measure.undone_at).is_(None),
    )
    found = db.execute(query.order_by(col(Measure.id).desc()).limit(1)).one_or_none()
    return _row(found) if found else None


def before(db: Db, authors: Collection[int]) -> Mapping[int, int]:
    """How often something was done about each of these people in the last year."""
    query = (
        select(col(Measure.member_id), func.count())
        .where(
            col(Measure.member_id).in_(authors),
            col(Measure.act) != Act.RELEASE,
            col(Measure.undone_at).is_(None),
            col(Measure.at) > clock.now() - YEAR,
        )
        .group_by(col(Measure.member_id))
    )
    return {member: count for member, count in db.execute(query) if member is not None}


def appeals(
    db: Db, actor: Actor, *, decided: bool = False, offset: int = 0
) -> tuple[list[tuple[MeasureRow, AppealRow]], int]:
    """A page of the appeals that somebody may judge, oldest first; or of those decided."""
    match = _led(db, actor) & ((col(Appeal.state) == AppealState.OPEN) != decided)
    if not decided:
        match &= col(Measure.taken_by).is_distinct_from(actor.id)
        match &= col(Measure.member_id).is_distinct_from(actor.id)
    both = select(*_COLUMNS, *_APPEAL).join(Appeal, col(Appeal.measure_id) == col(Measure.id))
    counted = select(func.count()).select_from(Measure)
    counted = counted.join(Appeal, col(Appeal.measure_id) == col(Measure.id)).where(match)
    total = int(db.execute(counted).scalar_one())
    order = col(Appeal.decided_at).desc() if decided else col(Appeal.at).asc()
    query = both.where(match).order_by(order, col(Measure.id)).offset(offset).limit(PAGE)
    cut = len(_COLUMNS)
    return [(_row(row[:cut]), _appeal(row[cut:])) for row in db.execute(query)], total


def instance(db: Db, measure_id: int, excluded: Collection[int]) -> str:
    """The nearest place of a measure in which somebody else leads; empty: nobody anywhere."""
    around = select(col(MeasurePlace.place)).where(col(MeasurePlace.measure_id) == measure_id)
    found = list(db.execute(around.order_by(col(MeasurePlace.distance))).scalars())
    return rules.instance(found, leaders(db, found), excluded)


def leaders(db: Db, places: Sequence[str]) -> dict[str, set[int]]:
    """Who moderates exactly in each of these places."""
    query = select(col(RoleGrant.place), col(RoleGrant.member_id)).where(
        col(RoleGrant.place).in_(places),
        col(RoleGrant.role).in_(MODERATING),
        members.holds(RoleGrant, clock.now()),
    )
    found: dict[str, set[int]] = {}
    for place, member in db.execute(query):
        found.setdefault(place, set()).add(member)
    return found


@registry.resolver("measure")
def _resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    query = select(*_COLUMNS).where(col(Measure.id).in_(ids), _visible(db, actor))
    return {
        row.id: Step(
            ref("measure", row.id),
            "measure",
            words.act(row.act, row.kind),
            f"/measures/{row.id}",
        )
        for row in map(_row, db.execute(query))
    }
