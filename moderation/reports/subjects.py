"""What can be reported and moderated: one line of the table for each kind of thing."""

from collections.abc import Callable
from typing import NamedTuple

from forum.agenda import held as proposals
from forum.agenda import queries as agenda
from forum.agenda import service as agenda_service
from forum.agenda.models import HeldState, ItemState
from forum.agenda.service import proposing
from forum.arguments import held
from forum.arguments import queries as arguments
from forum.arguments import service as arguments_service
from forum.base import files
from forum.base.auth import Actor
from forum.base.canonical import canonical, sha256hex
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.files import FileRow
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.consultations.queries import Access


class Subject(NamedTuple):
    """A thing that can be reported, as far as the reader may see it."""

    ref: str
    title: str
    url: str
    html: str
    author_id: int | None
    stream: str
    places: tuple[str, ...]
    moderates: bool
    hidden: bool


class Kind(NamedTuple):
    """How a kind of thing is looked up (NotFound where invisible) and taken out of sight."""

    look: Callable[[Db, Actor | None, int], Subject]
    hide: Callable[[Db, Actor, int, str], None]


def _around(access: Access) -> tuple[str, ...]:
    return access.places or (access.stream,)


def _argument(db: Db, actor: Actor | None, ident: int) -> Subject:
    access = arguments.argument_access(db, actor, ident).access
    row = arguments.in_full(db, [ident], moderates=access.moderates)[ident]
    return Subject(
        ref=ref("argument", ident),
        title=arguments.resolve(db, actor, [ident])[ident].title,
        url=f"/arguments/{ident}",
        html=row.html,
        author_id=row.author_id,
        stream=access.stream,
        places=_around(access),
        moderates=access.moderates,
        hidden=row.hidden,
    )


def _held(db: Db, actor: Actor | None, ident: int) -> Subject:
    whole, row = held.access(db, actor, ident)
    return Subject(
        ref=ref("held", ident),
        title=held.resolve(db, actor, [ident])[ident].title,
        url=f"/held/{ident}",
        html=row.html,
        author_id=row.author_id,
        stream=whole.access.stream,
        places=_around(whole.access),
        moderates=whole.access.moderates,
        hidden=row.state is not HeldState.WAITING,
    )


def _item(db: Db, actor: Actor | None, ident: int) -> Subject:
    access, row = agenda.item_access(db, actor, ident)
    return Subject(
        ref=ref("item", ident),
        title=row.title,
        url=f"/items/{ident}",
        html=row.html,
        author_id=row.proposed_by,
        stream=access.stream,
        places=_around(access),
        moderates=access.moderates,
        hidden=row.state in {ItemState.WITHDRAWN, ItemState.DECLINED},
    )


def _proposal(db: Db, actor: Actor | None, ident: int) -> Subject:
    access, row = proposals.access(db, actor, ident)
    return Subject(
        ref=ref("proposal", ident),
        title=row.title,
        url=f"/proposals/{ident}",
        html=row.html,
        author_id=row.author_id,
        stream=access.stream,
        places=_around(access),
        moderates=access.moderates,
        hidden=row.state is not HeldState.WAITING,
    )


def _end(tx: Db, actor: Actor, ident: int, reason: str) -> None:
    state = agenda.item_access(tx, actor, ident).item.state
    end = ItemState.DECLINED if state is ItemState.PROPOSED else ItemState.WITHDRAWN
    agenda_service.change_state(tx, actor, ident, end, reason)


def _refuse_text(tx: Db, actor: Actor, ident: int, _reason: str) -> None:
    arguments_service.refuse(tx, actor, ident)


def _refuse_proposal(tx: Db, actor: Actor, ident: int, _reason: str) -> None:
    proposing.refuse(tx, actor, ident)


KINDS: dict[str, Kind] = {
    "argument": Kind(_argument, arguments_service.hide),
    "item": Kind(_item, _end),
    "held": Kind(_held, _refuse_text),
    "proposal": Kind(_proposal, _refuse_proposal),
}


def look(db: Db, actor: Actor | None, about: str) -> Subject:
    """The reported thing; NotFound where it is none, or invisible to the reader."""
    try:
        kind, ident = parse(about)
        found = KINDS[kind]
    except (ValueError, KeyError):
        raise NotFound(_("There is no such thing to report.")) from None
    return found.look(db, actor, ident)


def attached(db: Db, subject: Subject) -> list[FileRow]:
    """The files that lie with a thing; the caller has judged that the reader moderates it."""
    return files.of_place(db, [subject.ref], audience=Audience.MODERATOR)[subject.ref]


def version(db: Db, subject: Subject) -> str:
    """A digest of all that its author put into a thing: words and files, as they now are."""
    own_title = parse(subject.ref)[0] in ("item", "proposal")
    lying = [[row.digest, row.name, row.alt or ""] for row in attached(db, subject)]
    return sha256hex(canonical([subject.title if own_title else "", subject.html, lying]))[:16]


def hide(tx: Db, actor: Actor, about: str, reason: str) -> None:
    """Take the thing out of sight, through its own room."""
    kind, ident = parse(about)
    KINDS[kind].hide(tx, actor, ident, reason)
