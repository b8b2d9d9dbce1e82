"""Notes: written in a group or alone, reworded by the group, struck with a reason, brought back."""

from sqlalchemy import func
from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import seal
from forum.base.i18n import _
from sessions.workshop import rules
from sessions.workshop.events import NoteGiven, NoteRestored, NoteReworded, NoteStruck
from sessions.workshop.models import (
    Form,
    Gives,
    WorkshopNote,
    WorkshopNoteText,
    WorkshopState,
    WorkshopStep,
    WorkshopStrike,
)
from sessions.workshop.service.common import (
    Held,
    for_whom,
    found,
    present_step,
    require_open,
    seat_of,
    table,
    tell,
)


def give(tx: Db, actor: Actor, workshop: int, words: str, *, member: int | None = None) -> int:
    """Write a note in the present step; a desk writes for whoever has no phone."""
    held = found(tx, actor, workshop)
    author, method = for_whom(tx, actor, held.access, member)
    require_open(held)
    step = present_step(tx, held.row)
    rules.require_giving(Gives(step.gives), Gives.NOTES)
    group = _group(tx, held, step, author)
    _require_room(tx, step, author.id)
    row = WorkshopNote(
        workshop_id=workshop,
        step_id=step.id,
        group_id=group,
        author_id=author.id,
        method=method,
        recorded_by=actor.id,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    text, digest = _say(tx, actor, row, rules.bounded(words, rules.NOTE_MOST))
    given = NoteGiven(workshop, row.id, step.id, group, author.id, method, text, digest)
    tell(tx, actor, held.row, given)
    table(tx, actor, held.row, group, author.id)
    return row.id


def _group(tx: Db, held: Held, step: WorkshopStep, author: Actor) -> int | None:
    if step.form != Form.GROUPS:
        return None
    group = seat_of(tx, held.row.id, author.id)
    if group is None:
        raise Conflict(_("You sit in no group yet. Ask the facilitator."))
    return group


def _require_room(tx: Db, step: WorkshopStep, author: int) -> None:
    query = select(func.count()).where(
        col(WorkshopNote.step_id) == step.id, col(WorkshopNote.author_id) == author
    )
    if tx.exec(query).one() >= rules.NOTES_MOST:
        words = _("At most %(n)s notes by one person in a step.") % {"n": rules.NOTES_MOST}
        raise Invalid(words, fields={"words": words})


def _say(tx: Db, actor: Actor, row: WorkshopNote, words: str) -> tuple[int, str]:
    sealed = seal(words)
    text = WorkshopNoteText(
        note_id=row.id,
        body=words,
        salt=sealed.salt,
        author_id=row.author_id,
        recorded_by=actor.id,
        at=clock.now(),
    )
    tx.add(text)
    tx.flush()
    row.text_id = text.id
    tx.flush()
    return text.id, sealed.digest


def of(tx: Db, held: Held, note: int) -> WorkshopNote:
    """A note of this session."""
    row = tx.get(WorkshopNote, note, populate_existing=True)
    if row is None or row.workshop_id != held.row.id:
        raise NotFound(_("There is no such note in this session."))
    return row


def _require_hand(tx: Db, actor: Actor, held: Held, row: WorkshopNote) -> None:
    """Whoever leads mends a note; while its step is open its group, its author and its desk too."""
    if held.leads:
        return
    for_whom(tx, actor, held.access, None if row.recorded_by != actor.id else row.author_id)
    mine = actor.id in (row.author_id, row.recorded_by)
    if not mine and (row.group_id is None or seat_of(tx, held.row.id, actor.id) != row.group_id):
        raise Forbidden(_("Only those who wrote this note may do this."))
    require_open(held)
    if present_step(tx, held.row).id != row.step_id:
        raise Conflict(_("The step of this note is over. Ask the facilitator."))


def reword(tx: Db, actor: Actor, workshop: int, note: int, words: str) -> bool:
    """Put a note otherwise; what it said before is kept. False where it says that already."""
    held = found(tx, actor, workshop)
    row = of(tx, held, note)
    _require_hand(tx, actor, held, row)
    rules.require_running(WorkshopState(held.row.state))
    if row.struck:
        raise Conflict(_("This note was struck."))
    clean = rules.bounded(words, rules.NOTE_MOST)
    if row.text_id is not None and tx.get_one(WorkshopNoteText, row.text_id).body == clean:
        return False
    text, digest = _say(tx, actor, row, clean)
    row.revisions += 1
    tx.flush()
    tell(tx, actor, held.row, NoteReworded(workshop, note, text, digest))
    table(tx, actor, held.row, row.group_id, row.author_id)
    return True


def strike(tx: Db, actor: Actor, workshop: int, note: int, reason: str) -> None:
    """Let a note no longer count; its place and the reason stay."""
    held = found(tx, actor, workshop)
    row = of(tx, held, note)
    _require_hand(tx, actor, held, row)
    if row.struck:
        raise Conflict(_("This note was struck."))
    made, digest = struck(tx, actor, reason, note=note)
    row.struck = True
    tx.flush()
    tell(tx, actor, held.row, NoteStruck(workshop, note, made, digest))
    table(tx, actor, held.row, row.group_id, row.author_id)


def struck(
    tx: Db, actor: Actor, reason: str, *, note: int | None = None, objection: int | None = None
) -> tuple[int, str]:
    """Write down why something is struck; returns the strike and the digest for the event."""
    clean = rules.bounded(reason, rules.REASON_MOST, "reason")
    sealed = seal(clean)
    made = WorkshopStrike(
        note_id=note,
        objection_id=objection,
        body=clean,
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(made)
    tx.flush()
    return made.id, sealed.digest


def restore(tx: Db, actor: Actor, workshop: int, note: int) -> None:
    """Let a note count again."""
    held = found(tx, actor, workshop)
    row = of(tx, held, note)
    _require_hand(tx, actor, held, row)
    query = select(WorkshopStrike).where(
        col(WorkshopStrike.note_id) == note, col(WorkshopStrike.lifted_at).is_(None)
    )
    made = tx.exec(query).one_or_none()
    if made is None:
        raise Conflict(_("This note was not struck."))
    made.lifted_at = clock.now()
    row.struck = False
    tx.flush()
    tell(tx, actor, held.row, NoteRestored(workshop, note, made.id))
    table(tx, actor, held.row, row.group_id, row.author_id)
