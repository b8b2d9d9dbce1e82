"""Who takes part and who works here: the list of participants, and roles held in the process."""

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import record
from forum.base.i18n import _
from forum.consultations import queries
from forum.consultations.events import ParticipantListed, ParticipantUnlisted
from forum.consultations.models import Participant
from forum.consultations.service import seating
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role


def enlist(tx: Db, actor: Actor, consultation: int, member: int) -> None:
    """Put somebody on the list: they may read it, and speak where only the list may."""
    access = queries.access(tx, actor, consultation)
    queries.require_moderator(access)
    members.actor_of(tx, member)
    seating.sort_of(tx, consultation, member)
    if tx.get(Participant, (consultation, member)):
        raise Conflict(_("This person is among the participants already."))
    row = Participant(
        consultation_id=consultation, member_id=member, added_by=actor.id, added_at=clock.now()
    )
    tx.add(row)
    listed = ParticipantListed(consultation=consultation, member=member)
    record(tx, actor, listed, stream=access.stream, subject=access.stream)
    seating.enlisted(tx, actor, consultation, member)


def strike(tx: Db, actor: Actor, consultation: int, member: int) -> None:
    """Take somebody off the list; what they said stays."""
    access = queries.access(tx, actor, consultation)
    queries.require_moderator(access)
    seating.sort_of(tx, consultation, member)
    row = tx.get(Participant, (consultation, member))
    if row is None:
        raise Conflict(_("This person is not on the list."))
    tx.delete(row)
    unlisted = ParticipantUnlisted(consultation=consultation, member=member)
    record(tx, actor, unlisted, stream=access.stream, subject=access.stream)
    seating.leave_place(tx, actor, consultation, member)


def appoint(tx: Db, actor: Actor, consultation: int, member: int, role: Role) -> None:
    """Give somebody a role in this consultation."""
    access = queries.access(tx, actor, consultation)
    queries.require_unarchived(access)
    here, *around = access.places
    accounts.grant(tx, actor, member, role, here, within=around)


def dismiss(tx: Db, actor: Actor, consultation: int, member: int, role: Role) -> None:
    """End somebody's role in this consultation."""
    access = queries.access(tx, actor, consultation)
    queries.require_unarchived(access)
    here, *around = access.places
    accounts.revoke(tx, actor, member, role, here, within=around)
