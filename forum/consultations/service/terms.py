"""Beginning a consultation and changing its texts and terms."""

from typing import NamedTuple

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import record
from forum.base.i18n import _
from forum.base.markup import render
from forum.base.refs import ref
from forum.consultations import queries
from forum.consultations.events import ConsultationCreated, ConsultationEdited
from forum.consultations.models import Consultation, Eligibility, Stage, StageDate, Visibility
from forum.consultations.service.common import revise
from forum.members import service as members
from forum.members.models import Role
from forum.stations import queries as stations


class Draft(NamedTuple):
    """What a moderator writes about a consultation."""

    title: str
    summary: str
    purpose: str
    visibility: Visibility
    eligibility: Eligibility
    zone: str


def create(
    tx: Db,
    actor: Actor | None,
    draft: Draft,
    *,
    station: int | None = None,
    stage: Stage = Stage.PROPOSING,
) -> int:
    """Begin a consultation; whoever begins it moderates it (None: an import, begun by nobody)."""
    if actor and not queries.may_create(tx, actor, station):
        raise Forbidden(_("Only moderators and representatives of the place may do this."))
    if station is not None and stations.station(tx, station).archived_at is not None:
        raise Conflict(_("This place is in the archive; nothing begins there."))
    now = clock.now()
    row = Consultation(
        **draft._asdict(),
        html=render(draft.purpose),
        stage=stage,
        station_id=station,
        created_by=actor.id if actor else None,
        created_at=now,
    )
    tx.add(row)
    tx.flush()
    tx.add(StageDate(consultation_id=row.id, stage=stage, began_at=now))
    here = ref("consultation", row.id)
    revision = revise(tx, actor, here, draft.title, draft.purpose)
    created = ConsultationCreated(
        consultation=row.id,
        stage=stage,
        visibility=draft.visibility,
        eligibility=draft.eligibility,
        station=station,
        revision=revision.id,
        text=revision.digest,
    )
    record(tx, actor, created, stream=here, subject=here)
    if actor:
        members.grant(tx, None, actor.id, Role.MODERATOR, here)
    return row.id


def edit(tx: Db, actor: Actor, consultation: int, draft: Draft) -> None:
    """Change the texts and terms; every earlier text is kept."""
    access = queries.access(tx, actor, consultation)
    queries.require_moderator(access)
    row = tx.get_one(Consultation, consultation)
    for name, value in draft._asdict().items():
        setattr(row, name, value)
    row.html = render(draft.purpose)
    revision = revise(tx, actor, access.stream, draft.title, draft.purpose)
    edited = ConsultationEdited(
        consultation=consultation,
        visibility=draft.visibility,
        eligibility=draft.eligibility,
        revision=revision.id,
        text=revision.digest,
    )
    record(tx, actor, edited, stream=access.stream, subject=access.stream)
