"""The words of a meeting's sessions, for its minutes."""

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from sessions.workshop.models import (
    Workshop,
    WorkshopObjection,
    WorkshopOption,
    WorkshopStep,
    WorkshopTheme,
    WorkshopWording,
)


def quoted(db: Db, meeting: int) -> dict[tuple[str, int], str]:
    """Names of steps, headings, options and objections, by what they are and their id."""
    here = col(Workshop.meeting_id) == meeting
    names = select(col(WorkshopStep.id), col(WorkshopStep.name)).join(
        Workshop, col(Workshop.id) == col(WorkshopStep.workshop_id)
    )
    themes = (
        select(col(WorkshopWording.id), col(WorkshopWording.body))
        .join(WorkshopTheme, col(WorkshopTheme.id) == col(WorkshopWording.theme_id))
        .join(Workshop, col(Workshop.id) == col(WorkshopTheme.workshop_id))
    )
    options = (
        select(col(WorkshopWording.id), col(WorkshopWording.body))
        .join(WorkshopOption, col(WorkshopOption.id) == col(WorkshopWording.option_id))
        .join(Workshop, col(Workshop.id) == col(WorkshopOption.workshop_id))
    )
    against = (
        select(col(WorkshopObjection.id), col(WorkshopObjection.body))
        .join(WorkshopOption, col(WorkshopOption.id) == col(WorkshopObjection.option_id))
        .join(Workshop, col(Workshop.id) == col(WorkshopOption.workshop_id))
    )
    return {
        (kind, ident): body
        for kind, query in (
            ("workshop_step", names),
            ("workshop_wording", themes),
            ("workshop_wording", options),
            ("objection", against),
        )
        for ident, body in db.execute(query.where(here))
    }
