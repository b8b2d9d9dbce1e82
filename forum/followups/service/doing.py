"""Doing a task: the unit's side."""

from datetime import datetime

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.followups import events, rules
from forum.followups.models import NoteKind, Result, Status
from forum.followups.rules import Act
from forum.followups.service.common import check_date, take, tell, write
from forum.followups.service.dates import stop


def accept(tx: Db, actor: Actor, task_id: int) -> None:
    """Acknowledge the task."""
    task, _seen = take(tx, actor, task_id, Act.ACCEPT)
    task.status = Status.ACCEPTED
    tell(tx, actor, task, events.TaskAccepted())


def give_back(tx: Db, actor: Actor, task_id: int, reason: str) -> None:
    """Send the task back, saying why it is not theirs."""
    task, _seen = take(tx, actor, task_id, Act.RETURN)
    task.status = Status.RETURNED
    note, text = write(tx, actor, task, NoteKind.RETURN, reason)
    tell(tx, actor, task, events.TaskReturned(note, text))


def progress(tx: Db, actor: Actor, task_id: int, words: str) -> int:
    """A word on how it is going; the unit's first one begins the work."""
    task, seen = take(tx, actor, task_id, Act.NOTE)
    if seen.stand.handles:
        task.status = rules.after_note(seen.task.status)
    note, text = write(tx, actor, task, NoteKind.PROGRESS, words)
    tell(tx, actor, task, events.TaskProgressed(note, text))
    return note


def ask_time(tx: Db, actor: Actor, task_id: int, *, due: datetime, reason: str) -> None:
    """Ask for a later date; the representative grants it by extending."""
    task, _seen = take(tx, actor, task_id, Act.ASK_TIME)
    check_date(due, task.due)
    task.asked_due = due
    note, text = write(tx, actor, task, NoteKind.MORE_TIME, reason)
    tell(tx, actor, task, events.TimeAsked(due, note, text))


def answer(tx: Db, actor: Actor, task_id: int, *, result: Result, words: str) -> int:
    """The formal answer; what was only planned is answered a second time when it is done."""
    task, _seen = take(tx, actor, task_id, Act.ANSWER)
    task.status, task.result, task.answered_at = Status.ANSWERED, result, clock.now()
    task.asked_due = None
    stop(tx, task)
    note, text = write(tx, actor, task, NoteKind.ANSWER, words)
    tell(tx, actor, task, events.TaskAnswered(result, task.round, note, text))
    return note
