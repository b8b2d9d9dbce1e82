"""Giving a task, and pressing for it: the representative's side."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.refs import ref
from forum.followups import events, rules
from forum.followups.models import NoteKind, Status, Task, TaskConcern
from forum.followups.rules import Act
from forum.followups.service.common import check_date, check_hands, take, tell, write
from forum.followups.service.dates import set_dates
from forum.members import queries as members
from forum.members.models import Role


def assign(
    tx: Db,
    actor: Actor | None,
    *,
    place: str,
    places: Sequence[str],
    title: str,
    body: str,
    supervisor_id: int,
    due: datetime,
    handler_id: int | None = None,
    unit: str = "",
    cites: str,
    relation: Relation = Relation.FULFILS,
    concerned: Iterable[int] = (),
    audience: Audience = Audience.PUBLIC,
) -> int:
    """Give a task because of what `cites` names (a decision, a matter).

    Who may give one is the rule of the room that calls. `place` is the stream whose readers see
    it, `places` are those whose roles count; `concerned` are told and asked for their rating.
    """
    check_hands(handler_id, unit, supervisor_id)
    check_date(due)
    task = Task(
        place=place,
        places=list(places),
        audience=int(audience),
        title=title,
        unit=unit,
        handler_id=handler_id,
        supervisor_id=supervisor_id,
        due=due,
        assigned_at=clock.now(),
    )
    tx.add(task)
    tx.flush()
    for member_id in sorted({*concerned} - {handler_id, supervisor_id}):
        tx.add(TaskConcern(task_id=task.id, member_id=member_id))
    link(tx, ref("task", task.id), relation, cites)
    note, text = write(tx, actor, task, NoteKind.BRIEF, body)
    set_dates(tx, task)
    tell(tx, actor, task, events.TaskAssigned(handler_id, supervisor_id, due, note, text))
    return task.id


def reassign(
    tx: Db,
    actor: Actor,
    task_id: int,
    *,
    handler_id: int | None,
    unit: str,
    due: datetime,
    reason: str,
) -> None:
    """Another unit gets the task; it starts open again."""
    task, _seen = take(tx, actor, task_id, Act.REASSIGN)
    check_hands(handler_id, unit, task.supervisor_id)
    _check_office(tx, handler_id, task)
    check_date(due)
    former = task.handler_id
    task.handler_id, task.unit, task.due = handler_id, unit, due
    task.status, task.asked_due = Status.OPEN, None
    note, text = write(tx, actor, task, NoteKind.REASSIGNMENT, reason)
    set_dates(tx, task)
    tell(tx, actor, task, events.TaskReassigned(handler_id, former, due, note, text))


def narrow(tx: Db, task_id: int, audience: Audience) -> None:
    """Let fewer people read a task, as what it is about is not for all any more; never more.

    Whether it has come to that is judged, and told, by the room that gave the task.
    """
    # Behind the lock: of two that narrow at once the wider one must not be the last word.
    task = tx.get_one(Task, task_id, with_for_update=True, populate_existing=True)
    task.audience = max(task.audience, int(audience))
    tx.flush()


def _check_office(tx: Db, handler_id: int | None, task: Task) -> None:
    """Whoever gets the task reads it: so only those who hold the office here."""
    holders = {who.id for who in members.holders(tx, Role.HANDLER, task.places)}
    if handler_id is not None and handler_id not in holders:
        words = _("Choose one of those who hold this office here.")
        raise Invalid(words, fields={"handler": words})


def extend(tx: Db, actor: Actor, task_id: int, *, due: datetime, reason: str) -> None:
    """Move the date; the reason is for all to read, the former date stays in the history."""
    task, _seen = take(tx, actor, task_id, Act.EXTEND)
    check_date(due, task.due)
    former, task.due, task.asked_due = task.due, due, None
    note, text = write(tx, actor, task, NoteKind.EXTENSION, reason)
    set_dates(tx, task)
    tell(tx, actor, task, events.TaskExtended(former, due, note, text))


def urge(tx: Db, actor: Actor, task_id: int, words: str) -> None:
    """Press for the task; once a day at most."""
    task, _seen = take(tx, actor, task_id, Act.URGE)
    if not rules.may_urge_again(task.urged_at, clock.now()):
        raise Conflict(_("This task was urged within the last day: give them until tomorrow."))
    task.urged_at = clock.now()
    note, text = write(tx, actor, task, NoteKind.URGE, words)
    tell(tx, actor, task, events.TaskUrged(note, text))
