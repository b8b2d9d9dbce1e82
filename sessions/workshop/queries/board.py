"""What of a session everybody sees alike: where it is, notes on the table, themes, options."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import col

from forum.base.db import Db
from forum.members import queries as members
from sessions.workshop import rules, words
from sessions.workshop.models import (
    Gives,
    WorkshopNote,
    WorkshopNoteText,
    WorkshopObjection,
    WorkshopOption,
    WorkshopPosition,
    WorkshopStrike,
    WorkshopTheme,
    WorkshopWording,
)
from sessions.workshop.queries.rows import GroupRow, StepRow, WorkshopRow, groups, steps


class Note(NamedTuple):
    """A note; without words where they are no longer kept."""

    id: int
    step_id: int
    group_id: int | None
    author_id: int
    at: datetime
    revisions: int
    struck: bool
    theme_id: int | None
    words: str
    reason: str
    author: str = ""
    group: str = ""


class Theme(NamedTuple):
    """Notes under one heading, and the options that rest on them."""

    id: int
    number: int
    title: str
    notes: Sequence[Note] = ()
    options: Sequence[int] = ()


class Objection(NamedTuple):
    """A reason against an option; a name only where that was wished. `struck`: why it was."""

    id: int
    words: str
    name: str
    struck: str = ""


class Option(NamedTuple):
    """An option; `counts` once its step was over."""

    id: int
    number: int
    words: str
    theme_id: int | None
    note_id: int | None
    motion_id: int | None
    counts: Sequence[tuple[str, int, str]] = ()
    objections: Sequence[Objection] = ()
    theme: str = ""


class Board(NamedTuple):
    """A session at a moment, without anything that differs from reader to reader."""

    workshop: WorkshopRow
    steps: list[StepRow]
    step: StepRow | None
    following: StepRow | None
    groups: list[GroupRow]
    notes: list[Note]
    themes: list[Theme]
    options: list[Option]
    facilitator: str

    @property
    def loose(self) -> list[Note]:
        """Notes that lie on the table and in no theme."""
        return [note for note in self.notes if note.theme_id is None and not note.struck]

    @property
    def counted(self) -> bool:
        """Whether positions were counted."""
        return any(option.counts for option in self.options)


# What is left out of a struck note: its place and the reason stay.
STRUCK: Mapping[str, Any] = {"author_id": 0, "author": "", "words": ""}


def notes(
    db: Db, row: WorkshopRow, found: Collection[GroupRow], *match: ColumnElement[bool]
) -> list[Note]:
    """Notes of a session, as they were written one after the other."""
    standing = and_(
        col(WorkshopStrike.note_id) == col(WorkshopNote.id), col(WorkshopStrike.lifted_at).is_(None)
    )
    query = (
        select(
            col(WorkshopNote.id),
            col(WorkshopNote.step_id),
            col(WorkshopNote.group_id),
            col(WorkshopNote.author_id),
            col(WorkshopNote.at),
            col(WorkshopNote.revisions),
            col(WorkshopNote.struck),
            col(WorkshopNote.theme_id),
            func.coalesce(col(WorkshopNoteText.body), ""),
            func.coalesce(col(WorkshopStrike.body), ""),
        )
        .join(WorkshopNoteText, col(WorkshopNoteText.id) == col(WorkshopNote.text_id), isouter=True)
        .join(WorkshopStrike, standing, isouter=True)
        .where(col(WorkshopNote.workshop_id) == row.id, *match)
        .order_by(col(WorkshopNote.id))
        .limit(2_000)
    )
    made = [Note(*line) for line in db.execute(query)]
    names = members.names(db, {note.author_id for note in made})
    called = {group.id: group.name for group in found}
    return [
        note._replace(
            author=names.get(note.author_id, ""), group=called.get(note.group_id or 0, "")
        )
        for note in made
    ]


def open_steps(row: WorkshopRow, found: Collection[StepRow]) -> list[int]:
    """The steps whose notes everybody reads."""
    return [
        step.id
        for step in found
        if step.began_at is not None
        and rules.on_the_table(step.form, under_way=row.running and step.number == row.step)
    ]


def board(db: Db, row: WorkshopRow, *, whole: bool = False) -> Board:
    """Everything at once; `whole`: for whoever leads, what a struck note said as well."""
    found = steps(db, row.id)
    sitting = groups(db, row)
    at = row.step if row.running else 0
    lying = notes(db, row, sitting, col(WorkshopNote.step_id).in_(open_steps(row, found)))
    if not whole:
        lying = [note._replace(**STRUCK) if note.struck else note for note in lying]
    giving = any(step.number == at and step.gives is Gives.POSITIONS for step in found)
    made = _options(db, row, giving=giving)
    headed = _themes(db, row.id, lying, made)
    titles = {theme.id: theme.title for theme in headed}
    facilitator = row.facilitator_id
    return Board(
        row,
        found,
        next((step for step in found if step.number == at), None),
        next((step for step in found if step.number == at + 1), None) if at else None,
        sitting,
        lying,
        headed,
        [option._replace(theme=titles.get(option.theme_id or 0, "")) for option in made],
        members.names(db, [facilitator]).get(facilitator, "") if facilitator else "",
    )


def _themes(db: Db, workshop: int, lying: Sequence[Note], made: Sequence[Option]) -> list[Theme]:
    found = db.execute(
        select(
            col(WorkshopTheme.id),
            col(WorkshopTheme.number),
            func.coalesce(col(WorkshopWording.body), ""),
        )
        .join(WorkshopWording, col(WorkshopWording.id) == col(WorkshopTheme.wording_id))
        .where(col(WorkshopTheme.workshop_id) == workshop, col(WorkshopTheme.gone).is_(False))
        .order_by(col(WorkshopTheme.number))
    )
    return [
        Theme(
            ident,
            number,
            title,
            [note for note in lying if note.theme_id == ident],
            [option.number for option in made if option.theme_id == ident],
        )
        for ident, number, title in found
    ]


def _options(db: Db, row: WorkshopRow, *, giving: bool) -> list[Option]:
    found = db.execute(
        select(
            col(WorkshopOption.id),
            col(WorkshopOption.number),
            col(WorkshopWording.body),
            col(WorkshopOption.theme_id),
            col(WorkshopOption.note_id),
            col(WorkshopOption.motion_id),
            col(WorkshopOption.support),
            col(WorkshopOption.live),
            col(WorkshopOption.object),
        )
        .join(WorkshopWording, col(WorkshopWording.id) == col(WorkshopOption.wording_id))
        .where(col(WorkshopOption.workshop_id) == row.id, col(WorkshopOption.gone).is_(False))
        .order_by(col(WorkshopOption.number))
    ).all()
    against = {} if giving else _objections(db, row.id)
    made = []
    for *facts, support, live, objecting in found:
        counted = support is not None and not giving
        shown = words.counts(support, live, objecting) if counted else ()
        option = Option._make([*facts, shown, against.get(facts[0], ()), ""])
        made.append(option)
    return made


def _objections(db: Db, workshop: int) -> dict[int, list[Objection]]:
    found = db.execute(
        select(
            col(WorkshopObjection.option_id),
            col(WorkshopObjection.body),
            col(WorkshopObjection.named),
            col(WorkshopObjection.member_id),
            col(WorkshopObjection.id),
            func.coalesce(col(WorkshopStrike.body), ""),
            col(WorkshopStrike.id),
        )
        .join(WorkshopOption, col(WorkshopOption.id) == col(WorkshopObjection.option_id))
        .join(
            WorkshopStrike,
            col(WorkshopStrike.objection_id) == col(WorkshopObjection.id),
            isouter=True,
        )
        .where(
            col(WorkshopOption.workshop_id) == workshop,
            col(WorkshopObjection.withdrawn).is_(False),
        )
        .order_by(col(WorkshopObjection.id))
    ).all()
    names = members.names(db, {line.member_id for line in found if line.named})
    by_option: dict[int, list[Objection]] = {}
    for option, body, named, member, ident, why, strike in found:
        name = names.get(member, "") if named and not strike else ""
        shown = Objection(ident, "" if strike else body, name, why)
        by_option.setdefault(option, []).append(shown)
    return by_option


def given_by(db: Db, workshop: int) -> set[int]:
    """Who has said where they stand; for a number alone."""
    query = (
        select(col(WorkshopPosition.member_id))
        .join(WorkshopOption, col(WorkshopOption.id) == col(WorkshopPosition.option_id))
        .where(col(WorkshopOption.workshop_id) == workshop)
    )
    return set(db.execute(query).scalars())
