"""Notes are put together to themes before everybody's eyes, and taken apart again."""

from collections.abc import Sequence

from sqlalchemy import func, update
from sqlmodel import col, select

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.i18n import _
from sessions.workshop import rules
from sessions.workshop.models import (
    Form,
    WorkshopNote,
    WorkshopOption,
    WorkshopState,
    WorkshopStep,
    WorkshopTheme,
)
from sessions.workshop.result_events import (
    NotesPlaced,
    ThemeDropped,
    ThemeMade,
    ThemeReworded,
)
from sessions.workshop.service.common import Held, led, present_step, tell, worded, wording
from sessions.workshop.service.counting import themes
from sessions.workshop.service.notes import of as note_of


def _sorting(tx: Db, actor: Actor, workshop: int) -> Held:
    held = led(tx, actor, workshop)
    rules.require_running(WorkshopState(held.row.state))
    return held


def of(tx: Db, held: Held, theme: int) -> WorkshopTheme:
    """A theme that stands in this session."""
    row = tx.get(WorkshopTheme, theme, populate_existing=True)
    if row is None or row.workshop_id != held.row.id or row.gone:
        raise NotFound(_("There is no such theme in this session."))
    return row


def gather(
    tx: Db,
    actor: Actor,
    workshop: int,
    notes: Sequence[int],
    *,
    theme: int | None = None,
    words: str = "",
) -> int:
    """Put notes into a theme, or into a new one with this heading; returns the theme."""
    held = _sorting(tx, actor, workshop)
    rows = [_readable(tx, held, note) for note in dict.fromkeys(notes)]
    if theme is not None:
        if not rows:
            raise Invalid(_("Choose the notes first."), fields={"notes": _("Please choose one.")})
        row = of(tx, held, theme)
    else:
        row = _make(tx, actor, held, rules.bounded(words, rules.THEME_MOST))
    placed = [note for note in rows if note.theme_id != row.id]
    for note in placed:
        note.theme_id = row.id
    tx.flush()
    if placed:
        told = NotesPlaced(workshop, row.id, [note.id for note in placed])
        tell(tx, actor, held.row, told)
    return row.id


def _readable(tx: Db, held: Held, note: int) -> WorkshopNote:
    """A note that everybody can read: what a group still writes is its own."""
    row = note_of(tx, held, note)
    if row.struck:
        raise Conflict(_("This note was struck."))
    step = tx.get_one(WorkshopStep, row.step_id)
    under_way = present_step(tx, held.row).id == step.id
    if not rules.on_the_table(Form(step.form), under_way=under_way):
        raise Conflict(_("This note is not on the table yet: its step goes on."))
    return row


def _make(tx: Db, actor: Actor, held: Held, words: str) -> WorkshopTheme:
    if len(themes(tx, held.row.id)) >= rules.THEMES_MOST:
        sentence = _("At most %(n)s themes.") % {"n": rules.THEMES_MOST}
        raise Invalid(sentence, fields={"words": sentence})
    last = select(func.max(col(WorkshopTheme.number))).where(
        col(WorkshopTheme.workshop_id) == held.row.id
    )
    row = WorkshopTheme(workshop_id=held.row.id, number=(tx.exec(last).one() or 0) + 1)
    tx.add(row)
    tx.flush()
    row.wording_id, digest = worded(tx, actor, words, theme=row.id)
    tx.flush()
    made = ThemeMade(held.row.id, row.id, row.number, row.wording_id, digest)
    tell(tx, actor, held.row, made)
    return row


def release(tx: Db, actor: Actor, workshop: int, note: int) -> None:
    """Take a note out of its theme."""
    held = _sorting(tx, actor, workshop)
    row = note_of(tx, held, note)
    if row.theme_id is None:
        return
    row.theme_id = None
    tx.flush()
    tell(tx, actor, held.row, NotesPlaced(workshop, None, [note]))


def reword_theme(tx: Db, actor: Actor, workshop: int, theme: int, words: str) -> bool:
    """Give a theme another heading; False where it has that already."""
    held = _sorting(tx, actor, workshop)
    row = of(tx, held, theme)
    clean = rules.bounded(words, rules.THEME_MOST)
    if wording(tx, row.wording_id) == clean:
        return False
    row.wording_id, digest = worded(tx, actor, clean, theme=theme)
    tx.flush()
    tell(tx, actor, held.row, ThemeReworded(workshop, theme, row.wording_id, digest))
    return True


def drop_theme(tx: Db, actor: Actor, workshop: int, theme: int) -> None:
    """Take a theme back; its notes are loose again. Not while an option rests on it."""
    held = _sorting(tx, actor, workshop)
    row = of(tx, held, theme)
    resting = select(WorkshopOption.id).where(
        col(WorkshopOption.theme_id) == theme, col(WorkshopOption.gone).is_(False)
    )
    if tx.exec(resting).first() is not None:
        raise Conflict(_("An option rests on this theme. Take the option back first."))
    tx.execute(
        update(WorkshopNote).where(col(WorkshopNote.theme_id) == theme).values(theme_id=None)
    )
    tx.expire_all()
    row.gone = True
    tx.flush()
    tell(tx, actor, held.row, ThemeDropped(workshop, theme))
