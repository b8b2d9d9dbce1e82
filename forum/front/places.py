"""Where somebody takes part: their stations, and the consultations that they are part of."""

from typing import NamedTuple

from sqlalchemy import or_, select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.registry import Step
from forum.consultations import queries as consultations
from forum.consultations.models import Consultation, Participant, Stage
from forum.members import queries as members
from forum.members.models import Role

MOST = 12


class Places(NamedTuple):
    """Stations and consultations, open ones first; `more` where there are others besides.

    What lies in the archive stands apart, the latest first.
    """

    stations: list[Step]
    consultations: list[Step]
    archived: list[Step]
    more: bool


def mine(db: Db, actor: Actor) -> Places:
    """The places where somebody holds a role or stands on a list, as many as a menu holds."""
    held = [place for place in members.places_of(db, actor) if place.startswith("station:")]
    named = members.place_names(db, actor, held)
    ident = col(Consultation.id)
    on_list = select(col(Participant.consultation_id)).where(col(Participant.member_id) == actor.id)
    part = or_(ident.in_(consultations.held(db, actor, list(Role))), ident.in_(on_list))
    shelved = col(Consultation.archived_at)
    theirs = select(ident).where(part, ident.in_(consultations.readable(db, actor)))
    order = (col(Consultation.stage) == Stage.CLOSED, ident.desc())
    found = theirs.where(shelved.is_(None)).order_by(*order).limit(MOST + 1)
    ids = list(db.execute(found).scalars())
    away = theirs.where(shelved.is_not(None)).order_by(shelved.desc()).limit(MOST)
    old = list(db.execute(away).scalars())
    steps = consultations.resolve(db, actor, [*ids[:MOST], *old])
    return Places(
        [named[place] for place in held if place in named][:MOST],
        [steps[known] for known in ids[:MOST] if known in steps],
        [steps[known] for known in old if known in steps],
        more=len(ids) > MOST or len(held) > MOST,
    )
