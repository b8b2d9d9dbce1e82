"""Moving a consultation through its stages, by hand or as planned."""

from collections.abc import Mapping
from datetime import datetime

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.events import record, seal
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.consultations import pages, queries, rules
from forum.consultations.events import StageMoved, StagesPlanned
from forum.consultations.models import Consultation, Stage, StageDate, StageMove

STAGE_DUE = "consultations:stage"


def move_stage(tx: Db, actor: Actor, consultation: int, target: Stage, reason: str = "") -> None:
    """Bring the consultation to another stage by the moderator's hand."""
    access = queries.access(tx, actor, consultation)
    queries.require_moderator(access)
    stage = access.consultation.stage
    if stage is target:
        raise Conflict(_("The consultation is at this stage already."))
    if not rules.move_fits(stage, target, reason):
        words = _("Going back needs a reason that everybody can read.")
        raise Invalid(words, fields={"reason": words})
    _enter(tx, actor, consultation, target, reason=reason, planned=False)


def _enter(
    tx: Db, actor: Actor | None, consultation: int, target: Stage, *, reason: str, planned: bool
) -> None:
    row = tx.get_one(Consultation, consultation)
    before, row.stage = Stage(row.stage), target
    now = clock.now()
    date = tx.get(StageDate, (consultation, target))
    if date is None:
        date = StageDate(consultation_id=consultation, stage=target)
    date.began_at = now
    sealed = seal(reason)
    move = StageMove(
        consultation_id=consultation,
        before=before,
        stage=target,
        body=reason,
        salt=sealed.salt,
        moved_by=actor.id if actor else None,
        at=now,
    )
    tx.add_all([date, move])
    tx.flush()
    moved = StageMoved(
        consultation=consultation,
        before=before,
        stage=target,
        planned=planned,
        move=move.id,
        text=sealed.digest,
    )
    here = ref("consultation", consultation)
    record(tx, actor, moved, stream=here, subject=here)
    _wind(tx, consultation, target, pages.plan(tx, consultation))


def plan(tx: Db, actor: Actor, consultation: int, dates: Mapping[Stage, datetime | None]) -> None:
    """Set when the coming stages are to begin; the ticker then moves on by itself."""
    access = queries.access(tx, actor, consultation)
    queries.require_moderator(access)
    stage = access.consultation.stage
    if faults := rules.plan_faults(stage, dates):
        words = _("This stage would begin before the one ahead of it.")
        raise Invalid(words, fields={fault.value: words for fault in faults})
    for later in rules.STAGES:
        if later not in dates or not rules.follows(stage, later):
            continue
        row = tx.get(StageDate, (consultation, later))
        if row is None:
            row = StageDate(consultation_id=consultation, stage=later)
        row.planned_at = dates[later]
        tx.add(row)
    tx.flush()
    kept = pages.plan(tx, consultation)
    coming = {s: at for s, at in kept.items() if rules.follows(stage, s)}
    planned = StagesPlanned(
        consultation=consultation,
        dates={s.value: clock.iso(at) if at else "" for s, at in coming.items()},
    )
    record(tx, actor, planned, stream=access.stream, subject=access.stream)
    _wind(tx, consultation, stage, kept)


def _wind(
    tx: Db, consultation: int, stage: Stage, planned: Mapping[Stage, datetime | None]
) -> None:
    here = ref("consultation", consultation)
    ticker.cancel(tx, STAGE_DUE, here)
    if due := rules.next_due(stage, planned):
        ticker.schedule(tx, STAGE_DUE, due, here)


@ticker.due(STAGE_DUE)
def stage_due(tx: Db, subject: str) -> None:
    """Move a consultation on as planned; after downtime straight to the stage that now holds."""
    _kind, consultation = parse(subject)
    row = tx.get_one(Consultation, consultation)
    stage, planned = Stage(row.stage), pages.plan(tx, consultation)
    target = rules.due_stage(stage, planned, clock.now())
    if target is not None:
        _enter(tx, None, consultation, target, reason="", planned=True)
    else:
        _wind(tx, consultation, stage, planned)
