"""Motions as their readers see them, with every wording they had."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Span, Step
from forum.base.tables import metadata
from sessions.meetings import queries as meetings
from sessions.meetings.models import Method
from sessions.meetings.queries import MeetingAccess
from sessions.motions import rules, words
from sessions.motions.models import (
    Motion,
    MotionState,
    MotionTerms,
    MotionVersion,
    Sort,
)


class MotionRow(NamedTuple):
    """A motion with its present wording."""

    id: int
    meeting_id: int
    item_id: int
    number: int
    sort: Sort
    degree: int
    part: int
    state: MotionState
    target_id: int | None
    origin_id: int | None
    version_id: int
    base_id: int | None
    reach: int
    rank: int
    mover_id: int
    method: Method
    recorded_by: int
    moved_at: datetime
    debated: bool
    asked_at: datetime | None
    over_at: datetime | None
    poll_id: int | None
    to_meeting_id: int | None
    referred_to: str | None
    body: str = ""

    @property
    def name(self) -> str:
        """A motion by its number: "Amendment 4"."""
        return words.name(self.sort, self.number)

    @property
    def title(self) -> str:
        """By its number and how it begins."""
        return words.title(self.sort, self.number, self.body)

    @property
    def state_name(self) -> str:
        """What its state is called."""
        return words.state(self.state)

    @property
    def tone(self) -> str:
        """The colour of its state's badge."""
        return words.tone(self.state)

    @property
    def turn(self) -> rules.Open:
        """As far as its turn in the order of voting depends on it."""
        return rules.Open(
            self.id,
            self.number,
            self.sort,
            self.target_id,
            self.degree,
            self.part,
            self.rank,
            self.reach,
        )


class MotionAccess(NamedTuple):
    """A motion and its meeting as this reader sees them."""

    meeting: MeetingAccess
    motion: MotionRow


_COLUMNS = [col(getattr(Motion, name)) for name in MotionRow._fields if name != "body"]
_WHOLE = select(*_COLUMNS, col(MotionVersion.body)).join(
    MotionVersion, col(MotionVersion.id) == col(Motion.version_id)
)
# Made once: every page of an item asks.
_T, _V = metadata.tables["motion"].c, metadata.tables["motion_version"].c
ON_ITEM = exists().where(_T.item_id == bindparam("ident"))
_OF_ITEM = (
    select(*_T[tuple(name for name in MotionRow._fields if name != "body")], _V.body)
    .join(metadata.tables["motion_version"], _V.id == _T.version_id)
    .where(_T.item_id == bindparam("item"))
    .order_by(_T.id)
    .limit(200)
)


def _rows(db: Db, *match: ColumnElement[bool], limit: int = 500) -> list[MotionRow]:
    found = db.execute(
        _WHOLE.where(*match).order_by(col(Motion.meeting_id), col(Motion.number)).limit(limit)
    )
    return [_row(row) for row in found]


def _row(found: Sequence[object]) -> MotionRow:
    row = MotionRow._make(found)
    return row._replace(
        sort=Sort(row.sort), state=MotionState(row.state), method=Method(row.method)
    )


def motion_access(db: Db, actor: Actor | None, motion: int) -> MotionAccess:
    """A motion for whoever sees its meeting; NotFound where it is invisible to them."""
    missing = NotFound(_("There is no such motion."))
    rows = _rows(db, col(Motion.id) == motion)
    if not rows:
        raise missing
    try:
        return MotionAccess(meetings.meeting_access(db, actor, rows[0].meeting_id), rows[0])
    except NotFound:
        raise missing from None


def of_meeting(db: Db, meeting: int, item: int | None = None) -> list[MotionRow]:
    """The motions of a meeting, by number; on one item where it is named."""
    here: ColumnElement[bool] = col(Motion.meeting_id) == meeting
    return _rows(db, here) if item is None else _rows(db, here, col(Motion.item_id) == item)


def of_item(db: Db, item: int) -> list[MotionRow]:
    """The motions on an item in all meetings."""
    return [_row(row) for row in db.execute(_OF_ITEM, {"item": item})]


def of_ids(db: Db, ids: Collection[int]) -> list[MotionRow]:
    """These motions."""
    return _rows(db, col(Motion.id).in_(ids)) if ids else []


def around(db: Db, row: MotionRow) -> list[MotionRow]:
    """What a motion is about or goes on from, and what is moved upon it or goes on from it."""
    near = {ident for ident in (row.target_id, row.origin_id) if ident is not None}
    match = (
        col(Motion.id).in_(near)
        | (col(Motion.target_id) == row.id)
        | (col(Motion.origin_id) == row.id)
    )
    return _rows(db, match)


def referred(db: Db, place: str) -> list[MotionRow]:
    """What was referred to a place and has not come back."""
    gone_on = select(col(Motion.origin_id)).where(col(Motion.origin_id).is_not(None))
    return _rows(
        db,
        col(Motion.referred_to) == place,
        col(Motion.sort) == Sort.MAIN,
        col(Motion.state) == MotionState.REFERRED,
        col(Motion.id).not_in(gone_on),
        limit=50,
    )


def seconders(db: Db, meeting: int) -> int:
    """By how many a motion must be seconded in a meeting."""
    query = select(col(MotionTerms.seconders)).where(col(MotionTerms.meeting_id) == meeting)
    found = db.execute(query).scalar_one_or_none()
    return rules.SECONDERS_USUAL if found is None else found


@registry.span("motion")
def spans(db: Db, ids: Sequence[int]) -> dict[int, Span]:
    """From the moving to the end."""
    return {row.id: Span(row.moved_at, row.over_at) for row in of_ids(db, ids)}


@registry.resolver("motion")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What motions are called, for those who see their meetings."""
    rows = of_ids(db, ids)
    seen = meetings.resolve(db, actor, sorted({row.meeting_id for row in rows}))
    return {
        row.id: Step(
            ref("motion", row.id),
            "motion",
            row.title,
            f"/motions/{row.id}",
            words.state(row.state),
        )
        for row in rows
        if row.meeting_id in seen
    }
