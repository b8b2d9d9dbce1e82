"""What the verbs of a task share."""

from datetime import datetime

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import Audience, Event, Stored, record, seal
from forum.base.i18n import _
from forum.base.markup import render
from forum.base.minors import GuardianFirst
from forum.base.refs import ref
from forum.followups import queries, rules
from forum.followups.models import NoteKind, Task, TaskNote
from forum.followups.queries import Access
from forum.followups.rules import Act


def take(tx: Db, actor: Actor, task_id: int, act: Act) -> tuple[Task, Access]:
    """The task for a step: invisible 404, not theirs 403, not in this state 409."""
    access = queries.access(tx, actor, task_id)
    if actor.asleep:
        raise GuardianFirst
    if not rules.theirs(act, access.stand) or (act is Act.RATE and access.muted):
        raise Forbidden(_("This step of the task is not yours to take."))
    if not rules.timely(act, access.task.status):
        raise Conflict(_("The task has moved on: this step no longer fits its state."))
    return tx.get_one(Task, task_id, populate_existing=True), access


def write(tx: Db, actor: Actor | None, task: Task, kind: NoteKind, body: str) -> tuple[int, str]:
    """Keep a text of a task; returns its id and the digest for the event."""
    sealed = seal(body)
    note = TaskNote(
        task_id=task.id,
        kind=kind,
        author_id=actor.id if actor else None,
        at=clock.now(),
        body=body,
        html=render(body),
        salt=sealed.salt,
    )
    tx.add(note)
    tx.flush()
    return note.id, sealed.digest


def tell(tx: Db, actor: Actor | None, task: Task, event: Event) -> Stored:
    """Record on the stream of the task's place, for the task's readers."""
    audience = max(event.audience, Audience(task.audience))
    subject = ref("task", task.id)
    return record(tx, actor, event, stream=task.place, subject=subject, audience=audience)


def check_hands(handler_id: int | None, unit: str, supervisor_id: int) -> None:
    """Somebody does it, and it is not the one who presses for it."""
    if handler_id is None and not unit:
        words = _("Choose a person or name a unit.")
        raise Invalid(_("Nobody would do it."), fields={"handler": words, "unit": words})
    if handler_id == supervisor_id:
        words = _("The representative presses for the task and does not do it: choose another.")
        raise Invalid(words, fields={"handler": words})


def check_date(due: datetime, after: datetime | None = None) -> None:
    """A date lies ahead, and behind the one that it replaces."""
    if due <= max(clock.now(), after or clock.now()):
        words = _("Choose a later date.")
        raise Invalid(words, fields={"due": words})
