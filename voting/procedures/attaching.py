"""Files with a stage: a photograph of the board, the signed sheet, the notice."""

from forum.attachments.spots import Spot, spot
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Audience
from voting.procedures import queries
from voting.procedures.models import StageState

EMPTY = (StageState.AHEAD, StageState.KEPT)


@spot("stage", page="procedures:stage")
def files_of_stage(db: Db, actor: Actor | None, stage: int) -> Spot:
    """Whoever writes down what came of it attaches, once something was."""
    found, one = queries.stage_access(db, actor, stage)
    closed = found.access.consultation.archived_at is not None
    return Spot(
        title=found.item.title,
        url=f"/procedures/stages/{stage}",
        stream=found.access.stream,
        sees=found.access.audience,
        audience=Audience.PUBLIC,
        may=found.records and one.state not in EMPTY and not closed,
        leads=found.manages and not closed,
    )
