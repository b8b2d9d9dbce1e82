"""Putting a closed consultation away and bringing it back; keeping one as a pattern for others."""

from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.consultations import pages, patterns, queries
from forum.consultations.events import ConsultationArchived, ConsultationRestored, TemplateSaved
from forum.consultations.models import Consultation, SavedTemplate, Stage, StageDate, StageMove
from forum.members import queries as members
from forum.members.models import Role


def archive(tx: Db, actor: Actor, consultation: int) -> None:
    """Put it away: read-only, in no list, its address stays."""
    access = queries.access(tx, actor, consultation)
    queries.require_moderator(access)
    if access.consultation.stage is not Stage.CLOSED:
        raise Conflict(_("Close the consultation first; then it can go into the archive."))
    tx.get_one(Consultation, consultation).archived_at = clock.now()
    tx.flush()
    record(
        tx,
        actor,
        ConsultationArchived(consultation),
        stream=access.stream,
        subject=access.stream,
    )


def restore(tx: Db, actor: Actor, consultation: int) -> None:
    """Bring it back into the lists, closed as it was."""
    access = queries.access(tx, actor, consultation)
    if not access.moderates:
        raise Forbidden(_("Only the moderators of this consultation may do this."))
    if access.consultation.archived_at is None:
        raise Conflict(_("This consultation is not in the archive."))
    tx.get_one(Consultation, consultation).archived_at = None
    tx.flush()
    record(
        tx,
        actor,
        ConsultationRestored(consultation),
        stream=access.stream,
        subject=access.stream,
    )


def save_template(tx: Db, actor: Actor, consultation: int, name: str) -> int:
    """Keep its stages, words, terms and agenda as a pattern for others of its place."""
    access = queries.access(tx, actor, consultation)
    if not access.moderates:
        raise Forbidden(_("Only the moderators of this consultation may do this."))
    row = access.consultation
    planned = pages.plan(tx, consultation)
    first, began = _first(tx, consultation, row.stage), row.created_at
    started = select(StageDate).where(col(StageDate.consultation_id) == consultation)
    planned |= {Stage(d.stage): d.began_at for d in tx.exec(started) if d.began_at is not None}
    kept = SavedTemplate(
        station_id=row.station_id,
        name=name,
        shape={
            "title": row.title,
            "summary": row.summary,
            "purpose": pages.purpose_source(tx, consultation),
            "days": patterns.lengths(planned, first, began),
            "roles": [Role.SECRETARY.value, Role.REPRESENTATIVE.value],
            "visibility": row.visibility.value,
            "eligibility": row.eligibility.value,
        },
        saved_by=actor.id,
        saved_at=clock.now(),
    )
    tx.add(kept)
    tx.flush()
    saved = TemplateSaved(consultation=consultation, template=kept.id)
    record(tx, actor, saved, stream=access.stream, subject=access.stream)
    return kept.id


def _first(tx: Db, consultation: int, now: Stage) -> Stage:
    """The stage with which it began."""
    moves = select(StageMove.before).where(col(StageMove.consultation_id) == consultation)
    earliest = tx.exec(moves.order_by(col(StageMove.id)).limit(1)).one_or_none()
    return Stage(earliest or now)


def remove_template(tx: Db, actor: Actor, template: int) -> None:
    """Offer a pattern no longer; what was made from it stays."""
    row = tx.get(SavedTemplate, template)
    if row is None or row.removed_at is not None:
        raise NotFound(_("There is no such template here."))
    if not queries.may_create(tx, actor, row.station_id):
        raise Forbidden(_("Only moderators and representatives of the place may do this."))
    if row.saved_by != actor.id and not members.administrates(tx, actor):
        raise Forbidden(_("Only who saved it, or an administrator, takes it out."))
    row.removed_at = clock.now()
    tx.flush()
