"""Small groups: dealt out, moved by hand, given a place; whoever comes late sits down too."""

from collections import defaultdict

from sqlalchemy import delete, func
from sqlmodel import col, select

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Stored
from forum.base.i18n import _
from forum.base.refs import parse
from forum.members import queries as members
from sessions.meetings import presence
from sessions.meetings.events import CheckedIn, Moved
from sessions.meetings.models import Attendance
from sessions.meetings.service.common import require_unfinished
from sessions.workshop import rules
from sessions.workshop.events import GroupPlaced, GroupsDealt, SeatTaken
from sessions.workshop.models import (
    Workshop,
    WorkshopGroup,
    WorkshopNote,
    WorkshopSeat,
    WorkshopState,
)
from sessions.workshop.rules import Sized
from sessions.workshop.service.common import Held, found, led, table, tell


def deal(tx: Db, actor: Actor, workshop: int, number: int) -> list[int]:
    """Deal everybody present out to so many groups; until a group has written, this can be redone.

    In the order of their coming, so that those who came together sit apart.
    """
    held = led(tx, actor, workshop)
    _require_unfinished(held)
    if number not in range(1, rules.GROUPS_MOST + 1):
        words = _("A number from %(min)s to %(max)s.") % {"min": 1, "max": rules.GROUPS_MOST}
        raise Invalid(words, fields={"number": words})
    if _written(tx, workshop):
        raise Conflict(_("The groups have written already. Move people one by one."))
    halls = _halls(tx, held)
    if not halls:
        raise Conflict(_("Nobody is here yet."))
    for model in (WorkshopSeat, WorkshopGroup):
        tx.execute(delete(model).where(col(model.workshop_id) == workshop))
    made = []
    sizes: dict[str, int] = {}
    for count, (venue, people) in enumerate(rules.deal(halls, number), 1):
        group = WorkshopGroup(workshop_id=workshop, number=count, venue_id=venue)
        tx.add(group)
        tx.flush()
        tx.add_all(
            WorkshopSeat(workshop_id=workshop, member_id=member, group_id=group.id)
            for member in people
        )
        made.append(group.id)
        sizes[str(count)] = len(people)
    tx.flush()
    tell(tx, actor, held.row, GroupsDealt(workshop, sizes))
    return made


def _written(tx: Db, workshop: int) -> bool:
    """Whether any group has written."""
    query = select(WorkshopNote.id).where(
        col(WorkshopNote.workshop_id) == workshop, col(WorkshopNote.group_id).is_not(None)
    )
    return tx.exec(query.limit(1)).first() is not None


def _require_unfinished(held: Held) -> None:
    require_unfinished(held.access)
    if held.row.state == WorkshopState.FINISHED:
        raise Conflict(_("The session is over."))


def _halls(tx: Db, held: Held) -> dict[int, list[int]]:
    """Who is where, in the order of coming; whoever leads the session sits in no group."""
    there = select(col(Attendance.venue_id), col(Attendance.member_id)).where(
        col(Attendance.meeting_id) == held.row.meeting_id, col(Attendance.out_at).is_(None)
    )
    people = tx.execute(there.order_by(col(Attendance.in_at), col(Attendance.id))).all()
    halls: dict[int, list[int]] = defaultdict(list)
    for venue, member in people:
        if member != held.row.facilitator_id:
            halls[venue].append(member)
    return dict(halls)


def move(tx: Db, actor: Actor, workshop: int, member: int, group: int) -> None:
    """Let somebody sit in another group, or sit down who sat nowhere."""
    held = led(tx, actor, workshop)
    _require_unfinished(held)
    _of(tx, held.row, group)
    if not presence.here(tx, held.row.meeting_id, [member]):
        raise Conflict(_("Check in first: only who is present may do this."))
    _sit(tx, actor, held.row, member, group)


def _of(tx: Db, row: Workshop, group: int) -> WorkshopGroup:
    made = tx.get(WorkshopGroup, group)
    if made is None or made.workshop_id != row.id:
        raise NotFound(_("There is no such group in this session."))
    return made


def place(tx: Db, actor: Actor, workshop: int, group: int, words: str) -> None:
    """Say where a group sits: a table, a corner, a room online."""
    held = found(tx, actor, workshop)
    made = _of(tx, held.row, group)
    if not held.leads and made.venue_id not in {desk.id for desk in held.access.desks}:
        raise Forbidden(_("Only the facilitator or the chair may do this."))
    _require_unfinished(held)
    if made.place == words.strip():
        return
    made.place = words.strip()[: rules.THEME_MOST]
    tx.flush()
    tell(tx, actor, held.row, GroupPlaced(workshop, group))


def _sit(tx: Db, actor: Actor | None, row: Workshop, member: int, group: int) -> None:
    seat = tx.get(WorkshopSeat, (row.id, member))
    before = seat.group_id if seat else None
    if before == group:
        return
    if seat is None:
        tx.add(WorkshopSeat(workshop_id=row.id, member_id=member, group_id=group))
    else:
        seat.group_id = group
    tx.flush()
    tell(tx, actor, row, SeatTaken(row.id, member, group, before))
    by = actor or members.actor_of(tx, member)
    table(tx, by, row, group, member)


@registry.react(CheckedIn, Moved)
def sit_down(tx: Db, stored: Stored, event: CheckedIn | Moved) -> None:
    """Who comes late joins the smallest group there; so does who changes their venue in time.

    Once a group has written, whoever has a seat keeps it, also at another venue or on another day.
    """
    meeting = parse(stored.stream)[1]
    query = select(Workshop).where(
        col(Workshop.meeting_id) == meeting, col(Workshop.state) != WorkshopState.FINISHED
    )
    for row in tx.exec(query).all():
        groups = _sizes(tx, row.id)
        if groups and event.member != row.facilitator_id:
            _join(tx, stored, row, groups, event.member, event.venue)


def _sizes(tx: Db, workshop: int) -> list[Sized]:
    found = tx.execute(
        select(
            col(WorkshopGroup.id),
            col(WorkshopGroup.venue_id),
            func.count(col(WorkshopSeat.member_id)),
        )
        .join(WorkshopSeat, col(WorkshopSeat.group_id) == col(WorkshopGroup.id), isouter=True)
        .where(col(WorkshopGroup.workshop_id) == workshop)
        .group_by(col(WorkshopGroup.id), col(WorkshopGroup.venue_id))
    )
    return [Sized(*line) for line in found]


def _join(
    tx: Db, stored: Stored, row: Workshop, groups: list[Sized], member: int, venue: int
) -> None:
    seat = tx.get(WorkshopSeat, (row.id, member))
    old = next((one for one in groups if seat and one.id == seat.group_id), None)
    if old is not None and (old.venue == venue or _written(tx, row.id)):
        return
    group = rules.smallest(groups, venue)
    if group is None:
        made = WorkshopGroup(workshop_id=row.id, number=len(groups) + 1, venue_id=venue)
        tx.add(made)
        tx.flush()
        group = made.id
    actor = members.actor_of(tx, stored.actor_id) if stored.actor_id else None
    _sit(tx, actor, row, member, group)
