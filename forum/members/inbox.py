"""What somebody is told: rows made in the transaction of the event, words made when read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import col

from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import Event, Stored
from forum.base.i18n import _
from forum.base.registry import Notice
from forum.base.tables import metadata
from forum.members.models import InboxRow
from forum.members.queries import names, place_names

PAGE = 30


class Line(NamedTuple):
    """One thing that somebody is told, in their language."""

    id: int
    words: str
    because: str
    url: str
    at: datetime
    read: bool


# Called before the rows are made; they may take people away, or add some with what they follow.
Chooser = Callable[[Db, Stored, Notice, str, dict[int, str | None]], None]
choosers: list[Chooser] = []


@registry.react(Event)
def tell(tx: Db, stored: Stored, _event: Event) -> None:
    """Put what happened into the inboxes of those who are to know, the actor left out."""
    notice = registry.notices.get(stored.kind)
    if notice is None:
        return
    about = _about(notice, stored)
    told: dict[int, str | None] = dict.fromkeys(notice.who(tx, stored))
    for choose in choosers:
        choose(tx, stored, notice, about, told)
    if stored.actor_id is not None:
        told.pop(stored.actor_id, None)
    if told:
        rows = [
            {
                "member_id": member,
                "event_id": stored.id,
                "kind": stored.kind,
                "about": about,
                "actor_id": stored.actor_id,
                "at": stored.at,
                "via": via,
            }
            for member, via in sorted(told.items())
        ]
        tx.execute(insert(InboxRow), rows)


def _about(notice: Notice, stored: Stored) -> str:
    return stored.subject if notice.about == "subject" else str(stored.payload[notice.about])


_I = metadata.tables["inbox_row"].c
_UNREAD = select(func.count(_I.id)).where(_I.member_id == bindparam("member"), _I.read_at.is_(None))


def unread(db: Db, actor: Actor) -> int:
    """How many things somebody has not read yet."""
    return int(db.execute(_UNREAD, {"member": actor.id}).scalar_one())


@registry.context
def _unread_on_every_page(db: Db, actor: Actor) -> Mapping[str, Any]:
    return {"unread": unread(db, actor)}


def lines(
    db: Db, actor: Actor, *, only_unread: bool = False, offset: int = 0
) -> tuple[list[Line], int]:
    """A page of somebody's inbox, newest first, and how much there is in all."""
    match = col(InboxRow.member_id) == actor.id
    if only_unread:
        match &= col(InboxRow.read_at).is_(None)
    total = db.execute(select(func.count()).select_from(InboxRow).where(match)).scalar_one()
    query = (
        select(
            col(InboxRow.id),
            col(InboxRow.kind),
            col(InboxRow.about),
            col(InboxRow.actor_id),
            col(InboxRow.at),
            col(InboxRow.read_at),
            col(InboxRow.via),
        )
        .where(match)
        .order_by(col(InboxRow.at).desc(), col(InboxRow.id).desc())
        .offset(offset)
        .limit(PAGE)
    )
    found = db.execute(query).all()
    named = {ref for row in found for ref in (row.about, row.via) if ref}
    things = place_names(db, actor, named)
    actors = names(db, {row.actor_id for row in found if row.actor_id is not None})
    return [
        Line(
            row.id,
            words(row.kind, things.get(row.about), actors.get(row.actor_id), via=row.via),
            because(row.kind, things.get(row.via) if row.via else None),
            f"/inbox/{row.id}",
            row.at,
            row.read_at is not None,
        )
        for row in found
    ], total


def words(
    kind: str, thing: registry.Step | None, name: str | None, *, via: str | None = None
) -> str:
    """The sentence that tells of an event; `via`: for one who follows a thing."""
    notice = registry.notices.get(kind)
    if notice is None or thing is None:
        return _("Something happened to a thing that you can no longer see.")
    said = notice.others if via and notice.others else notice.words
    return _(said) % {"title": thing.title, "name": name or _("The platform")}


def because(kind: str, followed: registry.Step | None = None) -> str:
    """Why somebody is told."""
    if followed is not None:
        return _("You follow “%(title)s”.") % {"title": followed.title}
    notice = registry.notices.get(kind)
    return _(notice.because) if notice and notice.because else _("You take part in it.")


def target(db: Db, actor: Actor, row_id: int) -> str | None:
    """Where a line of one's own inbox leads; None when there is no such line."""
    query = select(col(InboxRow.about)).where(
        col(InboxRow.id) == row_id, col(InboxRow.member_id) == actor.id
    )
    about = db.execute(query).scalar_one_or_none()
    if about is None:
        return None
    thing = place_names(db, actor, [about]).get(about)
    return thing.url if thing and thing.url else "/inbox"


def mark_read(tx: Db, actor: Actor, rows: Sequence[int] | None = None) -> int:
    """Mark lines of one's own inbox as read (all of them for None); returns how many were new."""
    query = update(InboxRow).where(
        col(InboxRow.member_id) == actor.id, col(InboxRow.read_at).is_(None)
    )
    if rows is not None:
        query = query.where(col(InboxRow.id).in_(rows))
    changed = tx.execute(query.values(read_at=clock.now()).returning(col(InboxRow.id)))
    return len(changed.all())
