"""Files with an argument: the photograph that proves it, the letter that it quotes."""

from sqlalchemy import select, update
from sqlmodel import col

from forum.agenda.models import HeldState
from forum.arguments import held as waiting
from forum.arguments import pieces, queries, rules
from forum.arguments.models import Argument
from forum.attachments.events import FileAttached, FileDescribed, FileRemoved
from forum.attachments.spots import Spot, spot
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience, Stored
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import react


@spot("argument")
def files_of_argument(db: Db, actor: Actor | None, argument: int) -> Spot:
    """Its author attaches while it may be changed; hidden, its files are the moderators' alone."""
    access = queries.argument_access(db, actor, argument)
    query = select(col(Argument.author_id), col(Argument.hiding_id))
    author, hiding = db.execute(query.where(col(Argument.id) == argument)).one()
    if hiding is not None and not access.access.moderates:
        raise NotFound(_("There is no such argument."))
    mine = actor is not None and author == actor.id
    return Spot(
        title=access.item.title,
        url=f"/arguments/{argument}",
        stream=access.access.stream,
        sees=access.access.audience,
        audience=Audience.PUBLIC,
        may=mine and hiding is None and pieces.look(db, access).answers,
        leads=access.access.moderates,
        most=rules.FILES_MOST,
    )


@spot("held", page="arguments:held")
def files_of_held(db: Db, actor: Actor | None, held: int) -> Spot:
    """With a text that waits its files wait; they go with it where it is published."""
    access, row = waiting.access(db, actor, held)
    mine = actor is not None and row.author_id == actor.id
    return Spot(
        title=access.item.title,
        url=f"/held/{held}",
        stream=access.access.stream,
        sees=access.access.audience,
        audience=Audience.PUBLIC,
        may=mine and row.state is HeldState.WAITING and pieces.look(db, access).answers,
        leads=access.access.moderates,
        most=rules.FILES_MOST,
        told=Audience.MODERATOR,
    )


@react(FileAttached, FileDescribed, FileRemoved)
def renew(tx: Db, _stored: Stored, event: FileAttached | FileDescribed | FileRemoved) -> None:
    """What was rendered of an argument shows its files."""
    kind, argument = parse(event.place)
    if kind == "argument":
        newer = update(Argument).where(col(Argument.id) == argument)
        tx.execute(newer.values(version=col(Argument.version) + 1))
