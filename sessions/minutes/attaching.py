"""Files with an outcome: the plan as it was approved, the expert's paper."""

from forum.attachments.spots import Spot, spot
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Audience
from forum.consultations import queries as consultations
from forum.consultations.rules import Deed
from sessions.minutes.models import OutcomeState
from sessions.minutes.queries import outcomes


@spot("outcome", page="minutes:outcome")
def files_of_outcome(db: Db, actor: Actor | None, outcome: int) -> Spot:
    """Whoever writes it attaches; what lies with a draft is seen by those who see the draft."""
    seen = outcomes.outcome_access(db, actor, outcome)
    writes = seen.writes and consultations.refusal(seen.access, Deed.PUBLISH) is None
    draft = seen.outcome.state is OutcomeState.DRAFT
    return Spot(
        title=seen.access.consultation.title,
        url=f"/outcomes/{outcome}",
        stream=seen.access.stream,
        sees=seen.access.audience,
        audience=Audience.PUBLIC,
        may=writes,
        leads=writes and seen.access.moderates,
        told=Audience.MODERATOR if draft else None,
    )
