"""What one person sees of a session beside everybody: their group, their notes, their positions."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.members import queries as members
from sessions.meetings import presence
from sessions.meetings.models import MeetingState
from sessions.meetings.queries import MeetingAccess
from sessions.workshop import rules
from sessions.workshop.models import (
    Form,
    Gives,
    Stance,
    WorkshopNote,
    WorkshopOption,
    WorkshopPosition,
)
from sessions.workshop.queries.board import Board, Note, notes
from sessions.workshop.queries.rows import GroupRow, seats
from sessions.workshop.rules import Stand


class Mine(NamedTuple):
    """One's own part."""

    signed_in: bool = False
    leads: bool = False
    here: bool = False
    entitled: bool = False
    group: GroupRow | None = None
    table: Sequence[str] = ()
    notes: Sequence[Note] = ()
    may_write: bool = False
    may_stand: bool = False
    stands: Mapping[int, Stand] = {}
    desk: Sequence[tuple[int, str]] = ()
    may_move: bool = False


def mine(db: Db, access: MeetingAccess, now: Board) -> Mine:
    """One's own part in a session; a guest has none. The verbs judge again."""
    actor, row = access.actor, now.workshop
    if actor is None:
        return Mine()
    standing = members.standing(db, actor, (*access.access.places, access.stream))
    leads = rules.leads(
        chairs=access.chairs, named=row.facilitator_id == actor.id, banned=standing.banned
    )
    here = bool(presence.here(db, row.meeting_id, [actor.id]))
    entitled = presence.entitled(db, row.meeting_id, [actor.id]).get(actor.id, False)
    sitting = seats(db, row.id)
    group = next((one for one in now.groups if one.id == sitting.get(actor.id)), None)
    open_ = row.running and access.meeting.state is MeetingState.IN_SESSION
    votes = open_ and here and entitled and not standing.banned and not actor.asleep
    gives = now.step.gives if now.step else Gives.NOTHING
    seated = group is not None or (now.step is not None and now.step.form is not Form.GROUPS)
    fellows = [member for member, seat in sitting.items() if group and seat == group.id]
    return Mine(
        True,
        leads,
        here,
        entitled,
        group,
        sorted(members.names(db, fellows).values()),
        own_notes(db, now, actor.id, group),
        votes and not standing.muted and gives is Gives.NOTES and seated,
        votes and gives is Gives.POSITIONS,
        stands(db, row.id, actor.id),
        _desk(db, access) if open_ and gives is not Gives.NOTHING else (),
        votes and not standing.muted and access.meeting.current_item_id == row.item_id,
    )


def own_notes(db: Db, now: Board, member: int, group: GroupRow | None) -> list[Note]:
    """What my table, or I alone, have written in the present step."""
    if now.step is None or now.step.gives is not Gives.NOTES:
        return []
    at = col(WorkshopNote.step_id) == now.step.id
    ours = col(WorkshopNote.group_id) == group.id if group else col(WorkshopNote.group_id).is_(None)
    if now.step.form is not Form.GROUPS or group is None:
        ours = (col(WorkshopNote.author_id) == member) | (col(WorkshopNote.recorded_by) == member)
    return notes(db, now.workshop, now.groups, at, ours)


def stands(db: Db, workshop: int, member: int) -> dict[int, Stand]:
    """Where somebody stands now; for their own eyes."""
    found = db.execute(
        select(
            col(WorkshopPosition.option_id),
            col(WorkshopPosition.stance),
            col(WorkshopPosition.reason),
            col(WorkshopPosition.named),
        )
        .join(WorkshopOption, col(WorkshopOption.id) == col(WorkshopPosition.option_id))
        .where(
            col(WorkshopOption.workshop_id) == workshop, col(WorkshopPosition.member_id) == member
        )
    )
    return {option: Stand(Stance(stance), reason, named) for option, stance, reason, named in found}


def _desk(db: Db, access: MeetingAccess) -> list[tuple[int, str]]:
    """For whom the reader writes as a desk: those on the roll who are there."""
    desks = {venue.id for venue in access.desks}
    if not desks or access.actor is None:
        return []
    return [
        (person.member_id, person.name)
        for venue in sorted(desks)
        for person in presence.desk(db, access.meeting.id, venue=venue, limit=500)
        if person.entitled and person.member_id != access.actor.id
    ]
