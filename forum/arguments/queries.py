"""Who reads an argument, what it is called, and what it said at each time."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.agenda.queries import ItemAccess
from forum.arguments import rules
from forum.arguments.models import (
    Argument,
    ArgumentHiding,
    ArgumentRevision,
    Opinion,
    Reaction,
    Review,
    Stance,
)
from forum.base import files, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.files import FileRow
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Step
from forum.members import queries as members
from forum.members.models import Member


class ArgumentRow(NamedTuple):
    """An argument in full: what its fragment, its own pages and programs read."""

    id: int
    item_id: int
    parent_id: int | None
    path: str
    depth: int
    stance: Stance
    side: Stance
    author_id: int
    created_at: datetime
    revision_id: int
    revisions: int
    replies: int
    beneath: int
    agree: int
    disagree: int
    passes: int
    review: Review
    asked_at: datetime | None
    html: str
    revised_at: datetime
    reason: str | None
    author: str
    parent_author: str | None
    files: tuple[FileRow, ...]

    @property
    def hidden(self) -> bool:
        """Whether it has been taken out of sight."""
        return self.reason is not None


class RevisionRow(NamedTuple):
    """What an argument said from a moment on."""

    number: int
    at: datetime
    body: str
    html: str


_COLUMNS = (
    col(Argument.id),
    col(Argument.item_id),
    col(Argument.parent_id),
    col(Argument.path),
    col(Argument.depth),
    col(Argument.stance),
    col(Argument.side),
    col(Argument.author_id),
    col(Argument.created_at),
    col(Argument.revision_id),
    col(Argument.revisions),
    col(Argument.replies),
    col(Argument.beneath),
    col(Argument.agree),
    col(Argument.disagree),
    col(Argument.passes),
    col(Argument.review),
    col(Argument.asked_at),
    col(ArgumentRevision.html),
    col(ArgumentRevision.at),
    col(ArgumentHiding.body),
)


def in_full(db: Db, ids: Sequence[int], *, moderates: bool) -> dict[int, ArgumentRow]:
    """Arguments with texts, authors and files; what a hidden one held is for moderators alone.

    The caller has judged that the reader may see their item.
    """
    found = db.execute(
        select(*_COLUMNS)
        .join(ArgumentRevision, col(ArgumentRevision.id) == col(Argument.revision_id))
        .outerjoin(ArgumentHiding, col(ArgumentHiding.id) == col(Argument.hiding_id))
        .where(col(Argument.id).in_(ids))
    ).all()
    parents = {row.parent_id for row in found} - {None}
    above = _authors(db, parents)
    called = members.names(db, {row.author_id for row in found} | set(above.values()))
    attached = files.of_place(db, [ref("argument", row.id) for row in found])
    rows: dict[int, ArgumentRow] = {}
    for row in found:
        answered = called[above[row.parent_id]] if row.parent_id else None
        lying = tuple(attached[ref("argument", row.id)])
        full = ArgumentRow._make((*row, called[row.author_id], answered, lying))
        readable = moderates or not full.hidden
        rows[full.id] = full._replace(
            stance=Stance(full.stance),
            side=Stance(full.side),
            review=Review(full.review),
            html=full.html if readable else "",
            files=full.files if readable else (),
        )
    return rows


def _authors(db: Db, ids: set[int]) -> dict[int, int]:
    query = select(col(Argument.id), col(Argument.author_id)).where(col(Argument.id).in_(ids))
    return {row.id: row.author_id for row in db.execute(query)} if ids else {}


def argument_access(db: Db, actor: Actor | None, argument: int) -> ItemAccess:
    """What the reader is to the argument's item; NotFound where that is invisible to them."""
    query = select(col(Argument.item_id)).where(col(Argument.id) == argument)
    item = db.execute(query).scalar_one_or_none()
    missing = NotFound(_("There is no such argument."))
    if item is None:
        raise missing
    try:
        return agenda.item_access(db, actor, item)
    except NotFound:
        raise missing from None


def revisions(db: Db, argument: int) -> list[RevisionRow]:
    """Every wording of an argument, the first one first."""
    found = db.execute(
        select(
            col(ArgumentRevision.number),
            col(ArgumentRevision.at),
            col(ArgumentRevision.body),
            col(ArgumentRevision.html),
        )
        .where(col(ArgumentRevision.argument_id) == argument)
        .order_by(col(ArgumentRevision.number))
        .limit(200)
    )
    return [RevisionRow(*row) for row in found]


def source(db: Db, argument: int) -> str:
    """The Markdown of an argument's current wording, for the form that changes it."""
    return sources(db, [argument])[argument]


def sources(db: Db, ids: Sequence[int]) -> dict[int, str]:
    """The Markdown of arguments as they stand; the caller has judged that the reader may see it."""
    query = (
        select(col(Argument.id), col(ArgumentRevision.body))
        .join(ArgumentRevision, col(Argument.revision_id) == col(ArgumentRevision.id))
        .where(col(Argument.id).in_(ids))
    )
    return {row.id: row.body for row in db.execute(query)}


def opinion(db: Db, actor: Actor | None, argument: int) -> Opinion | None:
    """What somebody said to an argument."""
    if actor is None:
        return None
    found = db.execute(
        select(col(Reaction.opinion)).where(
            col(Reaction.argument_id) == argument, col(Reaction.member_id) == actor.id
        )
    ).scalar_one_or_none()
    return Opinion(found) if found else None


def place(db: Db, argument: ArgumentRow) -> str:
    """The address of the page that shows an argument among its neighbours."""
    anchor = f"#argument-{argument.id}"
    ahead = (
        select(col(Argument.id))
        .where(
            col(Argument.item_id) == argument.item_id,
            col(Argument.path) < argument.path,
            col(Argument.depth) <= rules.SHOWN_DEPTH,
        )
        .limit(rules.PAGE)
    )
    crowd = db.execute(select(func.count()).select_from(ahead.subquery())).scalar_one()
    if argument.depth <= rules.SHOWN_DEPTH and crowd < rules.PAGE:
        return f"/items/{argument.item_id}?tab=sides{anchor}"
    return f"/items/{argument.item_id}?tab=thread&under={argument.id}{anchor}"


@registry.resolver("argument")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What arguments are called: their author and item, never their words."""
    found = db.execute(
        select(col(Argument.id), col(Argument.item_id), col(Member.name), col(Member.erased_at))
        .join(Member, col(Member.id) == col(Argument.author_id))
        .where(col(Argument.id).in_(ids))
    ).all()
    items = agenda.resolve(db, actor, list({row.item_id for row in found}))
    title = _("%(name)s on “%(title)s”")
    return {
        row.id: Step(
            ref("argument", row.id),
            "argument",
            title
            % {
                "name": _("Former participant") if row.erased_at else row.name,
                "title": items[row.item_id].title,
            },
            f"/arguments/{row.id}",
        )
        for row in found
        if row.item_id in items
    }
