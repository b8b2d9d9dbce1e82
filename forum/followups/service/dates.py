"""What the clock does to a task: a reminder before its date, and the word that it is overdue."""

from forum.base import clock, ticker
from forum.base.db import Db
from forum.base.refs import parse, ref
from forum.followups import events, rules
from forum.followups.models import Task
from forum.followups.service.common import tell

DUE, SOON = "followups:due", "followups:soon"


def set_dates(tx: Db, task: Task) -> None:
    """Have the clock ring for the task's date, and before it; former dates ring no more."""
    stop(tx, task)
    subject, soon = ref("task", task.id), rules.reminder(clock.now(), task.due)
    ticker.schedule(tx, DUE, task.due, subject)
    if soon is not None:
        ticker.schedule(tx, SOON, soon, subject)


def stop(tx: Db, task: Task) -> None:
    """The clock rings no more for this task."""
    for kind in (DUE, SOON):
        ticker.cancel(tx, kind, ref("task", task.id))


@ticker.due(DUE)
def fall_due(tx: Db, subject: str) -> None:
    """The date has come: without an answer by now the task is overdue."""
    task = tx.get(Task, parse(subject)[1])
    if task is not None and rules.overdue(task.status, task.due, clock.now()):
        tell(tx, None, task, events.TaskOverdue(task.due))


@ticker.due(SOON)
def come_near(tx: Db, subject: str) -> None:
    """The date is near; said late (after a downtime) it would only repeat the word overdue."""
    task = tx.get(Task, parse(subject)[1])
    if task is not None and task.status in rules.ACTIVE and clock.now() < task.due:
        tell(tx, None, task, events.TaskDueSoon(task.due))
