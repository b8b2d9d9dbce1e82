"""Who may vote outside a meeting: the consultation's eligible members at the opening."""

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlmodel import col

from forum.base import clock
from forum.base.db import Db
from forum.base.minors import Minor
from forum.consultations.models import Consultation, Eligibility, Participant, Visibility
from forum.consultations.queries import places
from forum.consultations.rules import STAFF
from forum.members.models import (
    PLATFORM,
    Member,
    Role,
    RoleGrant,
    StandingKind,
    StandingMark,
)
from forum.members.queries import holds
from voting.polls.rules import RollEntry


def eligible(db: Db, consultation: int) -> list[RollEntry]:
    """Everybody who may read the consultation and take part in it, and is not shut out.

    Where only the list takes part, staff who are not on it lead the vote and do not vote. A mute
    takes away words, never the vote. A child without a guardian's consent is on no roll.
    """
    visibility, eligibility, station = db.execute(
        select(
            col(Consultation.visibility),
            col(Consultation.eligibility),
            col(Consultation.station_id),
        ).where(col(Consultation.id) == consultation)
    ).one()
    here = [PLATFORM, *places(db, consultation, station)]
    now = clock.now()
    banned = exists().where(
        col(StandingMark.member_id) == col(Member.id),
        col(StandingMark.kind) == StandingKind.BANNED,
        col(StandingMark.place).in_(here),
        holds(StandingMark, now),
    )
    listed = exists().where(
        col(Participant.member_id) == col(Member.id),
        col(Participant.consultation_id) == consultation,
    )

    def holding(*roles: Role) -> ColumnElement[bool]:
        return exists().where(
            col(RoleGrant.member_id) == col(Member.id),
            col(RoleGrant.role).in_(roles),
            col(RoleGrant.place).in_(here),
            holds(RoleGrant, now),
        )

    takes_part: ColumnElement[bool] = true()
    if eligibility == Eligibility.LISTED:
        takes_part = listed
    elif visibility != Visibility.PUBLIC:
        takes_part = or_(listed, holding(*STAFF))
        if visibility == Visibility.MEMBERS:
            resident = true() if station is None else holding(Role.RESIDENT)
            takes_part = or_(takes_part, resident)
    awake = col(Member.minor).is_distinct_from(Minor.WAITING)
    there = col(Member.erased_at).is_(None)
    query = select(col(Member.id)).where(there, awake, ~banned, takes_part)
    return [RollEntry(ident) for ident in db.execute(query.order_by(col(Member.id))).scalars()]
