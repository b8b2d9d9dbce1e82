"""What was said: a word with its text, the official texts on it, and what it said before."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from forum.base import links, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Step
from forum.followups.models import Task
from forum.members import queries as members
from sessions.meetings import queries as meetings
from sessions.reception import words
from sessions.reception.categories import Category
from sessions.reception.models import (
    NoteKind,
    Receiver,
    Refusal,
    Route,
    Visitor,
    Word,
    WordNote,
    WordRevision,
)
from sessions.reception.queries.access import Counter, standing
from sessions.reception.queries.register import VisitorRow, visitor

MOST = 2000


class Note(NamedTuple):
    """An official text on a word."""

    kind: NoteKind
    name: str
    body: str
    at: datetime


class Promised(NamedTuple):
    """By whom and by when something is to be done."""

    unit: str
    due: datetime


class WordRow(NamedTuple):
    """One matter, as it was written down last; `notes` are the latest official texts by kind."""

    id: int
    meeting_id: int
    venue_id: int
    visitor_id: int
    number: int
    category: Category
    named: bool
    open: bool
    route: Route | None
    refusal: Refusal | None
    corrections: int
    struck: bool
    task_id: int | None
    at: datetime
    body: str
    place: str
    category_name: str = ""
    route_name: str = ""
    refusal_name: str = ""
    notes: tuple[Note, ...] = ()
    task: Step | None = None
    promise: Promised | None = None

    def note(self, kind: str) -> str:
        """The latest official text of a kind; empty where there is none."""
        return next((note.body for note in self.notes if note.kind == kind), "")


class ShownNote(NamedTuple):
    """What a visitor was told."""

    kind: NoteKind
    name: str
    body: str


class ShownWord(NamedTuple):
    """A word as others than those who keep it read it: neither whose it is nor what is internal."""

    id: int
    meeting_id: int
    number: int
    category: Category
    category_name: str
    route: Route | None
    route_name: str
    refusal: Refusal | None
    refusal_name: str
    corrections: int
    body: str
    place: str
    notes: tuple[ShownNote, ...]
    task: Step | None
    promise: Promised | None

    @property
    def struck(self) -> bool:
        """What was struck is not shown."""
        return False


class Wording(NamedTuple):
    """What a word said from a moment on."""

    body: str
    place: str
    at: datetime


_OF_WORD = [col(getattr(Word, name)) for name in WordRow._fields[: WordRow._fields.index("body")]]


def _notes(db: Db, ids: Sequence[int]) -> dict[int, tuple[Note, ...]]:
    """The latest text of each kind, by word."""
    found = db.execute(
        select(col(WordNote.word_id), col(WordNote.kind), col(WordNote.body), col(WordNote.at))
        .where(col(WordNote.word_id).in_(ids))
        .order_by(col(WordNote.id))
    )
    latest: dict[int, dict[NoteKind, Note]] = {}
    for word, stored, body, at in found:
        kind = NoteKind(stored)
        latest.setdefault(word, {})[kind] = Note(kind, words.note(kind), body, at)
    return {
        word: tuple(kinds[kind] for kind in NoteKind if kind in kinds)
        for word, kinds in latest.items()
    }


def _promises(db: Db, tasks: Sequence[int]) -> dict[int, Promised]:
    found = db.execute(
        select(col(Task.id), col(Task.unit), col(Task.handler_id), col(Task.due)).where(
            col(Task.id).in_(tasks)
        )
    ).all()
    names = members.names(db, {row.handler_id for row in found if row.handler_id})
    return {
        ident: Promised(unit or names.get(handler or 0, ""), due)
        for ident, unit, handler, due in found
    }


def _rows(
    db: Db, actor: Actor | None, match: ColumnElement[bool], *, newest: bool = False
) -> list[WordRow]:
    order = col(Word.id).desc() if newest else col(Word.number)
    found = db.execute(
        select(*_OF_WORD, col(WordRevision.body), col(WordRevision.place))
        .join(WordRevision, col(WordRevision.id) == col(Word.revision_id))
        .where(match)
        .order_by(order)
        .limit(MOST)
    )
    stored = [WordRow(*row) for row in found]
    notes = _notes(db, [row.id for row in stored])
    given = [ref("task", row.task_id) for row in stored if row.task_id]
    tasks = {step.ref: step for step in links.steps(db, actor, given)}
    promises = _promises(db, [row.task_id for row in stored if row.task_id])
    made = []
    for row in stored:
        task = tasks.get(ref("task", row.task_id or 0))
        route = Route(row.route) if row.route else None
        refusal = Refusal(row.refusal) if row.refusal else None
        made.append(
            row._replace(
                category=Category(row.category),
                route=route,
                refusal=refusal,
                category_name=words.category(Category(row.category)),
                route_name=words.route(route),
                refusal_name=words.refusal(refusal) if refusal else "",
                notes=notes.get(row.id, ()),
                task=task,
                promise=promises.get(row.task_id or 0) if task else None,
            )
        )
    return made


def _shown(row: WordRow) -> ShownWord:
    told = (NoteKind.ANSWER, NoteKind.ELSEWHERE)
    notes = (ShownNote(note.kind, note.name, note.body) for note in row.notes if note.kind in told)
    known = row._asdict() | {"notes": tuple(notes)}
    return ShownWord(**{name: known[name] for name in ShownWord._fields})


def of_visitor(db: Db, found: Counter, ident: int) -> list[WordRow]:
    """Everything that a visitor brought, the struck with it."""
    return _rows(db, found.access.actor, col(Word.visitor_id) == ident)


def of_venues(db: Db, found: Counter, venues: Sequence[int]) -> list[WordRow]:
    """Everything that was said at some venues, for the printed register."""
    here = col(Word.meeting_id) == found.access.meeting.id
    return _rows(db, found.access.actor, here & col(Word.venue_id).in_(venues))


def published(db: Db, actor: Actor | None, meeting: int) -> list[ShownWord]:
    """What visitors let everybody read, without their names."""
    match = (col(Word.meeting_id) == meeting) & col(Word.open) & col(Word.struck).is_(False)
    return [_shown(row) for row in _rows(db, actor, match)]


def of_member(db: Db, actor: Actor, meeting: int | None = None) -> list[ShownWord]:
    """What somebody said themselves, at one reception or at all, the latest first."""
    theirs = select(col(Visitor.id)).where(col(Visitor.member_id) == actor.id)
    match = col(Word.visitor_id).in_(theirs) & col(Word.struck).is_(False)
    if meeting is not None:
        match &= col(Word.meeting_id) == meeting
    return [_shown(row) for row in _rows(db, actor, match, newest=True)]


def word(db: Db, found: Counter, ident: int) -> tuple[WordRow, VisitorRow]:
    """A word of this reception and who brought it, for those who may see that visitor."""
    here = col(Word.meeting_id) == found.access.meeting.id
    rows = _rows(db, found.access.actor, here & (col(Word.id) == ident))
    if not rows:
        raise NotFound(_("This reception has no such word."))
    return rows[0], visitor(db, found, rows[0].visitor_id)


def wordings(db: Db, ident: int) -> list[Wording]:
    """What a word said before, the latest first; the first of them is how it stands."""
    query = (
        select(col(WordRevision.body), col(WordRevision.place), col(WordRevision.at))
        .where(col(WordRevision.word_id) == ident)
        .order_by(col(WordRevision.id).desc())
        .limit(100)
    )
    return [Wording(*row) for row in db.execute(query)]


def _heard(db: Db, actor: Actor | None, visitors: Sequence[int]) -> set[int]:
    """Those of these visitors whom somebody receives."""
    query = select(col(Receiver.visitor_id)).where(
        col(Receiver.member_id) == (actor.id if actor else 0),
        col(Receiver.visitor_id).in_(visitors),
    )
    return set(db.execute(query).scalars())


@registry.resolver("word")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """By number and matter, for those who keep them, who said them, and all if it is open."""
    query = (
        select(
            col(Word.id), col(Word.meeting_id), col(Word.venue_id), col(Word.number),
            col(Word.category), col(Word.open), col(Word.struck), col(Word.route),
            col(Visitor.member_id), col(Word.visitor_id),
        )
        .join(Visitor, col(Visitor.id) == col(Word.visitor_id))
        .where(col(Word.id).in_(ids))
    )  # fmt: skip
    stored = db.execute(query).all()
    heard = _heard(db, actor, [row.visitor_id for row in stored])
    seen: dict[int, Counter] = {}
    for meeting in {row.meeting_id for row in stored}:
        try:
            seen[meeting] = standing(db, meetings.meeting_access(db, actor, meeting))
        except NotFound:
            continue
    steps = {}
    for row in stored:
        if row.meeting_id not in seen:
            continue
        counter = seen[row.meeting_id]
        keeps = counter.keeps(row.venue_id) or (counter.receives and row.visitor_id in heard)
        own = actor is not None and row.member_id == actor.id
        if not (keeps or (not row.struck and (own or row.open))):
            continue
        here = f"/meetings/{row.meeting_id}"
        steps[row.id] = Step(
            ref("word", row.id),
            "word",
            words.title(row.number, Category(row.category)),
            f"{here}/reception/words/{row.id}" if keeps else f"{here}#reception",
            words.route(Route(row.route) if row.route else None),
        )
    return steps
