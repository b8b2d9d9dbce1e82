"""Leaving the waiting list of those who are invited: whoever stands behind moves up by one."""

from sqlalchemy import delete
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations.events import WaitingLeft
from forum.consultations.models import Place
from forum.consultations.service import seating


def leave_waiting(tx: Db, actor: Actor, consultation: int) -> None:
    """Wait no longer. Nobody need see a consultation to leave its list."""
    seating.sort_of(tx, consultation, actor.id)
    # In one statement: of a place that is given at this instant and this, one comes first.
    waits = (
        delete(Place)
        .where(
            col(Place.consultation_id) == consultation,
            col(Place.member_id) == actor.id,
            col(Place.seated_at).is_(None),
        )
        .returning(col(Place.id))
    )
    if tx.execute(waits).first() is None:
        raise NotFound(_("You are on no waiting list here."))
    here = ref("consultation", consultation)
    left = WaitingLeft(consultation=consultation, member=actor.id)
    record(tx, actor, left, stream=here, subject=here)
