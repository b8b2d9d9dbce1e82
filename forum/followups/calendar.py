"""Deadlines of tasks as calendars outside the house show them, for those who answer for them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlmodel import col

from forum.base import calendars
from forum.base.auth import Actor
from forum.base.calendars import Entry, Kind, State
from forum.base.db import Db
from forum.base.events import EventRow
from forum.base.refs import ref
from forum.followups import events
from forum.followups.models import Status, Task
from forum.followups.queries import COLUMNS, TaskRow, row

STATES = {
    Status.OPEN: State.NEEDS_ACTION,
    Status.RETURNED: State.NEEDS_ACTION,
    Status.ACCEPTED: State.IN_PROCESS,
    Status.IN_PROGRESS: State.IN_PROCESS,
    Status.ANSWERED: State.COMPLETED,
    Status.CLOSED: State.COMPLETED,
}
CHANGES = (
    events.TaskAssigned,
    events.TaskAccepted,
    events.TaskReturned,
    events.TaskReassigned,
    events.TaskExtended,
    events.TaskAnswered,
    events.TaskReopened,
    events.TaskClosed,
)


@calendars.calendar
def deadlines(db: Db, actor: Actor | None, _places: Sequence[str], own: bool) -> list[Entry]:
    """What somebody carries out or presses for; nobody else's."""
    if actor is None or not own:
        return []
    mine = or_(col(Task.handler_id) == actor.id, col(Task.supervisor_id) == actor.id)
    query = select(*COLUMNS).where(mine).order_by(col(Task.due).desc()).limit(calendars.MOST)
    tasks = [row(values) for values in db.execute(query)]
    changes = (
        select(col(EventRow.subject), func.count(), func.max(col(EventRow.at)))
        .where(
            col(EventRow.subject).in_([ref("task", task.id) for task in tasks]),
            col(EventRow.kind).in_([change.kind for change in CHANGES]),
        )
        .group_by(col(EventRow.subject))
    )
    past = {subject: (count - 1, last) for subject, count, last in db.execute(changes)}
    return [_entry(task, *past.get(ref("task", task.id), (0, task.assigned_at))) for task in tasks]


def _entry(task: TaskRow, changes: int, changed: datetime) -> Entry:
    return Entry(
        ref=ref("task", task.id),
        kind=Kind.TODO,
        title=task.title,
        url=f"/tasks/{task.id}",
        start=task.assigned_at,
        end=task.due,
        state=STATES[task.status],
        sequence=changes,
        changed=changed,
    )
