"""Files with an agenda item: the plan, the offers, the photographs of the briefing."""

from forum.agenda import queries
from forum.attachments.spots import Spot, spot
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Audience


@spot("item", page="agenda:item")
def files_of_item(db: Db, actor: Actor | None, item: int) -> Spot:
    """Whoever may edit the item attaches, and takes away."""
    access, row = queries.item_access(db, actor, item)
    edits = queries.may_edit(access, row)
    return Spot(
        title=row.title,
        url=f"/items/{item}",
        stream=access.stream,
        sees=access.audience,
        audience=Audience.PUBLIC,
        may=edits,
        leads=edits and access.moderates,
    )
