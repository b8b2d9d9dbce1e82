"""What of themes and positions goes into the record when a step is over."""

import secrets

from sqlalchemy import func
from sqlmodel import col, select

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import sealed_digest
from sessions.workshop.models import (
    Stance,
    Workshop,
    WorkshopNote,
    WorkshopObjection,
    WorkshopOption,
    WorkshopPosition,
    WorkshopTheme,
)
from sessions.workshop.result_events import (
    ObjectionKept,
    ObjectionWithdrawn,
    OptionCounted,
    ThemeKept,
)
from sessions.workshop.service.common import tell


def themes(tx: Db, workshop: int) -> list[WorkshopTheme]:
    """The themes that stand, in their order."""
    query = select(WorkshopTheme).where(
        col(WorkshopTheme.workshop_id) == workshop, col(WorkshopTheme.gone).is_(False)
    )
    return list(tx.exec(query.order_by(col(WorkshopTheme.number))))


def options(tx: Db, workshop: int) -> list[WorkshopOption]:
    """The options that stand, in their order."""
    query = select(WorkshopOption).where(
        col(WorkshopOption.workshop_id) == workshop, col(WorkshopOption.gone).is_(False)
    )
    return list(tx.exec(query.order_by(col(WorkshopOption.number))))


def keep_themes(tx: Db, actor: Actor, row: Workshop) -> None:
    """Tell of each theme that is another than when the log last told of it."""
    sizes = dict(
        tx.exec(
            select(col(WorkshopNote.theme_id), func.count())
            .where(
                col(WorkshopNote.workshop_id) == row.id,
                col(WorkshopNote.theme_id).is_not(None),
                col(WorkshopNote.struck).is_(False),
            )
            .group_by(col(WorkshopNote.theme_id))
        ).all()
    )
    for theme in themes(tx, row.id):
        now = (theme.wording_id, sizes.get(theme.id, 0))
        if now == (theme.kept_wording, theme.kept_notes):
            continue
        theme.kept_wording, theme.kept_notes = now
        tx.flush()
        kept = ThemeKept(row.id, theme.id, theme.number, theme.wording_id or 0, now[1])
        tell(tx, actor, row, kept)


def count(tx: Db, row: Workshop) -> None:
    """Count the positions on every option; the machine tells it, so that no name stands by it."""
    found = options(tx, row.id)
    given = tx.exec(
        select(WorkshopPosition).where(
            col(WorkshopPosition.option_id).in_([option.id for option in found])
        )
    ).all()
    before = any(option.support is not None for option in found)
    for option in found if given or before else ():
        stances = [Stance(one.stance) for one in given if one.option_id == option.id]
        option.support = stances.count(Stance.SUPPORT)
        option.live = stances.count(Stance.LIVE)
        option.object = stances.count(Stance.OBJECT)
        tx.flush()
        counted = OptionCounted(
            row.id,
            option.id,
            option.number,
            option.wording_id or 0,
            option.support,
            option.live,
            option.object,
        )
        tell(tx, None, row, counted)
    _keep_objections(tx, row, found, [one for one in given if one.stance == Stance.OBJECT])


def withdraw(tx: Db, row: Workshop, objection: WorkshopObjection) -> None:
    """An objection no longer stands; the machine tells it."""
    objection.withdrawn = True
    tx.flush()
    tell(tx, None, row, ObjectionWithdrawn(row.id, objection.id))


def _keep_objections(
    tx: Db, row: Workshop, found: list[WorkshopOption], given: list[WorkshopPosition]
) -> None:
    numbers = {option.id: option.number for option in found}
    before = tx.exec(
        select(WorkshopObjection).where(
            col(WorkshopObjection.option_id).in_(list(numbers)),
            col(WorkshopObjection.withdrawn).is_(False),
        )
    ).all()
    upheld = {(one.option_id, one.member_id, one.reason, one.named) for one in given}
    stands = {(old.option_id, old.member_id, old.body, old.named) for old in before}
    for old in before:
        if (old.option_id, old.member_id, old.body, old.named) not in upheld:
            withdraw(tx, row, old)
    fresh = [
        WorkshopObjection(
            option_id=one.option_id,
            member_id=one.member_id,
            named=one.named,
            body=one.reason,
            salt=secrets.token_hex(16),
        )
        for one in given
        if (one.option_id, one.member_id, one.reason, one.named) not in stands
    ]
    # In the order of their salts: the ids tell nothing of who gave the reason, or when.
    for made in sorted(fresh, key=lambda one: (numbers[one.option_id], one.salt)):
        tx.add(made)
        tx.flush()
        kept = ObjectionKept(
            row.id,
            made.option_id,
            numbers[made.option_id],
            made.id,
            made.member_id if made.named else None,
            sealed_digest(made.salt or "", made.body),
        )
        tell(tx, None, row, kept)
