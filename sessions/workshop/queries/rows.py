"""Sessions, steps and groups as pages and services read them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, func, select
from sqlmodel import col

from forum.agenda.models import Item
from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Step
from forum.base.tables import metadata
from sessions.meetings import queries as meetings
from sessions.meetings.queries import MeetingAccess
from sessions.workshop import words
from sessions.workshop.models import (
    Form,
    Gives,
    Workshop,
    WorkshopGroup,
    WorkshopSeat,
    WorkshopState,
    WorkshopStep,
)


class WorkshopRow(NamedTuple):
    """A session."""

    id: int
    meeting_id: int
    item_id: int
    script: str
    state: WorkshopState
    facilitator_id: int | None
    step: int
    ends_at: datetime | None
    remaining_ms: int | None
    started_at: datetime | None
    over_at: datetime | None
    item: str

    @property
    def title(self) -> str:
        """What its script is called."""
        return words.title(self.script)

    @property
    def state_name(self) -> str:
        """What its state is called."""
        return words.state(self.state)

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self.state is WorkshopState.RUNNING


class StepRow(NamedTuple):
    """A step, in the reader's language where its words are the script's own."""

    id: int
    number: int
    name: str
    prompt: str
    hint: str
    minutes: int
    form: Form
    gives: Gives
    began_at: datetime | None
    ended_at: datetime | None

    @property
    def form_name(self) -> str:
        """How people sit."""
        return _(words.FORMS[self.form])

    @property
    def gives_name(self) -> str:
        """What people give; empty where they give nothing."""
        return _(words.GIVES[self.gives]) if self.gives in words.GIVES else ""


class GroupRow(NamedTuple):
    """A small group, where it is, and how many sit in it."""

    id: int
    number: int
    venue_id: int
    venue: str
    place: str
    size: int

    @property
    def name(self) -> str:
        """What it is called."""
        return _("Group %(number)s") % {"number": self.number}


_COLUMNS = (
    col(Workshop.id),
    col(Workshop.meeting_id),
    col(Workshop.item_id),
    col(Workshop.script),
    col(Workshop.state),
    col(Workshop.facilitator_id),
    col(Workshop.step),
    col(Workshop.ends_at),
    col(Workshop.remaining_ms),
    col(Workshop.started_at),
    col(Workshop.over_at),
    col(Item.title),
)


_SESSIONS = select(*_COLUMNS).join(Item, col(Item.id) == col(Workshop.item_id))


def _row(found: Sequence[object]) -> WorkshopRow:
    row = WorkshopRow._make(found)
    return row._replace(state=WorkshopState(row.state))


def of_meeting(db: Db, meeting: int) -> list[WorkshopRow]:
    """The sessions of a meeting, in the order in which they were attached."""
    query = _SESSIONS.where(col(Workshop.meeting_id) == meeting).order_by(col(Workshop.id))
    return [_row(row) for row in db.execute(query)]


# Made once: every page of an item asks.
_T, _I = metadata.tables["workshop"].c, metadata.tables["item"].c
ON_ITEM = exists().where(_T.item_id == bindparam("ident"))
_OF_ITEM = (
    select(*_T[WorkshopRow._fields[:-1]], _I.title)
    .join(metadata.tables["item"], _I.id == _T.item_id)
    .where(_T.item_id == bindparam("item"))
    .order_by(_T.id)
)


def of_item(db: Db, item: int) -> list[WorkshopRow]:
    """The sessions held on an item."""
    return [_row(row) for row in db.execute(_OF_ITEM, {"item": item})]


def current(db: Db, meeting: int, item: int | None) -> WorkshopRow | None:
    """What a meeting's live views show: the session under way, else that of the open item."""
    found = of_meeting(db, meeting)
    running = [row for row in found if row.running]
    open_ = [row for row in found if row.item_id == item]
    over = [row for row in found if row.state is WorkshopState.FINISHED]
    return next(iter((*running, *open_, *reversed(over))), None)


def workshop_access(
    db: Db, actor: Actor | None, workshop: int
) -> tuple[MeetingAccess, WorkshopRow]:
    """A session and what the reader is to its meeting; NotFound where it is invisible to them."""
    found = db.execute(_SESSIONS.where(col(Workshop.id) == workshop)).one_or_none()
    if found is None:
        raise NotFound(_("There is no such session."))
    row = _row(found)
    return meetings.meeting_access(db, actor, row.meeting_id), row


def steps(db: Db, workshop: int) -> list[StepRow]:
    """Its steps in their order."""
    found = db.execute(
        select(
            col(WorkshopStep.id),
            col(WorkshopStep.number),
            col(WorkshopStep.name),
            col(WorkshopStep.prompt),
            col(WorkshopStep.hint),
            col(WorkshopStep.minutes),
            col(WorkshopStep.form),
            col(WorkshopStep.gives),
            col(WorkshopStep.began_at),
            col(WorkshopStep.ended_at),
        )
        .where(col(WorkshopStep.workshop_id) == workshop)
        .order_by(col(WorkshopStep.number))
    )
    return [
        StepRow(
            ident,
            number,
            words.said(name),
            words.said(prompt),
            words.said(hint),
            minutes,
            Form(form),
            Gives(gives),
            *times,
        )
        for ident, number, name, prompt, hint, minutes, form, gives, *times in found
    ]


def groups(db: Db, row: WorkshopRow) -> list[GroupRow]:
    """Its groups by number."""
    venues = {venue.id: venue.name for venue in meetings.venues(db, row.meeting_id, former=True)}
    found = db.execute(
        select(
            col(WorkshopGroup.id),
            col(WorkshopGroup.number),
            col(WorkshopGroup.venue_id),
            col(WorkshopGroup.place),
            func.count(col(WorkshopSeat.member_id)),
        )
        .join(WorkshopSeat, col(WorkshopSeat.group_id) == col(WorkshopGroup.id), isouter=True)
        .where(col(WorkshopGroup.workshop_id) == row.id)
        .group_by(
            col(WorkshopGroup.id),
            col(WorkshopGroup.number),
            col(WorkshopGroup.venue_id),
            col(WorkshopGroup.place),
        )
        .order_by(col(WorkshopGroup.number))
    )
    return [
        GroupRow(ident, number, venue, venues.get(venue, ""), place, size)
        for ident, number, venue, place, size in found
    ]


def seats(db: Db, workshop: int) -> dict[int, int]:
    """Who sits in which group."""
    query = select(col(WorkshopSeat.member_id), col(WorkshopSeat.group_id))
    found = db.execute(query.where(col(WorkshopSeat.workshop_id) == workshop))
    return {seat.member_id: seat.group_id for seat in found}


@registry.resolver("workshop")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What sessions are called, for those who may see their meetings."""
    found = [_row(row) for row in db.execute(_SESSIONS.where(col(Workshop.id).in_(ids)))]
    seen = meetings.resolve(db, actor, sorted({row.meeting_id for row in found}))
    return {
        row.id: Step(
            ref("workshop", row.id),
            "workshop",
            f"{row.title}: {row.item}",
            f"/workshops/{row.id}",
            row.state_name,
        )
        for row in found
        if row.meeting_id in seen
    }
