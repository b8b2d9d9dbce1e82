"""Scans of a box's papers: attached like other files, for those who handle papers alone."""

from forum.attachments.spots import Spot, spot
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden, NotFound, SignInNeeded
from forum.base.events import Audience
from forum.base.i18n import _
from voting.papers import queries
from voting.papers.rules import WAITING

MOST = 40


@spot("papers", page="papers:box")
def scans(db: Db, actor: Actor | None, ident: int) -> Spot:
    """Attached and taken away until the box is closed; nobody else knows that they are there."""
    try:
        found, box = queries.batch_access(db, actor, ident)
    except (Forbidden, SignInNeeded):
        raise NotFound(_("There is no such box.")) from None
    counting = box.state in WAITING
    return Spot(
        title=box.name,
        url=f"/papers/{ident}",
        stream=found.poll.stream,
        sees=Audience.DESK,
        audience=Audience.DESK,
        may=counting,
        leads=counting,
        most=MOST,
        told=Audience.DESK,
    )
