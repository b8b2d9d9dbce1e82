"""How a task ends: those concerned judge the answer, then the representative closes it."""

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.events import seal
from forum.base.i18n import _
from forum.followups import events, queries, rules
from forum.followups.models import NoteKind, Rating, Result, Status, TaskRating
from forum.followups.rules import Act
from forum.followups.service.common import take, tell, write
from forum.followups.service.dates import set_dates


def rate(tx: Db, actor: Actor, task_id: int, *, rating: Rating, words: str = "") -> None:
    """Judge the answer, once a round; "not satisfied" needs a reason and has it done again."""
    task, _seen = take(tx, actor, task_id, Act.RATE)
    if queries.own_rating(tx, task_id, task.round, actor.id) is not None:
        raise Conflict(_("You have rated this answer already."))
    if rules.reopens(rating) and not words:
        missing = _("Say what is missing, so that it can be done.")
        raise Invalid(missing, fields={"body": missing})
    sealed = seal(words)
    row = TaskRating(
        task_id=task_id,
        round=task.round,
        member_id=actor.id,
        rating=rating,
        at=clock.now(),
        body=words,
        salt=sealed.salt,
    )
    tx.add(row)
    tx.flush()
    tell(tx, actor, task, events.TaskRated(rating, task.round, row.id, sealed.digest))
    if rules.reopens(rating):
        task.round, task.status = task.round + 1, Status.IN_PROGRESS
        task.due = max(task.due, clock.now() + rules.REDO_TIME)
        set_dates(tx, task)
        tell(tx, None, task, events.TaskReopened(task.round, task.due))


def close(tx: Db, actor: Actor, task_id: int, words: str = "") -> None:
    """Declare it done, after those concerned had their say."""
    task, seen = take(tx, actor, task_id, Act.CLOSE)
    if seen.task.result is Result.PLANNED:
        raise Conflict(_("It is only planned: it stays on the list until it is done."))
    ratings = queries.ratings_of_round(tx, task_id, task.round)
    if not rules.may_end(seen.task.result, task.answered_at, ratings, clock.now()):
        raise Conflict(_("Those concerned have seven days to rate the answer first."))
    task.status, task.closed_at = Status.CLOSED, clock.now()
    note, text = write(tx, actor, task, NoteKind.CLOSING, words)
    tell(tx, actor, task, events.TaskClosed(note, text))
