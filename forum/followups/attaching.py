"""Files with a task: photographs of the work, the receipt, the letter."""

from forum.attachments.spots import Spot, spot
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Audience
from forum.followups import queries
from forum.followups.rules import Act


@spot("task", page="followups:task")
def files_of_task(db: Db, actor: Actor | None, task: int) -> Spot:
    """Whoever may write about its progress attaches; who presses for it may take away."""
    seen = queries.access(db, actor, task)
    writes = seen.may(Act.NOTE) or seen.may(Act.ANSWER)
    return Spot(
        title=seen.task.title,
        url=f"/tasks/{task}",
        stream=seen.task.place,
        sees=seen.audience,
        audience=Audience(seen.task.audience),
        may=writes,
        leads=seen.stand.supervises or seen.stand.manages,
    )
