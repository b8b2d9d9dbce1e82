"""The agenda of a pattern: laid out where a consultation is set up from one, and kept in one."""

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import service
from forum.agenda.models import Item, ItemKind, ItemState
from forum.agenda.rules import OFF_AGENDA
from forum.agenda.service import Draft
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import _
from forum.base.registry import react
from forum.consultations import patterns
from forum.consultations.events import TemplateSaved, TemplateUsed
from forum.consultations.models import SavedTemplate
from forum.members import queries as members


@react(TemplateUsed)
def lay_out(tx: Db, stored: Stored, event: TemplateUsed) -> None:
    """Put the items of the pattern on the agenda, in the words of whoever sets it up."""
    if stored.actor_id is None:
        return
    actor = members.actor_of(tx, stored.actor_id)
    pattern = patterns.chosen(tx, event.template)
    for point in pattern.agenda:
        body = _(point.body) if point.body else ""
        draft = Draft(_(point.title), body, ItemKind(point.kind), point.minutes)
        service.place(tx, actor, event.consultation, draft, state=ItemState.PLANNED)


@react(TemplateSaved)
def keep(tx: Db, _stored: Stored, event: TemplateSaved) -> None:
    """Put the agenda, as far as it stands at its root, into the pattern."""
    found = tx.execute(
        select(col(Item.title), col(Item.body), col(Item.kind), col(Item.minutes))
        .where(
            col(Item.consultation_id) == event.consultation,
            col(Item.parent_id).is_(None),
            col(Item.state).not_in(OFF_AGENDA),
        )
        .order_by(col(Item.path))
    )
    kept = tx.get_one(SavedTemplate, event.template)
    kept.shape = {**kept.shape, "agenda": [list(row) for row in found]}
    tx.flush()
